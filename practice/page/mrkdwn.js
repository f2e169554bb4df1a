// Slack's mrkdwn as page nodes: emphasis, code, quotes, links, mentions, dates.

import { h, safeAddress } from "./dom.js";
import { emoji } from "./emoji.js";
import { fullMoment, slackDate } from "./time.js";
import { word } from "./words.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const QUOTE = /^(?:&gt;|>)\s?/;
const BULLET = /^\s*[•◦]\s+/;

/** Slack escapes only these three; everything else is literal. */
export function unescape(text) {
  return text.replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity]);
}

/** A message text or mrkdwn object as nodes; `workspace` knows names, the viewer and the time. */
export function mrkdwn(text, workspace) {
  const parts = text.split(/```\n?([\s\S]*?)\n?```/);
  return parts.flatMap((part, index) => {
    if (index % 2) return [h("pre", { class: "code-block", dir: "auto", tabindex: "0" }, unescape(part))];
    return lines(index ? part.replace(/^\n/, "") : part, workspace);
  });
}

function lines(text, workspace) {
  if (text === "") return [];
  const nodes = [];
  const rows = text.split("\n");
  for (let at = 0; at < rows.length; ) {
    const [mark, wrap] = QUOTE.test(rows[at]) ? [QUOTE, quote] : BULLET.test(rows[at]) ? [BULLET, bullets] : [null, paragraph];
    let end = at + 1;
    while (end < rows.length && same(rows[end], mark)) end += 1;
    nodes.push(wrap(rows.slice(at, end).map((row) => (mark ? row.replace(mark, "") : row)), workspace));
    at = end;
  }
  return nodes;
}

function same(row, mark) {
  return mark ? mark.test(row) : !QUOTE.test(row) && !BULLET.test(row);
}

function quote(rows, workspace) {
  return h("blockquote", {}, paragraph(rows, workspace));
}

function bullets(rows, workspace) {
  return h("ul", { class: "bullets" }, rows.map((row) => h("li", {}, paragraph([row], workspace))));
}

function paragraph(rows, workspace) {
  return h("div", { class: "lines", dir: "auto" }, broken(rows, workspace));
}

function broken(rows, workspace) {
  return rows.flatMap((row, index) => (index ? [h("br"), ...inline(row, workspace)] : inline(row, workspace)));
}

// Code and <…> come first: nothing inside them is emphasis. A mark opens only at a word's edge.
const INLINE = [
  [/`([^`\n]+)`/, (found) => h("code", {}, unescape(found[1]))],
  [/<([^<>\n]+)>/, (found, workspace) => bracket(found[1], workspace)],
  [/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/u, (found, workspace) => h("strong", {}, inline(found[1], workspace))],
  [/(?<![\p{L}\p{N}_])_(?=\S)([^_\n]*[^_\s])_(?![\p{L}\p{N}_])/u, (found, workspace) => h("em", {}, inline(found[1], workspace))],
  [/(?<![\p{L}\p{N}~])~(?=\S)([^~\n]*[^~\s])~(?![\p{L}\p{N}~])/u, (found, workspace) => h("s", {}, inline(found[1], workspace))],
  [/:([a-z0-9_+-]+):/, (found) => emoji(found[1]) ?? null],
];

function inline(text, workspace) {
  const first = earliest(text);
  if (!first) return text ? [unescape(text)] : [];
  const [found, build] = first;
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  return [...inline(before, workspace), build(found, workspace) ?? found[0], ...inline(after, workspace)];
}

// Emphasis may enclose code or a link, so the outermost, which starts first, wins.
function earliest(text) {
  let best = null;
  for (const [pattern, build] of INLINE) {
    const found = pattern.exec(text);
    if (found && (!best || found.index < best[0].index)) best = [found, build];
  }
  return best;
}

/** What stands between < and >: a person, a channel, everyone, a date or a link. */
function bracket(inside, workspace) {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? null : unescape(inside.slice(bar + 1));
  if (target.startsWith("@")) return person(target.slice(1), workspace);
  if (target.startsWith("#")) return channel(target.slice(1), workspace, label);
  if (target.startsWith("!date^")) return dated(target, label, workspace);
  if (target.startsWith("!subteam^")) return h("span", { class: "mention" }, label ?? "@…");
  if (target.startsWith("!")) return everyone(target.slice(1));
  return link(unescape(target), label);
}

export function person(user, workspace) {
  const mine = user === workspace.person ? " mention-me" : "";
  return h("bdi", { class: `mention${mine}` }, `@${workspace.name(user)}`);
}

export function channel(id, workspace, label = null) {
  const known = workspace.channels.has(id);
  return h("bdi", { class: "mention" }, `#${known ? workspace.channelName(id) : label ?? id}`);
}

export function everyone(range) {
  return h("bdi", { class: "mention", title: word("everyone") }, `@${range}`);
}

export function link(address, label) {
  const safe = safeAddress(address);
  const text = label ?? address.replace(/^mailto:/, "");
  return safe ? h("a", { href: safe, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, text) : text;
}

function dated(target, fallback, workspace) {
  const [, epoch, pattern, address] = target.split("^");
  if (!/^\d+$/.test(epoch) || !pattern) return fallback ?? target;
  const shown = dateNode(epoch, unescape(pattern), workspace);
  return address ? link(unescape(address), shown.textContent) : shown;
}

/** A moment in the viewer's zone, its whole date on hover. */
export function dateNode(epoch, pattern, workspace) {
  const instant = new Date(Number(epoch) * 1000);
  const title = fullMoment(instant, workspace.viewer);
  return h("time", { datetime: instant.toISOString(), title }, slackDate(epoch, pattern, workspace.viewer, workspace.now()));
}
