"""Checks the engine from outside: is everything that is due on its way? It tells, and never repairs by sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.delivery import Notice, NoticeState, Pause, Pulse
from models.issues import Issue, IssueState, LadderState, LadderStep
from models.reminders import Reminder, ReminderKind, ReminderState
from models.structure import TaskForce
from services import reminders
from services.cycles import owed_meeting
from services.directory import directory, person_id
from services.obligations import open_obligations

WAITING_TOO_LONG = timedelta(minutes=5)
UNKNOWN_TOO_LONG = timedelta(minutes=15)
TICKS_LATE = 3
"""A tick that is older than so many intervals is a fault."""
OUTAGE_MEMORY = timedelta(minutes=10)
"""So long after Slack was last unreachable, what waits is Slack's doing and not ours."""


@dataclass(frozen=True)
class Finding:
    """Something that is not as it should be. `ours`: the bot itself is at fault, and its health fails."""

    code: str
    count: int
    ours: bool


def audit(session: Session, *, now: datetime, real: datetime) -> list[Finding]:
    """Return what is wrong; an empty list when all is well. `now` is the movable clock, `real` the machine's."""
    late = now - WAITING_TOO_LONG
    stuck_claim = (col(Notice.state).in_([_is(NoticeState.SENDING), _is(NoticeState.CHECKING)]),
                   col(Notice.lease_until) <= real - WAITING_TOO_LONG)  # fmt: skip
    counts = {
        "notices_waiting": _count(session, Notice, *_waiting(late=late, real=real)),
        "claims_stuck": _count(session, Notice, *stuck_claim),
        "reminders_overdue": _count(
            session, Reminder, col(Reminder.state) == _is(ReminderState.PLANNED), col(Reminder.due_at) <= late
        ),
        "reminders_without_notice": _count(
            session, Reminder, col(Reminder.state) == ReminderState.SENT, col(Reminder.notice_id).is_(None)
        ),
        "escalations_overdue": _overdue_steps(session, late=late),
        "obligations_without_reminder": _unreminded(session, now=now),
        "duties_failing": _failing_duties(session),
    }
    excused = {"notices_waiting"} if _slack_is_away(session, real=real) else set()
    findings = [Finding(code, n, ours=code not in excused) for code, n in counts.items() if n]
    long_unknown = (col(Notice.state) == _is(NoticeState.UNKNOWN), col(Notice.first_tried_at) <= now - UNKNOWN_TOO_LONG)
    unknown = _count(session, Notice, *long_unknown)
    return [*findings, *([Finding("notices_unknown", unknown, ours=False)] if unknown else [])]


def _waiting(*, late: datetime, real: datetime) -> tuple[sa.ColumnElement[bool], ...]:
    """Due for long, allowed to go, and not waiting for the message that it answers."""
    parent = sa.select(col(Notice.key)).where(col(Notice.state) == NoticeState.SENT)
    return (
        col(Notice.state) == _is(NoticeState.PENDING),
        col(Notice.due_at) <= late,
        sa.or_(col(Notice.next_at).is_(None), col(Notice.next_at) <= real - WAITING_TOO_LONG),
        sa.or_(col(Notice.parent_key).is_(None), col(Notice.parent_key).in_(parent)),
    )


def _overdue_steps(session: Session, *, late: datetime) -> int:
    query = (
        sa.select(sa.func.count())
        .select_from(LadderStep)
        .join(Issue, col(Issue.id) == col(LadderStep.issue_id))
        .where(col(LadderStep.state) == _is(LadderState.WAITING), col(LadderStep.at) <= late)
        .where(col(Issue.state) == IssueState.OPEN, col(Issue.round) == col(LadderStep.round))
    )
    return int(session.connection().scalar(query) or 0)


def _unreminded(session: Session, *, now: datetime) -> int:
    """Count those who owe an update and for whom no step of the next meeting is on record.

    A plan that is about to be made anew is not judged, and who is or will be away is heard for by others.
    """
    if session.get(TaskForce, 1) is None or not reminders.in_step(session, now):
        return 0
    who, meeting = directory(session), owed_meeting(session, now)
    if meeting is None or not who.task_force.before_deadline:
        return 0
    rows = select(Reminder.person_id).where(
        Reminder.meeting_id == meeting.id, Reminder.kind == ReminderKind.UPDATES,
        Reminder.state != ReminderState.WITHDRAWN,
    )  # fmt: skip
    owing = {person_id(person) for owed in open_obligations(session, meeting, now) for person in owed.reminded}
    today = now.date() - timedelta(days=1)  # where it begins last
    heard = set(session.exec(rows))
    away = {person for person, known in who.absences.items() if any(each.last_day >= today for each in known)}
    return len(owing - away - heard)


def _failing_duties(session: Session) -> int:
    """Count the duties that failed when they were last done."""
    tick = session.get(Pulse, "tick")
    return len(tick.detail.split(", ")) if tick is not None and tick.detail else 0


def _slack_is_away(session: Session, *, real: datetime) -> bool:
    query = sa.select(col(Pause.bucket)).where(col(Pause.until) > real - OUTAGE_MEMORY).limit(1)
    return session.connection().scalar(query) is not None


def _count(session: Session, table: type[Notice] | type[Reminder], *conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(*conditions)
    return int(session.connection().scalar(query) or 0)


def _is(state: NoticeState | ReminderState | LadderState) -> sa.ColumnElement[str]:
    """Return a word that is written into the statement, so that a partial index serves."""
    return sa.literal(state.value, sa.String(), literal_execute=True)
