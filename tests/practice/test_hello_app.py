"""A plain Bolt app that is not ours runs against the practice workspace, over Socket Mode and over HTTP."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.practice.hello_app import hello_app
from tests.practice.http_app import serve_over_http
from tests.slack_world import Player, SlackWorld, wait_for, words


@pytest.fixture(params=["socket", "http"], autouse=True)
def told(slack: SlackWorld, request: pytest.FixtureRequest) -> Iterator[list[dict[str, Any]]]:
    """Run the app over each transport; what it was told."""
    app, told = hello_app(token=slack.bot_token, signing_secret=slack.signing_secret, api_url=slack.api_url)
    if request.param == "http":
        with serve_over_http(app) as url:
            slack.deliver_over(url)
            yield told
    else:
        with slack.connected(app, concurrency=4):
            yield told


@pytest.fixture
def ama(slack: SlackWorld) -> Player:
    return slack.player("U0AMA")


def test_a_command_is_answered_to_its_sender_alone(slack: SlackWorld, ama: Player) -> None:
    answer = ama.command("hello there")
    assert answer.text == "you said hello there"
    assert answer.ephemeral
    assert answer.buttons == ["Press me"]
    assert slack.player("U0BO").messages("isc-tf") == []


def test_names_in_a_command_arrive_as_references(ama: Player, told: list[dict[str, Any]]) -> None:
    ama.command("tell @bo and @U0CY in #general: a < b")
    assert told[-1]["text"] == "tell <@U0BO|bo> and <@U0CY|cy> in <#C0GENERAL|general>: a &lt; b"


def test_an_answer_by_response_url_reaches_the_sender(ama: Player) -> None:
    assert ama.command("later", seconds=60).text == "came later"


def test_a_command_that_nobody_acknowledges_shows_slacks_sentence(slack: SlackWorld, ama: Player) -> None:
    slack.workspace.settings.ack_seconds = 0.3
    assert "/isctf" in ama.command("deaf").error


def test_a_button_replaces_the_private_answer(ama: Player, told: list[dict[str, Any]]) -> None:
    answer = ama.command("hello")
    assert ama.click(answer.message, "Press me").text == "pressed"
    assert told[-1]["actions"][0]["value"] == "42"
    assert told[-1]["container"]["is_ephemeral"]
    assert "message" not in told[-1]
    assert [each["text"] for each in ama.ephemerals()] == ["pressed"]


def test_a_form_is_refused_at_its_field_and_then_taken(ama: Player, told: list[dict[str, Any]]) -> None:
    form = ama.command("form").modal
    assert form is not None
    assert ama.submit() == {
        "Colour": "Please complete this required field.",
        "Why": "Please complete this required field.",
    }
    ama.fill({"Why": "because", "Colour": "Blue", "Town": "geneva"})
    assert ama.modal is not None
    assert ama.modal["title"]["text"] == "Blue"
    assert ama.filled() == {"Why": "because", "Colour": "Blue", "Town": "Geneva"}
    assert ama.submit() == {"Why": "Say more."}
    ama.fill({"Why": "the sea"})
    assert ama.submit() == {}
    assert ama.modal is None
    submitted = [each for each in told if each.get("type") == "view_submission"][-1]
    assert submitted["view"]["state"]["values"]["town"]["town.asked"]["selected_option"]["value"] == "geneva"
    assert [each["text"] for each in ama.dms()] == ["noted: the sea"]


def test_a_closed_form_is_told_to_the_app_that_asked(ama: Player, told: list[dict[str, Any]]) -> None:
    ama.command("form")
    ama.close()
    assert ama.modal is None
    assert told[-1]["type"] == "view_closed"


def test_a_direct_message_is_answered(ama: Player) -> None:
    ama.say("good morning")
    assert wait_for(ama.dms)[0]["text"] == "I read: good morning"


def test_a_mention_is_answered_in_its_thread(ama: Player) -> None:
    ts = ama.say("@Focal hello", "isc-tf")
    reply = wait_for(lambda: ama.thread("isc-tf", ts)[1:])[0]
    assert reply["text"] == "you called?"
    assert ama.messages("isc-tf")[-1]["reply_count"] == 1


def test_app_home_is_published_when_opened(ama: Player) -> None:
    assert words(ama.open_home()) == "Press me"


def test_a_message_shortcut_carries_the_message(ama: Player, told: list[dict[str, Any]]) -> None:
    ama.say("climate is at risk", "general")
    ama.message_shortcut("use_as_update", ama.messages("general")[-1])
    assert told[-1]["message"]["text"] == "climate is at risk"
    assert told[-1]["channel"] == {"id": "C0GENERAL", "name": "general"}
