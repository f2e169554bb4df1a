"""`bot.py` with an instant at which it dies, stops or stalls. Nothing in the bot knows of it.

    python -m tests.faults.doomed run

What happens when stands in the file `doom` of the working directory, for one time: `kill claiming`, `stop writing`,
`stall writing 9`. Instants are seen from outside: what goes to the database, and what goes over the wire.
How far the machine's clock is wrong, in seconds, stands in the file `jump`; how long its leases last, if not for
five seconds, in the file `lease`.
"""

import importlib.util
import signal
import sys
import threading
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partialmethod
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from apscheduler.schedulers import base as scheduler_base
from sqlalchemy import event
from sqlalchemy.orm import Session
from typing_extensions import override

from delivery.mailroom import Timing
from foundation.clock import Clock
from schedules.engine import Engine

ROOT = Path(__file__).resolve().parent.parent.parent
DOOM, JUMP, LEASE = Path("doom"), Path("jump"), Path("lease")
HURRIED = Timing(
    time_out=timedelta(seconds=2), margin=timedelta(seconds=1), lease=timedelta(seconds=5), settle=timedelta(seconds=1)
)
"""Leases and settling in seconds, in the proportions that they always have."""
BEGUN_WITHIN = timedelta(seconds=2)
"""How long after it was claimed a post may be begun, however long the lease lasts."""

BEGINNING = {"claim": "claiming", "record": "recording", "store": "storing"}
DONE = {"claim": "claimed", "record": "recorded", "store": "stored"}
WRITES = {b"chat.postMessage": "writing", b"conversations.history": "looking", b"conversations.replies": "looking"}

doing = threading.local()
"""What the transaction of this thread is for."""


def happens(instant: str) -> None:
    """Meet the doom that waits at this instant, if one does."""
    try:
        deed, where, *seconds = DOOM.read_text("utf-8").split()
    except (FileNotFoundError, ValueError):
        return
    if where != instant:
        return
    try:
        DOOM.rename("doom.met")
    except FileNotFoundError:  # another thread met it
        return
    if deed == "stall":
        threading.Event().wait(float(seconds[0]))
    else:
        # To this thread: sent to the process, another may take the signal, and this one goes on a little meanwhile.
        signal.pthread_kill(threading.get_ident(), {"kill": signal.SIGKILL, "stop": signal.SIGSTOP}[deed])


def purpose(statement: str, values: set[str]) -> str:
    """Return what a transaction is for, as far as one of its statements tells; empty if it does not."""
    moves_a_notice = statement.startswith("UPDATE notice") and " state=" in statement.partition(" WHERE ")[0]
    if moves_a_notice and "sending" in values:
        return "claim"
    if moves_a_notice and "sent" in values:
        return "record"
    return "store" if statement.startswith("INSERT INTO inbox") else ""


def watch_database() -> None:
    """See what a transaction is for, and when it is committed."""

    @event.listens_for(sa.Engine, "before_cursor_execute")
    def see(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: Any) -> None:
        values = set(map(str, parameters.values() if isinstance(parameters, dict) else parameters))
        doing.what = purpose(statement, values) or getattr(doing, "what", "")

    @event.listens_for(sa.Engine, "commit")
    def commit(_conn: Any) -> None:
        happens(BEGINNING.get(getattr(doing, "what", ""), ""))

    @event.listens_for(Session, "after_commit")
    def committed(session: Any) -> None:
        if session.in_nested_transaction():  # only a savepoint
            return
        what, doing.what = getattr(doing, "what", ""), ""
        happens(DONE.get(what, ""))

    @event.listens_for(Session, "after_soft_rollback")
    def rolled_back(_session: Any, previous: Any) -> None:
        if not previous.nested:
            doing.what = ""


def watch_wire(name: str, arguments: tuple[Any, ...]) -> None:
    """See a request to Slack whose first byte is about to be written."""
    if name == "http.client.send" and isinstance(arguments[1], bytes):
        first_line = arguments[1].partition(b"\r\n")[0]
        happens(next((instant for method, instant in WRITES.items() if method in first_line), ""))


class WrongClock(Clock):
    """A machine's clock that is as wrong as the file `jump` says."""

    @override
    def now(self) -> datetime:
        return super().now() + wrong_by()

    @override
    def real(self) -> datetime:
        return super().real() + wrong_by()


class WrongTime(datetime):
    """The same for the scheduler, which reads the clock by itself."""

    @classmethod
    @override
    def now(cls, tz: Any = None) -> Any:
        return datetime.now(tz) + wrong_by()  # noqa: TID251


def wrong_by() -> timedelta:
    """Return how far the machine's clock is wrong."""
    return span_in(JUMP, otherwise=timedelta())


def span_in(file: Path, *, otherwise: timedelta) -> timedelta:
    """Return the seconds that stand in a file."""
    try:
        return timedelta(seconds=float(file.read_text("utf-8")))
    except FileNotFoundError:
        return otherwise


def main() -> int:
    """Run `bot.py` in this process."""
    watch_database()
    sys.addaudithook(watch_wire)
    scheduler_base.datetime = WrongTime
    lease = span_in(LEASE, otherwise=HURRIED.lease)
    timing = replace(HURRIED, lease=lease, margin=lease - HURRIED.time_out - BEGUN_WITHIN)
    Engine.__init__ = partialmethod(Engine.__init__, timing=timing)  # type: ignore[assignment, method-assign]
    found = importlib.util.spec_from_file_location("roof", ROOT / "bot.py")
    assert found is not None
    assert found.loader is not None
    roof = importlib.util.module_from_spec(found)
    found.loader.exec_module(roof)
    vars(roof)["CLOCK"] = WrongClock()
    return int(roof.main())


if __name__ == "__main__":
    sys.exit(main())
