"""Checks the engine from outside: is everything that is due on its way? It tells, and never repairs by sending."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col

from models.delivery import Notice, NoticeState, Pause
from models.issues import Issue, IssueState, LadderState, LadderStep
from models.reminders import Reminder, ReminderState

WAITING_TOO_LONG = timedelta(minutes=5)
UNKNOWN_TOO_LONG = timedelta(minutes=15)
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


def _slack_is_away(session: Session, *, real: datetime) -> bool:
    query = sa.select(col(Pause.bucket)).where(col(Pause.until) > real - OUTAGE_MEMORY).limit(1)
    return session.connection().scalar(query) is not None


def _count(session: Session, table: type[Notice] | type[Reminder], *conditions: sa.ColumnElement[bool]) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(*conditions)
    return int(session.connection().scalar(query) or 0)


def _is(state: NoticeState | ReminderState | LadderState) -> sa.ColumnElement[str]:
    """Return a word that is written into the statement, so that a partial index serves."""
    return sa.literal(state.value, sa.String(), literal_execute=True)
