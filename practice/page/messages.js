// The list of messages of a channel or a thread: loads, grows by itself, stays where one reads.

import { read } from "./api.js";
import { h, keepingFocus } from "./dom.js";
import { drawMessage, instantOfTs } from "./message.js";
import { dayHeading, dayIn } from "./time.js";
import { word } from "./words.js";

const FOLLOWING_SECONDS = 300;
const NEAR_THE_END_PX = 120;
const NEAR_THE_BEGINNING_PX = 1200;
const PORTION = 60; // messages read at a time
const MOST_AT_FIRST = 200;

export class MessageList {
  /** `view` as drawMessage wants it; `thread` the parent's ts when these are its replies. */
  constructor(view, thread = null) {
    this.view = view;
    this.thread = thread;
    this.messages = [];
    this.hasOlder = false;
    this.arrivals = [];
    this.surfaces = new Map();
    this.list = h("ol", { class: "messages" });
    this.node = h("div", { class: "scroller", tabindex: "0", role: "group", "aria-label": word("messages"), onscroll: () => this.scrolled() }, this.list);
    this.waiting = h("li", { class: "empty" }, word("older"));
    this.sticks = true; // to the end, until one scrolls up
    this.scrollTop = 0;
    new ResizeObserver(() => this.sticks && this.toEnd()).observe(this.list); // messages take their real height when first seen
  }

  /** Reads the newest from the server and shows the end; `unread` puts the mark before that many. */
  async load(unread = 0) {
    const messages = await this.fetched(Math.min(unread + PORTION, MOST_AT_FIRST));
    this.newFrom = unread && !this.thread ? messages.at(-Math.min(unread, messages.length))?.ts : null;
    this.draw();
    this.toEnd();
    this.scrolled(); // a high window may have room for more
  }

  /** Reads again after a lost line, keeping the place where one reads. */
  async catchUp() {
    await this.fetched(Math.max(PORTION, this.messages.length));
    this.draw();
  }

  /** Reads the newest messages; one that arrives by itself meanwhile is not lost to an older answer. */
  async fetched(limit) {
    this.arrivals = [];
    const { messages, more } = await this.asked(limit);
    const known = new Set(messages.map((message) => message.ts));
    this.messages = [...messages, ...this.arrivals.filter((message) => !known.has(message.ts))];
    this.hasOlder = more;
    return this.messages;
  }

  /** Asks for messages; those of a thread come all together, with their parent. */
  asked(limit, before = null) {
    const { workspace, channel } = this.view;
    return read("messages", { as: workspace.person, channel, thread: this.thread, limit: this.thread ? null : limit, before });
  }

  /** Puts the portion before what is shown above it; what one reads stays where it is. */
  async loadOlder() {
    const first = this.messages[0].ts;
    this.hasOlder = false; // not asked for twice
    const { messages, more } = await this.asked(PORTION, first).catch(() => ({ messages: [], more: true }));
    this.hasOlder ||= more;
    if (!messages.length || this.messages[0]?.ts !== first) return; // drawn anew meanwhile
    this.messages.unshift(...messages);
    const { scrollHeight, scrollTop } = this.node;
    this.dropped(first);
    const nodes = this.messages.slice(0, messages.length + 1).flatMap((message, at) => this.entry(message, this.messages[at - 1]));
    this.waiting.replaceWith(...(more ? [this.waiting] : []), ...nodes);
    this.node.scrollTop = scrollTop + this.node.scrollHeight - scrollHeight;
  }

  belongs(message) {
    const isReply = Boolean(message.thread_ts) && message.thread_ts !== message.ts;
    if (this.thread) return message.thread_ts === this.thread || message.ts === this.thread;
    return !isReply || message.subtype === "thread_broadcast";
  }

  draw() {
    const nodes = this.messages.flatMap((message, at) => this.entry(message, this.messages[at - 1]));
    if (this.hasOlder) nodes.unshift(this.waiting);
    this.list.replaceChildren(...(nodes.length ? nodes : [h("li", { class: "empty" }, word("empty"))]));
  }

