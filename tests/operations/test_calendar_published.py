"""The calendar's feed is at the door that others reach, from the moment that somebody was told its address."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.operations.test_running import get, line_with, running, settings
from tests.slack_world import SlackWorld

PUBLIC = "https://focal.example.org"


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    with SlackWorld() as slack:
        yield slack


def told(slack: SlackWorld) -> str:
    """The path of the address that a member is told."""
    answer = slack.player("U0AMA").command("meeting calendar").plain
    [path] = re.findall(rf"{PUBLIC}(/calendar/[\w-]+\.ics)", answer)
    return str(path)


def test_with_socket_mode_it_is_beside_health(slack: SlackWorld, tmp_path: Path) -> None:
    with running(tmp_path, settings(slack, PUBLIC_URL=f"{PUBLIC}/")) as bot:
        slack.wait_until_connected()
        ops = line_with(bot, "Health and figures").split(": ", 1)[1].split("/healthz")[0]
        assert get(f"{ops}{told(slack)}").startswith(b"BEGIN:VCALENDAR")


def test_with_http_it_is_beside_slacks_requests_and_not_beside_health(slack: SlackWorld, tmp_path: Path) -> None:
    more = {"PUBLIC_URL": PUBLIC, "TRANSPORT": "http", "HTTP_PORT": "0", "LOG_FORMAT": "json"}
    with running(tmp_path, settings(slack, **more)) as bot:
        assert bot.stderr is not None
        logged = next(line for line in bot.stderr if "http.open" in line)
        door = logged.split('"address": "')[1].split('"')[0]
        slack.deliver_over(door)
        ops = line_with(bot, "Health and figures").split(": ", 1)[1].split("/healthz")[0]
        path = told(slack)
        assert get(door.removesuffix("/slack/events") + path).startswith(b"BEGIN:VCALENDAR")
        with pytest.raises(HTTPError, match="404"):
            get(f"{ops}{path}")
