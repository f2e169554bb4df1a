// A field that opens a list and filters it while typing; for one choice, or for several as chips.

import { freshId, h, icon } from "./dom.js";
import { place } from "./popup.js";
import { word } from "./words.js";

const TYPING_PAUSE_MS = 200;

/**
 * `settings`: key, naming (aria attributes), placeholder, multiple, most, clearable, selected ([{value, label, raw}]),
 * find(typed) → groups [{label, choices}] or {hint}, changed(selected) → false to take it back.
 */
export class Combobox {
  constructor(settings) {
    Object.assign(this, settings);
    this.choices = [];
    this.active = -1;
    this.listId = freshId("list");
    this.hint = h("div", { class: "popup-hint", role: "status" });
    this.list = h("div", { id: this.listId, role: "listbox", "aria-label": word("choices"), "aria-multiselectable": this.multiple ? "true" : null });
    this.popup = h("div", { class: "popup", popover: "manual" }, this.hint, this.list);
    this.input = this.makeInput();
    this.chips = h("span", { class: "chips" });
    this.node = h("div", { class: `combobox${this.multiple ? " combobox-many" : ""}` }, this.chips, this.input, icon("chevron"), this.popup);
    this.node.addEventListener("mousedown", (event) => this.pressed(event));
    this.settled = this.selected;
    this.show();
  }

  makeInput() {
    return h("input", {
      type: "text", role: "combobox", autocomplete: "off", dir: "auto", placeholder: this.placeholder, dataset: { key: this.key },
      "aria-expanded": "false", "aria-controls": this.listId, "aria-autocomplete": "list", ...this.naming,
      onkeydown: (event) => this.pressedKey(event),
      oninput: () => this.typed(),
      onblur: () => this.close(),
    });
  }

  get isOpen() {
    return this.popup.matches(":popover-open");
  }

  pressed(event) {
    if (this.popup.contains(event.target) || event.target.closest(".chip")) return;
    if (event.target !== this.input) event.preventDefault();
    this.input.focus();
    if (this.isOpen && event.target !== this.input) this.close();
    else if (!this.isOpen) this.open();
  }

  async open() {
    if (!this.isOpen) this.popup.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    this.input.select();
    document.addEventListener("scroll", this.onscroll, { capture: true });
    await this.look("");
  }

  onscroll = (event) => {
    if (!this.popup.contains(event.target)) place(this.popup, this.node);
  };

  /** Closes; what was chosen counts from now on (several choices are told at once, as Slack does). */
  close() {
    clearTimeout(this.pause);
    if (!this.isOpen) return this.show();
    document.removeEventListener("scroll", this.onscroll, { capture: true });
    this.popup.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    if (!this.multiple && this.clearable && this.input.value === "") this.selected = [];
    this.show();
    return this.settle();
  }

  async settle() {
    const values = (chosen) => chosen.map((choice) => choice.value).join("\n");
    if (values(this.selected) === values(this.settled)) return;
    if ((await this.changed(this.selected)) === false) this.selected = this.settled;
    this.settled = this.selected;
    this.show();
  }

  typed() {
    clearTimeout(this.pause);
    if (!this.isOpen) {
      this.popup.showPopover();
      this.input.setAttribute("aria-expanded", "true");
    }
    this.pause = setTimeout(() => this.look(this.input.value), TYPING_PAUSE_MS);
  }

  async look(typed) {
    this.hint.textContent = word("loading");
    this.asked = typed;
    const found = await this.find(typed.trim());
    if (this.asked !== typed || !this.isOpen) return;
    const groups = found.hint ? [] : found;
    this.fill(groups);
    this.hint.textContent = found.hint ?? (this.choices.length ? "" : word("noMatch"));
    place(this.popup, this.node);
  }

  fill(groups) {
    this.choices = groups.flatMap((group) => group.choices);
    let at = 0;
    const rows = (choices) => choices.map((choice) => this.row(choice, at++));
    this.list.replaceChildren(...groups.flatMap((group) => {
      if (!group.label) return rows(group.choices);
      const title = h("div", { class: "popup-group", role: "presentation", dir: "auto" }, group.label);
      return [h("div", { role: "group", "aria-label": group.label }, title, rows(group.choices))];
    }));
    const chosen = this.choices.findIndex((choice) => this.has(choice));
    this.activate(this.choices.length ? Math.max(chosen, 0) : -1);
  }

  row(choice, at) {
    return h("div",
      { id: `${this.listId}-${at}`, role: "option", class: "option", dir: "auto", "aria-selected": String(this.has(choice)),
        onmousedown: (event) => this.rowPressed(event, choice), onmousemove: () => this.activate(at) },
      h("span", {}, choice.label), choice.description ? h("small", {}, choice.description) : null);
  }

  // Choosing redraws the list: the press must not go on to the field, which would no longer know this row as its own.
  rowPressed(event, choice) {
    event.preventDefault();
    event.stopPropagation();
    this.choose(choice);
  }

  has(choice) {
    return this.selected.some((one) => one.value === choice.value);
  }

  activate(at) {
    this.active = at;
    for (const row of this.list.querySelectorAll(".option")) row.classList.toggle("active", row.id === `${this.listId}-${at}`);
    if (at < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `${this.listId}-${at}`);
    return this.list.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  choose(choice) {
    if (!this.multiple) {
      this.selected = [choice];
      this.input.value = choice.label; // an emptied field would mean "none"
      return this.close();
    }
    if (this.has(choice)) this.selected = this.selected.filter((one) => one.value !== choice.value);
    else if (!this.most || this.selected.length < this.most) this.selected = [...this.selected, choice];
    this.show();
    return this.look("");
  }

  drop(choice) {
    this.selected = this.selected.filter((one) => one.value !== choice.value);
    this.show();
    this.input.focus();
    if (!this.isOpen) this.settle();
  }

  show() {
    this.input.value = this.multiple ? "" : this.selected[0]?.label ?? "";
    this.input.placeholder = this.selected.length && this.multiple ? "" : this.placeholder;
    if (this.multiple) this.chips.replaceChildren(...this.selected.map((choice) => this.chip(choice)));
  }

  chip(choice) {
    const away = h("button", { type: "button", class: "chip-remove", "aria-label": word("remove", { name: choice.label }), onclick: () => this.drop(choice) }, icon("close"));
    return h("span", { class: "chip", dir: "auto" }, choice.label, away);
  }

  pressedKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.isOpen && this.choices.length) this.activate((this.active + step + this.choices.length) % this.choices.length);
      else this.open();
    } else if (event.key === "Enter") {
      if (!this.isOpen) return;
      event.preventDefault();
      if (this.choices[this.active]) this.choose(this.choices[this.active]);
    } else if (event.key === "Escape" && this.isOpen) {
      event.preventDefault();
      this.input.value = this.selected[0]?.label ?? "";
      this.close();
    } else if (event.key === "Backspace" && this.multiple && this.input.value === "" && this.selected.length) {
      this.drop(this.selected.at(-1));
    }
  }
}
