"""The practice workspace's own records, beside the real ones and never among them."""

import socket
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlmodel import SQLModel

from foundation.database import Database
from foundation.settings import SLACK, Settings
from models.structure import TaskForce
from operations.cannot import Cannot
from operations.records import is_empty
from operations.task_force import load_file, read_checked, read_file
from services.task_force_file import load

DATABASE, WORLD = Path("data/practice.db"), Path("data/practice-world.json")
SAMPLE = Path(__file__).resolve().parent.parent / "examples" / "isc-tf.yaml"
HERE = "127.0.0.1"
PORTS = range(8710, 8730)
"""The first one that is free is taken, so that a bookmark stays right."""


def practice_file(settings: Settings) -> Path:
    """Return the task force to practise with: one's own if there is one, else the sample."""
    return settings.task_force_file if settings.task_force_file.exists() else SAMPLE


def practice_settings(settings: Settings, api_url: str = SLACK, bot_token: str = "", app_token: str = "") -> Settings:
    """Return the settings for a workspace on this machine; whatever belongs to a real one is left out."""
    return replace(
        settings, api_url=api_url, bot_token=bot_token, app_token=app_token, signing_secret=None,
        database_url=f"sqlite:///{DATABASE}", task_force_file=practice_file(settings), transport="socket",
        https_proxy=None,
    )  # fmt: skip


def command_of(file: Path) -> str:
    """Return the slash command of the task force to practise with."""
    return read_checked(file).command


def free_port() -> int:
    """Return the first port of the workspace's own that nothing listens on. Raises `Cannot`."""
    for port in PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HERE, port))
            return port
    raise Cannot(f"The ports {PORTS[0]} to {PORTS[-1]} are all taken: end another practice workspace first.")


def match_records(database: Database, file: Path, *, now: datetime) -> None:
    """Begin both anew where one is missing: messages without records, or records of messages that never were."""
    if is_empty(database):
        WORLD.unlink(missing_ok=True)
        load_file(database, file, now=now, first=True)
    elif not WORLD.exists():
        begin_anew(database, file, now=now)


def begin_anew(database: Database, file: Path, *, now: datetime) -> None:
    """Forget everything, and load the task force again."""
    with database.transaction() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        for table in SQLModel.metadata.tables.values():
            connection.execute(table.delete())
        load(session, read_file(file), actor=None, now=now)
        # Whoever remembers the records by their version must not take the new ones for the old.
        session.get_one(TaskForce, 1).version = 1_000_000 + int(now.timestamp()) % 1_000_000
    database.memory.clear()
