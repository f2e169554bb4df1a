"""What Focal costs while nothing happens, and how soon it is connected after its start."""

from pathlib import Path
from statistics import median
from threading import Event

from bench.figures import Table, milliseconds, ratio
from bench.latency import wait_until_quiet
from bench.programs import FOCAL, Program, comparison, load_sample, running, workspace
from bench.sample import sample_database, work_a_fortnight
from foundation.clock import Clock
from practice.server import PracticeServer

MEBIBYTE = 1024 * 1024
SETTLING = 3
"""Seconds after the last message until idling begins."""


def measure_idling(folder: Path, *, seconds: int, starts: int) -> None:
    """Print processor and memory of the idle programs, and the median of their starts."""
    path = folder / "idle.db"
    table = Table("Idle, over Socket Mode", ("CPU %", "memory MiB", "memory", "start ms", "start"))
    with workspace() as slack:
        load_sample(slack, path)
        records = sample_database(path)
        work_a_fortnight(records, now=Clock().now())
        records.close()
        programs = [comparison("bare", "socket"), comparison("default", "socket"), FOCAL]
        idling = [_idle(program, slack, path, seconds=seconds) for program in programs]
        started = [_median_start(program, slack, path, starts) for program in programs]
    for program, (share, memory), start in zip(programs, idling, started, strict=True):
        table.add(
            program.name, f"{share:.2f}", f"{memory:.1f}", ratio(memory, idling[0][1]), milliseconds(start),
            ratio(start, started[0]),
        )  # fmt: skip
    print(table)


def _idle(program: Program, slack: PracticeServer, path: Path, *, seconds: int) -> tuple[float, float]:
    """Return the share of one processor in percent, and the resident memory in MiB."""
    with running(program, slack, "socket", path) as app:
        if program is FOCAL:
            wait_until_quiet(path, 2 * seconds)
        pause = Event()
        pause.wait(min(SETTLING, seconds))
        before = app.processor_seconds()
        pause.wait(seconds)
        used = app.processor_seconds() - before
        return used / seconds * 100, app.process.memory_info().rss / MEBIBYTE


def _median_start(program: Program, slack: PracticeServer, path: Path, starts: int) -> float:
    taken: list[float] = []
    for _ in range(starts):
        with running(program, slack, "socket", path) as app:
            taken.append(app.connected_after)
    return median(taken)
