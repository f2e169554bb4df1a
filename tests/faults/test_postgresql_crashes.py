"""PostgreSQL is stopped at once, again and again: what was acknowledged is there, and the bot goes on by itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stage import Stage
from tests.e2e.stage import stage as set_stage
from tests.faults.crowd import Crowd
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, acknowledged, lay_card, new_words, pass_time, report, rest
from tests.needs import missing
from tests.postgresql import PostgresMissing, PostgresServer, start_postgres
from tests.slack_player import wait_for


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """Give a server of its own, which keeps what it committed."""
    try:
        server = start_postgres(durable=True)
    except PostgresMissing as error:
        missing(str(error))
    yield server
    server.stop()


@pytest.fixture
def stage(server: PostgresServer, tmp_path: Path) -> Iterator[Stage]:
    """Give a stage on that server."""
    with set_stage(tmp_path, server.fresh_url(), "socket", DoomedBot) as set_up:
        yield set_up


@pytest.mark.fault(23, on="postgresql")
def test_a_database_that_crashes_loses_nothing_and_is_found_again(
    stage: Stage, server: PostgresServer, whole: bool, record_property: See
) -> None:
    lay_card(stage)
    crashes = 10 if whole else 2
    with Crowd(stage) as crowd:
        for _ in range(crashes):
            crowd.be_heard()
            server.crash()
            pass_time(1)
            server.start()
    wait_for(lambda: acknowledged(report(stage, new_words())), seconds=30)
    wait_for(lambda: not crowd.lost(), seconds=120)
    rest(stage)
    assert len(crowd.acknowledged) >= crashes, "it came back after each"
    assert (crowd.lost(), crowd.twice()) == ([], [])
    assert not stage.bot.ended
    assert all("operation_timeout" not in sentence for sentence in crowd.sentences), crowd.sentences
    record_property("seen", f"{crashes} crashes, {len(crowd.acknowledged)} acknowledged: 0 lost, 0 twice")
