"""What is in the records when people's commands are timed: the sample task force after a fortnight's work."""

from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from foundation.database import Database
from models.delivery import HomeMark, Notice, NoticeKind, NoticeState
from models.updates import Health, Update
from services.directory import directory, person_id, person_of, seat_id
from services.meetings import Appointment, schedule_meeting
from services.updates import file_update

FORTNIGHT = timedelta(days=14)
HEALTHS = (Health.ON_TRACK, Health.AT_RISK, Health.ON_TRACK, Health.OFF_TRACK, Health.ON_TRACK)
WORDS = (
    "The draft went round to all Bureaux; two comments came back and are being worked in.",
    "Venue not confirmed; the host country answers by Friday.",
    "Budget line approved, contract with the translator signed.",
)


def work_a_fortnight(database: Database, *, now: datetime) -> None:
    """Schedule the next meeting, have every seat report twice and everybody open App Home; cards are still owed."""
    begun = now - FORTNIGHT
    with database.transaction() as session:
        secretariat = person_of(session, "U0SEC")
        assert secretariat is not None  # noqa: S101 - the sample has one
        start = (now + timedelta(days=10)).replace(hour=14, minute=30, second=0, microsecond=0, tzinfo=None)
        schedule_meeting(
            session, actor=secretariat, appointment=Appointment(start, "Europe/Zurich"), title="ISC-TF 43", now=begun
        )
    for days in (1, 9):
        with database.transaction() as session:
            _report(session, begun + timedelta(days=days), first=days)
    with database.transaction() as session:
        session.connection().execute(
            sa.update(Notice)
            .where(col(Notice.state) == NoticeState.PENDING, col(Notice.kind) != NoticeKind.AREA_CARD)
            .values(state=NoticeState.SUPERSEDED)
        )
        session.add_all(HomeMark(person_id=person_id(person)) for person in directory(session).members)


def count_updates(database: Database) -> int:
    """Return how many updates were ever posted."""
    return _count(database, sa.select(sa.func.count()).select_from(Update))


def count_owed(database: Database) -> int:
    """Return how many messages and App Homes are owed."""
    waiting = sa.select(sa.func.count()).select_from(Notice).where(
        col(Notice.state).in_((NoticeState.PENDING, NoticeState.SENDING))
    )  # fmt: skip
    marked = sa.select(sa.func.count()).select_from(HomeMark).where(col(HomeMark.marked_at).is_not(None))
    return _count(database, waiting) + _count(database, marked)


def sample_database(path: Path) -> Database:
    """Open the records beside the program that uses them."""
    return Database(f"sqlite:///{path}")


def _report(session: Session, moment: datetime, *, first: int) -> None:
    who = directory(session)
    healths, words = cycle(HEALTHS[first % 3 :]), cycle(WORDS)
    for number, seat in enumerate(who.seats):
        holders = who.holders(seat)
        if holders:
            file_update(
                session, actor=holders[0], area=who.areas_by_id[seat.area_id], unit=who.units_by_id[seat.unit_id],
                health=next(healths), changed=next(words), now=moment + timedelta(minutes=7 * number + seat_id(seat)),
            )  # fmt: skip


def _count(database: Database, statement: sa.Select[Any]) -> int:
    with database.reading() as session:
        return int(session.connection().scalar(statement) or 0)
