"""The plan of one person's reminders before one deadline: when each step is sent, and what is moved, merged or dropped.

Everything here is computed anew from what is stored (deadline, steps sent, snoozes), so a restart loses nothing.
Each rule of the task force is one function below, in the order in which `plan_steps` applies them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from foundation.durations import Duration, after, before, to_utc
from foundation.errors import Refusal
from foundation.language import N_
from foundation.working_time import NotWorking, WorkingTime

LATE_STEP = "late"
"""The one step of a deadline that was already past when the meeting was scheduled or moved."""


class Fate(StrEnum):
    """What becomes of a step."""

    PLANNED = "planned"
    SENT = "sent"
    MERGED = "merged"  # it lands on a working day that has a reminder already: `into` says which
    SNOOZED = "snoozed"  # the person put it off: `into` is the snooze
    PAST = "past"  # its moment was missed, and the more urgent step `into` stands for it
    CAPPED = "capped"  # there would be more reminders than the task force allows
    TOO_LATE = "too_late"  # no working moment is left before the deadline: it can no longer help


class Moved(StrEnum):
    """Why a step is sent at another moment than its offset asks for, besides the reasons of `NotWorking`."""

    LAST_PERIOD = "last_period"  # no working moment was left after it, so the last working period before the deadline
    REMINDED = "reminded"  # the day had its reminder already, of another meeting
    MISSED = "missed"  # its moment was over when it was scheduled, or the bot was down


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of the plan; `at` is an instant (UTC), None for what is not sent.

    `asked_at` is where the step stood before it was moved, `moved` why it was.
    """

    step: str
    asked_at: datetime
    at: datetime | None
    fate: Fate = Fate.PLANNED
    into: str | None = None
    moved: NotWorking | Moved | None = None


class Sent(NamedTuple):
    """A step that was sent to this person for this meeting, wherever the meeting stood then."""

    step: str
    at: datetime


class Snooze(NamedTuple):
    """A person's wish, made at `made_at`, to be reminded at `until` instead of at the next step."""

    made_at: datetime
    until: datetime
    number: int = 1
    """Which of their snoozes for the meeting it is, from 1."""

    @property
    def step(self) -> str:
        """Its name among the steps."""
        return f"snooze-{self.number}"


class SnoozeChoice(StrEnum):
    """The three snoozes that are offered."""

    HOUR = "1h"
    TOMORROW = "tomorrow"
    TWO_DAYS = "2d"


def effective_deadline(deadline: datetime, *, meeting_start: datetime, scheduled_at: datetime) -> datetime:
    """Return the deadline that counts: the meeting's start, if the deadline was past at scheduling or moving."""
    return meeting_start if deadline <= scheduled_at else deadline


def plan_steps(
    *,
    deadline: datetime,
    meeting_start: datetime,
    scheduled_at: datetime,
    now: datetime | None = None,
    offsets: Sequence[Duration],
    zone: str,
    hours: WorkingTime,
    most: int,
    sent: Sequence[Sent] = (),
    snoozes: Sequence[Snooze] = (),
    heard: Collection[datetime] = (),
) -> list[PlannedStep]:
    """Plan one person's reminders for one meeting, the steps in the order of their offsets, then the snoozes.

    `deadline` is the one of the task force's rule, `zone` its zone (calendar days are meant there), `hours` the
    person's. `scheduled_at` is when the meeting was scheduled or last moved. `now` plans anew what was due earlier
    and is not sent (downtime); without it the plan is what scheduling promised. `sent` is all that this person was
    sent for this meeting, `heard` when they were reminded of another one: those days have had their reminder.
    """
    had = {hours.working_day(moment) for moment in heard}
    hours = replace(hours, days_off=hours.days_off | had)
    end = effective_deadline(deadline, meeting_start=meeting_start, scheduled_at=scheduled_at)
    asked = {LATE_STEP: scheduled_at} if end != deadline else asked_moments(deadline, offsets, zone)
    steps = [move_into_working_time(step, at, end, hours) for step, at in asked.items()]
    steps = merge_days(mark_sent(steps, sent), hours)
    for snooze in snoozes:
        steps = apply_snooze(steps, snooze, deadline=end, hours=hours, sent=sent)
    steps = limit(collapse(steps, now=scheduled_at, deadline=end, hours=hours), most)
    return steps if now is None else collapse(steps, now=now, deadline=end, hours=hours)


