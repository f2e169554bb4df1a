"""Faults, time, state and delivery of the practice workspace."""

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from practice.workspace import Settings
from tests.practice.hello_app import hello_app
from tests.slack_world import SlackWorld, wait_for


def fetch(url: str, body: object = None, **headers: str) -> tuple[int, Any]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json", **headers})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, None


@pytest.mark.parametrize(
    ("kind", "posted"),
    [("500", 0), ("500_after", 1), ("reset", 0), ("reset_after", 1), ("html", 0), ("html_after", 1), ("429", 0)],
)
def test_a_fault_strikes_once_before_or_after_acceptance(
    slack: SlackWorld, client: WebClient, kind: str, posted: int
) -> None:
    slack.faults.next("chat.postMessage", kind, retry_after=7)
    with pytest.raises((SlackApiError, OSError)):
        client.chat_postMessage(channel="#isc-tf", text="hello")
    assert len(slack.posts("isc-tf")) == posted
    assert [call.accepted for call in slack.called("chat.postMessage")] == [bool(posted)]
    client.chat_postMessage(channel="#isc-tf", text="hello")
    assert len(slack.posts("isc-tf")) == posted + 1


def test_an_error_code_can_be_ordered(slack: SlackWorld, client: WebClient) -> None:
    slack.faults.next("*", "token_revoked")
    with pytest.raises(SlackApiError, match="token_revoked"):
        client.auth_test()


def test_a_hang_after_acceptance_leaves_the_message(slack: SlackWorld) -> None:
    slack.faults.next("chat.postMessage", "hang_after", seconds=30)
    hasty = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[], timeout=1)
    with pytest.raises(OSError, match="timed out"):
        hasty.chat_postMessage(channel="#isc-tf", text="hello")
    assert len(slack.posts("isc-tf")) == 1


def test_while_paused_nothing_connects_and_after_it_does(slack: SlackWorld, client: WebClient) -> None:
    slack.server.pause()
    with pytest.raises(OSError, match="refused"):
        client.auth_test()
    slack.server.resume()
    assert client.auth_test()["user_id"] == "U0FOCAL"


def test_the_clock_moves_and_every_answer_says_so(slack: SlackWorld, client: WebClient) -> None:
    first = client.chat_postMessage(channel="#isc-tf", text="today")["ts"]
    slack.advance(86_400)
    answer = client.chat_postMessage(channel="#isc-tf", text="tomorrow")
    assert float(answer["ts"]) - float(first) >= 86_400
    assert answer.headers["X-Practice-Clock-Offset"] == "86400.000"
    slack.advance(-86_400)
    stamps = [client.chat_postMessage(channel="#isc-tf", text=f"{n}")["ts"] for n in range(20)]
    assert len({first, answer["ts"], *stamps}) == 22


def test_the_workspace_goes_to_what_the_bot_planned_next(slack: SlackWorld) -> None:
    plan = {"items": [{"at": "2099-01-01T09:00:00+00:00", "kind": "reminder", "texts": {"en": "Ama is reminded"}}]}
    fetch(f"{slack.url}/practice/plan", plan)
    assert fetch(f"{slack.url}/practice/next")[1]["items"][0]["at"] == "2099-01-01T09:00:00Z"
    _, moved = fetch(f"{slack.url}/practice/clock", {"to_next": "reminder"})
    assert moved["now"] == "2099-01-01T09:00:01Z"
    assert fetch(f"{slack.url}/practice/clock/wait?offset=0")[1]["offset"] == moved["offset"]


def test_the_world_survives_a_restart_and_begins_anew_when_asked(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    with SlackWorld(state_file=state) as slack:
        token = slack.bot_token
        slack.player("U0AMA").say("remember me", "isc-tf")
    with SlackWorld(state_file=state) as slack:
        assert slack.bot_token == token
        assert slack.player("U0BO").messages()[-1]["text"] == "remember me"
        fetch(f"{slack.url}/practice/reset", {})
        assert slack.player("U0BO").messages() == []


def test_a_guest_sees_only_their_own_channels(slack: SlackWorld) -> None:
    _, seen = fetch(f"{slack.url}/practice/overview?as=U0GUEST")
    assert {each["id"] for each in seen["channels"]} == {"C0TASKFORCE", "D0GUEST"}


def test_commands_do_not_work_in_threads(slack: SlackWorld) -> None:
    ts = slack.player("U0AMA").say("a thread", "isc-tf")
    body = {"as": "U0AMA", "channel": "C0TASKFORCE", "text": "/isctf", "thread_ts": ts}
    assert fetch(f"{slack.url}/practice/send", body)[1]["error"] == "no_commands_in_threads"


def test_without_a_bot_a_command_says_so(slack: SlackWorld) -> None:
    assert slack.player("U0AMA").command("status").error == "/isctf failed (dispatch_failed)"


def test_an_event_waits_for_the_app_to_come_back() -> None:
    with SlackWorld(settings=Settings(event_retries=(30.0, 30.0))) as slack:
        app, told = hello_app(token=slack.bot_token, signing_secret=slack.signing_secret, api_url=slack.api_url)
        slack.player("U0AMA").say("is anybody there")
        with slack.connected(app, concurrency=4):
            wait_for(lambda: told)
            wait_for(slack.player("U0AMA").dms)


def test_a_connection_is_replaced_on_demand(slack: SlackWorld) -> None:
    app, _ = hello_app(token=slack.bot_token, signing_secret=slack.signing_secret, api_url=slack.api_url)
    with slack.connected(app, concurrency=4) as handler:
        before = handler.client.session_id()
        slack.server.disconnect()
        wait_for(lambda: handler.client.session_id() != before)
        assert slack.player("U0AMA").command("hello").text == "you said hello"


def test_two_connections_share_the_work(slack: SlackWorld) -> None:
    keys = {"token": slack.bot_token, "signing_secret": slack.signing_secret, "api_url": slack.api_url}
    one, told_one = hello_app(**keys)
    other, told_other = hello_app(**keys)
    with slack.connected(one, concurrency=4), slack.connected(other, concurrency=4):
        wait_for(lambda: len(slack.workspace.socket_mode.connections) == 2)
        for number in range(40):
            slack.player("U0AMA").command(f"{number}")
    assert len(told_one) + len(told_other) == 40
    assert told_one
    assert told_other
