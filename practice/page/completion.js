// What the composer offers while typing: slash commands, people after @, channels after #.

/** The suggestions for the text before the cursor: {start, items: [{insert, label, detail}]} or null. */
export function suggestions(before, workspace, inThread) {
  if (before.startsWith("/") && inThread) return null;
  if (/^\/\S*$/.test(before)) return offered(0, commands(before, workspace));
  const further = subcommands(before, workspace);
  if (further) return further;
  const mention = /(?:^|\s)([@#][\p{L}\p{N}._-]*)$/u.exec(before);
  if (!mention) return null;
  const typed = mention[1].slice(1).toLocaleLowerCase();
  const all = mention[1][0] === "@" ? people(workspace) : channels(workspace);
  const fitting = all.filter((item) => item.label.toLocaleLowerCase().includes(typed));
  return offered(before.length - mention[1].length, fitting.slice(0, 8));
}

function offered(start, items) {
  return items.length ? { start, items } : null;
}

function commands(typed, workspace) {
  return workspace.commands
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, description }) => ({ insert: `${command} `, label: command, detail: description }));
}

function people(workspace) {
  const everyone = [...workspace.people.values()].filter((person) => !person.deleted);
  const items = everyone.map((person) => ({ insert: `@${person.name} `, label: person.name, detail: person.title }));
  const bot = workspace.bot.user_id ? [{ insert: `@${workspace.bot.name} `, label: workspace.bot.name, detail: "" }] : [];
  return [...bot, ...items];
}

function channels(workspace) {
  return workspace.visibleChannels
    .filter((channel) => channel.kind !== "im")
    .map((channel) => ({ insert: `#${channel.name} `, label: channel.name, detail: "" }));
}

/** What may come next after a command's words, as far as its usage hint tells. */
function subcommands(before, workspace) {
  const [, name, words, typed] = /^(\/\S+) ((?:\S+ )*)(\S*)$/.exec(before) ?? [];
  const ways = waysOf(workspace.commands.find((one) => one.command === name)?.usage_hint);
  const given = (words ?? "").split(" ").slice(0, -1);
  const next = new Map();
  for (const { phrases, text } of ways) {
    for (const phrase of phrases) {
      const word = phrase[given.length];
      if (word?.startsWith(typed) && given.every((one, at) => one === phrase[at])) next.set(word, given.length ? [...given, word].join(" ") : text);
    }
  }
  return offered(before.length - (typed ?? "").length, [...next].map(([word, label]) => ({ insert: `${word} `, label })));
}

/** A hint like `[status [AREA] | issue raise/list]` as its ways: {text, phrases: [["issue", "raise"], ["issue", "list"]]}. */
function waysOf(hint = "") {
  return hint.replace(/^\[(.*)\]$/, "$1").split(" | ").filter(Boolean).map((text) => {
    const words = text.split(" ");
    const free = words.findIndex((word) => !/^[a-z][a-z/-]*$/.test(word)); // AREA and [topic] are to be filled in
    const fixed = free < 0 ? words : words.slice(0, free);
    const phrases = fixed.reduce((begun, word) => begun.flatMap((phrase) => word.split("/").map((one) => [...phrase, one])), [[]]);
    return { text, phrases };
  });
}

/** The usage hint for a command being written, else nothing: of what it begins with, or of the whole. */
export function usage(text, workspace) {
  const [, name, first] = /^(\/\S+)\s+(\S*)/.exec(text) ?? [];
  const hint = workspace.commands.find((one) => one.command === name)?.usage_hint;
  if (!hint) return "";
  const begun = waysOf(hint).filter(({ phrases }) => phrases.some((phrase) => phrase[0] === first)).map((way) => way.text);
  return `${name} ${begun.join(" | ") || hint}`;
}

/** Names of people and channels as Slack sends them: `@Ama` becomes `<@U0AMA>`. */
export function withMentions(text, workspace) {
  const named = [...workspace.people.values()].map((person) => [`@${person.name}`, `<@${person.id}>`]);
  if (workspace.bot.user_id) named.push([`@${workspace.bot.name}`, `<@${workspace.bot.user_id}>`]);
  for (const channel of workspace.visibleChannels) if (channel.kind !== "im") named.push([`#${channel.name}`, `<#${channel.id}>`]);
  named.sort((one, other) => other[0].length - one[0].length); // "@Ama Boateng" before "@Ama"
  return named.reduce((said, [name, mention]) => replacedWords(said, name, mention), text);
}

function replacedWords(text, name, mention) {
  const literal = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}_-])`, "gu"), mention);
}
