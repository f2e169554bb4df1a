"""The bot is told to end while people write: it ends in order, and what it acknowledged is stored."""

import threading

import pytest

from tests.e2e.stage import Stage, soon

DATABASES = ["sqlite", "postgresql"]
pytestmark = pytest.mark.parametrize(
    "stage", [(database, "socket") for database in DATABASES], indirect=True, scope="module", ids=DATABASES
)
WRITERS = ("ama", "ben", "bo")
POSTED = ("Posted for", "Publié pour")


def test_what_was_acknowledged_before_the_end_is_stored_and_a_backup_meanwhile_is_whole(stage: Stage) -> None:
    acknowledged: list[str] = []
    otherwise: list[str] = []
    ended = threading.Event()

    def write(name: str) -> None:
        writer = stage.player(name)
        while not ended.is_set():
            answer = writer.command(f"update climate at-risk {name} has written {len(acknowledged)}")
            (acknowledged if answer.plain.startswith(POSTED) else otherwise).append(answer.plain)

    writing = [threading.Thread(target=write, args=(name,)) for name in WRITERS]
    for writer in writing:
        writer.start()
    soon(lambda: len(acknowledged) > len(WRITERS))
    assert "checked" in stage.bot.command("backup", "kept")
    already = len(acknowledged)
    soon(lambda: len(acknowledged) > already)
    assert stage.bot.stop() == 0
    ended.set()
    for writer in writing:
        writer.join()
    assert stage.bot.command("export").count("update.post") >= len(acknowledged), otherwise
    # On a slow machine the backup may keep the database from writers for longer than they wait: they are told so.
    assert [each for each in stage.bot.errors() if each.get("cause") != "OperationalError"] == []
