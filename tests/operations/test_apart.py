"""What is done in a process of its own ends as if it had been done here."""

import subprocess
import sys
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent.parent
PROGRAM = """
from pathlib import Path
from operations.apart import do_apart
from operations.cannot import Cannot

def write():
    Path({file!r}).write_text("done")

def refuse():
    raise Cannot("The file names no chair.")

def die():
    import os
    os.kill(os.getpid(), 9)

try:
    do_apart({work})
except Cannot as reason:
    print(reason)
"""


def told(work: str, file: Path) -> str:
    """Run the program: a copy is made of a process without threads, which this one is not."""
    program = PROGRAM.format(work=work, file=str(file))
    done = subprocess.run([sys.executable, "-c", program], cwd=HOUSE, check=True, capture_output=True, text=True)
    return done.stdout


def test_it_is_done_when_the_call_returns(tmp_path: Path) -> None:
    assert told("write", tmp_path / "file") == ""
    assert (tmp_path / "file").read_text("utf-8") == "done"


def test_what_cannot_be_done_is_told_here(tmp_path: Path) -> None:
    assert told("refuse", tmp_path / "file") == "The file names no chair.\n"


def test_a_process_that_is_killed_is_told_as_well(tmp_path: Path) -> None:
    assert "was not loaded" in told("die", tmp_path / "file")
