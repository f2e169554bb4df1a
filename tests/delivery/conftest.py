"""A post office for each test, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivery.post_office import PostOffice, make_tables, post_office
from tests.postgresql import PostgresServer
from tests.slack_world import SlackWorld


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    """Give a small Slack without rate limits."""
    with SlackWorld() as world:
        yield world


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path, slack: SlackWorld) -> Iterator[PostOffice]:
    """Give an open post office."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'focal.db'}"
        make_tables(url)
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.fresh_url(make_tables)
    with post_office(url, slack) as opened:
        yield opened
