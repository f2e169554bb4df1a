"""The plan of reminders as the secretariat sees it: who hears what, when, and why it is not when it was asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from models.silences import Silence
from models.structure import Seat
from services.cycles import put_before
from services.directory import directory, person_id
from services.obligations import Obligation, open_obligations
from services.quiet import silences_in_force


@dataclass(frozen=True)
class PersonPlan:
    """The reminders of one person for one meeting."""

    person: Person
    zone: str
    seats: Sequence[Seat]
    """What they still owe."""
    absent: Sequence[Person]
    """For whom they stand in."""
    rows: Sequence[Reminder]


@dataclass(frozen=True)
class Overview:
    """Everyone's reminders for one meeting, and the seats that nobody holds."""

    meeting: Meeting
    people: Sequence[PersonPlan]
    vacant: Sequence[Seat]
    waits_for: Meeting | None
    """The meeting that comes first: reminders for this one begin after it."""
    silences: Sequence[Silence] = ()
    """Planned silence that holds now."""


def overview(session: Session, meeting: Meeting, now: datetime) -> Overview:
    """Return the plan for a meeting, people in alphabetical order, each step where it was asked for."""
    who = directory(session)
    obligations = open_obligations(session, meeting, now)
    rows: dict[int, list[Reminder]] = {}
    stored = select(Reminder).where(
        Reminder.meeting_id == meeting.id,
        Reminder.kind == ReminderKind.UPDATES,
        Reminder.state != ReminderState.WITHDRAWN,
    )
    for row in session.exec(stored.order_by(col(Reminder.asked_at), col(Reminder.id))):
        rows.setdefault(row.person_id, []).append(row)
    people = sorted((who.people_by_id[i] for i in rows), key=lambda person: person.name.casefold())
    return Overview(
        meeting,
        [
            PersonPlan(
                person,
                who.zone_of(person),
                _seats(person, obligations),
                [who.people_by_id[i] for i in {row.covers_id for row in rows[person_id(person)]} if i is not None],
                rows[person_id(person)],
            )
            for person in people
        ],
        [obligation.seat for obligation in obligations if not obligation.holders],
        put_before(session, meeting, now),
        silences_in_force(session, now=now),
    )


def _seats(person: Person, obligations: Sequence[Obligation]) -> list[Seat]:
    return [o.seat for o in obligations if person.id in {holder.id for holder in o.reminded}]
