// The question before an irrevocable button: Slack's confirm object, or the page's own.

import { h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { mrkdwn } from "./mrkdwn.js";
import { word } from "./words.js";

function said(text, workspace) {
  return text.type === "mrkdwn" ? mrkdwn(text.text, workspace) : [withEmoji(text.text)];
}

/** Asks; true when the person agreed. Escape and the other button mean no. */
export function confirmed(question, workspace) {
  const { title, text, confirm, deny, style } = question;
  return new Promise((resolve) => {
    const yes = h("button", { value: "yes", class: `button button-${style ?? "primary"}` }, confirm?.text ?? word("yes"));
    const no = h("button", { value: "no", class: "button" }, deny?.text ?? word("cancel"));
    const dialog = h(
      "dialog",
      { class: "dialog dialog-small", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
      h("form", { method: "dialog" },
        h("h2", { id: "confirm-title", dir: "auto" }, title?.text ?? word("areYouSure")),
        h("div", { id: "confirm-text", dir: "auto" }, text ? said(text, workspace) : []),
        h("footer", { class: "dialog-foot" }, no, yes)),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
