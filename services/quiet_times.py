"""Slack's "do not disturb": learned before somebody is reminded, and heeded where it falls into their working time."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlmodel import Session, col, select

from foundation.working_time import WorkingTime
from models.people import Person
from models.reminders import Reminder, ReminderState
from services.directory import directory, person_id, touch

AHEAD = timedelta(days=1)
"""Slack tells only the next window: it matters to those who are reminded within this."""


class Window(NamedTuple):
    """A span of time (UTC) in which somebody does not want to be disturbed."""

    start: datetime
    end: datetime


def soon_reminded(session: Session, *, now: datetime) -> list[str]:
    """Return the Slack ids of those who are to be reminded of something within a day."""
    soon = select(Reminder.person_id).where(
        col(Reminder.state) == ReminderState.PLANNED, col(Reminder.due_at) <= now + AHEAD
    )
    here = (~col(Person.deactivated), col(Person.left_at).is_(None), col(Person.id).in_(soon))
    return list(session.exec(select(Person.slack_id).where(*here).order_by(col(Person.id))))


def note_windows(session: Session, windows: Mapping[str, Window | None]) -> None:
    """Write down the next window of these people (by Slack id), and have reminders planned anew if that matters.

    Windows outside working time, such as Slack's usual nights, change nothing: nobody is written to then anyway.
    """
    who, changed = directory(session), False
    for person in session.exec(select(Person).where(col(Person.slack_id).in_(windows), col(Person.member))):
        window = windows[person.slack_id]
        if window is not None and not _disturbs(who.hours_of(who.people_by_id[person_id(person)]), window):
            window = None
        known = (person.dnd_from, person.dnd_until)
        person.dnd_from, person.dnd_until = window or (None, None)
        changed = changed or known != (person.dnd_from, person.dnd_until)
        session.add(person)
    if changed:
        touch(session)


def _disturbs(hours: WorkingTime, window: Window) -> bool:
    """Whether a window takes anything of somebody's working time."""
    begins = replace(hours, quiet=()).next_moment(window.start)
    return begins is not None and begins < window.end
