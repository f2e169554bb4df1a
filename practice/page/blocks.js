// Draws Block Kit blocks as page nodes; what this page does not know is shown as such, never dropped.

import { freshId, h, icon, safeAddress } from "./dom.js";
import { element } from "./elements.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { richText } from "./richtext.js";
import { word } from "./words.js";

const BLOCKS = {
  header: (block) => h("h2", { class: "block block-header", dir: "auto" }, withEmoji(block.text.text)),
  divider: () => h("hr", { class: "block block-divider" }),
  rich_text: (block, surface) => h("div", { class: "block" }, richText(block, surface.workspace)),
  markdown: (block) => h("div", { class: "block lines block-plain", dir: "auto" }, block.text),
  section, context, actions, image: (block) => figure(block), input, table, file,
};

/** Blocks as nodes; `errors` are sentences by block id, shown at the field. */
export function drawBlocks(blocks, surface, errors = {}) {
  return blocks.map((block) => BLOCKS[block.type]?.(block, surface, errors[block.block_id]) ?? unknown(block.type));
}

/** A plain_text or mrkdwn object. */
export function drawText(text, workspace) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, workspace) : [h("div", { class: "lines block-plain", dir: "auto" }, withEmoji(text.text))];
}

function unknown(type) {
  return h("p", { class: "block block-unknown" }, word("unknownBlock", { type }));
}

function interactive(item, block, surface, names) {
  return element(item, block, surface, names) ?? unknown(item.type);
}

function section(block, surface) {
  const labelId = freshId("section");
  const body = h("div", { class: "section-body", id: labelId });
  if (block.text) body.append(...drawText(block.text, surface.workspace));
  if (block.fields) body.append(h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, drawText(field, surface.workspace)))));
  return h("div", { class: "block block-section" }, body, block.accessory ? accessory(block, surface, labelId) : null);
}

// A button keeps its own words as its name; a select beside a section is named by the section.
function accessory(block, surface, labelId) {
  const item = block.accessory;
  if (item.type === "image") return h("div", { class: "accessory" }, picture(item, "thumbnail"));
  const named = ["button", "workflow_button", "overflow"].includes(item.type) ? {} : { labelId };
  return h("div", { class: "accessory" }, interactive(item, block, surface, named));
}

function context(block, surface) {
  const items = block.elements.map((item) => (item.type === "image" ? picture(item, "tiny") : h("div", {}, drawText(item, surface.workspace))));
  return h("div", { class: "block block-context" }, items);
}

function actions(block, surface) {
  return h("div", { class: "block block-actions" }, block.elements.map((item) => interactive(item, block, surface)));
}

function picture(item, size) {
  const address = safeAddress(item.image_url ?? item.slack_file?.url ?? "");
  return h("img", { class: `picture picture-${size}`, src: address, alt: item.alt_text ?? word("image"), loading: "lazy" });
}

function figure(block) {
  const title = block.title ? h("figcaption", { dir: "auto" }, withEmoji(block.title.text)) : null;
  return h("figure", { class: "block" }, title, picture(block, "full"));
}

function file(block) {
  return h("p", { class: "block file-link" }, icon("file"), block.external_id ?? "");
}

const GROUPS = new Set(["radio_buttons", "checkboxes", "datetimepicker"]);

function input(block, surface, error) {
  const [labelId, fieldId, hintId, errorId] = ["label", "field", "hint", "error"].map(freshId);
  const isGroup = GROUPS.has(block.element.type);
  const described = [block.hint && hintId, error && errorId].filter(Boolean).join(" ") || null;
  const control = interactive(block.element, block, surface, { labelId, fieldId, described });
  if (error) (control.matches(`#${fieldId}`) ? control : control.querySelector(`#${fieldId}`))?.setAttribute("aria-invalid", "true");
  return h("div", { class: `block block-input${error ? " in-error" : ""}`, dataset: { block: block.block_id } },
    h(isGroup ? "div" : "label", { class: "label", id: labelId, for: isGroup ? null : fieldId, dir: "auto" },
      withEmoji(block.label.text), block.optional ? h("span", { class: "optional" }, ` ${word("optional")}`) : null),
    control,
    error ? h("p", { class: "field-error", id: errorId, dir: "auto" }, error) : null,
    block.hint ? h("p", { class: "hint", id: hintId, dir: "auto" }, withEmoji(block.hint.text)) : null);
}

function table(block, surface) {
  const settings = block.column_settings ?? [];
  const [head, ...rows] = block.rows;
  const cells = (row, tag) => row.map((cell, column) => h(tag,
    { class: `align-${settings[column]?.align ?? "left"}${settings[column]?.is_wrapped ? " wrapped" : ""}`, scope: tag === "th" ? "col" : null },
    cellContent(cell, surface)));
  return h("div", { class: "block block-table", role: "group", tabindex: "0", "aria-label": word("table") },
    h("table", {}, h("thead", {}, h("tr", {}, cells(head, "th"))), h("tbody", {}, rows.map((row) => h("tr", {}, cells(row, "td"))))));
}

function cellContent(cell, surface) {
  if (cell.type === "rich_text") return richText(cell, surface.workspace);
  return h("bdi", {}, withEmoji(String(cell.text ?? cell.value ?? "")));
}
