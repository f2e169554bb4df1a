"""The SDK's documented hello world, run as a program of its own, as anybody would run it."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.slack_world import SlackWorld, wait_for

PROGRAMS = Path(__file__).parent / "documented"
MANIFEST = {
    "display_information": {"name": "First Bolt App"},
    "features": {"bot_user": {"display_name": "First Bolt App", "always_online": False}},
    "oauth_config": {
        "scopes": {"bot": ["channels:history", "chat:write", "groups:history", "im:history", "mpim:history"]}
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": ["message.channels", "message.groups", "message.im", "message.mpim"],
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}


@contextmanager
def program(slack: SlackWorld, name: str, **environment: str) -> Iterator[None]:
    known = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    command = [sys.executable, str(PROGRAMS / f"{name}.py")]
    running = subprocess.Popen(command, env=known | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.send_signal(signal.SIGKILL)
        running.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(params=["hello_sync", "hello_async"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["socket", "http"])
def slack(name: str, request: pytest.FixtureRequest) -> Iterator[SlackWorld]:
    with SlackWorld(manifest=MANIFEST, limited=True) as slack:
        if request.param == "socket":
            with program(slack, name, SLACK_APP_TOKEN=slack.app_token):
                slack.wait_until_connected(seconds=60)
                yield slack
        else:
            port = free_port()
            with program(slack, name, PORT=str(port)):
                wait_for(lambda: answers(port), seconds=60)
                slack.deliver_over(f"http://127.0.0.1:{port}/slack/events")
                yield slack


@pytest.mark.parametrize("channel", ["isc-tf", "dm"])
def test_it_says_hello_and_hears_its_button(slack: SlackWorld, channel: str) -> None:
    ama = slack.player("U0AMA")
    ama.say("hello", channel)
    [greeting] = wait_for(lambda: ama.messages(channel)[1:])
    assert greeting["text"] == "Hey there <@U0AMA>!"
    assert ama.click(greeting, "Click Me").error == ""
    assert wait_for(lambda: ama.messages(channel)[2:])[0]["text"] == "<@U0AMA> clicked the button"
