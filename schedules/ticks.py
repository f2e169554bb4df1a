"""The ticks: each reads the clock once, does its duties, and leaves a beat that shows it is alive."""

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from delivery.conversations import open_conversations
from delivery.edits import edit_overtaken
from delivery.homes import HomeComposer, publish_homes
from delivery.looking import looker, looker_for_doubts
from delivery.mailroom import Mailroom
from delivery.profiles import learn_profiles, learn_quiet_times
from delivery.reconcile import settle_doubts, sweep_copies
from delivery.sender import Sender
from foundation.database import cause_of
from foundation.errors import Refusal
from models.delivery import Pulse
from schedules.clock_guard import ClockGuard
from schedules.duties import Duty, NextDue
from services.auditor import audit
from services.issue_links import WORKSPACE
from services.retention import forget

log = structlog.get_logger("focal.schedules")

DUTIES_LOCK = 0x0F0CA2
"""PostgreSQL's advisory lock: one replica at a time does the duties."""


class Ticks:
    """Everything that happens by itself. Each method may be called at any moment, from any thread."""

    def __init__(
        self,
        room: Mailroom,
        sender: Sender,
        *,
        duties: Mapping[str, Duty],
        next_due: Sequence[NextDue],
        home: HomeComposer,
        retention: timedelta | None,
    ) -> None:
        self.room = room
        self.sender = sender
        self.duties = duties
        self.next_due = next_due
        self.home = home
        self.retention = retention
        self.stopping = threading.Event()
        self.beats: dict[str, float] = {}
        """When each tick and each duty last came to its end, on the steady clock."""
        self._guard = ClockGuard(room.clock, room.posting)
        self._anything_due = looker(room)
        self._anything_in_doubt = looker_for_doubts(room)
        self._acting = threading.Lock()
        self._delivering = threading.Lock()

    # -- what is entered in the timetable --------------------------------------------------------------------------

    def act(self) -> None:
        """Do everything that is due, at one moment."""
        with self._acting:
            if not self._guard.look():
                return  # and no beat: health tells, the log says why
            self.room.database.memory[WORKSPACE] = self._guard.home
            now = self.room.clock.now()
            failed = [name for name, duty in self.duties.items() if not self._do(name, partial(duty, now=now))]
            tick = Pulse(name="tick", at=self.room.clock.real(), detail=", ".join(failed))
            # The beat comes with it: while the records are away nothing is done, and the age of the tick tells.
            self._do("act", lambda session: session.merge(tick))

    def deliver(self) -> None:
        """Send what is owed, and bring what stands in Slack up to date."""
        with self._delivering:
            self._try("deliver", self._deliver)
        self._beat("deliver")

    def settle(self) -> None:
        """Look for what may or may not have been posted, and for copies."""
        self._try("settle", self._settle)
        self._beat("settle")

    def open_conversations(self) -> None:
        """Open direct messages ahead of time."""
        self._try("open conversations", lambda: open_conversations(self.room))

    def learn_about_people(self) -> None:
        """Ask Slack who the members are, and when those who are soon reminded want to be left alone."""
        self._try("learn profiles", lambda: learn_profiles(self.room, wait=self.stopping.wait))
        self._try("learn quiet times", lambda: learn_quiet_times(self.room, wait=self.stopping.wait))

    def audit(self) -> None:
        """Look at the engine from outside; `/healthz` and `doctor` tell what was found."""
        with suppress(OperationalError), self.room.database.reading() as session:
            findings = audit(session, now=self.room.clock.now(), real=self.room.clock.real())
            for finding in findings:
                log.error("audit", finding=finding.code, count=finding.count)

    def forget(self) -> None:
        """Remove what was only needed to deliver, once it is old."""
        if self.retention is not None:
            before, now = self.room.clock.real() - self.retention, self.room.clock.now()
            self._do("forget", lambda session: forget(session, before=before, now=now))

    # -- within ----------------------------------------------------------------------------------------------------

    def _deliver(self) -> None:
        self.room.budget.denied = False
        if not self._anything_due():
            return
        if self._guard.trusted:
            self._try("send", lambda: self.sender.deliver(stopping=self.stopping.is_set))
        if not self.stopping.is_set():
            self._try("edit", lambda: edit_overtaken(self.room))
            self._try("publish", lambda: publish_homes(self.room, self.home))

    def _settle(self) -> None:
        if self._anything_in_doubt():
            self._try("settle", lambda: settle_doubts(self.room))
            self._try("sweep", lambda: sweep_copies(self.room))

    def _do(self, name: str, work: Callable[[Session], object]) -> bool:
        def in_transaction() -> None:
            with self.room.database.transaction() as session:
                if _alone(session):
                    work(session)
            self._beat(name)

        return self._try(name, in_transaction)

    def _try(self, name: str, work: Callable[[], object]) -> bool:
        """One part that fails must not keep the others from being done. Returns False where something is wrong."""
        try:
            work()
        except OperationalError as error:
            log.warning("tick.database_busy", part=name, cause=cause_of(error))
        except Refusal as refusal:
            # No task force is loaded yet.
            log.info("tick.refused", part=name, why=refusal.msgid)
        except Exception:
            log.exception("tick.failed", part=name)
            return False
        return True

    def _beat(self, name: str) -> None:
        self.beats[name] = self.room.clock.steady()


def _alone(session: Session) -> bool:
    """Whether no other replica is doing duties; SQLite has one writer anyway."""
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(DUTIES_LOCK))))
