"""Two replicas on PostgreSQL share the work: each message is posted once, and people are answered by both."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.bot_process import BotProcess
from tests.e2e.stage import Stage
from tests.e2e.stage import stage as set_stage
from tests.faults.telling import See, acknowledged, copies, lay_card, new_words, report, rest
from tests.postgresql import PostgresServer
from tests.slack_player import wait_for

COMMANDS = 24


@pytest.fixture
def stage(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Stage]:
    """Give a stage on PostgreSQL."""
    with set_stage(tmp_path, postgres_server.fresh_url(), "socket") as set_up:
        yield set_up


@pytest.fixture
def other(stage: Stage, tmp_path: Path) -> Iterator[BotProcess]:
    """Give the second replica."""
    (tmp_path / "other").mkdir()
    bot = BotProcess(tmp_path / "other")
    bot.environ |= stage.bot.environ
    bot.start()
    wait_for(lambda: len(stage.slack.workspace.socket_mode.connections) == 2)
    yield bot
    if not bot.ended:
        bot.stop()


def answered(bot: BotProcess) -> int:
    """Count the commands that a replica has answered."""
    found = re.search(r'focal_ack_seconds_count\{kind="command"\} (\d+)', bot.figures())
    return int(found.group(1)) if found else 0


@pytest.mark.fault(27, on="postgresql")
def test_two_replicas_answer_both_and_post_each_message_once(
    stage: Stage, other: BotProcess, record_property: See
) -> None:
    lay_card(stage)
    said = [new_words() for _ in range(COMMANDS)]
    assert all(acknowledged(report(stage, each)) for each in said)
    wait_for(lambda: all(copies(stage, each) for each in said), seconds=90)
    rest(stage)
    assert [copies(stage, each) for each in said] == [1] * COMMANDS
    by_one, by_other = answered(stage.bot), answered(other)
    assert min(by_one, by_other) > 0
    stage.bot.kill()
    wait_for(lambda: len(stage.slack.workspace.socket_mode.connections) == 1)
    last = new_words()
    assert acknowledged(report(stage, last))
    wait_for(lambda: copies(stage, last) == 1, seconds=120)
    record_property("seen", f"{by_one} and {by_other} commands answered, 1 post each; one killed: the other goes on")
