// Slack's select menus, single and multi, over our combobox: where choices come from, what a choice is called.

import { Combobox } from "./combobox.js";
import { withEmoji } from "./emoji.js";
import { word } from "./words.js";

const fromOption = (option) => ({
  value: option.value,
  label: withEmoji(option.text.text),
  description: option.description ? withEmoji(option.description.text) : undefined,
  raw: option,
});

const SOURCES = {
  static: {
    single: "selected_option", multi: "selected_options", initial: "initial_option", choice: (option) => fromOption(option),
    find: (element, typed) => narrowed(optionGroups(element), typed),
  },
  external: {
    single: "selected_option", multi: "selected_options", initial: "initial_option", choice: (option) => fromOption(option),
    find: async (element, typed, context) => {
      const least = element.min_query_length ?? 3;
      if (typed.length < least) return { hint: word("typeMore", { count: least }) };
      return optionGroups(await context.surface.options(context.block, element, typed));
    },
  },
  users: {
    single: "selected_user", multi: "selected_users", initial: "initial_user", choice: (id, workspace) => named(id, workspace.name(id)),
    find: (element, typed, { workspace }) => {
      const people = [...workspace.people.values()].filter((person) => !person.deleted);
      return narrowed([{ choices: people.map((person) => ({ ...named(person.id, person.name), description: person.title })) }], typed);
    },
  },
  conversations: {
    single: "selected_conversation", multi: "selected_conversations", initial: "initial_conversation",
    choice: (id, workspace) => named(id, workspace.place(id)),
    find: (element, typed, { workspace }) => narrowed([{ choices: conversations(element.filter, workspace) }], typed),
  },
  channels: {
    single: "selected_channel", multi: "selected_channels", initial: "initial_channel",
    choice: (id, workspace) => named(id, workspace.place(id)),
    find: (element, typed, { workspace }) => narrowed([{ choices: conversations({ include: ["public"] }, workspace) }], typed),
  },
};

const KINDS = { channel: "public", private: "private", im: "im" };

function conversations(filter, workspace) {
  return [...workspace.channels.values()]
    .filter((channel) => !filter?.include || filter.include.includes(KINDS[channel.kind]))
    .filter((channel) => !(filter?.exclude_bot_users && workspace.isBotChannel(channel.id)))
    .map((channel) => named(channel.id, workspace.place(channel.id)));
}

function named(id, label) {
  return { value: id, label, raw: id };
}

function optionGroups({ options, option_groups: groups }) {
  if (groups) return groups.map((group) => ({ label: withEmoji(group.label.text), choices: group.options.map(fromOption) }));
  return [{ choices: (options ?? []).map(fromOption) }];
}

function narrowed(groups, typed) {
  const wanted = typed.toLocaleLowerCase();
  const matches = (choice) => `${choice.label} ${choice.description ?? ""}`.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ ...group, choices: group.choices.filter(matches) })).filter((group) => group.choices.length);
}

/** Any of Slack's ten select menus, by the `type` of the element. */
export function select(element, context) {
  const [, multi, kind] = /^(multi_)?(\w+?)s?_select$/.exec(element.type);
  const source = SOURCES[kind] ?? SOURCES[`${kind}s`];
  const begun = context.begin(initial(element, source, multi));
  const held = multi ? begun[source.multi] ?? [] : [begun[source.single]].filter(Boolean);
  const value = (chosen) => (multi ? { [source.multi]: chosen.map((one) => one.raw) } : { [source.single]: chosen[0]?.raw ?? null });
  return new Combobox({
    key: context.key, naming: context.naming(element.placeholder?.text), multiple: Boolean(multi), most: element.max_selected_items,
    placeholder: element.placeholder?.text ?? word("choose"), clearable: Boolean(context.block.optional),
    selected: held.map((one) => source.choice(one, context.workspace)),
    find: async (typed) => source.find(element, typed, context),
    changed: (chosen) => context.change(value(chosen)),
  }).node;
}

function initial(element, source, multi) {
  if (multi) return { [source.multi]: element[`${source.initial}s`] ?? [] };
  return { [source.single]: element[source.initial] ?? null };
}
