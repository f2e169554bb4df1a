"""Cycles: from the actual start of one meeting to the next one's; and the one meeting that updates are owed for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.meetings import Meeting, MeetingState
from models.updates import Update
from services.directory import directory

FIRST = 0
"""What opens the cycle before the first meeting: nothing."""

Later = aliased(Meeting)
_begins = sa.func.coalesce(col(Meeting.held_at), col(Meeting.starts_at))
_later_begins = sa.func.coalesce(col(Later.held_at), col(Later.starts_at))
_next_beginning = sa.select(sa.func.min(_later_begins)).where(col(Later.state) != MeetingState.CANCELLED)
# Built once: every update and every board asks for the cycle.
_LAST_BEGUN = (
    sa.select(col(Meeting.id), _begins, _next_beginning.where(_later_begins > _begins).scalar_subquery())
    .where(col(Meeting.state) != MeetingState.CANCELLED, _begins <= sa.bindparam("at"))
    .order_by(_begins.desc(), col(Meeting.id).desc())
    .limit(1)
)
_NEXT_TO_BEGIN = _next_beginning.where(_later_begins > sa.bindparam("at"))
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
    return Cycle(opener[0] or FIRST, opener[1], opener[2]) if opener else cycle_opened_by(session, FIRST)


def cycle_until(session: Session, at: datetime) -> Cycle:
    """Return the cycle that ran until an instant: at the very start of a meeting the one that it ends."""
    return cycle_at(session, at - timedelta(microseconds=1))


def current_cycle(session: Session, now: datetime) -> Cycle:
    """Return the cycle that is running."""
    return cycle_at(session, now)


def cycle_opened_by(session: Session, opener_id: int) -> Cycle:
    """Return a cycle by the id of the meeting that opened it."""
    opener = session.get(Meeting, opener_id) if opener_id else None
    begins = opener.actual_start if opener else directory(session).task_force.first_loaded_at
    ends = session.connection().execute(_NEXT_TO_BEGIN, {"at": begins}).scalar()
    return Cycle(opener_id if opener else FIRST, begins, ends)


def owed_meeting(session: Session, now: datetime) -> Meeting | None:
    """Return the next scheduled meeting that has not begun: only that one is owed for."""
    return session.exec(_OWED_FOR, params={"now": now}).first()


def meeting_before(session: Session, meeting: Meeting, now: datetime) -> Meeting | None:
    """Return the last scheduled meeting between now and this one, if there is one: it opens this one's cycle."""
    ahead = select(Meeting).where(
        Meeting.state == MeetingState.SCHEDULED, Meeting.starts_at > now, Meeting.starts_at < meeting.starts_at
    )
    return session.exec(ahead.order_by(col(Meeting.starts_at).desc()).limit(1)).first()


def put_before(session: Session, meeting: Meeting, now: datetime) -> Meeting | None:
    """Return the meeting that is owed for before this one, if there is one."""
    first = owed_meeting(session, now)
    waits = meeting.state is MeetingState.SCHEDULED and first is not None and first.starts_at < meeting.starts_at
    return first if waits else None


def begin_at_hold(session: Session, meeting: Meeting) -> list[Update]:
    """Give the updates posted between a meeting's scheduled and its later actual start to the cycle before it.

    Its deadline had passed by then: they are late. Returns them.
    """
    before = cycle_until(session, meeting.actual_start)
    early = select(Update).where(Update.cycle == meeting.id, Update.posted_at < meeting.actual_start)
    found = list(session.exec(early.order_by(col(Update.id))))
    for update in found:
        update.cycle, update.late = before.opened_by, True
        session.add(update)
    session.flush()
    return found
