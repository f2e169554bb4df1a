"""The stories are played by people in a practice workspace, with the real bot."""

from collections.abc import Iterator

import pytest

from foundation.database import Database
from tests.fixtures_task_force import ISC_TF
from tests.focal_app import Bot, focal
from tests.slack_world import SlackWorld


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    """Give a practice workspace of the sample task force, without rate limits."""
    with SlackWorld(task_force_file=ISC_TF) as world:
        yield world


@pytest.fixture
def bot(slack: SlackWorld, loaded: Database) -> Iterator[Bot]:
    """Give Focal at work in that workspace: see `tests.focal_app`."""
    with focal(slack, loaded) as running:
        yield running
