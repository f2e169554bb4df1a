// The practice workspace's page: puts its parts together and hands each event to the part it concerns.

import { announce } from "./announcer.js";
import { listen, perform } from "./api.js";
import { ClockBar } from "./clock.js";
import { Composer } from "./composer.js";
import { curtain } from "./curtain.js";
import { h, icon, keepingFocus } from "./dom.js";
import { EVENTS } from "./events.js";
import { Home } from "./home.js";
import { MessageList } from "./messages.js";
import { Modals } from "./modal.js";
import { address, channelLists, personCard } from "./sidebar.js";
import { toast } from "./toast.js";
import { Tour } from "./tour.js";
import { Workspace } from "./workspace.js";
import { speak, word } from "./words.js";

const byId = (id) => document.getElementById(id);

class App {
  constructor() {
    const query = new URLSearchParams(location.search);
    this.workspace = new Workspace(query.get("as"));
    this.modals = new Modals(this.workspace);
    this.heard = this.heard.bind(this);
  }

  async start() {
    let overview = await this.workspace.refresh();
    if (!this.workspace.people.has(this.workspace.person)) {
      this.workspace.person = somebody(overview.people)?.id;
      if (!this.workspace.person) return byId("place").replaceChildren(h("div", { class: "empty" }, word("notFound")));
      history.replaceState(null, "", address(this.workspace.person));
      overview = await this.workspace.refresh();
    }
    speak(this.workspace.viewer.locale);
    this.frame();
    this.tour.show(overview.tour);
    curtain(overview.story);
    // First the line, then the messages: what arrives in between would be lost the other way round.
    await new Promise((resolve) => {
      listen(this.workspace.person, this.heard, (isUp) => {
        byId("line").textContent = isUp ? "" : word("reconnecting");
        if (isUp && this.list !== undefined) this.catchUp().catch(() => {}); // lost again: the next line catches up
        else if (isUp) resolve();
      });
    });
    await this.follow();
    this.modals.restore(overview.modal);
    window.addEventListener("popstate", () => this.follow());
    window.addEventListener("focus", () => this.markRead());
    setInterval(() => this.drawPerson(), 30_000);
    return undefined;
  }

