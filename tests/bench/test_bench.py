"""`make bench` runs, and prints every line that it promises; how fast things are is not a test's to say."""

import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent.parent
EACH_TRANSPORT = ("bare handler", "default Bolt app", "Focal /isctf status", "Focal /isctf update")
EACH_ENGINE = ("the board", "the board a week ago", "post an update", "notices: is any due?", "reminders: what is due?")


@pytest.fixture(scope="module")
def printed() -> str:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("transport", ["Socket Mode", "HTTP"])
def test_each_transport_has_its_lines(printed: str, transport: str) -> None:
    table = table_of(printed, f"Acknowledged over {transport}")
    assert [line for line in EACH_TRANSPORT if line not in table] == []
    assert "20 a second" in table


def test_idling_and_starting_are_compared(printed: str) -> None:
    table = table_of(printed, "Idle, over Socket Mode")
    assert [line for line in ("bare handler", "default Bolt app", "Focal") if line not in table] == []


def test_history_is_measured_at_three_sizes(printed: str) -> None:
    table = table_of(printed, "SQLite, p50 in ms by rows of history")
    assert [line for line in EACH_ENGINE if line not in table] == []
    assert "1,000       2,000       4,000      growth" in table


def test_a_brief_of_a_large_task_force_is_measured(printed: str) -> None:
    assert "read and render it, threads and all" in table_of(printed, "A brief of 100 areas and 500 issues")


def test_postgresql_is_measured_or_said_to_be_missing(printed: str) -> None:
    assert "PostgreSQL, p50 in ms" in printed or "PostgreSQL was not measured" in printed


def test_the_page_is_measured_or_said_not_to_be(printed: str) -> None:
    lines = ("usable after opening", "a message shows after it was posted", "a frame while scrolling 2,000 messages")
    assert "The page was not measured" in printed or [line for line in lines if line not in printed] == []


def table_of(printed: str, title: str) -> str:
    """Return one table of the output; tables end with an empty line."""
    return next(part for part in printed.split("\n\n") if part.startswith(title))
