"""How long the brief of a large task force takes: a hundred areas, five hundred issues, every message of it."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlmodel import Session, SQLModel

from bench.figures import Table, milliseconds, percentile
from bench.programs import TASK_FORCE
from foundation.clock import Clock
from foundation.database import Database
from models.issues import Action, Issue, IssueState, Position
from models.meetings import Meeting
from models.structure import Area, FocalPoint, Seat
from models.updates import Health, Update, UpdateVersion
from services.board import areas_for_channel
from services.brief import Brief, Part, read_brief
from services.directory import Directory, area_id, directory, person_id, touch
from services.task_force_file import load
from views import brief as views
from views.blocks import Message

AREAS, ISSUES, ACTIONS = 100, 500, 100
WORDS = "The draft went round to all Bureaux; two comments came back and are being worked in. " * 4
BEGAN = timedelta(days=40)


def measure_brief(folder: Path, *, times: int) -> None:
    """Print how long reading and rendering takes, and how many messages it comes to."""
    database, now = Database(f"sqlite:///{folder / 'brief.db'}"), Clock().now()
    fill_task_force(database, now=now)
    taken, messages = [], 0
    for _ in range(times):
        begun = time.perf_counter()
        with database.reading() as session:
            messages = len(list(render_all(session, now=now)))
        taken.append(time.perf_counter() - begun)
    database.close()
    table = Table(f"A brief of {AREAS} areas and {ISSUES} issues", ("p50 ms", "messages"))
    table.add("read and render it, threads and all", milliseconds(percentile(taken, 50)), str(messages))
    print(table)


def render_all(session: Session, *, now: datetime) -> Iterator[Message]:
    """Render every message of the next meeting's brief for the channel: the head, then each page of each section."""
    who = directory(session)
    brief, reader = read_for_channel(session, who, now=now), who.channel_reader()
    yield views.head(brief, who, reader)
    for part in Part:
        for number in range(1, brief.pages(part) + 1):
            yield views.page(brief, part, number, who, reader)


def read_for_channel(session: Session, who: Directory, *, now: datetime) -> Brief:
    """Read the brief as everybody in the channel may see it."""
    channel = who.task_force.channel
    meeting = session.get_one(Meeting, 1)
    return read_brief(session, meeting, lambda at: areas_for_channel(who, channel, at=at), now=now)


def fill_task_force(database: Database, *, now: datetime) -> None:
    """Fill an empty database: most units have reported, some have not, and every issue waits for a decision."""
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
        load(session, TASK_FORCE.read_text("utf-8"), actor=None, now=now - BEGAN)
    with database.transaction() as session:
        held = _meeting_and_seats(session, now=now)
        _updates(session, held, now=now)
        _issues(session, now=now)
        touch(session)


def _meeting_and_seats(session: Session, *, now: datetime) -> list[Seat]:
    """Add the next meeting, and areas up to a hundred in which every unit has a seat, one of eight vacant."""
    who = directory(session)
    author = person_id(who.members[0])
    session.add(
        Meeting(title="ISC-TF 43", local_start="2026-12-03T14:30", timezone="Europe/Zurich",
                starts_at=now + timedelta(days=1), deadline_at=now, created_by_id=author, created_at=now - BEGAN)
    )  # fmt: skip
    areas = [Area(key=f"theme-{n}", name={"en": f"Theme of mutual interest {n}"}, rank=n + AREAS)
             for n in range(AREAS - len(who.areas))]  # fmt: skip
    session.add_all(areas)
    session.flush()
    seats = [Seat(area_id=area_id(area), unit_id=unit.id or 0) for area in areas for unit in who.units]
    session.add_all(seats)
    session.flush()
    held = [seat for n, seat in enumerate(seats) if n % 8]
    session.add_all(FocalPoint(seat_id=seat.id or 0, person_id=author, since=now - BEGAN) for seat in held)
    return held


def _updates(session: Session, seats: list[Seat], *, now: datetime) -> None:
    """Let two of three seats report."""
    who, healths = directory(session), tuple(Health)[:3]
    for n, seat in enumerate(seats):
        if n % 3 == 0:
            continue
        said = Update(
            area_id=seat.area_id, unit_id=seat.unit_id, cycle=0, author_id=person_id(who.members[0]),
            health=healths[n % 3], changed=WORDS, next_steps=WORDS, posted_at=now - timedelta(days=3),
        )  # fmt: skip
        session.add(said)
        session.flush()
        session.add(UpdateVersion(update_id=said.id or 0, version=1, author_id=said.author_id, health=said.health,
                                  changed=WORDS, next_steps=WORDS, at=said.posted_at))  # fmt: skip


def _issues(session: Session, *, now: datetime) -> None:
    """Raise issues, half escalated and half referred, on each of which two units stand; and actions that are late."""
    who, raised_at = directory(session), now - timedelta(days=20)
    author, areas = person_id(who.members[0]), [area_id(area) for area in who.areas]
    for n in range(ISSUES):
        escalated = n % 2 == 0
        issue = Issue(
            area_id=areas[n % len(areas)], title=f"Who pays for stand {n}?", proposal=WORDS, raised_by_id=author,
            raised_at=raised_at, round_at=raised_at, ladder=[], referred_at=None if escalated else raised_at,
            state=IssueState.ESCALATED if escalated else IssueState.OPEN, escalated_at=raised_at if escalated else None,
        )  # fmt: skip
        session.add(issue)
        session.flush()
        session.add_all(
            Position(issue_id=issue.id or 0, unit_id=unit.id or 0, author_id=author, stance="object", at=now)
            for unit in who.units[:2]
        )
    due = (now - timedelta(days=5)).date()
    session.add_all(
        Action(text=WORDS, owner_id=author, due=due, created_at=raised_at, area_id=areas[n % len(areas)])
        for n in range(ACTIONS)
    )
