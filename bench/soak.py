"""`python -m bench.soak`: thousands of notices through faults and kills, by two replicas; then by a naive sender."""

import argparse
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event, Thread

import sqlalchemy as sa
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlmodel import col, select
from typing_extensions import override

from bench.figures import Table, percentile
from bench.programs import HOUSE, PATIENCE, TASK_FORCE, environment
from delivery.composing import FILE
from delivery.mailroom import mark_of
from foundation.clock import Clock
from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState
from practice import acts
from practice.faults import AFTER_ACCEPTANCE, BEFORE_ACCEPTANCE, Fault, Faults
from practice.limits import POSTS_PER_CHANNEL_BURST, POSTS_PER_MINUTE, Limits
from practice.refusals import Json
from practice.server import PracticeServer
from practice.world import BOT_USER, Channel
from services.directory import person_of
from services.meetings import Appointment, schedule_meeting
from tests.postgresql import start_postgres

POST = "chat.postMessage"
HANG = 12.0
"""Seconds: longer than the bot waits."""
OVER = {NoticeState.SENT, NoticeState.DEAD, NoticeState.EXPIRED, NoticeState.SUPERSEDED}
UPLOADED = "https://slack.example/files/MTG-1.ics"
KILL_EVERY = (2.0, 6.0)
"""Seconds between two kills, at random."""
TYPING_EVERY = 1.0
TRIES = 6
"""How often the naive sender tries."""


@dataclass(frozen=True)
class Extent:
    """How much is soaked. `factor` multiplies what the workspace allows."""

    notices: int
    channels: int
    factor: float
    faults: float = 0.1
    longest: int = 3000
    """Seconds after which it is given up."""

    @property
    def least(self) -> float:
        """Return the seconds that Slack's limits make it last at the least: a first burst, then the steady rate."""
        in_all = (self.notices - POSTS_PER_MINUTE * self.factor) / (POSTS_PER_MINUTE / 60 * self.factor)
        one = (self.notices / self.channels - POSTS_PER_CHANNEL_BURST * self.factor) / self.factor
        return max(in_all, one, 1.0)


FULL, QUICK = Extent(6_000, 60, 1.0), Extent(600, 60, 1.0)


class FaultsByChance(Faults):
    """A share of all posts suffers a fault, each kind as often as the others."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.suffered: Counter[str] = Counter()
        self._chance = random.Random(19)
        self._kinds = sorted(BEFORE_ACCEPTANCE | AFTER_ACCEPTANCE)

    @override
    def take(self, method: str, payload: Json) -> Fault | None:
        if method != POST or self._chance.random() >= self.share:
            return None
        kind = self._chance.choice(self._kinds)
        self.suffered[kind] += 1
        return Fault(method, kind, seconds=HANG)


@dataclass
class Replica:
    """One `bot.py run`, started again whenever it was killed."""

    environ: dict[str, str]
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "bot.py", "run"], cwd=HOUSE, env=self.environ, stdout=subprocess.DEVNULL
        )

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


@dataclass
class People:
    """Somebody asks for the board once a second; how long each answer took, and how many never came."""

    slack: PracticeServer
    taken: list[float] = field(default_factory=list)
    unanswered: int = 0

    def ask(self, over: Event) -> None:
        while not over.wait(TYPING_EVERY):
            begun = time.perf_counter()
            answer = self.slack.run(acts.send(self.slack.workspace, "U0BO", "C0TASKFORCE", "/isctf status", None))
            if answer["ok"]:
                self.taken.append(time.perf_counter() - begun)
            else:
                self.unanswered += 1


@contextmanager
def limited_workspace(extent: Extent) -> Iterator[PracticeServer]:
    """Run a workspace with many channels, Slack's limits times the factor, and faults by chance."""
    with PracticeServer(task_force_file=TASK_FORCE, limits=Limits(factor=extent.factor)) as slack:
        slack.workspace.faults = FaultsByChance(extent.faults)
        for channel in channels(extent):
            slack.world.channels[channel] = Channel(channel, channel.lower(), members=[BOT_USER])
        yield slack


def channels(extent: Extent) -> list[str]:
    """Return the ids of the channels."""
    return [f"C0SOAK{number:03}" for number in range(extent.channels)]


def owe_all(database: Database, extent: Extent) -> None:
    """Owe every notice: the announcement of one meeting, to each channel, again and again."""
    now = Clock().now()
    with database.transaction() as session:
        secretariat = person_of(session, "U0SEC")
        assert secretariat is not None  # noqa: S101 - the sample has one
        start = (now + timedelta(days=300)).replace(hour=14, minute=30, second=0, microsecond=0, tzinfo=None)
        appointment = Appointment(start, "Europe/Zurich")
        meeting = schedule_meeting(session, actor=secretariat, appointment=appointment, title="ISC-TF 43", now=now)
        session.connection().execute(sa.delete(Notice))
        everywhere = channels(extent)
        # Its file is there already: what is measured is posts, of which most have none.
        refs = {"meeting_id": meeting.id, "news": "scheduled", "revision": meeting.revision, FILE: UPLOADED}
        session.add_all(
            Notice(
                key=f"soak:{number}", kind=NoticeKind.MEETING_POST, subject=meeting.ref, refs=refs, due_at=now,
                channel=everywhere[number % len(everywhere)], created_at=now,
            )
            for number in range(extent.notices)
        )  # fmt: skip


