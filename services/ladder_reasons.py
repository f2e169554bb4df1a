"""Why a step of a ladder comes when it comes: what it is counted from, in whose working days, and what delays it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from foundation.durations import Duration, parse_duration
from foundation.working_time import WorkingTime
from models.issues import Issue, LadderState, LadderStep
from services.directory import Directory, directory
from services.issue_circle import waited_for
from services.reminder_reasons import office_of


@dataclass(frozen=True)
class Reckoning:
    """How the moment of one step that still waits was found."""

    after: Duration
    again: bool
    """Whether it is counted from when the issue came back, not from when it was raised."""
    hours: WorkingTime
    """The working time of whoever is waited for."""
    office: str | None
    begins_at: datetime | None
    """When counting began, where it was not at once: nobody worked there then."""
    holidays: tuple[date, ...]
    """Days on which they would have worked, had they not been public holidays."""
    more_days: int
    """Working days by which it was put off."""
    due: date | None
    """The date by which the issue was to be settled, where that takes the step."""


def reckon(who: Directory, issue: Issue, step: LadderStep, steps: Iterable[LadderStep], *, hurried: str) -> Reckoning:
    """Return why a step comes at its moment; `hurried` is the reason that a due date gives."""
    person = waited_for(who, issue)
    hours, after = who.hours_of(person), parse_duration(issue.ladder[step.n - 1]["after"])
    counted = after.unit == "wd"
    begins = hours.add_working_days(issue.round_at, 0) if counted else issue.round_at
    return Reckoning(
        after=after,
        again=issue.round > 1,
        hours=hours,
        office=office_of(who, person),
        begins_at=begins if begins != issue.round_at else None,
        holidays=_holidays_between(hours, begins, step.at) if counted else (),
        more_days=sum(each.more_time_days or 0 for each in steps if each.round == step.round and each.n <= step.n),
        due=issue.due if step.reason == hurried else None,
    )


@dataclass(frozen=True)
class NextStep:
    """Where an issue goes next if nobody settles it, when, and why then."""

    to: str
    at: datetime
    counted: Reckoning


def next_steps(session: Session, issues: Sequence[Issue], *, hurried: str) -> dict[int, NextStep]:
    """Return the next step of each issue's ladder by the issue's id; those before the chair have none."""
    who, found = directory(session), dict[int, NextStep]()
    rows = session.exec(select(LadderStep).where(col(LadderStep.issue_id).in_([issue.id for issue in issues])))
    steps = sorted(rows, key=lambda step: step.n)
    for issue in issues:
        own = [step for step in steps if step.issue_id == issue.id and step.round == issue.round]
        step = next((step for step in own if step.state is LadderState.WAITING), None)
        if step is not None:
            found[issue.id or 0] = NextStep(step.to, step.at, reckon(who, issue, step, own, hurried=hurried))
    return found


def _holidays_between(hours: WorkingTime, start: datetime, end: datetime) -> tuple[date, ...]:
    first, last = hours.working_day(start), hours.working_day(end)
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in days if day.weekday() in hours.days and day in hours.holidays)
