"""The only room that reads the clock.

`now()` is the task force's time: what is due. It can be moved, by the practice workspace alone. `real()` is the
machine's time, for leases, back-off, settling, signatures and time-outs; `steady()` never jumps, for watchdogs.
"""

import threading
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Two clocks in one: a movable `now` and the real one."""

    def __init__(self) -> None:
        self._offset = timedelta()
        self._held: datetime | None = None
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Return the task force's present (aware, UTC)."""
        with self._lock:
            return self._held if self._held is not None else datetime.now(UTC) + self._offset

    def real(self) -> datetime:
        """Return the machine's present (aware, UTC)."""
        return datetime.now(UTC)

    def steady(self) -> float:
        """Return seconds that only ever grow."""
        return time.monotonic()

    @property
    def offset(self) -> timedelta:
        """How far `now` runs ahead of the machine."""
        return self._offset

    def hold(self, at: datetime) -> None:
        """Stop `now` at one moment, so that a moved clock visits every due moment in order."""
        with self._lock:
            self._held = at

    def follow(self, offset: timedelta) -> None:
        """Let `now` run again, this far ahead of the machine."""
        with self._lock:
            self._held = None
            self._offset = offset
