"""Follows the clock of a practice workspace: moved ahead, every due moment on the way is visited in order."""

import json
import threading
from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

import structlog

from delivery.client import Headers
from foundation.language import LANGUAGES, language
from schedules.ticks import Ticks
from services.upcoming import Upcoming, what_comes
from views.upcoming import upcoming_words

log = structlog.get_logger("focal.schedules")

HEADER, LIMITS = "X-Practice-Clock-Offset", "X-Practice-Limits"
UNKNOWN = "nan"
PLAN, VISITING = "/practice/plan", "/practice/clock/visiting"
LONG_POLL, SHORT_CALL = 40, 5
PATIENCE = 30
"""Seconds that the sender is given at each moment, where the workspace limits how fast it may post."""
MOST_MOMENTS = 20_000
UNREACHABLE = (URLError, OSError, HTTPException, ValueError)


class ClockFollower:
    """Listens to a practice workspace's clock, moves ours the same way, and tells the workspace what comes next."""

    def __init__(self, ticks: Ticks, practice_url: str) -> None:
        self.ticks = ticks
        self.clock = ticks.room.clock
        self._url = practice_url.rstrip("/")
        self._moved = threading.Event()
        self._stopping = threading.Event()
        self._told: list[Upcoming] | None = None
        # Asked every second: while nothing is written and no moment passes, the plan is what it was.
        self._seen: tuple[object, timedelta] | None = None
        self._until = self.clock.now()
        self._threads = [
            threading.Thread(target=self._listen, name="practice-clock", daemon=True),
            threading.Thread(target=self._follow, name="replay", daemon=True),
        ]

    def start(self) -> None:
        """Take over the workspace's time as it is, then follow it."""
        offset = self._ask(UNKNOWN, SHORT_CALL)
        if offset is not None:
            # What was missed while the bot was not running is downtime, not replay.
            self.clock.follow(offset)
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop following."""
        self._stopping.set()
        self._moved.set()
        self._threads[1].join(SHORT_CALL)

    def heard(self, headers: Headers) -> None:
        """Compare the offset that came with an answer of Slack's; a workspace without limits needs no pace."""
        limits = headers.get(LIMITS) or "1"
        self.ticks.room.budget.scale = None if limits == "off" else float(limits)
        said = headers.get(HEADER)
        if said is not None and f"{self.clock.offset.total_seconds():.3f}" != said:
            self._moved.set()

    def visit(self, offset: timedelta) -> None:
        """Move our clock to a new offset. Ahead: stop at every moment at which something is due, and let it happen."""
        start, end = self.clock.now(), self.clock.real() + offset
        try:
            if end > start:
                self._visit_between(start, end)
        finally:
            # Whatever happened on the way, the clock must not stand still.
            self.clock.follow(offset)
            self._send(VISITING, {"at": None})
        self._happen()

    def tell_plan(self) -> None:
        """Tell the workspace's page what comes next, when that is news."""
        now, offset = self.clock.now(), self.clock.offset
        with self.ticks.room.database.reading() as session:
            seen = (session.info["as_of"], offset)
            if seen == self._seen and now < self._until:
                return
            comes = what_comes(session, now=now)
        if comes == self._told or self._send(PLAN, {"items": [_item(each) for each in comes]}):
            self._told, self._until = comes, comes[0].at if comes else now + timedelta(minutes=1)
            self._seen = seen if seen[0] is not None else None

    # -- within ----------------------------------------------------------------------------------------------------

    def _visit_between(self, start: datetime, end: datetime) -> None:
        moment: datetime | None = start
        for _ in range(MOST_MOMENTS):
            if moment is None or moment > end or self._stopping.is_set():
                return
            self.clock.hold(moment)
            # What is posted now is dated by this moment, not by the one that the workspace has gone ahead to.
            self._send(VISITING, {"at": moment.isoformat()})
            self._happen()
            moment = self._next_moment(moment)
        log.error("replay.endless", moment=str(moment))

    def _next_moment(self, after: datetime) -> datetime | None:
        with self.ticks.room.database.reading() as session:
            found = [next_due(session, after) for next_due in self.ticks.next_due]
        return min((moment for moment in found if moment is not None), default=None)

    def _happen(self) -> None:
        self.ticks.act()
        for _ in range(PATIENCE * 10):
            self.ticks.deliver()
            if not self.ticks.sender.waits_for_pace() or self._stopping.wait(0.1):
                return

    def _listen(self) -> None:
        while not self._stopping.is_set():
            offset = self._ask(f"{self.clock.offset.total_seconds():.3f}", LONG_POLL)
            if offset is None:
                self._stopping.wait(1)
            elif offset != self.clock.offset:
                self._moved.set()
                # The other thread is on its way there; until it arrives there is no news.
                self._stopping.wait(0.05)

    def _follow(self) -> None:
        while not self._stopping.is_set():
            moved = self._moved.wait(1)
            self._moved.clear()
            try:
                self._catch_up(moved=moved)
            except Exception:
                log.exception("replay.failed")

    def _catch_up(self, *, moved: bool) -> None:
        offset = self._ask(UNKNOWN, SHORT_CALL) if moved else None
        if offset is not None and offset != self.clock.offset and not self._stopping.is_set():
            self.visit(offset)
        self.tell_plan()

    def _ask(self, known: str, seconds: float) -> timedelta | None:
        try:
            with urlopen(f"{self._url}/practice/clock/wait?offset={known}", timeout=seconds) as answer:  # noqa: S310
                return timedelta(seconds=float(json.load(answer)["offset"]))
        except UNREACHABLE:
            return None

    def _send(self, path: str, body: dict[str, Any]) -> bool:
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self._url}{path}", json.dumps(body).encode(), headers)  # noqa: S310 - our own http address
        try:
            with urlopen(request, timeout=SHORT_CALL):  # noqa: S310
                return True
        except UNREACHABLE:
            return False


def _item(comes: Upcoming) -> dict[str, Any]:
    texts = {code: upcoming_words(comes, language(code)) for code in LANGUAGES}
    return {"at": comes.at.isoformat(), "kind": comes.kind, "texts": texts}
