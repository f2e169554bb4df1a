"""“No change” in somebody's own words: whether it was said, of which area, and what of a reminder it answers."""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache

from sqlmodel import Session

from foundation.language import LANGUAGES, N_, language
from models.people import Person
from models.structure import Area, Seat
from services.areas import split_area
from services.cycles import owed_meeting
from services.directory import Directory, directory
from services.folding import fold, fold_name
from services.obligations import Obligation, open_obligations
from services.outbox import notice_at
from services.rights import seats_spoken_for

SAID = N_("no change, no changes, unchanged, nothing new")
"""Separated by commas: how people say that their last update still holds."""
ABOUT = N_("in, on, for, about")
"""Separated by commas: what may stand between that and the area."""

_EMOJI = re.compile(r":[\w+-]+:")
_WORD = re.compile(r"[^\s:：,，;–—-]+")


def read_no_change(who: Directory, text: str, *, actor: Person) -> tuple[bool, Area | None]:
    """Return whether a text says "No change" and nothing else, and the area that it names beside it."""
    text = _EMOJI.sub(" ", text)
    if _bare(text) in _known(SAID):
        return True, None
    area, rest = split_area(who, text, actor=actor)
    if area is not None:
        return _bare(rest) in _known(SAID), area
    for after in _after_saying_it(text):
        area, rest = split_area(who, after, actor=actor)
        if area is not None and not _bare(rest):
            return True, area
    return False, None


def asked_in_thread(
    session: Session, actor: Person, *, channel_id: str | None, thread_ts: str | None, now: datetime
) -> list[Seat] | None:
    """Return the seats that still owe, of those that the reminder asks for in whose thread somebody writes.

    None where it is the thread of no reminder.
    """
    reminder = notice_at(session, channel_id, thread_ts)
    asked = reminder.refs.get("seat_ids") if reminder else None
    return [each.seat for each in _owed(session, actor, now=now) if each.seat.id in asked] if asked else None


def confirmable(session: Session, actor: Person, *, now: datetime) -> list[Seat]:
    """Return the seats for which somebody may say “No change”: an update is owed, and there is one to confirm."""
    return [each.seat for each in _owed(session, actor, now=now) if each.last is not None]


def _owed(session: Session, actor: Person, *, now: datetime) -> list[Obligation]:
    spoken_for = {seat.id for seat in seats_spoken_for(directory(session), actor, now=now)}
    owed = open_obligations(session, owed_meeting(session, now), now)
    return [each for each in owed if each.seat.id in spoken_for and actor.id not in each.disclaimed_by]


def _after_saying_it(text: str) -> Iterator[str]:
    """Yield what follows "no change" at the beginning of a text, with and without the word that leads to an area."""
    ends = [match.end() for match in _WORD.finditer(text)]
    for at, end in enumerate(ends):
        if _bare(text[:end]) in _known(SAID):
            yield text[end:].lstrip(" :：,，;–—-")
            for led in ends[at + 1 : at + 2]:
                if _bare(text[end:led]) in _known(ABOUT):
                    yield text[led:].lstrip()


def _bare(text: str) -> str:
    """Return a text for comparison, without any sign."""
    return fold_name("".join(letter if letter.isalnum() else " " for letter in fold(text)))


@cache
def _known(words: str) -> frozenset[str]:
    """Return words in every language."""
    said = (language(code).t(words) for code in LANGUAGES)
    return frozenset(_bare(word) for list_ in said for word in list_.split(","))
