"""The forms of an agenda: to propose an item, to change one, and to have it at the next meeting."""

import json
from dataclasses import dataclass

from foundation.language import Language, Mrkdwn
from models.agenda import AgendaItem, ItemKind
from models.meetings import Meeting
from services.agenda_entries import Entry
from services.proposals import Proposal
from services.texts import SHORT
from views import ids
from views.agenda_items import entry_title
from views.blocks import Block, context, field_block, modal, option, people_select, radio, section, text_input

MOVE, ALSO = "move", "also"


@dataclass(frozen=True)
class Standing:
    """An item as it stands on an agenda."""

    meeting: Meeting
    entry: Entry
    position: int
    presenter: str | None = None
    """The Slack id of who presents it."""


def propose_form(say: Language, meeting: Meeting | None, proposal: Proposal, *, named: bool) -> Block:
    """Ask for an item; the permalink of its message goes along. `named`: it is for that meeting, and no other one."""
    told = say.m("It is for the next meeting.")
    if meeting is not None:
        told = say.m("It is for *{meeting} · {title}*.", meeting=meeting.ref, title=meeting.title)
    noted = {"meeting": meeting.id if meeting and named else None, "permalink": proposal.permalink}
    return modal(
        ids.PROPOSE_FORM, title=say.t("Propose for agenda"), say=say, submit=say.t("Propose"),
        metadata=json.dumps({key: value for key, value in noted.items() if value}),
        blocks=[context(told), *_words(say, proposal.title, proposal.description)],
    )  # fmt: skip


def change_form(say: Language, item: Standing) -> Block:
    """Ask where an item stands, for how long, and who presents it; of a proposal also its words."""
    row = item.entry.row or AgendaItem(kind=item.entry.kind, key=item.entry.key)
    blocks = [
        _about(say, item),
        field_block(ids.AGENDA_POSITION, say.t("Position"),
                    text_input(ids.AGENDA_POSITION, initial=str(item.position), most=4)),
        field_block(ids.AGENDA_MINUTES, say.t("Minutes"),
                    text_input(ids.AGENDA_MINUTES, initial=str(row.minutes or ""), most=4), optional=True),
        field_block(ids.AGENDA_PRESENTER, say.t("Presenter"),
                    people_select(ids.AGENDA_PRESENTER, chosen=item.presenter), optional=True),
    ]  # fmt: skip
    if item.entry.kind is ItemKind.PROPOSED:
        blocks += _words(say, row.title, row.description)
    return modal(ids.AGENDA_CHANGE_FORM, title=say.t("Change the item"), say=say, submit=say.t("Save"),
                 metadata=_noted(item), blocks=blocks)  # fmt: skip


def next_form(say: Language, item: Standing) -> Block:
    """Ask whether an item moves to the next meeting, or is there as well."""
    ways = [
        option(say.t("Move it there"), MOVE),
        option(say.t("Have it there as well"), ALSO),
    ]
    field = field_block(ids.AGENDA_HOW, say.t("Next meeting"), radio(ids.AGENDA_HOW, ways, chosen=MOVE))
    return modal(ids.AGENDA_NEXT_FORM, title=say.t("Next meeting"), say=say, submit=say.t("Save"),
                 metadata=_noted(item), blocks=[_about(say, item), field])  # fmt: skip


def _words(say: Language, title: str, description: str) -> list[Block]:
    return [
        field_block(ids.TITLE, say.t("Title"), text_input(ids.TITLE, initial=title, most=SHORT)),
        field_block(ids.DESCRIPTION, say.t("Description"),
                    text_input(ids.DESCRIPTION, initial=description, multiline=True), optional=True),
    ]  # fmt: skip


def _about(say: Language, item: Standing) -> Block:
    return section(say.m("{meeting}: {item}", meeting=item.meeting.ref, item=Mrkdwn(entry_title(item.entry, say))))


def _noted(item: Standing) -> str:
    return json.dumps({"meeting": item.meeting.id, "item": item.entry.key})