def asked_moments(deadline: datetime, offsets: Sequence[Duration], zone: str) -> dict[str, datetime]:
    """Return when each step asks to be sent: its offset before the deadline, earliest first."""
    asked = {str(offset): before(deadline, offset, zone) for offset in offsets}
    return dict(sorted(asked.items(), key=lambda item: item[1]))


def move_into_working_time(step: str, asked_at: datetime, deadline: datetime, hours: WorkingTime) -> PlannedStep:
    """Move a step to the next working moment, never to the deadline or past it.

    If no working moment is left, it is sent at the beginning of the last working period before the deadline.
    """
    at = hours.next_moment_before(asked_at, deadline)
    moved = _why_moved(asked_at, hours) if at != asked_at else None
    if at is None:
        moved, at = Moved.LAST_PERIOD, hours.period_start_before(deadline)
    if at is None:
        return PlannedStep(step, asked_at, None, Fate.TOO_LATE)
    return PlannedStep(step, asked_at, at, moved=moved)


def _why_moved(asked_at: datetime, hours: WorkingTime) -> NotWorking | Moved | None:
    reason = hours.reason_moved(asked_at)
    # Nobody's own free days are known here: the days that are off have had their reminder, of another meeting.
    return Moved.REMINDED if reason is NotWorking.DAY_OFF else reason


def mark_sent(steps: Sequence[PlannedStep], sent: Sequence[Sent]) -> list[PlannedStep]:
    """Never repeat a step that was sent, even if the meeting has moved since; what is no step any more still counts."""
    sent_at = dict(sent)
    known = {step.step for step in steps}
    gone = [PlannedStep(name, at, at, Fate.SENT) for name, at in sent if name not in known and not is_snooze(name)]
    marked = [replace(step, at=sent_at[step.step], fate=Fate.SENT) if step.step in sent_at else step for step in steps]
    return gone + marked


def merge_days(steps: Sequence[PlannedStep], hours: WorkingTime) -> list[PlannedStep]:
    """At most one reminder a day: steps that land on one working day of the person merge into the first.

    A day on which one was sent has had its reminder. A snooze is the person's own wish for that very moment: it
    merges into nothing, and what comes later that day merges into it.
    """
    first: dict[date, str] = {}
    merged: dict[str, str] = {}
    alive = [step for step in steps if step.fate in {Fate.SENT, Fate.PLANNED}]
    for step in sorted(alive, key=lambda step: (step.fate is not Fate.SENT, _at(step), step.asked_at)):
        day = hours.working_day(_at(step))
        if day in first and step.fate is Fate.PLANNED and not is_snooze(step.step):
            merged[step.step] = first[day]
        else:
            first.setdefault(day, step.step)
    return [
        replace(step, at=None, fate=Fate.MERGED, into=merged[step.step]) if step.step in merged else step
        for step in steps
    ]


