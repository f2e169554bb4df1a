"""`python -m bench [--quick]`: measures the hot paths and prints what it finds. `make bench` runs it."""

import argparse
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.brief import measure_brief
from bench.history import measure_history
from bench.idle import measure_idling
from bench.latency import Pains, measure_latency
from bench.page import measure_page
from bench.programs import HOUSE
from foundation.database import sqlite_version


@dataclass(frozen=True)
class Extent:
    """How much is measured."""

    pains: Pains
    sizes: tuple[int, ...]
    times: int
    idle_seconds: int
    starts: int
    views: int
    """How often the page is opened; ten times as many messages are posted, a hundred times as many frames drawn."""


FULL = Extent(
    Pains(warm_up=30, commands=200, paced_seconds=30, syncs=500, quiet_within=40),
    (1_000, 100_000, 1_000_000),
    31,
    20,
    3,
    10,
)
QUICK = Extent(
    Pains(warm_up=2, commands=20, paced_seconds=1, syncs=50, quiet_within=1), (1_000, 2_000, 4_000), 3, 1, 1, 1
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measures the hot paths.")
    parser.add_argument("--quick", action="store_true", help="less of everything, in under a minute; also QUICK=1")
    quick = parser.parse_args(arguments).quick or os.environ.get("QUICK") == "1"
    _print_machine()
    # Beside the code rather than in /tmp, which may be memory: writes shall be kept where a bot would keep them.
    cache = HOUSE / ".cache"
    cache.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="bench-", dir=cache) as folder:
        measure(Path(folder), QUICK if quick else FULL)


def measure(folder: Path, extent: Extent) -> None:
    """Measure everything to an extent."""
    measure_latency(folder, extent.pains)
    measure_idling(folder, seconds=extent.idle_seconds, starts=extent.starts)
    measure_history(folder, extent.sizes, times=extent.times)
    measure_brief(folder, times=extent.times)
    measure_page(loads=extent.views, posts=extent.views * 10, frames=extent.views * 100)


def _print_machine() -> None:
    _, version = sqlite_version()
    print(
        f"Python {platform.python_version()}, SQLite {'.'.join(map(str, version))}, {os.cpu_count()} processors, "
        f"load {os.getloadavg()[0]:.1f}\n"
    )


if __name__ == "__main__":
    main()
