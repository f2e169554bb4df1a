"""Who is to hear which step before a meeting: the focal points who owe, or whoever stands in while they are away."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel import Session

from foundation.durations import Duration, parse_duration
from models.meetings import Meeting
from models.people import Person
from models.silences import Silence
from services.directory import Directory, directory, person_id
from services.obligations import Obligation
from services.quiet import QUIET, area_silences
from services.reminder_plan import LATE_STEP, asked_moments, effective_deadline, move_into_working_time

AWAY = "away"
"""The reason of a step that nobody hears: its person is away, and nobody stands in."""


@dataclass(frozen=True)
class Schedule:
    """The steps of one meeting as the task force's rule asks for them, before anybody's working time is looked at."""

    meeting: Meeting
    deadline: datetime
    """What the rule asks for: it may have been past already when the meeting was scheduled or moved."""
    ends_at: datetime
    """The deadline that counts."""
    agreed_at: datetime
    offsets: tuple[Duration, ...]
    zone: str
    asked: dict[str, datetime]


@dataclass
class Hearing:
    """What one person is to hear: by step, the absent for whom they stand in, and whether they owe for themselves."""

    person: Person
    own: set[str] = field(default_factory=set)
    covers: dict[str, Person] = field(default_factory=dict)

    @property
    def steps(self) -> set[str]:
        """The names of the steps."""
        return self.own | set(self.covers)

    def absent(self, step: str) -> Person | None:
        """Return for whom alone a step is heard; None when the person owes for themselves too."""
        covered = next(iter(self.covers.values()), None)
        return None if self.own else self.covers.get(step, covered)


@dataclass(frozen=True)
class Hearers:
    """Everyone who is to hear something, and the steps that nobody hears."""

    by_person: dict[int, Hearing]
    unheard: dict[int, dict[str, str]]
    """By person the steps that nobody hears, each with the reason: they are away, or silence is planned."""
    silent: set[int]
    """Ids of the absent for whom a seat is not heard of by anybody, not by another of its focal points either."""


def schedule_of(session: Session, meeting: Meeting) -> Schedule:
    """Return when the steps of a meeting ask to be sent, in the task force's calendar."""
    who = directory(session)
    task_force, rule = who.task_force, who.deadline_before(meeting.starts_at)
    agreed_at = meeting.moved_at or meeting.created_at
    late = meeting.deadline_at == meeting.starts_at and rule <= agreed_at
    deadline = rule if late else meeting.deadline_at
    offsets = tuple(parse_duration(text) for text in task_force.before_deadline)
    asked = {LATE_STEP: agreed_at} if late else asked_moments(deadline, offsets, task_force.timezone)
    ends_at = effective_deadline(deadline, meeting_start=meeting.starts_at, scheduled_at=agreed_at)
    return Schedule(meeting, deadline, ends_at, agreed_at, offsets, task_force.timezone, asked)


def hearers(
    session: Session,
    schedule: Schedule,
    obligations: list[Obligation],
    missed: Collection[tuple[int, str]],
    *,
    now: datetime,
) -> Hearers:
    """Share the steps out: to each focal point who owes, or to who is there for them on the day of the step.

    `missed` are the steps (person, name) that were to be said before `now` and are not: today counts for them.
    """
    who, silences = directory(session), area_silences(session)
    owing = {person_id(person): person for obligation in obligations for person in obligation.reminded}
    found = Hearers({}, {}, set())
    for holder in owing.values():
        for step, asked_at in schedule.asked.items():
            on = max(now, asked_at) if (holder.id, step) in missed else None
            if _is_quiet(holder, obligations, silences, on or _said_at(who, holder, step, asked_at, schedule)):
                found.unheard.setdefault(person_id(holder), {})[step] = QUIET
                continue
            hearer = _hearer(who, holder, step, asked_at, schedule, on=on)
            if hearer is None:
                found.unheard.setdefault(person_id(holder), {})[step] = AWAY
                continue
            hearing = found.by_person.setdefault(person_id(hearer), Hearing(hearer))
            if hearer.id == holder.id:
                hearing.own.add(step)
            else:
                hearing.covers[step] = holder
    for obligation in obligations:
        steps = [_away_at(found, person) for person in obligation.reminded]
        if steps and set.intersection(*steps):
            found.silent.update(person_id(person) for person in obligation.reminded)
    return found


def _away_at(found: Hearers, person: Person) -> set[str]:
    return {step for step, why in found.unheard.get(person_id(person), {}).items() if why == AWAY}


def _hearer(
    who: Directory, holder: Person, step: str, asked_at: datetime, schedule: Schedule, *, on: datetime | None
) -> Person | None:
    if holder.id not in who.absences:
        return holder
    return who.reachable(holder, now=on or _said_at(who, holder, step, asked_at, schedule))


def _said_at(who: Directory, holder: Person, step: str, asked_at: datetime, schedule: Schedule) -> datetime:
    return move_into_working_time(step, asked_at, schedule.ends_at, who.hours_of(holder)).at or asked_at


def _is_quiet(
    holder: Person, obligations: list[Obligation], silences: Mapping[int, list[Silence]], said_at: datetime
) -> bool:
    """Whether silence holds at a moment over every area for which a person owes."""
    areas = {owed.seat.area_id for owed in obligations if holder.id in {each.id for each in owed.reminded}}
    return all(any(silence.holds(said_at) for silence in silences.get(area, ())) for area in areas)