  frame() {
    document.title = `${this.workspace.team.name} — ${word("brand")}`;
    byId("skip").textContent = word("skip");
    byId("team").textContent = this.workspace.team.name;
    byId("brand").textContent = word("brand");
    byId("clock").setAttribute("aria-label", word("time"));
    this.clock = new ClockBar(this.workspace);
    byId("clock").append(this.clock.node);
    this.tour = new Tour(this.workspace, (text) => this.write(text));
    document.querySelector("main").prepend(this.tour.node);
    byId("sidebar").setAttribute("aria-label", word("openMenu"));
    const drawer = byId("drawer");
    drawer.append(icon("menu"));
    drawer.setAttribute("aria-label", word("openMenu"));
    drawer.addEventListener("click", () => this.drawer(!document.body.classList.contains("drawer-open")));
    byId("thread").setAttribute("aria-label", word("thread"));
    document.addEventListener("click", ({ target }) => {
      if (!byId("sidebar").contains(target) && !drawer.contains(target)) this.drawer(false);
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) this.drawer(false);
    });
    this.drawPerson();
  }

  drawer(isOpen) {
    document.body.classList.toggle("drawer-open", isOpen);
    byId("drawer").setAttribute("aria-expanded", String(isOpen));
  }

  drawPerson() {
    const place = byId("person");
    const hadFocus = place.contains(document.activeElement);
    place.replaceChildren(personCard(this.workspace));
    if (hadFocus) place.firstChild.focus();
  }

  drawSidebar() {
    const lists = byId("channels");
    keepingFocus(lists, () => lists.replaceChildren(...channelLists(this.workspace, this.channel, (channel) => this.go(channel)).flat()));
    const { bot } = this.workspace;
    byId("offline").textContent = bot.connected || !bot.name ? "" : word("offline", { name: bot.name });
  }

  /** Goes to a channel, or to a tab of the app, and into the browser's history. */
  async go(channel, tab = null) {
    history.pushState(null, "", address(this.workspace.person, channel, tab));
    this.drawer(false);
    await this.follow();
    this.composer?.focus();
  }

  /** Puts a text where one writes, in a channel if one is elsewhere. */
  async write(text) {
    if (!this.composer) await this.go(null);
    this.composer.put(text);
    this.composer.focus();
  }

  /** Shows what the address says. */
  async follow() {
    const query = new URLSearchParams(location.search);
    const wanted = query.get("in");
    const first = this.workspace.visibleChannels.find((channel) => channel.kind !== "im") ?? this.workspace.visibleChannels[0];
    this.channel = this.workspace.channels.has(wanted) ? wanted : first?.id;
    this.tab = query.get("tab");
    this.closeThread();
    this.drawSidebar();
    if (!this.channel) return byId("place").replaceChildren(h("div", { class: "empty" }, word("empty")));
    return this.tab === "home" && this.workspace.isBotChannel(this.channel) ? this.showHome() : this.showMessages();
  }

  async showHome() {
    this.list = null;
    this.composer = null;
    this.home = new Home(this.workspace);
    byId("place").replaceChildren(this.head(), this.home.node);
    await this.home.open();
  }

  async showMessages() {
    this.home = null;
    const { channel } = this;
    const unread = this.workspace.channels.get(channel).unread;
    const list = new MessageList({ workspace: this.workspace, channel, openThread: (ts) => this.openThread(ts) });
    this.list = list;
    this.composer = new Composer(this.workspace, channel);
    byId("place").replaceChildren(this.head(), list.node, this.composer.node);
    await list.load(unread);
    if (this.list === list) this.markRead();
  }

  head() {
    const { workspace, channel } = this;
    const title = h("h1", { dir: "auto" }, workspace.place(channel));
    if (!workspace.isBotChannel(channel)) return h("header", { class: "place-head" }, title);
    const tab = (name, isHere) => h("a", {
      class: "tab", href: address(workspace.person, channel, name), "aria-current": isHere ? "page" : null,
      onclick: (event) => { event.preventDefault(); this.go(channel, name); },
    }, word(name ?? "messages"));
    return h("header", { class: "place-head" }, title,
      h("nav", { class: "tabs", "aria-label": workspace.bot.name }, tab("home", this.tab === "home"), tab(null, this.tab !== "home")));
  }

  async openThread(ts) {
    const { channel } = this;
    const list = new MessageList({ workspace: this.workspace, channel, openThread: () => {} }, ts);
    const composer = new Composer(this.workspace, channel, ts);
    const close = h("button", { type: "button", class: "icon-button", "aria-label": word("closeThread"), onclick: () => this.closeThread() }, icon("close"));
    this.thread = { list, opener: document.activeElement };
    byId("thread").replaceChildren(h("header", { class: "place-head" }, h("h2", {}, word("thread")), close), list.node, composer.node);
    byId("thread").hidden = false;
    byId("thread").onkeydown = (event) => {
      if (event.key === "Escape" && !event.defaultPrevented) this.closeThread();
    };
    await list.load();
    composer.focus();
  }

  closeThread() {
    if (!this.thread) return;
    const { opener } = this.thread;
    this.thread = null;
    byId("thread").hidden = true;
    byId("thread").replaceChildren();
    if (opener.isConnected) opener.focus();
  }

  markRead() {
    const channel = this.workspace.channels.get(this.channel);
    const ts = channel?.last_ts; // a reply counts too, although it stands in its thread
    if (!this.list || !ts || document.hidden) return;
    if (channel.unread) {
      channel.unread = 0;
      this.drawSidebar();
    }
    if (this.readUpTo === `${channel.id}/${ts}`) return;
    this.readUpTo = `${channel.id}/${ts}`;
    perform("read", { as: this.workspace.person, channel: channel.id, ts });
  }

  /** The same person has read a channel, here or in another window. */
  wasRead({ channel: id, ts }) {
    const channel = this.workspace.channels.get(id);
    if (!channel?.unread || ts < channel.last_ts) return;
    channel.unread = 0;
    this.drawSidebar();
  }

  /** After a lost line: everything that may have been missed. */
  async catchUp() {
    const overview = await this.workspace.refresh();
    const { people, channels, person } = this.workspace;
    if (!people.has(person) || !channels.has(this.channel)) return location.assign(address(person)); // it began anew meanwhile
    this.drawSidebar();
    this.modals.restore(overview.modal);
    this.clock.stir();
    await Promise.all([this.list?.catchUp(), this.thread?.list.catchUp(), this.home?.open()]);
    if (this.thread?.list.messages.length === 0) this.closeThread();
    return undefined;
  }

  heard(event) {
    EVENTS[event.type]?.(this, event);
    if (!["toast", "read"].includes(event.type)) this.clock.stir();
  }

  arrived({ channel: id, message }) {
    const channel = this.workspace.channels.get(id);
    const isMine = message.user === this.workspace.person;
    if (!channel) return this.refreshChannels();
    if (!message.ephemeral) channel.last_ts = message.ts;
    if (!isMine && this.isHeard(message, id)) announce(message, this.workspace, id === this.channel ? null : id);
    if (id === this.channel) this.each((list) => list.belongs(message) && list.add(message));
    if (id === this.channel && this.list) this.markRead();
    else if (!isMine && !message.ephemeral) {
      channel.unread += 1;
      this.drawSidebar();
    }
    return undefined;
  }

  each(act) {
    for (const list of [this.list, this.thread?.list]) if (list) act(list);
  }

  /** A reply is announced in its open thread only: the cards of a busy channel would otherwise be said twice. */
  isHeard(message, channel) {
    const isReply = message.thread_ts && message.thread_ts !== message.ts && message.subtype !== "thread_broadcast";
    return !isReply || (channel === this.channel && this.thread?.list.thread === message.thread_ts);
  }

  async refreshChannels() {
    await this.workspace.refresh().catch(() => {}); // the line is down: its return catches up
    this.drawSidebar();
  }
}

/** Who a newcomer is at first: somebody who reads the language of this browser, if there is one. */
function somebody(people) {
  const living = people.filter((person) => !person.deleted && !person.is_guest);
  const language = new Intl.Locale(navigator.language).language;
  return living.find((person) => new Intl.Locale(person.locale).language === language) ?? living[0];
}

new App().start().catch(() => toast(word("unreachable")));
