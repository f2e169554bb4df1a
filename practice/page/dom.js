// Builds page nodes from data, so that no person's text is ever read as markup.

const SVG = "http://www.w3.org/2000/svg";

/** Makes an element: `props` are attributes, `on…` are listeners, `false`/`null` leave out. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  assign(node, props);
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function assign(node, props) {
  for (const [key, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "dataset") Object.assign(node.dataset, value);
    else if (key === "value") node.value = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
}

let made = 0;
/** An id no other node of this page has: labels and errors are tied to fields by it. */
export function freshId(prefix) {
  made += 1;
  return `${prefix}-${made}`;
}

const PATHS = {
  menu: "M4 6h16M4 12h16M4 18h16",
  more: "M12 5h.01M12 12h.01M12 19h.01",
  reply: "M5 5h14v10h-8l-4 4v-4H5z",
  bolt: "M13 3 5 14h6l-1 7 8-11h-6z",
  close: "M6 6l12 12M18 6 6 18",
  send: "M4 12h15M13 6l6 6-6 6",
  eye: "M2 12s4-6 10-6 10 6 10 6-4 6-10 6-10-6-10-6zM12 10.5a1.5 1.5 0 1 0 .01 0",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  clock: "M12 3a9 9 0 1 0 .01 0M12 7v5l3 2",
  chevron: "M7 10l5 5 5-5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
};

/** A small line drawing; always beside words or an accessible name, never alone. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon icon-${name}`);
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** An address a message may point to, or null: nothing that could run in this page. */
export function safeAddress(address) {
  try {
    const url = new URL(address, location.origin);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Remembers which control has the focus inside `root`, and gives it back after a redraw. */
export function keepingFocus(root, redraw) {
  const { activeElement } = document;
  const key = root.contains(activeElement) ? activeElement.dataset.key : undefined;
  const { selectionStart: start = null, selectionEnd: end } = activeElement ?? {};
  const fresh = redraw() ?? root;
  const again = key === undefined ? null : fresh.querySelector(`[data-key="${CSS.escape(key)}"]`);
  again?.focus();
  if (start !== null) again?.setSelectionRange?.(start, end);
  return fresh;
}
