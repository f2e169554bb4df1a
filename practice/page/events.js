// What arrives from the server by itself, and which part of the page it concerns.

import { curtain } from "./curtain.js";
import { toast } from "./toast.js";

/** By type: what the app does with the event. */
export const EVENTS = {
  message: (app, event) => app.arrived(event),
  message_changed: (app, { channel, message }) => channel === app.channel && app.each((list) => list.change(message)),
  message_deleted: (app, { channel, ts }) => channel === app.channel && app.each((list) => list.remove(ts)),
  read: (app, event) => app.wasRead(event),
  view_opened: (app, { view }) => app.modals.opened(view),
  view_updated: (app, { view }) => app.modals.opened(view),
  view_closed: (app, { view_id: id }) => app.modals.closed(id),
  home: (app, { view }) => app.home?.show(view),
  clock: (app, { now }) => {
    app.workspace.setClock(now);
    app.clock.tick();
    app.drawPerson();
  },
  bot: (app, { connected }) => {
    app.workspace.bot.connected = connected;
    app.refreshChannels(); // commands and shortcuts may have come with it
  },
  channels: (app) => app.refreshChannels(),
  reset: () => location.assign(location.pathname + location.search),
  toast: (app, { text }) => toast(text),
  story: (app, { left }) => curtain(left),
  tour: (app, { done }) => app.tour.progress(done),
};
