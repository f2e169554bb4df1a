// Who one is, and where one can go: person, channels, direct messages, the app; with unread marks.

import { h, icon } from "./dom.js";
import { avatar } from "./message.js";
import { timeOfDay } from "./time.js";
import { word } from "./words.js";

/** The address of this page as somebody, somewhere. */
export function address(person, channel = null, tab = null) {
  const query = new URLSearchParams({ as: person });
  if (channel) query.set("in", channel);
  if (tab) query.set("tab", tab);
  return `?${query}`;
}

/** The card of the person one plays; it opens the choice of another. */
export function personCard(workspace) {
  const me = workspace.people.get(workspace.person);
  const time = timeOfDay(workspace.now(), workspace.viewer);
  return h("button",
    { type: "button", class: "person-card", "aria-label": `${word("playing", { name: me.name })} (${me.title || me.tz}, ${time})`, "aria-haspopup": "dialog", onclick: () => choosePerson(workspace) },
    avatar(me.name, me.id),
    h("span", { class: "person-words" }, h("strong", { dir: "auto" }, me.name), h("small", { dir: "auto" }, me.title || me.tz), h("small", { class: "local-time" }, `${time} · ${city(me.tz)}`)),
    icon("chevron"));
}

function city(tz) {
  return (tz ?? "UTC").split("/").at(-1).replaceAll("_", " ");
}

/** Opens the list of everybody one can be; each is a link, so it also opens in a second window. */
export function choosePerson(workspace) {
  const list = h("ul", { class: "people" });
  const find = h("input", { type: "search", class: "field", placeholder: word("findPerson"), "aria-label": word("findPerson"), dir: "auto", oninput: () => fill() });
  const fill = () => {
    const typed = find.value.toLocaleLowerCase();
    const fitting = [...workspace.people.values()].filter((person) => `${person.name} ${person.title ?? ""}`.toLocaleLowerCase().includes(typed));
    list.replaceChildren(...fitting.map((person) => h("li", {}, personLink(person, workspace))));
  };
  const dialog = h("dialog", { class: "dialog dialog-people", "aria-labelledby": "people-title", onclose: () => dialog.remove() },
    h("form", { method: "dialog" },
      h("header", { class: "dialog-head" }, h("h2", { id: "people-title" }, word("choosePerson")), h("button", { class: "icon-button", "aria-label": word("close") }, icon("close"))),
      h("div", { class: "dialog-body" }, find, list, h("p", { class: "hint" }, word("newWindow")))));
  fill();
  document.body.append(dialog);
  dialog.showModal();
  find.focus();
}

function personLink(person, workspace) {
  const marks = [person.is_guest && word("guest"), person.deleted && word("deactivated")].filter(Boolean);
  const content = [
    avatar(person.name, person.id),
    h("span", { class: "person-words" }, h("strong", { dir: "auto" }, person.name), h("small", { dir: "auto" }, [person.title, ...marks].filter(Boolean).join(" · "))),
    h("small", { class: "local-time" }, `${timeOfDay(workspace.now(), { tz: person.tz || "UTC", locale: workspace.viewer.locale })} · ${city(person.tz)}`),
  ];
  if (person.deleted) return h("span", { class: "person-choice gone" }, content);
  return h("a", { class: "person-choice", href: address(person.id), "aria-current": person.id === workspace.person ? "true" : null }, content);
}

/** The channels, direct messages and apps; `go(channel)` opens one. */
export function channelLists(workspace, current, go) {
  const all = workspace.visibleChannels;
  const byName = (one, other) => workspace.channelName(one.id).localeCompare(workspace.channelName(other.id));
  const groups = [
    [word("channels"), all.filter((channel) => channel.kind !== "im").sort(byName)],
    [word("direct"), all.filter((channel) => channel.kind === "im" && !workspace.isBotChannel(channel.id)).sort(byName)],
    [word("apps"), all.filter((channel) => workspace.isBotChannel(channel.id))],
  ];
  return groups.filter(([, channels]) => channels.length).map(([title, channels]) => [
    h("h2", {}, title),
    h("ul", {}, channels.map((channel) => h("li", {}, channelLink(channel, workspace, current, go)))),
  ]);
}

function channelLink(channel, workspace, current, go) {
  const isUnread = channel.unread > 0 && channel.id !== current;
  const name = workspace.channelName(channel.id);
  const mark = {
    channel: () => h("span", { class: "hash", "aria-hidden": "true" }, "#"),
    private: () => [icon("lock"), h("span", { class: "visually-hidden" }, word("private"))],
    im: () => avatar(name, channel.with ?? "", workspace.isBotChannel(channel.id)),
  }[channel.kind]();
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a window of its own
    event.preventDefault();
    go(channel.id);
  };
  return h("a",
    { class: `channel${isUnread ? " is-unread" : ""}`, href: address(workspace.person, channel.id), "aria-current": channel.id === current ? "page" : null, dataset: { key: channel.id }, onclick: open },
    mark, h("bdi", { class: "channel-name" }, name),
    isUnread ? h("span", { class: "count" }, h("span", { "aria-hidden": "true" }, String(channel.unread)), h("span", { class: "visually-hidden" }, word("unread", { count: channel.unread }))) : null);
}
