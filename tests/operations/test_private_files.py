"""What the records hold is for their owner alone, whatever the umask."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from foundation.database import Database
from models.schema import upgrade
from operations.backup import back_up, restore
from tests.fixtures_task_force import load_isc_tf


@pytest.fixture(autouse=True)
def careless() -> Iterator[None]:
    """Let new files be readable by everybody, as on most machines."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def rights(folder: Path) -> dict[str, str]:
    return {file.name: oct(file.stat().st_mode & 0o777) for file in folder.iterdir() if file.suffix != ".lock"}


def test_database_journal_and_backup_are_their_owner_s_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'focal.db'}"
    database = Database(url)
    upgrade(database)
    load_isc_tf(database)
    back_up(database, tmp_path / "backup.db")
    with database.transaction():
        found = rights(tmp_path)
    assert {"focal.db", "backup.db"} < set(found), "its journal is there too"
    assert set(found.values()) == {"0o600"}
    database.close()
    restore(sa.make_url(url), tmp_path / "backup.db", real=datetime(2026, 11, 23, tzinfo=UTC))
    assert set(rights(tmp_path).values()) == {"0o600"}


def test_rights_that_somebody_chose_are_kept(tmp_path: Path) -> None:
    chosen = tmp_path / "focal.db"
    chosen.touch()
    chosen.chmod(0o640)
    database = Database(f"sqlite:///{chosen}")
    upgrade(database)
    database.close()
    assert rights(tmp_path)["focal.db"] == "0o640"
