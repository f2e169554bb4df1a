"""How soon a slash command is acknowledged: Focal's reading and writing ones, beside apps that do nothing."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Event

from bench.figures import Table, milliseconds, percentile, ratio
from bench.load import Crowd
from bench.programs import FOCAL, TRANSPORTS, Running, comparison, load_sample, running, workspace
from bench.sample import count_owed, count_updates, sample_database, work_a_fortnight
from foundation.clock import Clock
from practice.server import PracticeServer

STATUS = "/isctf status"
UPDATE = "/isctf update climate on-track Draft {n} went round to all Bureaux | next: collect comments | help: none"
PER_SECOND = 20


@dataclass(frozen=True)
class Pains:
    """How much is measured."""

    warm_up: int
    commands: int
    paced_seconds: float
    syncs: int
    quiet_within: int
    """Seconds that Focal is given to send what is owed before anything is timed."""


@dataclass(frozen=True)
class Timed:
    """Commands of one kind: the seconds until each was acknowledged, and what the app's processor did meanwhile."""

    taken: list[float]
    processor: float
    """Seconds; what the app does beside answering is in it."""

    @property
    def middle(self) -> float:
        """The median."""
        return percentile(self.taken, 50)


def measure_latency(folder: Path, pains: Pains) -> None:
    """Print a table for each transport, and how long this disk takes to keep a page."""
    print_disk(folder, pains)
    for transport, spoken in TRANSPORTS.items():
        columns = ("p50 ms", "p99 ms", "p50 to bare", "to default", "CPU ms each")
        table = Table(f"Acknowledged over {spoken}", columns)
        with workspace() as slack:
            by_name = _doing_nothing(slack, transport, pains) | _focal(slack, transport, folder, pains)
        bare, default = (by_name[name].middle for name in ("bare handler", "default Bolt app"))
        for name, timed in by_name.items():
            table.add(
                name, milliseconds(timed.middle), milliseconds(percentile(timed.taken, 99)),
                ratio(timed.middle, bare), ratio(timed.middle, default),
                milliseconds(timed.processor / len(timed.taken)),
            )  # fmt: skip
        print(table)


def print_disk(folder: Path, pains: Pains) -> None:
    """Print how long one page takes to be on the disk: no durable write is sooner."""
    taken = []
    with (folder / "page").open("wb", buffering=0) as file:
        for _ in range(pains.syncs):
            begun = time.perf_counter()
            file.write(b"\0" * 4096)
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - begun)
    table = Table("This disk", ("p50 ms", "p99 ms"))
    table.add("write 4 KiB and fsync", *(milliseconds(percentile(taken, percent)) for percent in (50, 99)))
    print(table)


def _doing_nothing(slack: PracticeServer, transport: str, pains: Pains) -> dict[str, Timed]:
    by_name = {}
    for kind in ("bare", "default"):
        program = comparison(kind, transport)
        with running(program, slack, transport) as app:
            crowd = Crowd(slack, address=app.address)
            crowd.one_by_one(STATUS, pains.warm_up)
            by_name[program.name] = _timed(app, partial(crowd.one_by_one, STATUS, pains.commands))
    return by_name


def _focal(slack: PracticeServer, transport: str, folder: Path, pains: Pains) -> dict[str, Timed]:
    path = folder / f"{transport}.db"
    load_sample(slack, path)
    records = sample_database(path)
    work_a_fortnight(records, now=Clock().now())
    with running(FOCAL, slack, transport, path) as app:
        wait_until_quiet(path, pains.quiet_within)
        crowd = Crowd(slack, address=app.address)
        crowd.one_by_one(STATUS, pains.warm_up)
        reading = _timed(app, partial(crowd.one_by_one, STATUS, pains.commands))
        before = count_updates(records)
        crowd.one_by_one(UPDATE, pains.warm_up)
        writing = _timed(app, partial(crowd.one_by_one, UPDATE, pains.commands))
        paced = _timed(app, lambda: crowd.at_pace(UPDATE, per_second=PER_SECOND, seconds=pains.paced_seconds))
        kept = count_updates(records) - before
    records.close()
    posted = pains.warm_up + pains.commands + len(paced.taken)
    if kept != posted:
        print(f"NOT KEPT: {posted - kept} of {posted} updates; their authors were told so.\n")
    return {
        f"Focal {STATUS}": reading,
        "Focal /isctf update": writing,
        f"Focal /isctf update, {PER_SECOND} a second": paced,
    }


def _timed(app: Running, type_commands: Callable[[], list[float]]) -> Timed:
    before = app.processor_seconds()
    taken = type_commands()
    return Timed(taken, app.processor_seconds() - before)


def wait_until_quiet(path: Path, seconds: int) -> None:
    """Wait until Focal has sent what the sample owes, no longer than so many seconds."""
    records, pause = sample_database(path), Event()
    for _ in range(seconds * 4):
        if not count_owed(records):
            break
        pause.wait(0.25)
    records.close()
