"""Notices ticks that the scheduler forgot: it sleeps on when the machine's clock is set back, and this does not."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.base import BaseScheduler

from schedules.timetable import Entry

log = structlog.get_logger("focal.schedules")


class Watchdog:
    """Looks at the scheduler once in a while, by a clock that never jumps."""

    def __init__(self, scheduler: BaseScheduler, entries: list[Entry], real: Callable[[], datetime]) -> None:
        self._scheduler = scheduler
        self._entries = entries
        self._real = real
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._pause = min((entry.every for entry in entries), default=timedelta(seconds=1))

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopping.set()
        self._thread.join()

    def look(self) -> list[str]:
        """Wake every tick whose next run is more than two intervals ahead; return their names."""
        asleep = [entry for entry in self._entries if self._sleeps(entry)]
        for entry in asleep:
            self._scheduler.modify_job(entry.name, next_run_time=self._real())
            log.warning("tick.woken", tick=entry.name)
        return [entry.name for entry in asleep]

    def _sleeps(self, entry: Entry) -> bool:
        job = self._scheduler.get_job(entry.name)
        return job is not None and job.next_run_time - self._real() > 2 * entry.every

    def _watch(self) -> None:
        while not self._stopping.wait(self._pause.total_seconds()):
            self.look()
