"""Cycles: from the actual start of one meeting to the next one's; and the one meeting that updates are owed for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.meetings import Meeting, MeetingState
from models.updates import Update
from services.directory import directory

FIRST = 0
"""What opens the cycle before the first meeting: nothing."""

_begins = sa.func.coalesce(col(Meeting.held_at), col(Meeting.starts_at))
_of_meetings = sa.select(col(Meeting.id), _begins).where(col(Meeting.state) != MeetingState.CANCELLED).limit(1)
# Built once: every update asks for the cycle.
_LAST_BEGUN = _of_meetings.where(_begins <= sa.bindparam("at")).order_by(_begins.desc(), col(Meeting.id).desc())
_NEXT_TO_BEGIN = _of_meetings.where(_begins > sa.bindparam("at")).order_by(_begins, col(Meeting.id))
_OWED_FOR = (
    select(Meeting)
    .where(col(Meeting.state) == MeetingState.SCHEDULED, col(Meeting.starts_at) > sa.bindparam("now"))
    .order_by(col(Meeting.starts_at), col(Meeting.id))
    .limit(1)
)


@dataclass(frozen=True)
class Cycle:
    """One cycle, named by the id of the meeting that opened it (0: the first, from the first load)."""

    opened_by: int
    starts_at: datetime
    ends_at: datetime | None
    """The start of the next meeting, if there is one; it may lie ahead."""


def cycle_at(session: Session, at: datetime) -> Cycle:
    """Return the cycle that an instant belongs to; meetings that were cancelled open none."""
    session.flush()
    opener = session.connection().execute(_LAST_BEGUN, {"at": at}).first()
    return _cycle(session, opener[0] or FIRST, opener[1]) if opener else cycle_opened_by(session, FIRST)


def current_cycle(session: Session, now: datetime) -> Cycle:
    """Return the cycle that is running."""
    return cycle_at(session, now)


def cycle_opened_by(session: Session, opener_id: int) -> Cycle:
    """Return a cycle by the id of the meeting that opened it."""
    opener = session.get(Meeting, opener_id) if opener_id else None
    begins = opener.actual_start if opener else directory(session).task_force.first_loaded_at
    return _cycle(session, opener_id if opener else FIRST, begins)


def owed_meeting(session: Session, now: datetime) -> Meeting | None:
    """Return the next scheduled meeting that has not begun: only that one is owed for."""
    return session.exec(_OWED_FOR, params={"now": now}).first()


def begin_at_hold(session: Session, meeting: Meeting) -> None:
    """Give the updates posted between a meeting's scheduled and its later actual start to the cycle before it."""
    before = cycle_at(session, meeting.actual_start - timedelta(microseconds=1))
    session.connection().execute(
        sa.update(Update)
        .where(col(Update.cycle) == meeting.id, col(Update.posted_at) < meeting.actual_start)
        .values(cycle=before.opened_by)
    )


def _cycle(session: Session, opened_by: int, begins: datetime) -> Cycle:
    following = session.connection().execute(_NEXT_TO_BEGIN, {"at": begins}).first()
    return Cycle(opened_by, begins, following[1] if following else None)
