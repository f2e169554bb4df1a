"""The file of SQLite cannot be written: people are told so within Slack's three seconds, and nothing is lost."""

import resource
import sqlite3
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from practice.workspace import Settings
from tests.e2e.stage import Stage
from tests.e2e.stage import stage as set_stage
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, acknowledged, copies, lay_card, new_words, pass_time, report, rest
from tests.slack_player import Answer, wait_for

CANNOT_STORE = "cannot store anything right now"
AT_ONCE = 6
SLACK_WAITS = Settings().ack_seconds
DISK = 8 * 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a small disk where this machine lets us mount one; else a folder, whose files a limit keeps small."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", str(place)]
    mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    yield place
    if mounted:
        subprocess.run(["umount", "--lazy", place], check=True)


@pytest.fixture
def stage(tmp_path: Path, disk: Path) -> Iterator[Stage]:
    """Give a stage whose database lies on that disk."""
    with set_stage(tmp_path, f"sqlite:///{disk / 'focal.db'}", "socket", DoomedBot) as set_up:
        yield set_up


def all_at_once(stage: Stage) -> dict[str, Answer]:
    """Let several report at the same moment; return what each said, and was answered while Slack waits."""
    found: dict[str, Answer] = {}

    def one(said: str) -> None:
        found[said] = report(stage, said)

    threads = [threading.Thread(target=one, args=(new_words(),)) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def each_was_told(answers: dict[str, Answer]) -> bool:
    """Whether everybody was told in a private sentence that it could not be stored."""
    assert {answer.error for answer in answers.values()} == {""}
    return all(answer.ephemeral and CANNOT_STORE in answer.plain for answer in answers.values())


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Let a process that is not the bot hold the database's write lock."""
    with closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def filled(stage: Stage, disk: Path) -> Iterator[None]:
    """Let the disk be full; where it is not a disk of its own, let no file of the bot grow."""
    filler = disk / "filler"
    if disk.is_mount():
        with filler.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(b"x" * 4096):
                pass
    else:
        grown = max(each.stat().st_size for each in disk.iterdir())
        resource.prlimit(stage.bot.pid, resource.RLIMIT_FSIZE, (grown, resource.RLIM_INFINITY))
    yield
    filler.unlink(missing_ok=True)
    resource.prlimit(stage.bot.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@pytest.mark.fault(22)
def test_a_locked_database_is_said_in_time_and_loses_nothing(
    stage: Stage, disk: Path, whole: bool, record_property: See
) -> None:
    lay_card(stage)
    seconds = 60 if whole else 3
    if whole:  # how fast this machine is, is not for every run to judge
        stage.slack.workspace.settings.ack_seconds = SLACK_WAITS
    owed = new_words()
    assert acknowledged(report(stage, owed))
    with locked(disk / "focal.db"):
        answers = all_at_once(stage)
        assert each_was_told(answers)
        pass_time(seconds)
        again = all_at_once(stage)
        assert each_was_told(again)
    after = new_words()
    wait_for(lambda: acknowledged(report(stage, after)), seconds=60)
    wait_for(lambda: copies(stage, owed) == copies(stage, after) == 1, seconds=60)
    rest(stage)
    assert not any(copies(stage, said) for said in answers | again)
    within = f"{stage.slack.workspace.settings.ack_seconds:.0f} s"
    record_property("seen", f"locked {seconds} s: {2 * AT_ONCE} told within {within}, none acknowledged, 0 lost")


@pytest.mark.fault(24)
def test_a_full_disk_is_said_and_what_was_acknowledged_stays(stage: Stage, disk: Path, record_property: See) -> None:
    lay_card(stage)
    kept: list[str] = []
    with filled(stage, disk):
        # There may be room left within the file: until there is none, what is acknowledged counts.
        refused: dict[str, Answer] = {}
        while not refused:
            said = new_words()
            answer = report(stage, said)
            if acknowledged(answer):
                kept.append(said)
            else:
                refused[said] = answer
        assert each_was_told(refused)
        assert not stage.bot.ended
    after = new_words()
    wait_for(lambda: acknowledged(report(stage, after)), seconds=60)
    wait_for(lambda: all(copies(stage, said) == 1 for said in [*kept, after]), seconds=90)
    rest(stage)
    assert not any(copies(stage, said) for said in refused)
    how = "a full tmpfs" if disk.is_mount() else "files that cannot grow"
    record_property("seen", f"{how}: told so, not acknowledged; goes on when there is room")
