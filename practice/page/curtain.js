// The curtain: while the story so far is told, everybody waits in front of it.

import { h } from "./dom.js";
import { word } from "./words.js";

let dialog = null;
let most = 0;

/** Draws the curtain while scenes are left, and opens it at the end. */
export function curtain(left) {
  if (!left) return lift();
  most = Math.max(most, left);
  if (!dialog) {
    const bar = h("progress", { "aria-label": word("telling") });
    dialog = h("dialog", { class: "curtain", oncancel: (event) => event.preventDefault() }, h("p", {}, word("telling")), bar);
    document.body.append(dialog);
    dialog.showModal();
  }
  const bar = dialog.querySelector("progress");
  bar.max = most;
  bar.value = most - left;
  return undefined;
}

function lift() {
  if (!dialog) return;
  dialog.remove();
  dialog = null;
  location.reload(); // a fortnight has gone by
}
