"""Whether work grows with history: what is asked most, with more and more updates, notices and reminders stored."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from slack_sdk import WebClient
from sqlmodel import Session

from bench.archive import fill
from bench.figures import Table, milliseconds, percentile, ratio
from delivery.budget import Budget
from delivery.claims import claim_due, in_state
from delivery.mailroom import Mailroom
from foundation.clock import Clock
from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState
from models.updates import Health
from schedules.duties import DUTIES
from services import reminders
from services.board import read_board
from services.directory import directory
from services.updates import file_update
from tests.postgresql import PostgresMissing, start_postgres

DUE = 20
WARM_UP = 3
WEEK = timedelta(days=7)

Work = Callable[[], object]


@dataclass(frozen=True)
class Question:
    """Something that is timed; `after` puts things back, untimed."""

    name: str
    ask: Work
    after: Work = lambda: None


class _Undo(Exception):  # noqa: N818
    """Ends a transaction without a trace."""


def measure_history(folder: Path, sizes: Sequence[int], *, times: int) -> None:
    """Print a table for SQLite, and one for PostgreSQL where this machine has it."""

    def sqlite(size: int) -> Database:
        return Database(f"sqlite:///{folder / f'history-{size}.db'}")

    _print_table("SQLite", sqlite, sizes, times=times)
    try:
        server = start_postgres()
    except PostgresMissing as missing:
        print(f"PostgreSQL was not measured: {missing}\n")
        return
    try:
        _print_table("PostgreSQL", lambda _: Database(server.fresh_url()), sizes, times=times)
    finally:
        server.stop()


def _print_table(engine: str, new_database: Callable[[int], Database], sizes: Sequence[int], *, times: int) -> None:
    found: dict[str, list[float]] = {}
    for size in sizes:
        database, clock = new_database(size), Clock()
        fill(database, size, now=clock.now())
        for question in _questions(database, clock):
            found.setdefault(question.name, []).append(_median(question, times=times))
        database.close()
    grown = [f"{size:,}" for size in sizes]
    table = Table(f"{engine}, p50 in ms by rows of history", (*grown, "growth"))
    for name, medians in found.items():
        table.add(name, *map(milliseconds, medians), ratio(medians[-1], medians[0]))
    print(table)


def _median(question: Question, *, times: int) -> float:
    taken = []
    for _ in range(WARM_UP + times):
        begun = time.perf_counter()
        question.ask()
        taken.append(time.perf_counter() - begun)
        question.after()
    return percentile(taken[WARM_UP:], 50)


def _questions(database: Database, clock: Clock) -> list[Question]:
    now, room = clock.now(), _mailroom(database, clock)

    def duties(session: Session) -> None:
        for duty in DUTIES.values():
            duty(session, now=now)

    return [
        Question("the board", lambda: _board(database, now=now, at=None)),
        Question("the board a week ago", lambda: _board(database, now=now, at=now - WEEK)),
        Question("post an update, then roll back", lambda: _undone(database, lambda s: _post(s, now=now))),
        Question("notices: is any due? none", lambda: claim_due(room)),
        Question("reminders: what is due? none", lambda: _undone(database, lambda s: reminders.send_due(s, now))),
        Question("reminders: when is the next?", lambda: _next_reminder(database, now=now)),
        Question("every duty of a tick, nothing due", lambda: _undone(database, duties)),
        Question(f"notices: claim {DUE} due", *_claiming(database, room, now=now)),
    ]


def _board(database: Database, *, now: datetime, at: datetime | None) -> None:
    with database.reading() as session:
        read_board(session, directory(session).areas, now=now, at=at)


def _post(session: Session, *, now: datetime) -> None:
    who = directory(session)
    seat = next(seat for seat in who.seats if who.holders(seat))
    file_update(
        session, actor=who.holders(seat)[0], area=who.areas_by_id[seat.area_id], unit=who.units_by_id[seat.unit_id],
        health=Health.ON_TRACK, changed="Draft went round to all Bureaux.", now=now,
    )  # fmt: skip


def _next_reminder(database: Database, *, now: datetime) -> None:
    with database.reading() as session:
        reminders.next_due(session, now)


def _claiming(database: Database, room: Mailroom, *, now: datetime) -> tuple[Work, Work]:
    """Return how to claim what is due (it is owed the first time), and how to give it back."""
    owed: list[Notice] = []

    def claim() -> None:
        if not owed:
            owed.extend(_owe_due(database, now=now))
        claim_due(room, most=DUE)

    def give_back() -> None:
        with database.transaction() as session:
            session.connection().execute(
                sa.update(Notice)
                .where(in_state(NoticeState.SENDING, NoticeState.CHECKING))
                .values(state=NoticeState.PENDING, owner=None)
            )

    return claim, give_back


def _owe_due(database: Database, *, now: datetime) -> list[Notice]:
    with database.transaction() as session:
        people = directory(session).members[:DUE]
        due = [
            Notice(key=f"due:{person.id}", kind=NoticeKind.DESK, person_id=person.id, subject=f"desk:{person.id}:0",
                   due_at=now, created_at=now)
            for person in people
        ]  # fmt: skip
        session.add_all(due)
    return due


def _undone(database: Database, work: Callable[[Session], object]) -> None:
    with suppress(_Undo), database.transaction() as session:
        work(session)
        session.flush()
        raise _Undo


def _mailroom(database: Database, clock: Clock) -> Mailroom:
    """Return a mailroom that only claims: it has no token to speak with."""
    silent = WebClient()
    return Mailroom(
        database=database, clock=clock, posting=silent, reading=silent, composers={},
        budget=Budget(pace=None),
    )  # fmt: skip
