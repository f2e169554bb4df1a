// The app's home as this person sees it; opening it tells the bot.

import { perform, read } from "./api.js";
import { drawBlocks } from "./blocks.js";
import { h, keepingFocus } from "./dom.js";
import { Surface } from "./surface.js";
import { toast } from "./toast.js";
import { word } from "./words.js";

export class Home {
  constructor(workspace) {
    this.workspace = workspace;
    this.body = h("div", { class: "home-body", lang: workspace.viewer.locale });
    this.node = h("div", { class: "scroller home", tabindex: "0", role: "group", "aria-label": word("homeOf", { name: workspace.bot.name }) }, this.body);
  }

  async open() {
    const { view } = await read("home", { as: this.workspace.person });
    this.show(view);
    const answer = await perform("open_home", { as: this.workspace.person });
    if (!answer.ok) toast(answer.sentence);
  }

  show(view) {
    if (!view) return this.body.replaceChildren(h("div", { class: "empty" }, word("homeEmpty")));
    const surface = new Surface(this.workspace, { type: "view", view_id: view.id }, this.surface?.values ?? view.state?.values);
    this.surface = surface;
    return keepingFocus(this.body, () => this.body.replaceChildren(...drawBlocks(view.blocks, surface)));
  }
}
