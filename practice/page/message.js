// One message: who, when, what, its replies, and what can be done with it.

import { perform } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h, icon, safeAddress } from "./dom.js";
import { mrkdwn, unescape } from "./mrkdwn.js";
import { menuButton } from "./popup.js";
import { Surface } from "./surface.js";
import { fullMoment, timeOfDay } from "./time.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

const HUES = 12;

export function instantOfTs(ts) {
  return new Date(Number(ts) * 1000);
}

/** A coloured square with initials; the name itself stands beside it. */
export function avatar(name, id, isBot = false) {
  const initials = name.replace(/\(.*?\)|[^\p{L}\p{N}\s]/gu, "").split(/\s+/).filter(Boolean).map((part) => [...part][0]);
  const hue = [...id].reduce((sum, letter) => sum * 31 + letter.codePointAt(0), 7) % HUES;
  const text = (initials.length > 1 ? initials[0] + initials.at(-1) : initials[0] ?? "?").toLocaleUpperCase();
  return h("span", { class: `avatar hue-${hue}${isBot ? " avatar-bot" : ""}`, "aria-hidden": "true" }, text);
}

/**
 * A message as a list item. `view` gives {workspace, channel, inThread, openThread(ts)}; `earlier` are values filled in before a
 * redraw; `isFollowing` leaves out the name when the same author has just spoken.
 */
export function drawMessage(message, view, earlier, isFollowing) {
  const { workspace } = view;
  const author = workspace.author(message);
  const container = { type: "message", channel: view.channel, ts: message.ts };
  const surface = new Surface(workspace, container, earlier);
  const instant = instantOfTs(message.ts);
  const node = h("li",
    { class: `message${message.ephemeral ? " ephemeral" : ""}${isFollowing ? " following" : ""}`, dataset: { ts: message.ts } },
    isFollowing ? null : avatar(author, message.user ?? message.bot_id ?? "", workspace.isBot(message)),
    h("div", { class: "message-main" },
      h("div", { class: `message-head${isFollowing ? " visually-hidden" : ""}` },
        h("bdi", { class: "author" }, author),
        workspace.isBot(message) ? h("span", { class: "badge" }, word("app")) : null,
        h("time", { datetime: instant.toISOString(), title: fullMoment(instant, workspace.viewer) }, timeOfDay(instant, workspace.viewer))),
      message.ephemeral ? h("p", { class: "only-you" }, icon("eye"), word("onlyYou")) : null,
      h("div", { class: "message-body", lang: workspace.viewer.locale }, content(message, surface)),
      replies(message, view)),
    deeds(message, view));
  return { node, surface };
}

function content(message, surface) {
  const { workspace } = surface;
  const body = message.blocks?.length ? drawBlocks(message.blocks, surface) : mrkdwn(message.text ?? "", workspace);
  const attachments = (message.attachments ?? []).map((one) => h("div", { class: "attachment" },
    one.blocks ? drawBlocks(one.blocks, surface) : mrkdwn(one.text ?? one.fallback ?? "", workspace)));
  const files = (message.files ?? []).map((one) => fileLink(one, workspace));
  const edited = message.edited ? h("small", { class: "edited" }, `(${word("edited")})`) : null;
  const lastLine = message.blocks?.length ? null : body.at(-1);
  if (edited && lastLine?.matches?.(".lines")) {
    lastLine.append(" ", edited); // beside the words, as it belongs to them
    return [body, attachments, files];
  }
  return [body, attachments, files, edited];
}

const UNITS = [["megabyte", 1e6], ["kilobyte", 1e3], ["byte", 1]];

function sizeOf(bytes, { locale }) {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? UNITS.at(-1);
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(bytes / size);
}

function fileLink(file, workspace) {
  const address = safeAddress(file.url_private_download ?? file.url_private ?? file.permalink ?? "");
  return h("p", {}, h("a", { class: "file-link", href: address, download: file.name }, icon("file"),
    h("span", {}, h("bdi", {}, file.title ?? file.name), h("small", {}, file.size === undefined ? "" : sizeOf(file.size, workspace.viewer)))));
}

function replies(message, view) {
  if (!message.reply_count || view.inThread) return null;
  return h("button", { type: "button", class: "replies", onclick: () => view.openThread(message.ts) }, word("replies", { count: message.reply_count }));
}

function deeds(message, view) {
  if (message.ephemeral) return null;
  const reply = view.inThread ? null : h("button",
    { type: "button", class: "icon-button", title: word("reply"), "aria-label": word("reply"), onclick: () => view.openThread(message.thread_ts ?? message.ts) }, icon("reply"));
  const more = menuButton({ class: "icon-button", title: word("more"), "aria-label": word("more") }, icon("more"), () => shortcuts(message, view));
  return h("div", { class: "message-deeds" }, reply, more);
}

function shortcuts(message, view) {
  const { workspace } = view;
  const known = workspace.shortcutsOf("message").map((shortcut) => ({
    label: shortcut.name,
    description: workspace.bot.name,
    act: async () => {
      const answer = await perform("shortcut", { as: workspace.person, callback_id: shortcut.callback_id, channel: view.channel, ts: message.ts });
      if (!answer.ok) toast(answer.sentence);
    },
  }));
  return known.length ? known : [{ label: word("noActions") }];
}

/** The message as one spoken sentence, for the live announcement. */
export function spoken(message, workspace) {
  const text = mrkdwn(message.text ?? "", workspace).map((node) => node.textContent ?? unescape(String(node))).join(" ");
  return word("says", { name: workspace.author(message), text });
}
