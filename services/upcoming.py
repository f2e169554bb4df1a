"""What happens next: the moments at which something is due, for a clock that is moved and for those who watch it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.delivery import Notice, NoticeState
from models.issues import Issue, LadderState, LadderStep
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.reminders import Reminder, ReminderState

MOST = 30


@dataclass(frozen=True)
class Upcoming:
    """Something that will happen by itself. `kind` is reminder, escalation, meeting or deadline."""

    at: datetime
    kind: str
    about: str
    """A person's name, or `ISS-4`, or `MTG-21`."""


def next_notice(session: Session, after: datetime) -> datetime | None:
    """Return when the next notice is due."""
    due, pending = col(Notice.due_at), sa.literal(NoticeState.PENDING, literal_execute=True)
    found: datetime | None = session.connection().scalar(
        sa.select(sa.func.min(due)).where(col(Notice.state) == pending, due > after)
    )
    return found


def what_comes(session: Session, *, now: datetime) -> list[Upcoming]:
    """Return what will happen by itself, soonest first."""
    planned = col(Reminder.state) == sa.literal(ReminderState.PLANNED, literal_execute=True)
    reminders = _rows(
        session,
        sa.select(col(Reminder.due_at), sa.literal("reminder"), col(Person.name))
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .where(planned, col(Reminder.due_at) > now).order_by(col(Reminder.due_at)),
    )  # fmt: skip
    steps = _rows(
        session,
        sa.select(col(LadderStep.at), sa.literal("escalation"), sa.literal("ISS-") + sa.cast(col(Issue.id), sa.String))
        .join(Issue, col(Issue.id) == col(LadderStep.issue_id))
        .where(col(LadderStep.state) == LadderState.WAITING, col(LadderStep.round) == col(Issue.round))
        .where(col(LadderStep.at) > now).order_by(col(LadderStep.at)),
    )  # fmt: skip
    name = sa.literal("MTG-") + sa.cast(col(Meeting.id), sa.String)
    scheduled = col(Meeting.state) == MeetingState.SCHEDULED
    meetings = [
        upcoming
        for column, kind in ((col(Meeting.deadline_at), "deadline"), (col(Meeting.starts_at), "meeting"))
        for upcoming in _rows(
            session, sa.select(column, sa.literal(kind), name).where(scheduled, column > now).order_by(column)
        )
    ]
    return sorted([*reminders, *steps, *meetings], key=lambda each: each.at)[:MOST]


def _rows(session: Session, query: Any) -> list[Upcoming]:
    return [Upcoming(*row) for row in session.connection().execute(query.limit(MOST))]