  entry(message, before) {
    return [this.divider(message, before), this.drawOne(message, before)].filter(Boolean);
  }

  divider(message, before) {
    const { viewer } = this.view.workspace;
    const instant = instantOfTs(message.ts);
    const isNewDay = !before || dayIn(viewer.tz, instantOfTs(before.ts)) !== dayIn(viewer.tz, instant);
    const isNew = message.ts === this.newFrom;
    if (!isNew && (!isNewDay || this.thread)) return null;
    const heading = isNewDay ? h("span", { class: "day" }, dayHeading(instant, viewer, this.view.workspace.now())) : null;
    const mark = isNew ? h("span", { class: "new-mark" }, word("newMessages")) : null;
    return h("li", { class: `divider${isNew ? " divider-new" : ""}`, dataset: { before: message.ts } }, heading, mark);
  }

  drawOne(message, before) {
    const earlier = this.surfaces.get(message.ts)?.values;
    const { node, surface } = drawMessage(message, { ...this.view, inThread: Boolean(this.thread) }, earlier, this.follows(message, before));
    this.surfaces.set(message.ts, surface);
    return node;
  }

  follows(message, before) {
    if (!before || before.ephemeral || message.ephemeral || message.ts === this.newFrom || message.blocks?.[0]?.type === "header") return false;
    const isSame = before.user === message.user && before.bot_id === message.bot_id;
    const { viewer } = this.view.workspace;
    const sameDay = dayIn(viewer.tz, instantOfTs(before.ts)) === dayIn(viewer.tz, instantOfTs(message.ts));
    return isSame && sameDay && Number(message.ts) - Number(before.ts) < FOLLOWING_SECONDS;
  }

  add(message) {
    if (this.messages.some((known) => known.ts === message.ts)) return this.change(message);
    const before = this.messages.at(-1);
    if (!before) this.list.replaceChildren();
    this.messages.push(message);
    this.arrivals.push(message);
    this.list.append(...this.entry(message, before));
    return undefined;
  }

  change(message) {
    const at = this.messages.findIndex((known) => known.ts === message.ts);
    if (at < 0) return;
    this.messages[at] = { ...message, ephemeral: message.ephemeral ?? this.messages[at].ephemeral };
    const old = this.nodeOf(message.ts);
    keepingFocus(old, () => {
      const fresh = this.drawOne(this.messages[at], this.messages[at - 1]);
      old.replaceWith(fresh);
      return fresh;
    });
  }

  remove(ts) {
    const at = this.messages.findIndex((known) => known.ts === ts);
    if (at < 0) return;
    this.dropped(ts);
    this.messages.splice(at, 1);
    this.surfaces.delete(ts);
    const next = this.messages[at];
    if (next) this.redrawn(next, this.messages[at - 1]); // its name and day heading may have stood at the one before
    else if (!at) this.draw();
  }

  /** Takes a message and the line above it out of the page. */
  dropped(ts) {
    this.list.querySelector(`[data-before="${CSS.escape(ts)}"]`)?.remove();
    this.nodeOf(ts)?.remove();
  }

  redrawn(message, before) {
    const place = document.createComment("");
    this.nodeOf(message.ts).after(place);
    this.dropped(message.ts);
    place.replaceWith(...this.entry(message, before));
  }

  nodeOf(ts) {
    return this.list.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  }

  get isAtEnd() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR_THE_END_PX;
  }

  toEnd() {
    this.sticks = true;
    this.node.scrollTop = this.node.scrollHeight;
  }

  scrolled() {
    const isUpwards = this.node.scrollTop < this.scrollTop - 1;
    if (this.isAtEnd) this.sticks = true;
    else if (isUpwards) this.sticks = false;
    this.scrollTop = this.node.scrollTop;
    if (this.hasOlder && this.scrollTop < NEAR_THE_BEGINNING_PX) this.loadOlder();
  }
}
