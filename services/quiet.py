"""Whether planned silence holds: over an area, over an issue, and which moments of a plan fall into it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.working_time import WorkingTime
from models.issues import Action, Issue, IssueState, Severity
from models.silences import Silence
from services.ladder import PlannedLadderStep, put_off

QUIET = "quiet"
"""The reason of what is not said, or said later, because of planned silence."""


def silences_in_force(session: Session, *, now: datetime) -> list[Silence]:
    """Return the silences that hold now, those that end first first."""
    holding = select(Silence).where(col(Silence.since) <= now, col(Silence.until_at) > now)
    return list(session.exec(holding.order_by(col(Silence.until_at), col(Silence.id))))


def area_silences(session: Session) -> dict[int, list[Silence]]:
    """Return every silence there was, is or will be over areas, by the area's id."""
    found: dict[int, list[Silence]] = {}
    for silence in session.exec(select(Silence).where(col(Silence.area_id).is_not(None))):
        found.setdefault(silence.area_id or 0, []).append(silence)
    return found


def quiet_issue(session: Session, issue: Issue, *, now: datetime) -> Silence | None:
    """Return the silence that holds over an issue now, its own or its area's: the one that ends last."""
    holding = [silence for silence in silences_over(session, issue) if silence.holds(now)]
    return max(holding, key=lambda silence: silence.until_at, default=None)


def silences_over(session: Session, issue: Issue) -> list[Silence]:
    """Return every silence over an issue and its area that counts for it, in the order in which they began.

    Over an urgent issue, and over one that waits for the chair, only the chair's silence counts.
    """
    about = sa.or_(col(Silence.issue_id) == issue.id, col(Silence.area_id) == (issue.area_id or 0))
    found = session.exec(select(Silence).where(about).order_by(col(Silence.since), col(Silence.id)))
    pressing = issue.severity is Severity.URGENT or issue.state is IssueState.ESCALATED
    return [silence for silence in found if silence.by_chair or not pressing]


def silences_over_action(session: Session, action: Action) -> list[Silence]:
    """Return every silence over the area of an action, in the order in which they began."""
    about = select(Silence).where(Silence.area_id == (action.area_id or 0))
    return list(session.exec(about.order_by(col(Silence.since), col(Silence.id))))


def quiet_action(session: Session, action: Action, *, now: datetime) -> Silence | None:
    """Return the silence that holds over the area of an action now: the one that ends last."""
    holding = [silence for silence in silences_over_action(session, action) if silence.holds(now)]
    return max(holding, key=lambda silence: silence.until_at, default=None)


def after_silences(
    planned: Sequence[PlannedLadderStep], silences: Iterable[Silence], *, round_at: datetime, hours: WorkingTime
) -> list[PlannedLadderStep]:
    """Let a ladder stand still while silence holds: what was to come comes by as many working days later."""
    steps, counted_until = list(planned), round_at
    for silence in silences:
        begins = max(silence.since, counted_until)
        if silence.until_at <= begins:
            continue
        days = _working_days(begins, silence.until_at, hours)
        ends = hours.next_moment(silence.until_at) or silence.until_at
        steps = [put_off(step, days, not_before=ends, hours=hours) if step.at >= begins else step for step in steps]
        counted_until = silence.until_at
    return steps


def _working_days(begins: datetime, ends: datetime, hours: WorkingTime) -> int:
    first, last = hours.working_day(begins), hours.working_day(ends)
    return sum(hours.is_working_day(first + timedelta(days=n)) for n in range((last - first).days))
