"""A year of the sample task force with as many updates, notices, reminders and journal entries as asked for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col

import models
from bench.programs import TASK_FORCE
from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState
from models.journal import JournalEntry
from models.meetings import Meeting, MeetingState
from models.reminders import Reminder, ReminderKind, ReminderState
from models.structure import Seat
from models.updates import Health, Update, UpdateVersion
from services.directory import Directory, directory, person_id, person_of
from services.meetings import Appointment, schedule_meeting
from services.task_force_file import load

BLOCK = 1000
"""So many rows are written one by one, spread over the year; larger archives repeat each of them."""

MEETINGS = 10
YEAR = timedelta(days=365)
HEALTHS = tuple(Health)[:3]

assert models  # noqa: S101 - registers the tables


@dataclass(frozen=True)
class Turn:
    """What stands behind one row of the block: somebody spoke for a seat at a moment of the year."""

    number: int
    at: datetime
    seat: Seat
    author_id: int
    meeting_id: int


def fill(database: Database, size: int, *, now: datetime) -> None:
    """Fill an empty database: `size` rows of each kind behind a task force that owes updates for a coming meeting."""
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
        load(session, TASK_FORCE.read_text("utf-8"), actor=None, now=now - YEAR)
    with database.transaction() as session:
        turns = list(_turns(session, now=now))
        for model, row in ((Update, _update), (JournalEntry, _entry), (Notice, _notice), (Reminder, _reminder)):
            _write(session, model, [row(turn) for turn in turns], times=size // BLOCK)
        _keep_versions(session)
        _schedule_next(session, now=now)
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def _turns(session: Session, *, now: datetime) -> Iterator[Turn]:
    who = directory(session)
    seats = [seat for seat in who.seats if who.holders(seat)]
    meetings = _hold_meetings(session, who, now=now)
    for number in range(BLOCK):
        at, seat = now - YEAR + (number + 0.5) * YEAR / BLOCK, seats[number % len(seats)]
        yield Turn(number, at, seat, person_id(who.holders(seat)[0]), meetings[number * MEETINGS // BLOCK])


def _hold_meetings(session: Session, who: Directory, *, now: datetime) -> list[int]:
    """Write down the meetings that were held in the year; each opened the cycle of its part."""
    chair = person_id(who.members[0])
    held = []
    for number in range(MEETINGS):
        start = now - YEAR + number * YEAR / MEETINGS
        local = start.replace(tzinfo=None).isoformat(timespec="minutes")
        meeting = Meeting(
            title=f"ISC-TF {33 + number}", local_start=local, timezone="UTC", starts_at=start, deadline_at=start,
            held_at=start, closed_at=start, state=MeetingState.CLOSED, created_by_id=chair, created_at=now - YEAR,
        )  # fmt: skip
        held.append(meeting)
    session.add_all(held)
    session.flush()
    return [meeting.id or 0 for meeting in held]


def _update(turn: Turn) -> Update:
    return Update(
        area_id=turn.seat.area_id, unit_id=turn.seat.unit_id, cycle=turn.meeting_id, author_id=turn.author_id,
        health=HEALTHS[turn.number % 3], changed=f"Draft {turn.number} went round to all Bureaux; comments by Friday.",
        posted_at=turn.at,
    )  # fmt: skip


def _entry(turn: Turn) -> JournalEntry:
    return JournalEntry(
        at=turn.at, actor_id=turn.author_id, act="update.post", subject=f"area {turn.seat.area_id}",
        area_id=turn.seat.area_id, after={"changed": f"Draft {turn.number}"},
    )  # fmt: skip


def _notice(turn: Turn) -> Notice:
    """Half of what was sent went to the channel, half to people."""
    private = turn.number % 2
    return Notice(
        key=f"archive:{turn.number}", kind=NoticeKind.DESK if private else NoticeKind.UPDATE_REPLY,
        person_id=turn.author_id if private else None, channel=None if private else "C0TASKFORCE",
        subject=f"desk:{turn.author_id}:{turn.meeting_id}" if private else f"update:{turn.number}",
        state=NoticeState.SENT, due_at=turn.at, sent_at=turn.at, created_at=turn.at,
        ts=f"{turn.at.timestamp():.6f}",
    )  # fmt: skip


def _reminder(turn: Turn) -> Reminder:
    return Reminder(
        person_id=turn.author_id, kind=ReminderKind.UPDATES, meeting_id=turn.meeting_id, step="1d", asked_at=turn.at,
        due_at=turn.at, sent_at=turn.at, state=ReminderState.SENT,
    )  # fmt: skip


def _write(session: Session, model: type[SQLModel], rows: list[Any], *, times: int) -> None:
    """Write a block of rows, and let the database repeat each so many times, the earliest first."""
    table = sa.inspect(model).local_table
    before = session.connection().scalar(sa.select(sa.func.coalesce(sa.func.max(table.c.id), 0)))
    session.add_all(rows)
    session.flush()
    if times < 2:
        return
    copy = sa.select(sa.literal(1).label("number")).cte("copy", recursive=True)
    copy = copy.union_all(sa.select(copy.c.number + 1).where(copy.c.number < times - 1))
    # What is unique in a table needs a number of its own.
    numbered: dict[str, Callable[[Any], Any]] = {"key": lambda key: key + ":" + sa.cast(copy.c.number, sa.String)}
    columns = [column for column in table.columns if column.name != "id"]
    block = (
        sa.select(*[numbered.get(column.name, lambda same: same)(column) for column in columns])
        .select_from(table.join(copy, sa.true()))
        .where(table.c.id > before)
        .order_by(table.c.id, copy.c.number)
    )
    session.connection().execute(sa.insert(table).from_select([column.name for column in columns], block))


def _keep_versions(session: Session) -> None:
    names = ["update_id", "version", "author_id", "health", "changed", "next_steps", "help_needed", "at"]
    update = sa.inspect(Update).columns
    source = [update[{"update_id": "id", "at": "posted_at"}.get(name, name)] for name in names]
    session.connection().execute(sa.insert(UpdateVersion).from_select(names, sa.select(*source)))


def _schedule_next(session: Session, *, now: datetime) -> None:
    """Schedule the coming meeting, as if its announcement had been sent."""
    secretariat = person_of(session, "U0SEC")
    assert secretariat is not None  # noqa: S101 - the sample has one
    start = (now + timedelta(days=10)).replace(hour=14, minute=30, second=0, microsecond=0, tzinfo=None)
    appointment = Appointment(start, "Europe/Zurich")
    schedule_meeting(session, actor=secretariat, appointment=appointment, title="ISC-TF 43", now=now)
    session.flush()
    pending = col(Notice.state) == NoticeState.PENDING
    session.connection().execute(sa.update(Notice).where(pending).values(state=NoticeState.SUPERSEDED))
