"""The arithmetic of the ladder: when an issue that nobody settles climbs, and when that is announced."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from foundation.durations import Duration, after, to_utc
from foundation.errors import Refusal
from foundation.language import N_
from foundation.working_time import WorkingTime

MOST_EXTRA_DAYS = 5
"""Working days by which **More time** may shift the rest of a ladder."""


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A step as the task-force file states it: how long after raising, and whom it reaches."""

    after: Duration
    to: str


@dataclass(frozen=True, slots=True)
class PlannedLadderStep:
    """A step of one issue's ladder, numbered from 1; instants are UTC. A step at once is not announced."""

    n: int
    to: str
    at: datetime
    announce_at: datetime | None


def plan_ladder(
    ladder: Sequence[LadderStep], *, raised_at: datetime, hours: WorkingTime, zone: str
) -> list[PlannedLadderStep]:
    """Plan the ladder of an issue when it is raised.

    Working days are those of the owner's station (`hours`), calendar days those of the task force's `zone`. Each
    step is announced one working day ahead to those it would bypass, or on raising if that day has begun.
    """
    return [_planned(n, step, raised_at, hours, zone) for n, step in enumerate(ladder, start=1)]


def _planned(n: int, step: LadderStep, raised_at: datetime, hours: WorkingTime, zone: str) -> PlannedLadderStep:
    if step.after.amount == 0:
        return PlannedLadderStep(n, step.to, raised_at, None)
    if step.after.unit == "wd":
        at = hours.add_working_days(raised_at, step.after.amount)
    else:
        at = after(raised_at, step.after, zone)
    return PlannedLadderStep(n, step.to, at, max(raised_at, hours.working_day_before(at)))


def shift(
    planned: Sequence[PlannedLadderStep], *, from_n: int, working_days: int, hours: WorkingTime
) -> list[PlannedLadderStep]:
    """Give more time: the steps from number `from_n` on come `working_days` of the owner's station later.

    Refuses less than one and more than five working days.
    """
    if not 1 <= working_days <= MOST_EXTRA_DAYS:
        raise Refusal(
            N_("More time means 1 to {most} working days. Choose a number between them."), most=MOST_EXTRA_DAYS
        )
    return [_shifted(step, working_days, hours) if step.n >= from_n else step for step in planned]


def _shifted(step: PlannedLadderStep, working_days: int, hours: WorkingTime) -> PlannedLadderStep:
    at = hours.add_working_days(step.at, working_days)
    return replace(step, at=at, announce_at=hours.working_day_before(at))


def put_off(step: PlannedLadderStep, days: int, *, not_before: datetime, hours: WorkingTime) -> PlannedLadderStep:
    """Put a step off by working days of the owner's station; neither it nor its announcement comes before a moment.

    A step that is announced leaves a working day for those it would bypass.
    """
    at = hours.add_working_days(step.at, days) if days else step.at
    if step.announce_at is None:
        return replace(step, at=max(at, not_before))
    at = max(at, hours.add_working_days(not_before, 1))
    return replace(step, at=at, announce_at=max(not_before, hours.working_day_before(at)))


def due_passes_at(due: date, hours: WorkingTime) -> datetime:
    """Return the instant (UTC) at which a due date has passed: when work next begins at the owner's station."""
    end_of_day = to_utc(datetime.combine(due + timedelta(days=1), time.min), hours.zone)
    return hours.next_moment(end_of_day) or end_of_day


def due_passed(
    planned: Sequence[PlannedLadderStep], *, due: date, taken: int, hours: WorkingTime
) -> list[PlannedLadderStep]:
    """Let a due date take the next step when it passes, and leave the later steps where they were.

    `taken` is the number of the last step already taken (0: none). To have the step announced a working day ahead,
    plan this when the due date is set. A step that comes earlier anyway stays.
    """
    passes_at = due_passes_at(due, hours)
    following = next((step for step in planned if step.n > taken), None)
    if following is None or following.at <= passes_at:
        return list(planned)
    taken_by_due = replace(following, at=passes_at, announce_at=hours.working_day_before(passes_at))
    return [taken_by_due if step is following else step for step in planned]
