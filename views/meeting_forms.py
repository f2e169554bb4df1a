"""The forms of a meeting that is being held, and of its minutes."""

import json
from collections.abc import Sequence

from foundation.language import Language, Mrkdwn
from models.agenda import Presence
from models.issues import Decision
from models.meetings import Meeting
from services.meeting_record import RecordedItem
from views import ids
from views.blocks import Block, date_picker, field_block, modal, option, people_select, radio, section, text_input
from views.meeting_words import item_title

CORRECTED = 10
"""Decisions in one form."""


def decide_form(say: Language, item: RecordedItem) -> Block:
    """Ask what was decided on an item, and who does it."""
    blocks = [
        _about(say, item),
        field_block(ids.TEXT, say.t("Decision"), text_input(ids.TEXT, multiline=True)),
        field_block(ids.OWNER, say.t("Owner"), people_select(ids.OWNER), optional=True,
                    hint=say.t("Who does what was decided: it becomes their action.")),
        field_block(ids.DUE, say.t("Due"), date_picker(ids.DUE), optional=True),
    ]  # fmt: skip
    return modal(ids.FLOOR_DECIDE_FORM, title=say.t("Decide"), submit=say.t("Decide"), blocks=blocks, say=say,
                 metadata=_of(item))  # fmt: skip


def refer_form(say: Language, item: RecordedItem) -> Block:
    """Ask where an item goes."""
    where = field_block(
        ids.TEXT, say.t("Where to"), text_input(ids.TEXT, multiline=True, initial=item.text),
        hint=say.t("An area, a unit or another body, and what for."),
    )  # fmt: skip
    return modal(ids.FLOOR_REFER_FORM, title=say.t("Refer"), submit=say.t("Refer"), blocks=[_about(say, item), where],
                 say=say, metadata=_of(item))  # fmt: skip


def action_form(say: Language, item: RecordedItem) -> Block:
    """Ask what is to be done because of an item, by whom and when."""
    blocks = [
        _about(say, item),
        field_block(ids.TEXT, say.t("What is to be done"), text_input(ids.TEXT, multiline=True)),
        field_block(ids.OWNER, say.t("Owner"), people_select(ids.OWNER)),
        field_block(ids.DUE, say.t("Due"), date_picker(ids.DUE), optional=True),
    ]
    return modal(ids.FLOOR_ACTION_FORM, title=say.t("Add action"), submit=say.t("Add"), blocks=blocks, say=say,
                 metadata=_of(item))  # fmt: skip


def correct_form(say: Language, item: RecordedItem, decided: Sequence[Decision]) -> Block:
    """Ask for the words that the minutes have on an item, and of its decisions."""
    words = field_block(
        ids.TEXT, say.t("What the minutes say"), text_input(ids.TEXT, multiline=True, initial=item.text),
        optional=True,
    )  # fmt: skip
    decisions = []
    for decision in decided[:CORRECTED]:
        name = f"{ids.DECIDED}.{decision.id}"
        typed = text_input(name, multiline=True, initial=decision.text)
        decisions.append(field_block(name, say.t("Decision {ref}", ref=decision.ref), typed))
    return modal(ids.MINUTES_CORRECT_FORM, title=say.t("Correct"), submit=say.t("Save"),
                 blocks=[_about(say, item), words, *decisions], say=say, metadata=_of(item))  # fmt: skip


def attendance_form(say: Language, meeting: Meeting) -> Block:
    """Ask who else takes part in a meeting, and how."""
    ways = [
        option(say.t("In the room"), Presence.ROOM.value),
        option(say.t("Remotely"), Presence.REMOTE.value),
        option(say.t("Not here"), "not"),
    ]
    blocks = [
        section(say.m("*{meeting} · {title}*", meeting=meeting.ref, title=meeting.title)),
        field_block(ids.PERSON, say.t("Who"), people_select(ids.PERSON),
                    hint=say.t("Somebody on the telephone, or in the room without a device.")),
        field_block(ids.PRESENCE, say.t("How"), radio(ids.PRESENCE, ways, chosen=Presence.ROOM.value)),
    ]  # fmt: skip
    return modal(ids.PRESENT_FORM, title=say.t("Add somebody"), submit=say.t("Add"), blocks=blocks, say=say,
                 metadata=json.dumps({"meeting": meeting.id}))  # fmt: skip


def addendum_form(say: Language, meeting: Meeting) -> Block:
    """Ask for a correction of closed minutes."""
    about = section(say.m("*{meeting} · {title}*", meeting=meeting.ref, title=meeting.title))
    words = field_block(
        ids.TEXT, say.t("Correction"), text_input(ids.TEXT, multiline=True),
        hint=say.t("It stands beneath the minutes, with its date and your name. They themselves stay as they are."),
    )  # fmt: skip
    return modal(ids.ADDENDUM_FORM, title=say.t("Add a correction"), blocks=[about, words], say=say,
                 submit=say.t("Add"), metadata=json.dumps({"meeting": meeting.id}))  # fmt: skip


def _about(say: Language, item: RecordedItem) -> Block:
    return section(say.m("*{item}*", item=Mrkdwn(item_title(say, item))))


def _of(item: RecordedItem) -> str:
    return json.dumps({"item": item.id})
