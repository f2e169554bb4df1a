"""The stories are played by people in a practice workspace, with the real bot."""

from collections.abc import Iterator

import pytest

from foundation.database import Database
from tests.fixtures_task_force import ISC_TF
from tests.focal_app import Bot, focal
from tests.slack_player import Player
from tests.slack_world import SlackWorld


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    """Give a practice workspace of the sample task force, without rate limits."""
    with SlackWorld(task_force_file=ISC_TF) as world:
        yield world


@pytest.fixture
def bot(slack: SlackWorld, loaded: Database, request: pytest.FixtureRequest) -> Iterator[Bot]:
    """Give Focal at work in that workspace: see `tests.focal_app`. With the mark `english` all read English."""
    with focal(slack, loaded) as running:
        if request.node.get_closest_marker("english"):
            running.let_all_read_english()
        yield running


@pytest.fixture
def ama(slack: SlackWorld) -> Player:
    """Give a focal point of BR."""
    return slack.player("U0AMA")


@pytest.fixture
def bo(slack: SlackWorld) -> Player:
    """Give a focal point of TSB."""
    return slack.player("U0BO")


@pytest.fixture
def sena(slack: SlackWorld) -> Player:
    """Give a member of the secretariat."""
    return slack.player("U0SEC")


@pytest.fixture
def chair(slack: SlackWorld) -> Player:
    """Give the chair."""
    return slack.player("U0CHAIR")
