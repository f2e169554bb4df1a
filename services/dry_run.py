"""A dry run: the reminders that a meeting would cause if it were scheduled now. Nothing of it is stored."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder, ReminderState
from services.cycles import meeting_before
from services.directory import directory, person_id
from services.obligations import Obligation, obligations_if
from services.reminder_hearers import Schedule, hearers, schedule_of
from services.reminder_rows import heard_of_others, steps_for, values_of


def dry_run(session: Session, meeting: Meeting, *, now: datetime) -> tuple[list[Obligation], list[Reminder]]:
    """Return what would be owed for a meeting that nobody has scheduled, and every step of its reminders.

    Where another meeting comes first, its reminders begin once that one has begun, and all is owed anew.
    """
    earlier = meeting_before(session, meeting, now)
    begins = earlier.starts_at if earlier is not None else now
    obligations, schedule = obligations_if(session, meeting, now), schedule_of(session, meeting)
    wanted = hearers(session, schedule, obligations, (), now=begins)
    heard = heard_of_others(session, meeting, now=now)
    rows = [
        Reminder(person_id=hearer, step=step.step, **values_of(hearing, step))
        for hearer, hearing in wanted.by_person.items()
        for step in steps_for(session, schedule, hearing, {}, heard.get(hearer, ()), now=begins)
    ]
    for absent, steps in wanted.unheard.items():
        rows += _unheard(schedule, directory(session).people_by_id[absent], steps)
    return obligations, rows


def _unheard(schedule: Schedule, person: Person, steps: Mapping[str, str]) -> list[Reminder]:
    return [
        Reminder(
            person_id=person_id(person), step=step, asked_at=schedule.asked[step], state=ReminderState.DROPPED,
            reason={"code": why},
        )
        for step, why in steps.items()
    ]  # fmt: skip
