"""A practice workspace without an app, and a client that never retries."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from tests.slack_world import SlackWorld


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    with SlackWorld() as slack:
        yield slack


@pytest.fixture
def client(slack: SlackWorld) -> WebClient:
    return WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=30)
