"""The database: SQLite for one machine, PostgreSQL for several replicas. Only this room commits."""

import fcntl
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session

try:
    import pysqlite3 as bundled_sqlite  # type: ignore[import-not-found, unused-ignore]

    # Bolt would load the other SQLite beside it, for stores that nobody opens: a megabyte.
    sys.modules.setdefault("sqlite3", bundled_sqlite)
except ImportError:  # no wheel for this machine: the standard library's SQLite serves, more cautiously
    import sqlite3 as bundled_sqlite

SAFE_WAL = (3, 51, 3)
"""SQLite before this version can corrupt a WAL that is reset while a checkpoint runs."""

LOCK_SECONDS = 2
"""A locked database is answered within Slack's three seconds."""

POOL_SIZE = 6

PRESENCE = 0x0F0CA3
"""PostgreSQL's advisory lock that each connection shares with the others of its process: it ends with the last."""


class DatabaseInUse(Exception):  # noqa: N818
    """Another process holds this SQLite file."""


class Database:
    """One engine with two doors: `transaction()` writes and commits, `reading()` cannot write."""

    def __init__(self, url: str) -> None:
        self.url = sa.make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        """Who this is among those that use the same records."""
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgresql_engine(self.url, self.name)
        self._writer = self.engine.execution_options(writes=True)
        self._reader = self.engine if self.is_sqlite else self.engine.execution_options(postgresql_readonly=True)
        self._writing = threading.Lock()
        self.memory: dict[str, Any] = {}
        """What services may keep between transactions (never the truth): see `services.directory`."""
        self._as_of: object | None = object() if self.is_sqlite else None
        self.owed = threading.Event()
        """Set when a transaction committed that owes something (`session.info["owed"]`), so that it is sent at once."""

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a session that may write; commit when the block ends, roll back when it raises."""
        info = {"memory": self.memory}
        with self._turn() as patience, Session(self._writer, expire_on_commit=False, info=info) as session:
            if self.is_sqlite:
                session.connection(execution_options={"patience": patience})
            yield session
            session.commit()
            if self.is_sqlite:
                self._as_of = object()
            if session.info.get("owed"):
                self.owed.set()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that cannot write: a consistent look at what is committed.

        `session.info["as_of"]` is the same for looks between which nothing was written: one process writes to a SQLite
        file. It is taken before the look begins, so that what is kept under it is never older. None on PostgreSQL.
        """
        info = {"memory": self.memory, "as_of": self._as_of}
        with Session(self._reader, expire_on_commit=False, autoflush=False, info=info) as session:
            yield session

    def is_gone(self, name: Any) -> sa.ColumnElement[bool]:
        """Return the condition that nobody of this name is connected with these records; on SQLite it never holds.

        A process that was killed is gone at once. One that stalls is not; one that was cut off is until it comes back.
        """
        if self.is_sqlite:
            return sa.false()
        locks = sa.table("pg_locks", sa.column("locktype"), sa.column("classid"), sa.column("objid"))
        # A negative hash is the same oid; two names with one hash would only keep a lease from ending early.
        its_own = locks.c.objid == sa.func.oid(sa.func.hashtext(name))
        return ~sa.exists().where(locks.c.locktype == "advisory", locks.c.classid == PRESENCE, its_own)

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def _turn(self) -> Iterator[float]:
        """Let one thread write at a time, as SQLite does: who waits here is woken at once, who waits there sleeps.

        Gives the seconds that are left to wait there: both together are not longer than `LOCK_SECONDS`.
        """
        if not self.is_sqlite:
            yield LOCK_SECONDS
            return
        began = time.monotonic()
        if not self._writing.acquire(timeout=LOCK_SECONDS):
            raise OperationalError("BEGIN IMMEDIATE", None, TimeoutError("another thread is writing"))
        try:
            yield max(0.0, LOCK_SECONDS - (time.monotonic() - began))
        finally:
            self._writing.release()


def sqlite_version() -> tuple[ModuleType, tuple[int, ...]]:
    """Return the SQLite module in use and its version."""
    return bundled_sqlite, tuple(bundled_sqlite.sqlite_version_info)


def cause_of(error: DBAPIError) -> str:
    """Return what a database says is wrong; not its second line, where PostgreSQL quotes what people wrote."""
    return next(iter(str(error.orig).splitlines()), type(error.orig).__name__)


@contextmanager
def sole_process(url: sa.URL) -> Iterator[None]:
    """Hold the lock file beside a SQLite database for as long as the block runs.

    Raises `DatabaseInUse` when another process has it. PostgreSQL needs no such thing.
    """
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        yield
        return
    path = Path(f"{url.database}.lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DatabaseInUse(url.database) from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def create_private(path: Path) -> None:
    """Create a file that only its owner may read, unless it exists; SQLite gives its journals the same rights."""
    with suppress(OSError):  # whoever opens it says what is wrong
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=False)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _sqlite_engine(url: sa.URL) -> sa.Engine:
    module, version = sqlite_version()
    if url.database and url.database != ":memory:":
        create_private(Path(url.database))
    engine = sa.create_engine(
        url,
        module=module,
        json_serializer=_dumps,
        hide_parameters=True,  # an error is logged, what people wrote is not
        connect_args={"timeout": LOCK_SECONDS, "isolation_level": None, "check_same_thread": False},
    )
    journal = "WAL" if version >= SAFE_WAL else "TRUNCATE"

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # A deferred transaction that turns into a writer fails with "locked" at once: writers begin as writers.
        options = connection.get_execution_options()
        writes = options.get("writes", False)
        connection.exec_driver_sql(f"PRAGMA query_only={0 if writes else 1}")
        patience = round(options.get("patience", LOCK_SECONDS), 1)
        if connection.info.get("patience", LOCK_SECONDS) != patience:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={round(1000 * patience)}")
            connection.info["patience"] = patience
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql_engine(url: sa.URL, name: str) -> sa.Engine:
    engine = sa.create_engine(
        url,
        json_serializer=_dumps,
        hide_parameters=True,  # an error is logged, what people wrote is not
        pool_size=POOL_SIZE,
        max_overflow=2,
        pool_pre_ping=True,
        connect_args={"connect_timeout": LOCK_SECONDS, "options": f"-c lock_timeout={LOCK_SECONDS}s -c timezone=UTC"},
    )

    @event.listens_for(engine, "connect")
    def be_present(connection: Any, _record: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(%s, hashtext(%s))", (PRESENCE, name))
        connection.commit()  # the lock stays: it is the connection's

    return engine
