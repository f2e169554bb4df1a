// The interactive elements of Block Kit: each is drawn, keeps its value on the surface, and fires its action.

import { freshId, h, icon, safeAddress } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { menuButton } from "./popup.js";
import { select } from "./selects.js";
import { dayIn, instantOf, wallTimeIn } from "./time.js";
import { word } from "./words.js";

const BUILDERS = {
  button, overflow, workflow_button: button, checkboxes, radio_buttons: radios,
  datepicker: picker("date", "selected_date", "initial_date", "date"),
  timepicker: picker("time", "selected_time", "initial_time", "timeOfDay"),
  datetimepicker: moment,
  plain_text_input: textInput, email_text_input: textInput, url_text_input: textInput, number_input: textInput,
};
for (const kind of ["static", "external", "users", "conversations", "channels"]) {
  BUILDERS[`${kind}_select`] = select;
  BUILDERS[`multi_${kind}_select`] = select;
}

/** Draws an element, or null when this page does not know it. `names` ties it to its label, hint and error. */
export function element(item, block, surface, names = {}) {
  const build = BUILDERS[item.type];
  return build ? build(item, new Context(item, block, surface, names)) : null;
}

class Context {
  constructor(item, block, surface, names) {
    Object.assign(this, { item, block, surface, names, workspace: surface.workspace });
    this.key = `${block.block_id}/${item.action_id}`;
    this.fires = block.type !== "input" || Boolean(block.dispatch_action);
  }

  /** The accessible name: the label beside it, else the words given. */
  naming(words) {
    const { labelId, fieldId, described } = this.names;
    const tied = labelId ? { "aria-labelledby": labelId } : { "aria-label": words ?? word("choose") };
    return { ...tied, id: fieldId, "aria-describedby": described, "aria-required": this.block.type === "input" && !this.block.optional ? "true" : null };
  }

  begin(initial) {
    return this.surface.begin(this.block, this.item, initial);
  }

  set(value) {
    this.surface.set(this.block, this.item, value);
  }

  /** A new value, told to the bot when this element tells; false when the person took it back. */
  async change(value) {
    const before = this.surface.values[this.block.block_id][this.item.action_id];
    this.set(value);
    if (!this.fires || (await this.fire(value))) return true;
    this.set(before);
    return false;
  }

  fire(content) {
    return this.surface.fire(this.block, this.item, content);
  }
}

function button(item, context) {
  const look = { class: `button${item.style ? ` button-${item.style}` : ""}`, dir: "auto", "aria-label": item.accessibility_label, dataset: { key: context.key } };
  const press = async () => {
    if (node.getAttribute("aria-busy")) return; // a second click while the first is on its way
    node.setAttribute("aria-busy", "true");
    await context.fire({ text: item.text, value: item.value, style: item.style });
    node.removeAttribute("aria-busy");
  };
  const address = item.url ? safeAddress(item.url) : null;
  const node = address
    ? h("a", { ...look, href: address, target: "_blank", rel: "noopener noreferrer", onclick: press }, withEmoji(item.text.text))
    : h("button", { ...look, type: "button", onclick: press }, withEmoji(item.text.text));
  return node;
}

function overflow(item, context) {
  const entries = () => item.options.map((option) => ({
    label: withEmoji(option.text.text),
    description: option.description?.text,
    href: option.url ? safeAddress(option.url) : null,
    act: () => context.fire({ selected_option: option }),
  }));
  return menuButton({ class: "button button-icon", "aria-label": word("more_options"), dataset: { key: context.key } }, icon("more"), entries);
}

function choiceGroup(item, context, inputType, isChosen, changed) {
  const name = freshId("choice");
  const rows = item.options.map((option, index) => {
    const input = h("input", { type: inputType, name, checked: isChosen(option), dataset: { key: `${context.key}/${index}` }, onchange: () => changed(input, option) });
    return h("label", { class: "choice" }, input,
      h("span", { dir: "auto" }, words(option.text, context), option.description ? h("small", { dir: "auto" }, words(option.description, context)) : null));
  });
  const role = inputType === "radio" ? "radiogroup" : "group";
  const { "aria-required": required, ...naming } = context.naming(word("choices"));
  return h("div", { role, class: "choices", tabindex: "-1", "aria-required": role === "radiogroup" ? required : null, ...naming }, rows);
}

