"""The bot as a process, for whole modules: see `tests.e2e.stage`."""

from collections.abc import Iterator

import pytest

from tests.e2e.stage import Stage, stage
from tests.postgresql import PostgresServer


@pytest.fixture(scope="module", name="stage")
def stage_of_the_module(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give one stage to all tests of a module, which names the database and the transport as its parameter."""
    database, transport = request.param
    folder = tmp_path_factory.mktemp("focal")
    url = f"sqlite:///{folder / 'focal.db'}"
    if database == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh_url()
    with stage(folder, url, transport) as set_up:
        yield set_up
