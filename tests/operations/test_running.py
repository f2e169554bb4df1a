"""The bot as a process of its own, against the practice workspace's wire: it starts, answers, and ends in order."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
import sqlalchemy as sa

from foundation.clock import Clock
from foundation.database import Database
from tests.fixtures_task_force import ISC_TF
from tests.slack_world import SlackWorld

BOT = ISC_TF.parent.parent / "bot.py"


def settings(slack: SlackWorld, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    return {
        **kept, "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url,
        "SLACK_SIGNING_SECRET": slack.signing_secret, "TASK_FORCE_FILE": str(ISC_TF), **more,
    }  # fmt: skip


@contextmanager
def running(folder: Path, environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run the bot; whatever a test leaves of it is ended."""
    with subprocess.Popen(
        [sys.executable, BOT, "run"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line_with(process: "subprocess.Popen[str]", words: str) -> str:
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


def get(address: str) -> bytes:
    with build_opener(ProxyHandler({})).open(address, timeout=30) as answer:
        return bytes(answer.read())


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    with SlackWorld() as slack:
        yield slack


def end(process: "subprocess.Popen[str]") -> int:
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=120)
    return process.returncode


def test_it_connects_over_socket_mode_answers_and_ends_with_0(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack)) as bot:
        slack.wait_until_connected()
        line_with(bot, "Health and figures")
        answer = slack.player("U0AMA").command("areas")
        assert "Climate change" in answer.plain or "Changements climatiques" in answer.plain
        assert end(bot) == 0


def test_it_takes_signed_requests_over_http(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack, TRANSPORT="http", HTTP_PORT="0", LOG_FORMAT="json")) as bot:
        assert bot.stderr is not None
        logged = next(line for line in bot.stderr if "http.open" in line)
        slack.deliver_over(logged.split('"address": "')[1].split('"')[0])
        line_with(bot, "Health and figures")
        assert slack.player("U0AMA").command("areas").error == ""
        assert end(bot) == 0


def test_its_health_can_be_asked_at_the_address_that_it_prints(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack)) as bot:
        address = line_with(bot, "Health and figures").split(": ", 1)[1].split("/healthz")[0]
        assert b"focal_notices" in get(f"{address}/metrics")


def refuse_notes(database_url: str) -> None:
    """Have the database refuse every note; PostgreSQL quotes the whole row that it refuses."""
    database = Database(database_url)
    refusal = "ALTER TABLE note ADD CONSTRAINT broken CHECK (text = '')"
    if database.is_sqlite:
        refusal = "CREATE TRIGGER broken BEFORE INSERT ON note BEGIN SELECT RAISE(ABORT, 'broken'); END"
    with database.transaction() as session:
        session.connection().exec_driver_sql(refusal)
    database.close()


@pytest.mark.parametrize("form", ["text", "json"])
def test_an_unexpected_error_is_logged_by_reference_and_place_and_without_what_was_typed(
    slack: SlackWorld, tmp_path: Path, database_url: str, form: str
) -> None:
    with running(tmp_path, settings(slack, LOG_FORMAT=form, DATABASE_URL=database_url)) as bot:
        slack.wait_until_connected()
        line_with(bot, "Health and figures")
        refuse_notes(database_url)
        answer = slack.player("U0AMA").command("note climate Hushhush")
        reference = re.findall(r"\b[0-9a-f]{8}\b", answer.text)[0]
        assert "Traceback" not in answer.plain
        bot.send_signal(signal.SIGTERM)
        said, logged = bot.communicate(timeout=120)
    assert reference in logged
    assert "add_note" in logged
    assert "IntegrityError" in logged
    assert "hushhush" not in (said + logged).casefold()
    assert slack.bot_token not in said + logged


def test_what_cannot_be_stored_just_now_is_told_with_a_reference_of_the_log(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack)) as bot:
        slack.wait_until_connected()
        line_with(bot, "Health and figures")
        with closing(sqlite3.connect(tmp_path / "data" / "focal.db", isolation_level=None, timeout=30)) as other:
            other.execute("BEGIN IMMEDIATE")
            answer = slack.player("U0AMA").command("note climate Hushhush")
            other.execute("ROLLBACK")
        reference = re.findall(r"\b[0-9a-f]{8}\b", answer.text)[0]
        bot.send_signal(signal.SIGTERM)
        _, logged = bot.communicate(timeout=60)
    assert reference in logged


def test_what_a_killed_one_was_sending_is_in_doubt_as_soon_as_the_next_one_starts(
    slack: SlackWorld, tmp_path: Path
) -> None:
    claim = "UPDATE notice SET state = 'sending', owner = 'killed', lease_until = :until"
    with running(tmp_path, settings(slack)) as bot:
        line_with(bot, "Health and figures")
        assert "scheduled" in slack.player("U0SEC").command("meeting schedule 2030-12-03 14:30 ISC-TF 43").plain
    database = Database(f"sqlite:///{tmp_path / 'data' / 'focal.db'}")
    until = {"until": Clock().real().replace(tzinfo=None) + timedelta(seconds=50)}
    with database.transaction() as session:
        assert session.connection().execute(sa.text(claim), until).rowcount
    with running(tmp_path, settings(slack)) as bot:
        line_with(bot, "Health and figures")
        with database.reading() as session:
            held = session.connection().execute(sa.text("SELECT id FROM notice WHERE owner = 'killed'")).all()
        assert held == []
        assert end(bot) == 0
    database.close()


@pytest.mark.fault(26)
def test_a_second_one_on_the_same_file_says_so_and_exits(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack)) as bot:
        line_with(bot, "Health and figures")
        with running(tmp_path, settings(slack)) as second:
            _, errors = second.communicate(timeout=120)
            assert second.returncode == 1
            assert "Another Focal is running on data/focal.db" in errors


def test_a_token_that_slack_refuses_is_told_at_once(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack, SLACK_BOT_TOKEN="xoxb-wrong")) as bot:
        _, errors = bot.communicate(timeout=120)
        assert bot.returncode == 1
        assert "Slack refuses SLACK_BOT_TOKEN (invalid_auth)" in errors
        assert "xoxb-wrong" not in errors


def test_without_tokens_it_serves_a_practice_workspace_with_records_of_its_own(
    slack: SlackWorld, tmp_path: Path
) -> None:
    nothing = {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": ""}
    with running(tmp_path, settings(slack) | nothing) as bot:
        address = line_with(bot, "Practice workspace:").split()[2]
        assert b"<html" in get(address)
        assert end(bot) == 0
    assert (tmp_path / "data" / "practice.db").exists()
    assert not (tmp_path / "data" / "focal.db").exists()


@pytest.mark.fault(25)
def test_a_damaged_database_is_named_with_the_way_out(slack: SlackWorld, tmp_path: Path) -> None:
    environment = settings(slack)
    subprocess.run(
        [sys.executable, BOT, "load", ISC_TF], cwd=tmp_path, env=environment, check=True, capture_output=True
    )
    file = tmp_path / "data" / "focal.db"
    damaged = bytearray(file.read_bytes())
    damaged[8192:12288] = b"\xff" * 4096
    file.write_bytes(damaged)
    with running(tmp_path, environment) as bot:
        _, errors = bot.communicate(timeout=120)
        assert bot.returncode == 1
        assert "Use `restore`" in errors
        assert "Traceback" not in errors


def test_a_lying_proxy_does_not_come_between_the_bot_and_its_own_machine(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack, HTTPS_PROXY="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9")) as bot:
        slack.wait_until_connected()
        assert end(bot) == 0
