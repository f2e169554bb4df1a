"""Actions as people see them: one with its neighbours in the chain, pages of them, and their forms."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from foundation.language import Day, Language, Reader
from models.issues import Action, Decision
from models.structure import Area
from models.updates import Update
from services.action_page import ActionSeen
from services.directory import Directory
from views import ids
from views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    date_picker,
    field_block,
    header,
    modal,
    option,
    people_select,
    section,
    select,
    text_input,
    within_message,
)
from views.chain import decision_link, issue_link, meeting_link, standing, update_link
from views.decisions import SHOWN, action_line
from views.issue_parts import more_left
from views.issue_words import DOT
from views.paging import turns
from views.texts import excerpt, labelled_text

LISTED, LISTED_TEXT = 10, 300
"""Actions on a page of a list, and characters of each."""


@dataclass(frozen=True)
class Listed:
    """A page of actions: how many were found, what may be done, and as of when it is."""

    heading: str
    about: str
    page: int
    found: int
    finishable: frozenset[int]
    overdue: frozenset[int]
    at: datetime | None = None


def action_page(reader: Reader, seen: ActionSeen, who: Directory, *, said: str = "") -> Message:
    """Show an action whole, with what stands before and after it in the chain."""
    say, action = reader.language, seen.action
    blocks: list[Block] = [section(said)] if said else []
    blocks += [header(action.ref), context(DOT.join(_facts(reader, action, who)))]
    blocks += labelled_text(say, say.t("Action"), action.text)
    if action.done_at is not None:
        blocks += labelled_text(say, say.t("What shows that it is done"), action.evidence)
    if action.climbs_at is not None and action.open:
        blocks.append(context(say.m("If it is not done before, it is raised as an issue on {moment}.",
                                    moment=reader.when(action.climbs_at))))  # fmt: skip
    blocks += [update_link(reader, seen.update, who)] if seen.update is not None else []
    blocks += [decision_link(reader, seen.decision)] if seen.decision is not None else []
    if seen.replaced_by is not None:
        blocks.append(decision_link(reader, seen.replaced_by, place="replaced_by"))
    blocks += [issue_link(say, seen.issue)] if seen.issue is not None else []
    blocks += [issue_link(say, seen.climbed, climbed=True)] if seen.climbed is not None else []
    blocks += [meeting_link(reader, seen.meeting, seen.item, who)] if seen.meeting is not None else []
    controls = _controls(say, seen)
    line = f"{action_line(say, action.ref, who.name_of(action.owner_id), action.due)}: "
    line += say.m("{text}", text=excerpt(action.text, LISTED_TEXT))
    foot = [actions(controls)] if controls else []
    return Message(said or line, within_message(blocks, more=more_left(say), foot=foot))


def action_list(reader: Reader, shown: Sequence[Action], who: Directory, listed: Listed) -> Message:
    """List a page of the actions that are, or were, to be done."""
    say = reader.language
    as_of = [say.m("As it stood on {when}.", when=reader.when(listed.at))] if listed.at is not None else []
    if not listed.found:
        text = say.m("There are no open actions.")
        return Message(text, [header(listed.heading), context(*as_of, text) if as_of else section(text)])
    counted = say.mn("{n} open action", "{n} open actions", listed.found)
    blocks: list[Block] = [header(listed.heading), context(counted, *as_of)]
    for action in shown:
        line = action_line(say, action.ref, who.name_of(action.owner_id), action.due)
        late = say.m("*overdue*")
        line += f"{DOT}{late}" if action.id in listed.overdue else ""
        details = button(say.t("Details"), ids.ACTION_SHOW, value=str(action.id),
                         spoken=say.t("Details of {ref}", ref=action.ref))  # fmt: skip
        text = say.m("{text}", text=excerpt(action.text, LISTED_TEXT))
        blocks.append(section(f"{line}\n{text}", accessory=details))
        if action.id in listed.finishable and listed.at is None:
            blocks.append(actions([_done(say, action)]))
    turning = turns(say, "actions", listed.about, listed.page, -(-listed.found // LISTED))
    return Message(f"{say.m('{text}', text=listed.heading)}: {counted}",
                   within_message(blocks, more=more_left(say), foot=turning))  # fmt: skip


def action_done(say: Language, action: Action) -> Message:
    """Confirm that an action is done."""
    text = say.m("{ref} is done: {evidence}", ref=action.ref, evidence=excerpt(action.evidence, SHOWN))
    return Message(text, [section(text)])


# -- forms ---------------------------------------------------------------------------------------------------------


def action_form(say: Language, areas: Sequence[Area], *, decision: Decision | None) -> Block:
    """Ask who does what by when."""
    choices = [option(say.of(area.name), str(area.id)) for area in areas]
    chosen = str(decision.area_id) if decision is not None else None
    area = select(ids.AREA, choices, chosen=chosen, placeholder=say.t("No area in particular"))
    blocks = [
        field_block(ids.OWNER, say.t("Owner"), people_select(ids.OWNER)),
        field_block(ids.TEXT, say.t("Action"), text_input(ids.TEXT, multiline=True)),
        field_block(ids.DUE, say.t("Due"), date_picker(ids.DUE), optional=True,
                    hint=say.t("Without a date nobody is reminded of it.")),
        field_block(ids.AREA, say.t("Area"), area, optional=True),
    ]  # fmt: skip
    if decision is not None:
        because = say.m("*Decision* {ref}: {text}", ref=decision.ref, text=excerpt(decision.text, SHOWN))
        blocks.insert(0, section(because))
    return modal(ids.ACTION_FORM, title=say.t("Add action"), blocks=blocks, say=say, submit=say.t("Add"),
                 metadata=f'{{"decision":"{decision.ref if decision is not None else ""}"}}')  # fmt: skip


def action_done_form(reader: Reader, action: Action, updates: Sequence[Update], who: Directory) -> Block:
    """Ask for a word of evidence, and perhaps for the status update that shows it."""
    say = reader.language
    blocks = [
        section(say.m("*{ref}* {text}", ref=action.ref, text=excerpt(action.text, SHOWN))),
        field_block(ids.EVIDENCE, say.t("What shows that it is done"), text_input(ids.EVIDENCE, multiline=True)),
    ]
    if updates:
        choices = [option(_update_label(reader, update, who), str(update.id)) for update in updates]
        blocks.append(field_block(ids.BY_UPDATE, say.t("Status update that shows it"),
                                  select(ids.BY_UPDATE, choices), optional=True))  # fmt: skip
    return modal(ids.ACTION_DONE_FORM, title=say.t("Action done"), blocks=blocks, say=say,
                 submit=say.t("Done"), metadata=f'{{"action":{action.id}}}')  # fmt: skip


def assign_form(say: Language, action: Action) -> Block:
    """Ask whose an action is from now on."""
    field = field_block(ids.PERSON, say.t("Owner"), people_select(ids.PERSON))
    return _form(say, action, ids.ACTION_ASSIGN_FORM, say.t("Owner"), field)


def due_form(say: Language, action: Action) -> Block:
    """Ask by when an action is to be done."""
    field = field_block(ids.DUE, say.t("Due"), date_picker(ids.DUE, chosen=action.due), optional=True,
                        hint=say.t("Without a date nobody is reminded of it."))  # fmt: skip
    return _form(say, action, ids.ACTION_DUE_FORM, say.t("Due"), field)


def _form(say: Language, action: Action, form_id: str, title: str, field: Block) -> Block:
    about = section(say.m("*{ref}* {text}", ref=action.ref, text=excerpt(action.text, SHOWN)))
    return modal(form_id, title=title, blocks=[about, field], say=say, submit=say.t("Save"),
                 metadata=f'{{"action":{action.id}}}')  # fmt: skip


# -- parts ---------------------------------------------------------------------------------------------------------


def _facts(reader: Reader, action: Action, who: Directory) -> list[str]:
    say = reader.language
    facts = [say.m("owner: {name}", name=who.name_of(action.owner_id)), standing(reader, action)]
    if action.area_id is not None:
        facts.append(say.m("{area}", area=who.area_name(action.area_id)))
    if action.created_by_id is not None:
        day = Day(reader.local_day(action.created_at))
        facts.append(say.m("given by {name} on {day}", name=who.name_of(action.created_by_id), day=day))
    return facts


def _controls(say: Language, seen: ActionSeen) -> list[Element]:
    value = str(seen.action.id)
    steering = [
        button(say.t("Change owner"), ids.ACTION_ASSIGN, value=value),
        button(say.t("Change date"), ids.ACTION_DUE, value=value),
    ]
    return [*([_done(say, seen.action)] if seen.may_finish else []), *(steering if seen.may_steer else [])]


def _done(say: Language, action: Action) -> Element:
    return button(say.t("Done"), ids.ACTION_DONE, value=str(action.id), spoken=say.t("{ref} is done", ref=action.ref))


def _update_label(reader: Reader, update: Update, who: Directory) -> str:
    say = reader.language
    unit, area = who.unit_key(update.unit_id), say.of(who.areas_by_id[update.area_id].name)
    return f"{say.short_day(reader.local_day(update.posted_at))} · {unit} · {area} · {excerpt(update.changed, 40)}"
