"""What happens next: the moments at which something is due, for a clock that is moved and for those who watch it.

The same for one person alone: their next reminder, as their desk shows it.
"""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.delivery import Notice, NoticeState
from models.issues import Action, Issue, IssueState, LadderState, LadderStep
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services.directory import directory
from services.reminder_reasons import Why, why

MOST = 30
PLANNED = col(Reminder.state) == sa.literal(ReminderState.PLANNED, literal_execute=True)
"""Literal, so that the partial index of what is due is used."""


@dataclass(frozen=True)
class Upcoming:
    """Something that will happen by itself. `kind` is reminder, escalation, climb, meeting or deadline."""

    at: datetime
    kind: str
    about: str
    """`MTG-21`, `ISS-4` or `ACT-7`."""
    person: str = ""
    """Who is reminded."""
    of: ReminderKind | None = None
    """What a reminder is about."""
    to: str = ""
    """Whom an escalation reaches: a word of the ladder."""
    why: Why | None = None
    """Why a reminder is not said when it was asked for."""


def next_notice(session: Session, after: datetime) -> datetime | None:
    """Return when the next notice is due."""
    due, pending = col(Notice.due_at), sa.literal(NoticeState.PENDING, literal_execute=True)
    found: datetime | None = session.connection().scalar(
        sa.select(sa.func.min(due)).where(col(Notice.state) == pending, due > after)
    )
    return found


def what_comes(session: Session, *, now: datetime) -> list[Upcoming]:
    """Return what will happen by itself, soonest first."""
    comes = [*_reminders(session, now), *_steps(session, now), *_climbs(session, now), *_meetings(session, now)]
    return sorted(comes, key=lambda each: each.at)[:MOST]


def next_reminder(session: Session, person: Person, *, now: datetime) -> list[Reminder]:
    """Return what a person hears of when they are reminded next: all that is said at that one moment."""
    # Not by the index on people, which leads to every reminder that they ever had: few are planned at any time.
    theirs = col(Reminder.person_id) + 0 == person.id
    rows = session.exec(select(Reminder).where(PLANNED, col(Reminder.due_at) > now, theirs)).all()
    first = min((row.due_at for row in rows if row.due_at is not None), default=None)
    return sorted((row for row in rows if row.due_at == first), key=lambda row: row.id or 0)


def _reminders(session: Session, now: datetime) -> list[Upcoming]:
    rows = session.exec(
        select(Reminder, Person.name)
        .join(Person, col(Person.id) == col(Reminder.person_id))
        .where(PLANNED, col(Reminder.due_at) > now).order_by(col(Reminder.due_at)).limit(MOST)
    )  # fmt: skip
    return [
        Upcoming(row.due_at, "reminder", _about(row), person=name, of=row.kind, why=why(directory(session), row))
        for row, name in rows if row.due_at is not None
    ]  # fmt: skip


def _about(row: Reminder) -> str:
    if row.meeting_id is not None:
        return f"MTG-{row.meeting_id}"
    return f"ISS-{row.issue_id}" if row.action_id is None else f"ACT-{row.action_id}"


def _steps(session: Session, now: datetime) -> list[Upcoming]:
    rows = session.exec(
        select(LadderStep)
        .join(Issue, col(Issue.id) == col(LadderStep.issue_id))
        .where(LadderStep.state == LadderState.WAITING, LadderStep.round == Issue.round, Issue.state == IssueState.OPEN)
        .where(LadderStep.at > now).order_by(col(LadderStep.at)).limit(MOST)
    )  # fmt: skip
    return [Upcoming(row.at, "escalation", f"ISS-{row.issue_id}", to=row.to) for row in rows]


def _climbs(session: Session, now: datetime) -> list[Upcoming]:
    overdue = select(Action).where(col(Action.climbs_at) > now).order_by(col(Action.climbs_at)).limit(MOST)
    return [Upcoming(each.climbs_at, "climb", each.ref) for each in session.exec(overdue) if each.climbs_at is not None]


def _meetings(session: Session, now: datetime) -> list[Upcoming]:
    found = session.exec(select(Meeting).where(Meeting.state == MeetingState.SCHEDULED, Meeting.starts_at > now))
    moments = [
        (at, kind, each) for each in found for at, kind in ((each.deadline_at, "deadline"), (each.starts_at, "meeting"))
    ]  # fmt: skip
    return [Upcoming(at, kind, f"MTG-{each.id}") for at, kind, each in moments if at > now]
