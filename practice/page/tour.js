// The guided tour: five steps, each ticked off by what really happened.

import { perform } from "./api.js";
import { h, icon } from "./dom.js";
import { address } from "./sidebar.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const FOLDED = "practice-tour-folded";
const NARROW = "(width <= 760px)";
const MOVES = { remind: ["toReminder", "reminder"], decide: ["toEscalation", "escalation"] };

export class Tour {
  /** `write(text)` puts a text where one writes, ready to be sent. */
  constructor(workspace, write) {
    Object.assign(this, { workspace, write });
    this.node = h("section", { class: "tour", hidden: true });
  }

  /** Shows the tour as the server tells it; null where there is none. */
  show(tour) {
    this.steps = tour?.steps ?? [];
    this.node.hidden = this.steps.length === 0;
    this.node.setAttribute("aria-label", word("tour"));
    if (tour) this.progress(tour.done);
  }

  progress(done) {
    const shown = this.step;
    const isNews = this.done && shown && !this.done.includes(shown.step) && done.includes(shown.step);
    this.done = done;
    if (!shown || isNews) this.step = this.steps.find(({ step }) => !done.includes(step)) ?? null;
    if (isNews) toast(word("tourDone", { step: word(`${shown.step}Title`) }), "notice");
    this.draw();
  }

  draw() {
    const isOpen = (localStorage.getItem(FOLDED) ?? String(matchMedia(NARROW).matches)) === "false";
    const count = word("tourCount", { done: this.done.length, all: this.steps.length });
    const fold = h("button", { type: "button", class: "tour-fold", "aria-expanded": String(isOpen), onclick: () => this.fold(isOpen) },
      icon("chevron"), h("strong", {}, word("tour")), " ", h("span", {}, count));
    const hadFocus = this.node.contains(document.activeElement);
    this.node.replaceChildren(h("div", { class: "tour-head" }, fold, isOpen ? this.list() : null), ...(isOpen ? [this.card()] : []));
    if (hadFocus) this.node.querySelector("button").focus();
  }

  fold(isOpen) {
    localStorage.setItem(FOLDED, String(isOpen));
    this.draw();
  }

  list() {
    return h("ol", { class: "tour-steps" }, this.steps.map((step, at) => {
      const isDone = this.done.includes(step.step);
      const title = word(`${step.step}Title`);
      return h("li", {}, h("button", {
        type: "button", class: `tour-step${isDone ? " is-done" : ""}`, "aria-current": step === this.step ? "step" : null,
        onclick: () => { this.step = step; this.draw(); },
      }, h("span", { class: "tour-mark", "aria-hidden": "true" }, isDone ? "✓" : String(at + 1)), title,
      isDone ? h("span", { class: "visually-hidden" }, word("tourStepDone")) : null));
    }));
  }

  card() {
    if (!this.step) return h("p", { class: "tour-text" }, word("tourEnd"));
    return h("div", { class: "tour-card" }, h("p", { class: "tour-text" }, word(`${this.step.step}Text`)), h("div", { class: "tour-deeds" }, this.deeds()));
  }

  deeds() {
    const { step, who, words, in: place } = this.step;
    const person = this.workspace.people.get(who);
    const isMe = who === this.workspace.person;
    const move = MOVES[step] && h("button", { type: "button", class: "bar-button", onclick: () => this.move(MOVES[step][1]) }, word(MOVES[step][0]));
    const become = person && !isMe && h("a", { class: "bar-button", href: address(who, place) }, word("be", { name: person.name }));
    const look = person && isMe && place && h("a", { class: "bar-button", href: address(who, place) }, word("openMessages"));
    const write = words && (isMe || !person) && h("button", { type: "button", class: "bar-button", onclick: () => this.write(words) }, word("writeForMe"));
    return [move, become, look, write];
  }

  async move(kind) {
    const answer = await perform("clock", { to_next: kind });
    if (!answer.ok) toast(answer.sentence);
  }
}
