// Short notices at the edge of the page: what did not work, what has changed.

import { h, icon } from "./dom.js";
import { word } from "./words.js";

const SECONDS_SHOWN = 9;

/** Shows a sentence for a while. It lies above an open modal, which would otherwise hide it. */
export function toast(text, kind = "alert") {
  const place = document.querySelector("dialog[open]:last-of-type .toasts") ?? document.getElementById("toasts");
  const away = h("button", { type: "button", class: "icon-button", "aria-label": word("dismiss"), onclick: () => note.remove() }, icon("close"));
  const note = h("div", { class: `toast toast-${kind}`, role: kind === "alert" ? "alert" : "status" }, h("span", { dir: "auto" }, text), away);
  place.append(note);
  setTimeout(() => note.remove(), SECONDS_SHOWN * 1000);
}
