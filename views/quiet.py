"""Planned silence as people see it: on the page of an area or issue, on the secretariat's desk, and in answers."""

from collections.abc import Sequence

from foundation.language import Day, Language, Mrkdwn
from models.silences import Silence
from services.directory import Directory
from views.blocks import Block, Message, context, divider, section
from views.texts import excerpt

SHOWN, REASON = 8, 300


def quiet_words(silence: Silence, by: str, say: Language) -> str:
    """Say that nothing is asked before a day, why, and whose wish that is."""
    return say.m(
        "🔕 Nothing is asked before {day}: {reason} ({person})", day=Day(silence.until),
        reason=excerpt(silence.reason, REASON), person=by,
    )  # fmt: skip


def quiet_list(silences: Sequence[Silence], who: Directory, say: Language) -> list[Block]:
    """List every silence that holds, for the secretariat: what is owed there stays owed, and nobody is reminded."""
    if not silences:
        return []
    lines = [
        say.m(
            "*{subject}* · {words}",
            subject=_subject(silence, who),
            words=Mrkdwn(quiet_words(silence, who.name_of(silence.set_by_id), say)),
        )
        for silence in silences[:SHOWN]
    ]
    head = say.m("*Planned silence* (what is owed stays owed; nobody is reminded)")
    more = len(silences) - SHOWN
    rest = [context(say.mn("and {n} more", "and {n} more", more))] if more > 0 else []
    return [divider(), section("\n".join([head, *lines])), *rest]


def silenced(silence: Silence, who: Directory, say: Language, *, command: str) -> Message:
    """Answer who planned silence: the day as it was read, what it means, and how to end it."""
    text = say.m(
        "Nothing is asked about {subject} before {day}. What is owed stays owed, and everybody sees the reason.",
        subject=_subject(silence, who), day=Day(silence.until),
    )  # fmt: skip
    exception = say.m("Urgent issues, and what waits for the chair, are asked about all the same.")
    if silence.by_chair:
        exception = say.m("As the chair wishes it, this holds for urgent issues and for decisions too.")
    end = say.m("To end it before: {command}", command=Mrkdwn(f"`{command}`"))
    return Message(text, [section(text), context(exception, end)])


def ended(silence: Silence, who: Directory, say: Language) -> Message:
    """Answer who ended a silence."""
    text = say.m("{subject} is asked about again from now on.", subject=_subject(silence, who))
    return Message(text, [section(text)])


def _subject(silence: Silence, who: Directory) -> object:
    return who.area_name(silence.area_id) if silence.area_id is not None else f"ISS-{silence.issue_id}"
