"""The plan of reminders as the secretariat sees it: who hears what, when, and why it is not when it was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from models.silences import Silence
from models.structure import Seat
from services.cycles import meeting_before, put_before
from services.directory import directory, person_id
from services.dry_run import dry_run
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

    @property
    def dry(self) -> bool:
        """Whether it is a dry run of a meeting that nobody has scheduled."""
        return self.meeting.id is None


def overview(session: Session, meeting: Meeting, now: datetime) -> Overview:
    """Return the plan for a meeting, people in alphabetical order, each step where it was asked for."""
    stored = select(Reminder).where(
        Reminder.meeting_id == meeting.id,
        Reminder.kind == ReminderKind.UPDATES,
        Reminder.state != ReminderState.WITHDRAWN,
    )
    rows = session.exec(stored.order_by(col(Reminder.asked_at), col(Reminder.id)))
    return _overview(
        session, meeting, open_obligations(session, meeting, now), rows, waits_for=put_before(session, meeting, now),
        silences=silences_in_force(session, now=now),
    )  # fmt: skip


def preview(session: Session, meeting: Meeting, now: datetime) -> Overview:
    """Return the same for a meeting that nobody has scheduled, as it would be planned now."""
    obligations, rows = dry_run(session, meeting, now=now)
    rows = sorted(rows, key=lambda row: row.asked_at)
    return _overview(
        session, meeting, obligations, rows, waits_for=meeting_before(session, meeting, now),
        silences=silences_in_force(session, now=now),
    )  # fmt: skip


def _overview(
    session: Session,
    meeting: Meeting,
    obligations: Sequence[Obligation],
    steps: Iterable[Reminder],
    *,
    waits_for: Meeting | None,
    silences: Sequence[Silence],
) -> Overview:
    who, rows = directory(session), dict[int, list[Reminder]]()
    for row in steps:
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
        waits_for,
        silences,
    )


def _seats(person: Person, obligations: Sequence[Obligation]) -> list[Seat]:
    return [o.seat for o in obligations if person.id in {holder.id for holder in o.reminded}]
