// Says to a screen reader what others write; the last few stay there to be read again.

import { h } from "./dom.js";
import { spoken } from "./message.js";

const MOST_CHARACTERS = 300;
const KEPT = 5;

/** Announces a message; `elsewhere` is its channel where that is not the one being looked at. */
export function announce(message, workspace, elsewhere = null) {
  const place = document.getElementById("announcer");
  const where = elsewhere ? `${workspace.place(elsewhere)}. ` : "";
  place.append(h("p", {}, `${where}${spoken(message, workspace)}`.slice(0, MOST_CHARACTERS)));
  while (place.childElementCount > KEPT) place.firstChild.remove();
}
