// Rich text blocks: what a person's own message looks like to Slack, and the cells of tables.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { channel, dateNode, everyone, link, person } from "./mrkdwn.js";

const STYLES = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]];

const PIECES = {
  text: (piece) => piece.text,
  link: (piece) => link(piece.url, piece.text ?? null),
  emoji: (piece) => emoji(piece.name) ?? fromUnicode(piece.unicode) ?? `:${piece.name}:`,
  user: (piece, workspace) => person(piece.user_id, workspace),
  usergroup: (piece) => h("bdi", { class: "mention" }, `@${piece.usergroup_id}`),
  channel: (piece, workspace) => channel(piece.channel_id, workspace),
  broadcast: (piece) => everyone(piece.range),
  date: (piece, workspace) => dateNode(piece.timestamp, piece.format, workspace),
  color: (piece) => h("code", {}, piece.value),
};

const PARTS = {
  rich_text_section: lines,
  rich_text_quote: (part, workspace) => h("blockquote", {}, lines(part, workspace)),
  rich_text_preformatted: (part, workspace) => h("pre", { class: "code-block", dir: "auto", tabindex: "0" }, pieces(part, workspace)),
  rich_text_list: list,
};

/** A rich_text block as nodes. */
export function richText(block, workspace) {
  return block.elements.map((part) => PARTS[part.type]?.(part, workspace) ?? null);
}

function lines(part, workspace) {
  return h("div", { class: "lines", dir: "auto" }, pieces(part, workspace));
}

function list(part, workspace) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const start = tag === "ol" && part.offset ? String(part.offset + 1) : null;
  const items = part.elements.map((item) => h("li", {}, lines(item, workspace)));
  return h(tag, { class: `bullets indent-${Math.min(part.indent ?? 0, 4)}`, start }, items);
}

function pieces(part, workspace) {
  return part.elements.flatMap((piece) => {
    const content = PIECES[piece.type]?.(piece, workspace) ?? piece.text ?? "";
    return styled(typeof content === "string" ? broken(content) : [content], piece.style ?? {});
  });
}

function broken(text) {
  return text.split("\n").flatMap((row, index) => (index ? [h("br"), row] : [row]));
}

function styled(content, style) {
  return STYLES.reduce((inner, [name, tag]) => (style[name] ? [h(tag, {}, inner)] : inner), content);
}

function fromUnicode(code) {
  return code ? String.fromCodePoint(...code.split("-").map((point) => parseInt(point, 16))) : undefined;
}