def apply_snooze(
    steps: Sequence[PlannedStep],
    snooze: Snooze,
    *,
    deadline: datetime,
    hours: WorkingTime,
    sent: Sequence[Sent],
) -> list[PlannedStep]:
    """Replace the next step after the wish, and all that would come before the person wants to hear again.

    A snooze that would end at the deadline or later is not taken, and the next step stays: it never moves a deadline.
    """
    name, was_sent = snooze.step, dict(sent).get(snooze.step)
    at = was_sent or hours.next_moment_before(snooze.until, deadline)
    moved = _why_moved(snooze.until, hours) if at != snooze.until else None
    if at is None:
        return [*steps, PlannedStep(name, snooze.until, None, Fate.TOO_LATE)]
    coming = sorted(
        (_at(step), step.step) for step in steps if step.fate is Fate.PLANNED and _at(step) > snooze.made_at
    )
    replaced = {step for moment, step in coming if moment <= at} | {step for _, step in coming[:1]}
    kept = [replace(step, at=None, fate=Fate.SNOOZED, into=name) if step.step in replaced else step for step in steps]
    own = PlannedStep(name, snooze.until, at, Fate.SENT if was_sent else Fate.PLANNED, moved=moved)
    return merge_days([*kept, own], hours)


def collapse(
    steps: Sequence[PlannedStep], *, now: datetime, deadline: datetime, hours: WorkingTime
) -> list[PlannedStep]:
    """Collapse the planned steps whose moment has passed to the most urgent one, sent at the next working moment.

    A step is over if a more urgent one was sent after its moment. If no working moment is left before the deadline, the
    missed steps can no longer help: they are `TOO_LATE`, for the secretariat to see.
    """
    missed = [step for step in steps if step.fate is Fate.PLANNED and _at(step) < now]
    if not missed:
        return list(steps)
    at = hours.next_moment_before(now, deadline)
    changed: dict[str, PlannedStep] = {}
    urgent = max(missed, key=lambda step: step.asked_at)
    for step in missed:
        instead = _overtaken_by(step, steps) or (urgent if at is not None and step is not urgent else None)
        if instead is not None:
            changed[step.step] = replace(step, at=None, fate=Fate.PAST, into=instead.step)
        elif at is not None:
            changed[step.step] = replace(step, at=at, moved=Moved.MISSED)
        else:
            changed[step.step] = replace(step, at=None, fate=Fate.TOO_LATE)
    return merge_days([changed.get(step.step, step) for step in steps], hours)


def _overtaken_by(missed: PlannedStep, steps: Sequence[PlannedStep]) -> PlannedStep | None:
    """Return a sent step that is more urgent than a missed one and was sent after its moment."""
    sent = (step for step in steps if step.fate is Fate.SENT)
    return next((step for step in sent if step.asked_at >= missed.asked_at and _at(step) >= _at(missed)), None)


def limit(steps: Sequence[PlannedStep], most: int) -> list[PlannedStep]:
    """Never plan more reminders than the task force allows, counting those sent; the most urgent ones are kept."""
    left = max(0, most - sum(step.fate is Fate.SENT for step in steps))
    planned = sorted((step for step in steps if step.fate is Fate.PLANNED), key=_at, reverse=True)
    over = {step.step for step in planned[left:]}
    return [replace(step, at=None, fate=Fate.CAPPED) if step.step in over else step for step in steps]


def snooze_until(choice: SnoozeChoice, *, now: datetime, deadline: datetime, hours: WorkingTime) -> datetime:
    """Return the instant (UTC) that a person means by a snooze, before it is moved into their working time.

    Refuses a snooze after which no working moment is left before the deadline.
    """
    tomorrow = datetime.combine(hours.working_day(now) + timedelta(days=1), hours.opens)
    until = {
        SnoozeChoice.HOUR: now.astimezone(UTC) + timedelta(hours=1),
        SnoozeChoice.TOMORROW: to_utc(tomorrow, hours.zone),
        SnoozeChoice.TWO_DAYS: after(now, Duration(2, "d"), hours.zone),
    }[choice]
    if hours.next_moment_before(until, deadline) is None:
        raise Refusal(
            N_("After that no working time is left before the deadline. Choose a shorter snooze, or post now.")
        )
    return until


def _at(step: PlannedStep) -> datetime:
    return step.at or step.asked_at


def is_snooze(step: str) -> bool:
    """Say whether a step is a snooze, not one that the task-force file asks for."""
    return step.startswith("snooze-")
