"""Databases to begin a test with: one with the tables alone, one in which the sample ISC-TF is loaded."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel

import models
from foundation.database import Database
from services.task_force_file import load
from tests.postgresql import PostgresServer

ISC_TF = Path(__file__).resolve().parent.parent / "examples" / "isc-tf.yaml"
LOADED_AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
"""A Monday morning in Geneva: when the sample task force begins its first cycle."""

assert models  # registers the tables


@pytest.fixture
def empty_database(tmp_path: Path) -> Iterator[Database]:
    """Give a SQLite database with every table and nothing in it."""
    database = Database(f"sqlite:///{tmp_path / 'focal.db'}")
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
    yield database
    database.close()


@pytest.fixture(scope="session")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a database in which `examples/isc-tf.yaml` was loaded at `LOADED_AT`; only to be copied."""
    file = tmp_path_factory.mktemp("loaded") / "focal.db"
    make_isc_tf(f"sqlite:///{file}")
    return file


@pytest.fixture
def loaded(request: pytest.FixtureRequest, loaded_once: Path, tmp_path: Path) -> Iterator[Database]:
    """Give a database of the test's own in which the sample ISC-TF is loaded: SQLite's, or what the parameter names."""
    if getattr(request, "param", "sqlite") == "sqlite":
        url = f"sqlite:///{shutil.copy(loaded_once, tmp_path / 'focal.db')}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh_url(make_isc_tf)
    database = Database(url)
    yield database
    database.close()


def make_isc_tf(url: str) -> None:
    """Fill an empty database with the tables and the sample task force."""
    database = Database(url)
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
    load_isc_tf(database)
    database.close()


def load_isc_tf(database: Database, *, now: datetime = LOADED_AT) -> None:
    """Load the sample task force into a database that has its tables."""
    with database.transaction() as session:
        load(session, ISC_TF.read_text("utf-8"), actor=None, now=now)
