// What the page knows of the workspace as the person playing sees it: names, channels, the clock.

import { read } from "./api.js";
import { word } from "./words.js";

export class Workspace {
  constructor(person) {
    this.person = person;
    this.team = { name: "" };
    this.people = new Map();
    this.channels = new Map();
    this.commands = [];
    this.shortcuts = [];
    this.bot = { connected: false, user_id: "", name: "" };
    this.ahead = 0;
  }

  /** Reads everything afresh; answers with the overview, for what is not kept here. */
  async refresh() {
    const overview = await read("overview", { as: this.person || undefined });
    this.team = overview.team;
    this.bot = overview.bot;
    this.people = new Map(overview.people.map((person) => [person.id, person]));
    this.channels = new Map(overview.channels.map((channel) => [channel.id, channel]));
    this.commands = overview.commands;
    this.shortcuts = overview.shortcuts;
    this.setClock(overview.now);
    return overview;
  }

  setClock(now) {
    this.ahead = new Date(now).getTime() - Date.now();
  }

  now() {
    return new Date(Date.now() + this.ahead);
  }

  get viewer() {
    const me = this.people.get(this.person);
    return { tz: me?.tz || "UTC", locale: me?.locale || "en-US" };
  }

  name(user) {
    if (user === this.bot.user_id) return this.bot.name;
    return this.people.get(user)?.name ?? user;
  }

  author(message) {
    if (message.user && message.user !== this.bot.user_id && !message.bot_id) return this.name(message.user);
    return message.username || message.bot_profile?.name || this.bot.name || word("app");
  }

  isBot(message) {
    return Boolean(message.bot_id) || message.user === this.bot.user_id;
  }

  channelName(id) {
    const channel = this.channels.get(id);
    if (!channel) return id;
    return channel.kind === "im" ? this.name(channel.with) : channel.name;
  }

  /** How a channel is called where it is addressed: `#name`, or the person. */
  place(id) {
    const channel = this.channels.get(id);
    return channel && channel.kind !== "im" ? `#${channel.name}` : this.channelName(id);
  }

  isBotChannel(id) {
    const channel = this.channels.get(id);
    return channel?.kind === "im" && channel.with === this.bot.user_id;
  }

  get visibleChannels() {
    return [...this.channels.values()].filter((channel) => channel.member || channel.kind === "im");
  }

  shortcutsOf(type) {
    return this.shortcuts.filter((shortcut) => shortcut.type === type);
  }
}
