// Speaks with the practice workspace's server: questions, deeds, and what arrives by itself.

import { refusal, word } from "./words.js";

/** Reads `/practice/NAME`; throws when the server cannot be reached or refuses. */
export async function read(name, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  const answer = await fetch(`/practice/${name}?${new URLSearchParams(given)}`);
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** Does `/practice/NAME`; always gives an answer with `ok`, and a `sentence` for people when not. */
export async function perform(name, body) {
  try {
    const answer = await fetch(`/practice/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    return said.ok === false ? { ...said, sentence: refusal(said) } : { ok: answer.ok, ...said };
  } catch {
    return { ok: false, error: "unreachable", sentence: word("unreachable") };
  }
}

/** Keeps a line open to the server for `person`; `heard` gets each event, `line` whether it is up. */
export function listen(person, heard, line) {
  let wait = 250;
  const open = () => {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/practice/live?${new URLSearchParams({ as: person })}`);
    socket.onopen = () => {
      wait = 250;
      line(true);
    };
    socket.onmessage = (event) => heard(JSON.parse(event.data));
    socket.onclose = () => {
      line(false);
      setTimeout(open, wait);
      wait = Math.min(wait * 2, 5000);
    };
  };
  open();
}
