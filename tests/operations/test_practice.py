"""The practice workspace's records: matched with its world, begun anew, never the real ones."""

import socket
from pathlib import Path

import pytest
from sqlmodel import select

from foundation.database import Database
from foundation.settings import read_settings
from models.meetings import Meeting
from models.people import Person
from models.structure import TaskForce
from operations import practice
from services.directory import directory
from tests.fixtures_task_force import ISC_TF, LOADED_AT


def add_meeting(database: Database) -> None:
    with database.transaction() as session:
        chair = session.exec(select(Person).where(Person.slack_id == "U0CHAIR")).one()
        session.add(
            Meeting(
                title="ISC-TF 1", local_start="2026-12-03T14:30", timezone="Europe/Zurich", starts_at=LOADED_AT,
                deadline_at=LOADED_AT, created_by_id=chair.id or 0, created_at=LOADED_AT,
            )
        )  # fmt: skip


def meetings(database: Database) -> int:
    with database.reading() as session:
        return len(session.exec(select(Meeting)).all())


def test_beginning_anew_forgets_everything_and_loads_the_task_force(loaded: Database) -> None:
    with loaded.reading() as session:
        before = directory(session)
    add_meeting(loaded)
    practice.begin_anew(loaded, ISC_TF, now=LOADED_AT)
    assert meetings(loaded) == 0
    with loaded.reading() as session:
        assert len(directory(session).areas) == 11
        assert directory(session) is not before


def test_records_of_a_world_that_is_gone_begin_anew(
    loaded: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    add_meeting(loaded)
    practice.match_records(loaded, ISC_TF, now=LOADED_AT)
    assert meetings(loaded) == 0


def test_records_that_match_their_world_stay(loaded: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    practice.WORLD.parent.mkdir()
    practice.WORLD.write_text("{}", "utf-8")
    add_meeting(loaded)
    practice.match_records(loaded, ISC_TF, now=LOADED_AT)
    assert meetings(loaded) == 1


def test_a_world_without_records_begins_anew(
    empty_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    practice.WORLD.parent.mkdir()
    practice.WORLD.write_text("{}", "utf-8")
    practice.match_records(empty_database, ISC_TF, now=LOADED_AT)
    assert not practice.WORLD.exists()
    with empty_database.reading() as session:
        assert session.get(TaskForce, 1) is not None


def test_practice_never_touches_the_real_database() -> None:
    real = read_settings(
        {"DATABASE_URL": "postgresql+psycopg://real/focal", "SLACK_BOT_TOKEN": "xoxb-real"}, Path("no")
    )
    own = practice.practice_settings(real, "http://127.0.0.1:8710/api/", "xoxb-practice", "xapp-practice")
    assert (own.database_url, own.bot_token) == ("sqlite:///data/practice.db", "xoxb-practice")


def test_a_port_that_is_taken_is_passed_over() -> None:
    first = practice.free_port()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((practice.HERE, first))
        taken.listen()
        assert practice.free_port() != first
