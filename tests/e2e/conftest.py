"""The bot as a process, for whole modules: see `tests.e2e.stage`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.stage import Stage, stage


@pytest.fixture(scope="module", name="stage")
def stage_of_the_module(
    request: pytest.FixtureRequest, new_url: Callable[[str, Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """Give one stage to all tests of a module, which names the database and the transport as its parameter."""
    database, transport = request.param
    folder = tmp_path_factory.mktemp("focal")
    with stage(folder, new_url(database, folder), transport) as set_up:
        yield set_up