def unfinished(database: Database) -> int:
    """Return how many notices are not settled yet."""
    with database.reading() as session:
        count = sa.select(sa.func.count()).where(col(Notice.state).not_in(OVER), col(Notice.key).like("soak:%"))
        return int(session.connection().scalar(count) or 0)


def copies(slack: PracticeServer, marks: Sequence[str]) -> Counter[int]:
    """Return how many notices stand in Slack how often."""
    found: Counter[str] = Counter()
    for channel in slack.world.channels.values():
        for message in channel.messages:
            found[((message.get("metadata") or {}).get("event_payload") or {}).get("key", "")] += 1
    return Counter(found[mark] for mark in marks)


def soak(url: str, extent: Extent) -> Table:
    """Send everything with two replicas that are killed again and again, and count what came of it."""
    with limited_workspace(extent) as slack:
        environ = environment(slack, None) | {"DATABASE_URL": url, "OPS_PORT": "0"}
        subprocess.run([sys.executable, "bot.py", "load", str(TASK_FORCE)], cwd=HOUSE, env=environ, check=True)  # noqa: S603
        database = Database(url)
        replicas, people, over = [Replica(environ), Replica(environ)], People(slack), Event()
        for replica in replicas:
            replica.start()
        slack.run(slack.workspace.socket_mode.connected.wait(), seconds=PATIENCE)
        owe_all(database, extent)
        begun = time.perf_counter()
        asking = Thread(target=people.ask, args=(over,))
        asking.start()
        kills = _kill_until(lambda: unfinished(database) == 0, slack, replicas, extent.longest)
        seconds = time.perf_counter() - begun
        over.set()
        asking.join()
        Event().wait(75)  # the first sweep for later copies
        for replica in replicas:
            replica.kill()
        table = _table(slack, database, extent, (seconds, kills), people)
        database.close()
    return table


def _kill_until(done: Callable[[], bool], slack: PracticeServer, replicas: list[Replica], longest: int) -> int:
    """Kill one after the other, each while both are connected: on a busy machine none would ever begin to work."""
    chance, kills, pause = random.Random(7), 0, Event()
    end = time.monotonic() + longest
    while not done() and time.monotonic() < end:
        pause.wait(chance.uniform(*KILL_EVERY))
        if len(slack.workspace.socket_mode.connections) < len(replicas):
            continue
        victim = replicas[kills % len(replicas)]
        victim.kill()
        victim.start()
        kills += 1
    return kills


def _table(slack: PracticeServer, database: Database, extent: Extent, took: tuple[float, int], people: People) -> Table:
    seconds, kills = took
    with database.reading() as session:
        marks = [mark_of(each) for each in session.exec(select(Notice).where(col(Notice.key).like("soak:%")))]
    stand = copies(slack, marks)
    twice = sum(count for times, count in stand.items() if times > 1)
    faults = slack.workspace.faults
    assert isinstance(faults, FaultsByChance)  # noqa: S101
    table = Table(f"{extent.notices} notices, limits × {extent.factor:g}", ("",))
    table.add("lost", str(stand[0]))
    table.add("twice", str(twice))
    table.add("kill -9", str(kills))
    table.add("faults suffered", str(faults.suffered.total()))
    refusals = slack.workspace.limits.refusals
    table.add("answered 429 beside those", str(sum(refusals.values())))
    for method, times in sorted(refusals.items()):
        table.add(f"  {method}", str(times))
    table.add("least seconds that the limits allow", f"{extent.least:.0f}")
    table.add("seconds taken", f"{seconds:.0f}")
    table.add("taken to least", f"× {seconds / extent.least:.2f}")
    if people.taken:
        table.add("people answered within, p50 ms", f"{percentile(people.taken, 50) * 1000:.0f}")
        table.add("people answered within, p99 ms", f"{percentile(people.taken, 99) * 1000:.0f}")
    table.add(
        "commands met by a kill and not answered", f"{people.unanswered} of {people.unanswered + len(people.taken)}"
    )
    return table


def naive(extent: Extent) -> Table:
    """Send as most programs do, once more after an error: to show that what is counted can be wrong."""
    with limited_workspace(extent) as slack:
        slack.workspace.limits.enabled = False
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=10)
        marks = [f"naive-{number}" for number in range(extent.notices)]
        everywhere = channels(extent)

        def send(number: int) -> None:
            metadata = {"event_type": "naive", "event_payload": {"key": marks[number]}}
            for _ in range(TRIES):
                try:
                    client.chat_postMessage(
                        channel=everywhere[number % len(everywhere)], text="Hello", metadata=metadata
                    )
                except (SlackApiError, SlackClientError, OSError, ValueError):
                    continue
                return

        with ThreadPoolExecutor(8) as workers:
            list(workers.map(send, range(extent.notices)))
        stand = copies(slack, marks)
    table = Table(f"{extent.notices} notices, sent again after an error", ("",))
    table.add("lost", str(stand[0]))
    table.add("twice", str(sum(count for times, count in stand.items() if times > 1)))
    return table


def main(arguments: Sequence[str] | None = None) -> None:
    """Soak and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description="Thousands of notices, faults and kills.")
    parser.add_argument("--quick", action="store_true", help="a tenth of it; also QUICK=1")
    quick = parser.parse_args(arguments).quick or os.environ.get("QUICK") == "1"
    extent = QUICK if quick else FULL
    server = start_postgres()
    try:
        print(soak(server.fresh_url(), extent), flush=True)
    finally:
        server.stop()
    print(naive(QUICK))


if __name__ == "__main__":
    main()
