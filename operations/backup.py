"""Backup and restore: a copy of the records while Focal runs, and back, without saying anything twice."""

import os
import shutil
import subprocess
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from foundation.database import Database, DatabaseInUse, create_private, sole_process, sqlite_version
from models.delivery import Notice, NoticeState
from models.people import Person
from models.schema import HEAD, stored_revision, upgrade
from models.structure import TaskForce
from operations.cannot import Cannot

MINUTES = 15 * 60
THREADS_LATER = timedelta(minutes=2)
"""A reply is looked for once its parent was found: it stands in that thread."""

_RUNNING = "Focal is running on {}. Stop it, then restore."


def back_up(database: Database, target: Path) -> int:
    """Copy the whole database to a file that does not exist yet; return its size. Raises `Cannot`."""
    if target.exists():
        raise Cannot(f"{target} exists already. Name a new file: a backup never replaces another one.")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f"{target.name}.part")
    create_private(unfinished)
    try:
        if database.is_sqlite:
            _copy_sqlite(Path(database.url.database or ""), unfinished)
        else:
            _program("pg_dump", database.url, "--format=custom", "--no-owner", f"--file={unfinished}")
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return target.stat().st_size


def restore(url: sa.URL, source: Path, *, real: datetime) -> int:
    """Put a backup in the place of a database that nothing uses; return how many notices will be looked for first.

    A backup does not know what was sent after it was made: whatever it still owed counts as *unknown*, so that it is
    looked for in Slack before it is sent. The former SQLite file is kept beside it. Raises `Cannot`.
    """
    if not source.is_file():
        raise Cannot(f"There is no backup {source}.")
    if url.get_backend_name() == "sqlite":
        return _restore_sqlite(url, source, real=real)
    _refuse_in_use(url)
    _program("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(source))
    return _finish(url, real=real)


def mark_restored(url: sa.URL, *, real: datetime) -> int:
    """Have a copy that was put in place by other means (PostgreSQL's own, a disk's snapshot) say nothing again.

    Returns how many notices will be looked for before they are sent. Raises `Cannot`.
    """
    if url.get_backend_name() != "sqlite":
        _refuse_in_use(url)
        return _finish(url, real=real)
    if not Path(url.database or "").is_file():
        raise Cannot(f"There is no database {url.database}.")
    try:
        with sole_process(url):
            return _finish(url, real=real)
    except DatabaseInUse:
        raise Cannot(_RUNNING.format(url.database)) from None


def _restore_sqlite(url: sa.URL, source: Path, *, real: datetime) -> int:
    place = Path(url.database or "")
    try:
        with sole_process(url):
            fresh = place.with_name(f"{place.name}.restoring")
            fresh.unlink(missing_ok=True)
            create_private(fresh)
            _copy_sqlite(source, fresh)
            asked = _finish(url.set(database=str(fresh)), real=real)
            if place.exists():
                place.replace(place.with_name(f"{place.name}.before-{real:%Y%m%dT%H%M%SZ}"))
            for suffix in ("-wal", "-shm"):
                Path(f"{place}{suffix}").unlink(missing_ok=True)
                Path(f"{fresh}{suffix}").unlink(missing_ok=True)
            fresh.replace(place)
            return asked
    except DatabaseInUse:
        raise Cannot(_RUNNING.format(place)) from None


def _finish(url: sa.URL, *, real: datetime) -> int:
    """Bring a restored copy up to date, and make sure that it sends nothing again."""
    database = Database(url.render_as_string(hide_password=False))
    try:
        upgrade(database)
        with database.transaction() as session:
            if stored_revision(session.connection()) != HEAD or session.get(TaskForce, 1) is None:
                raise Cannot("The backup holds no task force. Nothing was restored.")
            return _doubt(session.connection(), real=real)
    finally:
        database.close()


def _doubt(connection: sa.Connection, *, real: datetime) -> int:
    """Have whatever the backup still owed looked for; only where no conversation is known can nothing stand."""
    direct = sa.select(col(Person.dm_channel_id)).where(col(Person.id) == col(Notice.person_id)).scalar_subquery()
    place = sa.func.coalesce(col(Notice.channel), direct)
    later = sa.case((col(Notice.parent_key).is_not(None), real + THREADS_LATER), else_=real)
    owed = (NoticeState.PENDING, NoticeState.SENDING, NoticeState.CHECKING)
    done = connection.execute(
        sa.update(Notice)
        .where(col(Notice.state).in_(owed), place.is_not(None))
        .values(
            state=NoticeState.UNKNOWN, channel=place, next_at=later, owner=None, lease_until=None,
            first_tried_at=sa.func.coalesce(col(Notice.first_tried_at), col(Notice.created_at)),
            error="restored from a backup",
        )
    )  # fmt: skip
    connection.execute(sa.update(TaskForce).values(restored_at=real))
    return done.rowcount


def _copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database page by page, as it was at one moment, and check the copy."""
    module, _ = sqlite_version()
    try:
        with (
            closing(module.connect(f"file:{source}?mode=ro", uri=True)) as one,
            closing(module.connect(target)) as other,
        ):
            one.backup(other)
            found: Any = other.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except module.DatabaseError as error:
        raise Cannot(f"{source} cannot be copied: {error}.") from None
    if found != "ok":
        raise Cannot(f"{source} is damaged ({found}). Use another backup.")


def _refuse_in_use(url: sa.URL) -> None:
    engine = sa.create_engine(url)
    others = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with engine.connect() as connection:
        count = connection.scalar(others)
    engine.dispose()
    if count:
        raise Cannot(f"{count} connections use the database. Stop every Focal, then restore.")


def _program(name: str, url: sa.URL, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; a list of processes does not show the password."""
    program = shutil.which(name)
    if program is None:
        raise Cannot(f"{name} is not installed. It comes with PostgreSQL's client programs.")
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    done = subprocess.run(  # noqa: S603 - our own arguments
        [program, f"--dbname={plain}", "--no-password", *arguments],
        env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=MINUTES, check=False,
    )  # fmt: skip
    if done.returncode:
        raise Cannot(f"{name} failed: {done.stderr.strip()}")