function words(text, context) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, context.workspace) : withEmoji(text.text);
}

function radios(item, context) {
  const begun = context.begin({ selected_option: item.initial_option ?? null });
  let chosen = begun.selected_option?.value;
  const group = choiceGroup(item, context, "radio", (option) => option.value === chosen, async (input, option) => {
    if (await context.change({ selected_option: option })) chosen = option.value;
    else group.querySelectorAll("input").forEach((one, index) => { one.checked = item.options[index].value === chosen; });
  });
  return group;
}

function checkboxes(item, context) {
  let chosen = (context.begin({ selected_options: item.initial_options ?? [] }).selected_options ?? []).map((option) => option.value);
  return choiceGroup(item, context, "checkbox", (option) => chosen.includes(option.value), async (input, option) => {
    const next = input.checked ? [...chosen, option.value] : chosen.filter((value) => value !== option.value);
    const selected = item.options.filter((one) => next.includes(one.value));
    if (await context.change({ selected_options: selected })) chosen = next;
    else input.checked = !input.checked;
  });
}

function picker(type, selected, initial, name) {
  return (item, context) => {
    let current = context.begin({ [selected]: item[initial] ?? null })[selected];
    const input = h("input", {
      type, class: "field field-short", value: current ?? "", dataset: { key: context.key }, ...context.naming(item.placeholder?.text ?? word(name)),
      onchange: async () => {
        if (await context.change({ [selected]: input.value || null })) current = input.value;
        else input.value = current ?? "";
      },
    });
    return input;
  };
}

function moment(item, context) {
  const { tz } = context.workspace.viewer;
  const begun = context.begin({ selected_date_time: item.initial_date_time ?? null }).selected_date_time;
  const start = begun ? new Date(begun * 1000) : null;
  const changed = () => {
    const chosen = day.value && time.value ? instantOf(day.value, time.value, tz).getTime() / 1000 : null;
    if (chosen !== null || !(day.value || time.value)) context.change({ selected_date_time: chosen });
  };
  const naming = context.naming();
  const day = h("input", { type: "date", class: "field field-short", id: naming.id, "aria-label": word("date"), "aria-describedby": naming["aria-describedby"],
    value: start ? dayIn(tz, start) : "", dataset: { key: context.key }, onchange: changed });
  const time = h("input", { type: "time", class: "field field-short", "aria-label": word("timeOfDay"),
    value: start ? wallTimeIn(tz, start) : "", dataset: { key: `${context.key}/time` }, onchange: changed });
  return h("div", { class: "side-by-side", role: "group", "aria-label": naming["aria-label"], "aria-labelledby": naming["aria-labelledby"] }, day, time);
}

const INPUT_TYPES = { email_text_input: "email", url_text_input: "url", number_input: "text", plain_text_input: "text" };

function textInput(item, context) {
  const begun = context.begin({ value: item.initial_value ?? null }).value;
  const triggers = item.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const value = () => ({ value: field.value === "" ? null : field.value });
  let pause;
  const typed = () => {
    context.set(value());
    count();
    clearTimeout(pause);
    if (context.fires && triggers.includes("on_character_entered")) pause = setTimeout(() => context.fire(value()), 300);
  };
  const entered = (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    if (!context.fires || !triggers.includes("on_enter_pressed")) return;
    event.preventDefault();
    context.fire(value());
  };
  const field = h(item.multiline ? "textarea" : "input", {
    class: "field", type: item.multiline ? null : INPUT_TYPES[item.type], inputmode: item.type === "number_input" ? "decimal" : null, rows: item.multiline ? "4" : null,
    maxlength: item.max_length, placeholder: item.placeholder?.text, value: begun ?? "", dir: "auto", autocomplete: "off", autofocus: Boolean(item.focus_on_load),
    dataset: { key: context.key }, ...context.naming(item.placeholder?.text), oninput: typed, onkeydown: entered,
  });
  const left = h("small", { class: "characters-left", role: "status" });
  const count = () => {
    const free = (item.max_length ?? Infinity) - field.value.length;
    left.textContent = free <= Math.max(20, item.max_length * 0.1) ? word("charactersLeft", { count: free }) : "";
  };
  count();
  return h("div", { class: "text-input" }, field, left);
}
