// The person's open modal: Slack's view stack in a native dialog, errors at their fields, nothing typed lost.

import { perform, read } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h, icon, keepingFocus } from "./dom.js";
import { Surface } from "./surface.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

export class Modals {
  constructor(workspace) {
    this.workspace = workspace;
    this.stack = [];
    this.surfaces = new Map();
    this.dialog = null;
  }

  get top() {
    return this.stack.at(-1);
  }

  /** Shows a view on top: a new one, or one already known, changed. */
  opened(view) {
    const at = this.stack.findIndex((known) => known.id === view.id);
    if (at < 0) this.stack.push(view);
    else this.stack[at] = view;
    if (view.id === this.top.id) this.draw();
  }

  /** A view went away; below it another may wait. */
  async closed(viewId) {
    this.stack = this.stack.filter((view) => view.id !== viewId);
    this.surfaces.delete(viewId);
    if (this.stack.length) return this.draw();
    return this.restore((await read("overview", { as: this.workspace.person })).modal);
  }

  /** Shows what the server says is open: after a reload, a reconnection, a close. */
  restore(view) {
    if (view) return this.opened(view);
    this.stack = [];
    this.surfaces.clear();
    this.dialog?.remove();
    this.dialog = null;
    if (this.opener?.isConnected) this.opener.focus();
    return undefined;
  }

  draw(errors = {}) {
    const view = this.top;
    if (!this.dialog) this.open();
    const isSame = this.dialog.dataset.view === view.id;
    const scroll = isSame ? this.dialog.querySelector(".dialog-body").scrollTop : 0;
    const earlier = this.surfaces.get(view.id)?.values ?? view.state?.values ?? {};
    const surface = new Surface(this.workspace, { type: "view", view_id: view.id }, earlier);
    this.surfaces.set(view.id, surface);
    this.dialog.dataset.view = view.id;
    keepingFocus(this.dialog, () => this.dialog.replaceChildren(...this.parts(view, surface, errors)));
    this.dialog.querySelector(".dialog-body").scrollTop = scroll;
    if (!isSame) this.dialog.querySelector("[autofocus], .dialog-body :is(input, textarea, button)")?.focus();
  }

  open() {
    this.opener = document.activeElement;
    this.dialog = h("dialog", { class: "dialog modal", "aria-labelledby": "modal-title", oncancel: (event) => { event.preventDefault(); this.close(); } });
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  parts(view, surface, errors) {
    const submit = view.submit ? h("button", { type: "submit", class: "button button-primary", dir: "auto", dataset: { key: "submit" } }, view.submit.text) : null;
    return [
      h("form", { novalidate: true, lang: this.workspace.viewer.locale, onsubmit: (event) => { event.preventDefault(); this.submit(view, surface); } },
        h("header", { class: "dialog-head" },
          h("h2", { id: "modal-title", dir: "auto" }, view.title.text),
          h("button", { type: "button", class: "icon-button", "aria-label": word("close"), onclick: () => this.close() }, icon("close"))),
        h("div", { class: "dialog-body", tabindex: "0", role: "group", "aria-labelledby": "modal-title" }, drawBlocks(view.blocks, surface, errors)),
        h("footer", { class: "dialog-foot" },
          h("button", { type: "button", class: "button", dir: "auto", onclick: () => this.close() }, view.close?.text ?? word("cancel")), submit)),
      h("div", { class: "toasts" }),
    ];
  }

  async close() {
    const answer = await perform("close", { as: this.workspace.person, view_id: this.top.id });
    if (answer.ok) return;
    toast(answer.sentence);
    this.restore((await read("overview", { as: this.workspace.person })).modal); // it may be gone already
  }

  async submit(view, surface) {
    const missing = mistakes(view.blocks, surface.values);
    if (Object.keys(missing).length) return this.refuse(missing);
    const button = this.dialog.querySelector("[type=submit]");
    button.setAttribute("aria-busy", "true");
    const answer = await perform("submit", { as: this.workspace.person, view_id: view.id, values: surface.values });
    button.removeAttribute("aria-busy");
    if (!answer.ok) return toast(answer.sentence);
    if (answer.errors && Object.keys(answer.errors).length) return this.refuse(answer.errors);
    return undefined;
  }

  refuse(errors) {
    this.draw(errors);
    const field = this.dialog.querySelector("[aria-invalid=true], .in-error [tabindex]");
    field?.closest(".block")?.scrollIntoView({ block: "center" });
    field?.focus();
  }
}

/** What Slack itself refuses before the bot hears of it: empty required fields, wrong lengths. */
function mistakes(blocks, values) {
  const found = {};
  for (const block of blocks.filter((one) => one.type === "input")) {
    const value = values[block.block_id]?.[block.element.action_id] ?? {};
    const content = Object.entries(value).find(([key]) => key !== "type")?.[1];
    const isEmpty = content === null || content === undefined || content === "" || content.length === 0;
    const { min_length: least = 0, max_length: most = Infinity } = block.element;
    if (isEmpty && !block.optional) found[block.block_id] = word("required");
    else if (!isEmpty && content.length < least) found[block.block_id] = word("tooShort", { count: least });
    else if (!isEmpty && content.length > most) found[block.block_id] = word("tooLong", { count: most });
  }
  return found;
}
