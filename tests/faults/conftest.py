"""A stage for the tests of a module whose bot can be doomed, on each database: see `tests.faults.doomed_bot`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.stage import Stage, stage
from tests.faults.doomed_bot import DoomedBot
from tests.faults.table import DATABASES


@pytest.fixture(scope="module", name="stage", params=DATABASES)
def stage_of_the_module(
    request: pytest.FixtureRequest, new_url: Callable[[str, Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Give one stage, over Socket Mode, to all tests of a module."""
    folder = tmp_path_factory.mktemp("focal")
    with stage(folder, new_url(request.param, folder), "socket", DoomedBot) as set_up:
        yield set_up


@pytest.fixture
def bot(stage: Stage) -> Iterator[DoomedBot]:
    """Give the bot of the stage; what a test has Slack suffer ends with the test."""
    assert isinstance(stage.bot, DoomedBot)
    yield stage.bot
    stage.slack.faults.clear()


@pytest.fixture
def replica(stage: Stage, tmp_path: Path) -> Iterator[DoomedBot | None]:
    """Give a second bot on the same database, not yet started; None on SQLite, where it would refuse."""
    if stage.bot.environ["DATABASE_URL"].startswith("sqlite"):
        yield None
        return
    second = DoomedBot(tmp_path)
    second.environ |= stage.bot.environ
    yield second
    if not second.ended:
        second.stop()


@pytest.fixture
def whole(request: pytest.FixtureRequest) -> bool:
    """Tell whether loops and waits are to have the length that the table names."""
    return bool(request.config.getoption("--whole", default=False))
