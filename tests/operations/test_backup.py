"""Backups: whole, refused over a living database, and never a cause to say anything twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import select

from foundation.database import Database, sole_process
from models.delivery import Notice, NoticeKind, NoticeState
from models.schema import upgrade
from models.structure import TaskForce
from operations.backup import back_up, mark_restored, restore
from operations.cannot import Cannot
from operations.records import remember_restore
from services.outbox import owe
from tests.fixtures_task_force import LOADED_AT, load_isc_tf
from tests.postgresql import PostgresServer

REAL = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def living(database_url: str) -> Database:
    database = Database(database_url)
    upgrade(database)
    load_isc_tf(database)
    return database


def owe_one(database: Database, key: str, *, due_at: datetime = LOADED_AT) -> None:
    with database.transaction() as session:
        owe(
            session, NoticeKind.BRIEF, key=key, subject="meeting:1", now=LOADED_AT, due_at=due_at, channel="C0TASKFORCE"
        )


def states(url: str) -> dict[str, NoticeState]:
    database = Database(url)
    with database.reading() as session:
        found = {notice.key: notice.state for notice in session.exec(select(Notice))}
    database.close()
    return found


def restored(url: str, source: Path) -> int:
    return restore(sa.make_url(url), source, real=REAL)


def test_what_was_owed_at_the_backup_is_looked_for_before_it_is_sent(
    living: Database, database_url: str, tmp_path: Path
) -> None:
    owe_one(living, "brief:1")
    back_up(living, tmp_path / "kept")
    owe_one(living, "brief:2")
    living.close()
    assert restored(database_url, tmp_path / "kept") == 1
    assert states(database_url) == {"brief:1": NoticeState.UNKNOWN}


def test_what_was_due_before_a_restore_is_looked_for_also_when_it_is_owed_only_then(
    living: Database, database_url: str, tmp_path: Path
) -> None:
    back_up(living, tmp_path / "kept")
    living.close()
    restored(database_url, tmp_path / "kept")
    owner = Database(database_url)
    remember_restore(owner)
    owe_one(owner, "due:before", due_at=REAL - timedelta(hours=1))
    owe_one(owner, "due:after", due_at=REAL + timedelta(hours=1))
    owner.close()
    assert states(database_url) == {"due:before": NoticeState.UNKNOWN, "due:after": NoticeState.PENDING}


def test_a_copy_put_in_place_by_other_means_is_marked_like_a_restored_one(living: Database, database_url: str) -> None:
    owe_one(living, "brief:1")
    living.close()
    assert mark_restored(sa.make_url(database_url), real=REAL) == 1
    assert states(database_url) == {"brief:1": NoticeState.UNKNOWN}


def test_what_is_in_use_or_not_there_is_not_marked(loaded: Database, tmp_path: Path) -> None:
    with sole_process(loaded.url), pytest.raises(Cannot, match="Focal is running"):
        mark_restored(loaded.url, real=REAL)
    with pytest.raises(Cannot, match="There is no database"):
        mark_restored(sa.make_url(f"sqlite:///{tmp_path}/none.db"), real=REAL)


def test_a_backup_is_restored_where_nothing_was_before(
    living: Database, tmp_path: Path, postgres_server: PostgresServer
) -> None:
    owe_one(living, "brief:1")
    back_up(living, tmp_path / "kept")
    living.close()
    empty = f"sqlite:///{tmp_path}/new/focal.db" if living.is_sqlite else postgres_server.fresh_url()
    assert restored(empty, tmp_path / "kept") == 1
    assert states(empty) == {"brief:1": NoticeState.UNKNOWN}


def test_a_backup_never_replaces_another_file(living: Database, tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("precious", "utf-8")
    with pytest.raises(Cannot):
        back_up(living, tmp_path / "kept")
    living.close()
    assert (tmp_path / "kept").read_text("utf-8") == "precious"


def test_a_restore_over_a_database_in_use_is_refused(loaded: Database, tmp_path: Path) -> None:
    back_up(loaded, tmp_path / "kept")
    with sole_process(loaded.url), pytest.raises(Cannot, match="Focal is running"):
        restored(str(loaded.url), tmp_path / "kept")


def test_a_restore_over_a_postgresql_database_in_use_is_refused(
    living: Database, database_url: str, tmp_path: Path
) -> None:
    if living.is_sqlite:
        living.close()
        return
    back_up(living, tmp_path / "kept")
    with living.reading() as session:
        session.get(TaskForce, 1)
        with pytest.raises(Cannot, match="connections use the database"):
            restored(database_url, tmp_path / "kept")
    living.close()


def test_a_damaged_backup_is_refused_and_the_database_stays(loaded: Database, tmp_path: Path) -> None:
    back_up(loaded, tmp_path / "kept")
    loaded.close()
    damaged = bytearray((tmp_path / "kept").read_bytes())
    damaged[4096:8192] = b"\xff" * 4096
    (tmp_path / "kept").write_bytes(damaged)
    with pytest.raises(Cannot):
        restored(str(loaded.url), tmp_path / "kept")
    with loaded.reading() as session:
        assert session.get(TaskForce, 1) is not None


def test_a_file_that_is_no_backup_is_refused(loaded: Database, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear colleague", "utf-8")
    loaded.close()
    with pytest.raises(Cannot):
        restored(str(loaded.url), tmp_path / "letter")


def test_the_database_that_a_restore_replaces_is_kept(living: Database, tmp_path: Path) -> None:
    if not living.is_sqlite:
        living.close()
        return
    back_up(living, tmp_path / "kept")
    living.close()
    url = str(living.url)
    restored(url, tmp_path / "kept")
    restore(sa.make_url(url), tmp_path / "kept", real=REAL + timedelta(minutes=1))
    assert len(list(tmp_path.glob("*.before-*"))) == 2
