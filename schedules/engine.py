"""The engine: everything that happens by itself, started and stopped as one."""

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from delivery.budget import Budget
from delivery.client import Headers, Line
from delivery.composing import Composer
from delivery.homes import HomeComposer, mark_all_homes
from delivery.mailroom import Mailroom, Timing
from delivery.outcomes import Done, outcome_of
from delivery.sender import Sender
from foundation.clock import Clock
from foundation.database import Database
from foundation.settings import Settings
from models.delivery import NoticeKind
from schedules.duties import DUTIES, NEXT_DUE, Duty, NextDue
from schedules.replay import ClockFollower
from schedules.ticks import Ticks
from schedules.timetable import Entry, timetable
from schedules.watchdog import Watchdog

log = structlog.get_logger("focal.schedules")

STOP_WITHIN = 15
"""Seconds that a stop waits for what is on its way; longer and the lease settles it."""

BREATH = 0.2
"""Seconds between two deliveries that were rung for: what a busy moment owes goes out together."""


@dataclass
class Engine:
    """Ticks, sender, watchdog and, in practice, the follower of its clock.

    `engine = Engine(database, clock, settings, composers=COMPOSERS, home=compose_home)`, then `engine.start()`; it
    returns at once. `engine.stop()` returns within 25 seconds; what was not finished is finished after the next start.
    Tests give their own `timing`, `pace` (None: as fast as possible), `duties` and `next_due`.
    """

    database: Database
    clock: Clock
    settings: Settings
    composers: Mapping[NoticeKind, Composer]
    home: HomeComposer
    duties: Mapping[str, Duty] = field(default_factory=lambda: DUTIES)
    next_due: Sequence[NextDue] = NEXT_DUE
    timing: Timing = field(default_factory=Timing)
    pace: float | None = 1.0
    ticks: Ticks = field(init=False)

    def __post_init__(self) -> None:
        self._follower: ClockFollower | None = None
        self._stopping = threading.Event()
        self._began = self.clock.steady()
        room = self._mailroom()
        self.ticks = Ticks(
            room, Sender(room), duties=self.duties, next_due=self.next_due, home=self.home,
            retention=self.settings.retention,
        )  # fmt: skip
        if self.settings.is_loopback:
            self._follower = ClockFollower(self.ticks, self.settings.api_url.removesuffix("api/"))
        self.entries: list[Entry] = timetable(self.ticks, tick_seconds=self.settings.tick_seconds)
        self._scheduler = self._schedule()
        self._watchdog = Watchdog(self._scheduler, self.entries, self.clock.real)
        self._doorbell = threading.Thread(target=self._answer_the_door, name="doorbell", daemon=True)

    def start(self) -> None:
        """Start everything. What is owed is sent at once."""
        if self._follower is not None:
            self._follower.start()
        mark_all_homes(self.ticks.room)
        self._scheduler.start()
        self._watchdog.start()
        self._doorbell.start()
        self.database.owed.set()

    def stop(self) -> None:
        """Begin nothing more, and wait for what is on its way."""
        self._stopping.set()
        self.ticks.stopping.set()
        self.database.owed.set()
        if self._follower is not None:
            self._follower.stop()
        self._watchdog.stop()
        closing = threading.Thread(target=self._finish, name="closing", daemon=True)
        closing.start()
        closing.join(STOP_WITHIN)
        if closing.is_alive():
            log.warning("engine.stopped_early", meaning="A call to Slack is still open: settled at the next start.")

    def tick_age(self) -> timedelta | None:
        """Return how long ago everything due was last done; None before the first time."""
        at = self.ticks.beats.get("act")
        return None if at is None else timedelta(seconds=self.clock.steady() - at)

    def delivery_age(self) -> timedelta:
        """Return how long ago everything owed was last sent or put off."""
        return timedelta(seconds=self.clock.steady() - self.ticks.beats.get("deliver", self._began))

    def slack_answers(self) -> bool:
        """Return whether Slack takes our token just now."""
        return isinstance(outcome_of(self.ticks.room.posting.auth_test), Done)

    # -- within ----------------------------------------------------------------------------------------------------

    def _mailroom(self) -> Mailroom:
        listener: Callable[[Headers], None] | None = self._heard if self.settings.is_loopback else None
        line = Line(
            token=self.settings.bot_token, base_url=self.settings.api_url, proxy=self.settings.https_proxy,
            time_out=int(self.timing.time_out.total_seconds()), on_headers=listener,
        )  # fmt: skip
        return Mailroom(
            database=self.database,
            clock=self.clock,
            posting=line.posting(),
            reading=line.reading(),
            composers=self.composers,
            budget=Budget(pace=self.pace),
            timing=self.timing,
        )

    def _heard(self, headers: Headers) -> None:
        if self._follower is not None:
            self._follower.heard(headers)

    def _schedule(self) -> BackgroundScheduler:
        # It warns whenever a tick takes longer than its interval, which is no reason to worry.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        logging.getLogger("apscheduler.executors.default").setLevel(logging.ERROR)
        scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(len(self.entries))},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )
        for entry in self.entries:
            seconds = entry.every.total_seconds()
            first = self.clock.real() + (timedelta() if entry.at_once else entry.every)
            scheduler.add_job(entry.tick, "interval", seconds=seconds, id=entry.name, next_run_time=first)
        return scheduler

    def _answer_the_door(self) -> None:
        """Send at once when a transaction owed something, rather than within a second."""
        while not self._stopping.is_set():
            self.database.owed.wait()
            self.database.owed.clear()
            if not self._stopping.is_set():
                self.ticks.deliver()
            self._stopping.wait(BREATH)

    def _finish(self) -> None:
        self._scheduler.shutdown(wait=True)
        self._doorbell.join()
        self.ticks.sender.close()
