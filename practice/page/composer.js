// Where one writes: Enter sends, commands complete themselves, a failed text is given back.

import { perform } from "./api.js";
import { suggestions, usage, withMentions } from "./completion.js";
import { freshId, h, icon } from "./dom.js";
import { place, menuButton } from "./popup.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const drafts = new Map();

export class Composer {
  constructor(workspace, channel, thread = null) {
    Object.assign(this, { workspace, channel, thread });
    this.draftKey = `${channel}/${thread}`;
    this.listId = freshId("suggestions");
    this.hintId = freshId("hint");
    const label = thread ? word("writeReply") : word("write", { where: workspace.place(channel) });
    this.field = h("textarea", {
      rows: "1", dir: "auto", placeholder: label, "aria-label": label, "aria-describedby": this.hintId, value: drafts.get(this.draftKey) ?? "",
      "aria-controls": this.listId, "aria-autocomplete": "list",
      oninput: () => this.typed(), onkeydown: (event) => this.pressed(event), onblur: () => this.hide(),
    });
    this.list = h("div", { id: this.listId, role: "listbox", class: "popup suggestions", popover: "manual", "aria-label": word("suggestions") });
    this.hint = h("div", { id: this.hintId, class: "composer-hint", dir: "auto" }, word("sendHint"));
    const send = h("button", { type: "submit", class: "icon-button send", "aria-label": word("send"), title: word("send") }, icon("send"));
    this.node = h("form", { class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(); } },
      h("div", { class: "composer-box" }, thread ? null : this.shortcuts(), this.field, send), this.list, this.hint);
  }

  shortcuts() {
    const { workspace } = this;
    return menuButton({ class: "icon-button", "aria-label": word("shortcuts"), title: word("shortcuts") }, icon("bolt"), () => {
      const known = workspace.shortcutsOf("global").map((shortcut) => ({
        label: shortcut.name,
        description: workspace.bot.name,
        act: async () => {
          const answer = await perform("shortcut", { as: workspace.person, callback_id: shortcut.callback_id });
          if (!answer.ok) toast(answer.sentence);
        },
      }));
      return known.length ? known : [{ label: word("noActions") }];
    });
  }

  focus() {
    this.field.focus();
  }

  typed() {
    drafts.set(this.draftKey, this.field.value);
    this.hint.textContent = usage(this.field.value, this.workspace) || word("sendHint");
    const before = this.field.value.slice(0, this.field.selectionStart);
    this.offer = suggestions(before, this.workspace, Boolean(this.thread));
    if (!this.offer) return this.hide();
    return this.showOffer();
  }

  showOffer() {
    this.list.replaceChildren(...this.offer.items.map((item, at) => h("div",
      { role: "option", class: "option", id: `${this.listId}-${at}`, dir: "auto", "aria-selected": "false", onmousedown: (event) => { event.preventDefault(); this.take(item); } },
      h("span", {}, item.label), item.detail ? h("small", {}, item.detail) : null)));
    if (!this.isOffering) this.list.showPopover();
    place(this.list, this.node.querySelector(".composer-box"), true);
    const hasBegun = this.offer.start < this.field.selectionStart;
    this.activate(hasBegun ? 0 : -1); // before a letter is typed, Enter sends and only the arrows choose
  }

  get isOffering() {
    return this.list.matches(":popover-open");
  }

  activate(at) {
    this.active = at;
    [...this.list.children].forEach((row, index) => {
      row.classList.toggle("active", index === at);
      row.setAttribute("aria-selected", String(index === at));
    });
    if (at < 0) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", `${this.listId}-${at}`);
    return this.list.children[at].scrollIntoView({ block: "nearest" });
  }

  hide() {
    if (this.isOffering) this.list.hidePopover();
    this.offer = null;
    this.field.removeAttribute("aria-activedescendant");
  }

  take(item) {
    const end = this.field.selectionStart;
    this.field.setRangeText(item.insert, this.offer.start, end, "end");
    this.typed();
  }

  pressed(event) {
    if (event.isComposing) return;
    if (this.isOffering && this.chosenByKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.send();
    }
  }

  chosenByKey(event) {
    const { items, start } = this.offer;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const item = items[this.active];
    const isWhole = this.field.value.slice(start) === item?.insert.trimEnd(); // Enter on a complete name or command sends
    if (step) this.activate((Math.max(this.active, step < 0 ? 0 : -1) + step + items.length) % items.length);
    else if (item && (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !isWhole))) this.take(item);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    return true;
  }

  async send() {
    const written = this.field.value;
    if (written.trim() === "") return;
    this.put("");
    const answer = await perform("send", {
      as: this.workspace.person,
      channel: this.channel,
      text: withMentions(written.trim(), this.workspace),
      thread_ts: this.thread ?? undefined,
    });
    if (answer.ok) return;
    toast(answer.sentence);
    if (this.field.value === "") this.put(written);
  }

  put(text) {
    this.field.value = text;
    this.typed();
  }
}
