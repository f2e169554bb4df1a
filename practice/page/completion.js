// What the composer offers while typing: slash commands, people after @, channels after #.

/** The suggestions for the text before the cursor: {start, items: [{insert, label, detail}]} or null. */
export function suggestions(before, workspace, inThread) {
  const command = /^\/\S*$/.exec(before);
  if (command) return inThread ? null : offered(0, commands(command[0], workspace));
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
    .map(({ command, description, usage_hint: hint }) => ({ insert: `${command} `, label: `${command} ${hint ?? ""}`.trim(), detail: description }));
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

/** The usage hint for a command being written, else nothing. */
export function usage(text, workspace) {
  const name = /^(\/\S+)\s/.exec(text)?.[1];
  const command = workspace.commands.find((one) => one.command === name);
  return command?.usage_hint ? `${command.command} ${command.usage_hint}` : "";
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
