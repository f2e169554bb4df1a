// The bar with the workspace's clock: what time it is, moving it, what happens next, beginning anew.

import { perform, read } from "./api.js";
import { confirmed } from "./confirm.js";
import { h, icon } from "./dom.js";
import { distance, fullMoment, shortMoment, tomorrowAtNine } from "./time.js";
import { toast } from "./toast.js";
import { spoken, word } from "./words.js";

const ITEMS_SHOWN = 6;

export class ClockBar {
  constructor(workspace) {
    this.workspace = workspace;
    this.time = h("time", { class: "clock-time" });
    this.next = h("details", { class: "clock-next" }, h("summary", {}), h("ol", {}));
    this.deeds = h("div", { class: "clock-deeds", role: "group", "aria-label": word("time") },
      this.mover("hourLater", () => ({ advance: 3600 })),
      this.mover("tomorrow", () => ({ to: tomorrowAtNine(workspace.now(), workspace.viewer.tz).toISOString() })),
      this.mover("toReminder", () => ({ to_next: "reminder" })),
      this.mover("toEscalation", () => ({ to_next: "escalation" })),
      h("button", { type: "button", class: "bar-button bar-reset", onclick: () => this.reset() }, word("reset")));
    this.node = h("div", { class: "clock-bar" },
      h("div", { class: "clock-now" }, icon("clock"), h("span", { class: "visually-hidden" }, word("time")), this.time), this.next, this.deeds);
    this.tick();
    setInterval(() => this.tick(), 1000);
    setInterval(() => this.readNext(), 60_000);
    this.readNext();
  }

  mover(label, where) {
    const button = h("button", { type: "button", class: "bar-button", onclick: async () => {
      if (button.getAttribute("aria-busy")) return;
      button.setAttribute("aria-busy", "true");
      const answer = await perform("clock", where());
      button.removeAttribute("aria-busy");
      if (!answer.ok) return toast(answer.sentence);
      this.workspace.setClock(answer.now);
      this.tick();
      toast(word("moved", { time: fullMoment(this.workspace.now(), this.workspace.viewer) }), "notice");
      return undefined;
    } }, word(label));
    return button;
  }

  tick() {
    const now = this.workspace.now();
    const shown = `${shortMoment(now, this.workspace.viewer)} · ${this.workspace.viewer.tz}`;
    if (this.time.textContent === shown) return;
    this.time.textContent = shown;
    this.time.dateTime = now.toISOString();
    this.time.title = fullMoment(now, this.workspace.viewer);
  }

  /** What the bot plans changes with most that happens: asked again a little after anything did. */
  stir() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.readNext(), 800);
  }

  async readNext() {
    const { items } = await read("next").catch(() => ({ items: [] }));
    const [summary, list] = this.next.children;
    const sentence = (item) => [h("bdi", {}, item.texts[spoken()] ?? item.texts.en), " ", h("small", { title: fullMoment(new Date(item.at), this.workspace.viewer) },
      `${shortMoment(new Date(item.at), this.workspace.viewer)}, ${distance(new Date(item.at), this.workspace.viewer, this.workspace.now())}`)];
    summary.replaceChildren(h("strong", {}, word("next")), " ", ...(items.length ? sentence(items[0]) : [word("nothingNext")]));
    summary.title = summary.textContent;
    list.replaceChildren(...items.slice(1, ITEMS_SHOWN).map((item) => h("li", {}, sentence(item))));
    this.next.classList.toggle("has-more", items.length > 1);
  }

  async reset() {
    const question = { title: { text: word("reset") }, text: { type: "plain_text", text: word("resetAsk") }, confirm: { text: word("reset") }, style: "danger" };
    if (!(await confirmed(question, this.workspace))) return;
    const answer = await perform("reset", {});
    if (!answer.ok) toast(answer.sentence);
  }
}
