// Lists that open over the page: where they lie, and menus with their keys.

import { h } from "./dom.js";

/** Lays an open popover under (or above) its anchor, inside the window, from the reading side. */
export function place(popup, anchor, above = false) {
  const box = anchor.getBoundingClientRect();
  const rightToLeft = getComputedStyle(anchor).direction === "rtl";
  popup.style.minWidth = `${Math.min(box.width, innerWidth - 16)}px`;
  const { width, height } = popup.getBoundingClientRect();
  const start = rightToLeft ? box.right - width : box.left;
  const below = !above && (box.bottom + height + 12 < innerHeight || box.top < height);
  popup.style.left = `${Math.max(8, Math.min(start, innerWidth - width - 8))}px`;
  popup.style.top = `${Math.max(8, below ? box.bottom + 4 : box.top - height - 4)}px`;
}

/** A button that opens a menu; `entries()` gives [{label, act}] each time it opens. */
export function menuButton(props, content, entries) {
  const button = h("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...props }, content);
  button.addEventListener("click", () => openMenu(button, entries()));
  return button;
}

function openMenu(button, entries) {
  const menu = h("div", { class: "popup menu", role: "menu", popover: "auto", "aria-label": button.getAttribute("aria-label") ?? button.textContent });
  for (const { label, description, act, href } of entries) {
    const choose = () => {
      menu.hidePopover();
      act?.();
    };
    const tag = href ? "a" : "button";
    const target = href ? { href, target: "_blank", rel: "noopener noreferrer" } : { type: "button" };
    menu.append(h(tag, { ...target, role: "menuitem", tabindex: "-1", dir: "auto", onclick: choose }, label, description ? h("small", {}, description) : null));
  }
  menu.addEventListener("keydown", (event) => moveInMenu(menu, event));
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    button.setAttribute("aria-expanded", "false");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    menu.remove();
  });
  button.after(menu);
  menu.showPopover();
  place(menu, button);
  button.setAttribute("aria-expanded", "true");
  menu.querySelector("[role=menuitem]")?.focus();
}

function moveInMenu(menu, event) {
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to].focus();
  } else if (event.key === "Tab") menu.hidePopover();
  else if (event.key === "Escape") {
    event.preventDefault(); // else a modal below would close with it
    menu.hidePopover();
  }
}
