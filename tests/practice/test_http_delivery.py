"""The HTTP transport as Slack has it: signatures, retries and their headers, and what people see of failures."""

import json
from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from slack_sdk.signature import SignatureVerifier

from tests.practice.http_listener import Listener, Sent, listening
from tests.slack_world import SlackWorld, patient, wait_for


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    with SlackWorld(settings=patient(event_retries=(0.0, 0.0, 0.0))) as slack:
        yield slack


@pytest.fixture
def listener(slack: SlackWorld) -> Iterator[Listener]:
    with listening() as listener:
        slack.deliver_over(listener.url)
        yield listener


def events(listener: Listener) -> list[Sent]:
    return [each for each in listener.sent if each.headers["Content-Type"] == "application/json"]


def test_what_is_sent_is_signed(slack: SlackWorld, listener: Listener) -> None:
    slack.player("U0AMA").command("status & more", seconds=0)
    slack.player("U0AMA").say("good morning")
    wait_for(lambda: len(listener.sent) == 2)
    right, wrong = SignatureVerifier(slack.signing_secret), SignatureVerifier("another")
    for each in listener.sent:
        assert right.is_valid_request(each.body, each.headers)
        assert not wrong.is_valid_request(each.body, each.headers)
        assert "X-Slack-Retry-Num" not in each.headers
    form = parse_qs(listener.sent[0].body.decode())
    assert (form["command"], form["text"]) == (["/isctf"], ["status &amp; more"])


def test_an_event_refused_comes_three_times_more_and_says_why(slack: SlackWorld, listener: Listener) -> None:
    listener.statuses = [500]
    slack.player("U0AMA").say("hello")
    wait_for(lambda: len(events(listener)) == 4)
    assert [each.headers.get("X-Slack-Retry-Num") for each in events(listener)] == [None, "1", "2", "3"]
    assert {each.headers.get("X-Slack-Retry-Reason") for each in events(listener)[1:]} == {"http_error"}
    assert len({json.loads(each.body)["event_id"] for each in events(listener)}) == 1


def test_an_event_taken_at_the_second_attempt_comes_no_more(slack: SlackWorld, listener: Listener) -> None:
    listener.statuses = [500, 200]
    slack.player("U0AMA").say("hello")
    wait_for(lambda: len(events(listener)) == 2)
    slack.player("U0AMA").say("the last")
    wait_for(lambda: len(events(listener)) == 3)
    assert json.loads(events(listener)[2].body)["event"]["text"] == "the last"


def test_an_app_may_ask_to_be_spared_the_retries(slack: SlackWorld, listener: Listener) -> None:
    listener.statuses, listener.headers = [500], {"X-Slack-No-Retry": "1"}
    slack.player("U0AMA").say("hello")
    wait_for(lambda: len(events(listener)) == 1)
    slack.player("U0AMA").say("the last")
    wait_for(lambda: len(events(listener)) == 2)
    assert json.loads(events(listener)[1].body)["event"]["text"] == "the last"


def test_an_event_answered_too_late_comes_again(slack: SlackWorld, listener: Listener) -> None:
    slack.workspace.settings.ack_seconds = 0.05
    slack.workspace.settings.event_retries = (0.0,) * 100  # on a slow machine some do not get there in so short a time
    listener.slow.clear()
    slack.player("U0AMA").say("hello")
    wait_for(lambda: len(events(listener)) >= 4)
    assert {each.headers.get("X-Slack-Retry-Reason") for each in events(listener)[1:]} == {"http_timeout"}


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (500, b"", "http_service_error"),
        (404, b"", "http_service_error"),
        (200, b"{", "http_service_error"),
        (200, b'{"blocks": [{"type": "sheet"}]}', "invalid_blocks"),
        (200, b'{"text": ["x"]}', "invalid_arguments"),
    ],
)
def test_a_command_that_failed_says_so(
    slack: SlackWorld, listener: Listener, status: int, body: bytes, error: str
) -> None:
    listener.statuses, listener.headers, listener.body = [status], {"Content-Type": "application/json"}, body
    assert error in slack.player("U0AMA").command("status").error
    assert len(listener.sent) == 1


@pytest.mark.parametrize("body", [b"[]", b"5", b'"ok"', b"null"])
def test_an_acknowledgement_that_says_nothing_shows_nothing(slack: SlackWorld, listener: Listener, body: bytes) -> None:
    listener.headers, listener.body = {"Content-Type": "application/json"}, body
    answer = slack.player("U0AMA").command("status", seconds=0)
    assert (answer.error, answer.message) == ("", None)


def test_plain_text_is_an_answer_too_whatever_its_bytes(slack: SlackWorld, listener: Listener) -> None:
    listener.headers, listener.body = {"Content-Type": "text/plain; charset=utf-8"}, b"caf\xe9"
    assert slack.player("U0AMA").command("status").text == "caf\ufffd"


def test_where_nobody_listens_a_command_says_so(slack: SlackWorld) -> None:
    with listening() as listener:
        slack.deliver_over(listener.url)
    assert "dispatch_failed" in slack.player("U0AMA").command("status").error
