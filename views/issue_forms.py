"""The forms of issues: raising, commenting, positions, resolving, more time, owner, due date, reopening."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from foundation.language import Language, Names
from models.issues import Issue, Severity
from models.structure import Area, Unit
from services.issues import Draft
from services.ladder import MOST_EXTRA_DAYS
from services.texts import SHORT
from views import ids
from views.blocks import (
    Block,
    Element,
    context,
    date_picker,
    field_block,
    modal,
    option,
    people_select,
    section,
    select,
    text_input,
)  # fmt: skip
from views.issue_words import STANCE_CHOICES


def raise_form(say: Language, areas: Sequence[Area], draft: Draft, *, asked: Sequence[Block] = ()) -> Block:
    """Ask for everything that raises an issue, `asked` first; the permalink of its message goes along."""
    choices = [option(say.of(area.name), str(area.id)) for area in areas]
    area = select(ids.AREA, choices, chosen=str(draft.area_id), placeholder=say.t("No area in particular"))
    severities = [option(say.t("normal"), Severity.NORMAL.value), option(say.t("urgent"), Severity.URGENT.value)]
    blocks = [
        *asked,
        field_block(ids.AREA, say.t("Area"), area, optional=True),
        field_block(ids.TITLE, say.t("Title"), text_input(ids.TITLE, initial=draft.title, most=SHORT)),
        field_block(ids.DESCRIPTION, say.t("Description"),
                    text_input(ids.DESCRIPTION, initial=draft.description, multiline=True), optional=True),
        field_block(ids.PROPOSAL, say.t("Proposed solution"),
                    text_input(ids.PROPOSAL, initial=draft.proposal, multiline=True), optional=True),
        field_block(ids.DUE, say.t("Due"), date_picker(ids.DUE, chosen=draft.due), optional=True),
        field_block(ids.SEVERITY, say.t("Severity"), select(ids.SEVERITY, severities, chosen=draft.severity.value),
                    hint=say.t("Urgent issues are told at once, whatever the hour.")),
    ]  # fmt: skip
    metadata = json.dumps({"permalink": draft.permalink}) if draft.permalink else ""
    return modal(ids.ISSUE_FORM, title=say.t("Raise an issue"), blocks=blocks, say=say, submit=say.t("Raise"),
                 metadata=metadata)  # fmt: skip


@dataclass(frozen=True)
class AskedText:
    """A form that asks for one text about an issue."""

    form_id: str
    title: str
    label: str
    submit: str
    field: str = ids.TEXT


def text_form(say: Language, issue: Issue, asked: AskedText, *, hint: str = "", initial: str = "") -> Block:
    """Ask for one text about an issue."""
    field = field_block(asked.field, asked.label, text_input(asked.field, initial=initial, multiline=True), hint=hint)
    return _form(say, issue, asked.form_id, asked.title, [field], submit=asked.submit)


def resolve_form(say: Language, issue: Issue) -> Block:
    """Ask how an issue was settled."""
    return text_form(say, issue, AskedText(ids.ISSUE_RESOLVE_FORM, say.t("Resolve"), say.t("How it was resolved"),
                                           say.t("Resolve")))  # fmt: skip


def comment_form(say: Language, issue: Issue) -> Block:
    """Ask for a comment."""
    return text_form(say, issue, AskedText(ids.ISSUE_COMMENT_FORM, say.t("Comment"), say.t("Comment"), say.t("Post")))


def object_form(say: Language, issue: Issue) -> Block:
    """Ask with what somebody disagrees, and why."""
    asked = AskedText(
        ids.ISSUE_OBJECT_FORM, say.t("Objection"), say.t("With what you disagree, and why"), say.t("Send")
    )
    return text_form(say, issue, asked, hint=say.t("It is kept with the issue, and whoever decides sees it."))


def reopen_form(say: Language, issue: Issue) -> Block:
    """Ask why an issue is opened again."""
    asked = AskedText(ids.ISSUE_REOPEN_FORM, say.t("Reopen"), say.t("Reason"), say.t("Reopen"), field=ids.REASON)
    return text_form(say, issue, asked)


def position_form(
    say: Language, issue: Issue, units: Sequence[Unit], positions: Sequence[dict[str, Any]], *,
    stance: str | None = None, text: str = "",
) -> Block:  # fmt: skip
    """Ask where a unit stands; the unit is asked for where somebody speaks for several."""
    stances = [option(_stance_label(say, one), str(one["key"])) for one in positions]
    blocks = []
    if len(units) > 1:
        offered = [option(unit.key, str(unit.id)) for unit in units]
        blocks.append(field_block(ids.UNIT, say.t("Unit"), select(ids.UNIT, offered, chosen=str(units[0].id))))
    else:
        blocks.append(context(say.m("You speak for {unit}.", unit=units[0].key)))
    blocks += [
        field_block(ids.STANCE, say.t("Position"), select(ids.STANCE, stances, chosen=stance)),
        field_block(ids.TEXT, say.t("Reason"), text_input(ids.TEXT, initial=text, multiline=True), optional=True),
    ]
    return _form(say, issue, ids.ISSUE_POSITION_FORM, say.t("Position"), blocks, submit=say.tc("a position", "State"))


def more_time_form(say: Language, issue: Issue) -> Block:
    """Ask for how many working days the rest of the ladder is put off, and why."""
    days = [option(say.tn("{n} working day", "{n} working days", n), str(n)) for n in range(1, MOST_EXTRA_DAYS + 1)]
    blocks = [
        field_block(ids.DAYS_MORE, say.t("Working days"), select(ids.DAYS_MORE, days, chosen="3")),
        field_block(ids.REASON, say.t("Reason"), text_input(ids.REASON, multiline=True),
                    hint=say.t("More time can be asked for once before each step.")),
    ]  # fmt: skip
    return _form(say, issue, ids.ISSUE_MORE_TIME_FORM, say.t("More time"), blocks, submit=say.t("Put off"))


def assign_form(say: Language, issue: Issue, *, owner: str | None = None) -> Block:
    """Ask who owns an issue."""
    field = field_block(ids.PERSON, say.t("Owner"), people_select(ids.PERSON, chosen=owner))
    return _form(say, issue, ids.ISSUE_ASSIGN_FORM, say.t("Assign"), [field], submit=say.t("Assign"))


def due_form(say: Language, issue: Issue, *, due: date | None) -> Block:
    """Ask until when an issue is to be settled."""
    field = field_block(ids.DUE, say.t("Due"), date_picker(ids.DUE, chosen=due), optional=True,
                        hint=say.t("Leave it empty for no date."))  # fmt: skip
    return _form(say, issue, ids.ISSUE_DUE_FORM, say.t("Due"), [field], submit=say.t("Save"))


def _form(
    say: Language, issue: Issue, form_id: str, title: str, blocks: Sequence[Block | Element], *, submit: str
) -> Block:
    about = section(say.m("*{ref}* {title}", ref=issue.ref, title=issue.title))
    return modal(form_id, title=title, blocks=[about, *blocks], say=say, submit=submit,
                 metadata=json.dumps({"issue": issue.id}))  # fmt: skip


def _stance_label(say: Language, position: dict[str, Any]) -> str:
    named = position.get("name")
    if named:
        return Names(named).said(say, mrkdwn=False)
    known = STANCE_CHOICES.get(str(position["key"]))
    return say.t(known) if known else str(position["key"])
