"""The practice workspace refuses what Slack refuses, with Slack's own words."""

from collections.abc import Callable
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook import WebhookClient

from practice.limits import POSTS_PER_CHANNEL_BURST, Limits
from practice.server import PracticeServer
from tests.slack_world import SlackWorld

Blocks = list[dict[str, Any]]


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return str(caught.value.response["error"])


def plain(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def button(**changes: Any) -> dict[str, Any]:
    return {"type": "button", "action_id": "go", "text": plain("Go"), **changes}


@pytest.mark.parametrize("token", ["xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx", "nonsense"])
def test_a_token_of_another_workspace_is_refused(slack: SlackWorld, token: str) -> None:
    client = WebClient(token, base_url=slack.api_url, retry_handlers=[])
    assert refusal(client.auth_test) == "invalid_auth"
    assert all(token not in str(call) for call in slack.called("auth.test"))


def test_each_kind_of_token_has_its_own_methods(slack: SlackWorld, client: WebClient) -> None:
    def open_with_bot_token() -> Any:
        return client.apps_connections_open(app_token=slack.bot_token)

    assert refusal(open_with_bot_token) == "not_allowed_token_type"


@pytest.mark.parametrize(
    ("channel", "error"),
    [("C0GENERAL", "not_in_channel"), ("C0NOWHERE", "channel_not_found"), ("D0GONE", "user_disabled")],
)
def test_the_bot_posts_only_where_it_may(client: WebClient, channel: str, error: str) -> None:
    assert refusal(lambda: client.chat_postMessage(channel=channel, text="hello")) == error


def test_an_archived_channel_takes_nothing(slack: SlackWorld, client: WebClient) -> None:
    slack.archive("C0TASKFORCE")
    assert refusal(lambda: client.chat_postMessage(channel="#isc-tf", text="hello")) == "is_archived"


def test_a_message_needs_words_and_not_too_many(client: WebClient) -> None:
    assert refusal(lambda: client.api_call("chat.postMessage", json={"channel": "#isc-tf"})) == "no_text"
    assert refusal(lambda: client.chat_postMessage(channel="#isc-tf", text="x" * 40_001)) == "msg_too_long"


def test_a_scope_that_was_not_granted_is_named(client: WebClient) -> None:
    ts = client.chat_postMessage(channel="#isc-tf", text="hello")["ts"]
    with pytest.raises(SlackApiError) as caught:
        client.reactions_add(channel="C0TASKFORCE", timestamp=ts, name="eyes")
    assert caught.value.response["needed"] == "reactions:write"


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ([{"type": "divider"}] * 51, "no more than 50 items"),
        ([{"type": "header", "text": plain("x" * 151)}], "less than 151"),
        ([{"type": "section", "text": plain("x" * 3001)}], "less than 3001"),
        ([{"type": "section", "text": plain("")}], "more than 0"),
        ([{"type": "section"}], "text or fields"),
        ([{"type": "section", "fields": [plain("x")] * 11}], "no more than 10"),
        ([{"type": "section", "fields": [plain("x" * 2001)]}], "less than 2001"),
        ([{"type": "context", "elements": [plain("x")] * 11}], "no more than 10"),
        ([{"type": "actions", "elements": [button(action_id=str(n)) for n in range(26)]}], "no more than 25"),
        ([{"type": "actions", "elements": [button(text=plain("x" * 76))]}], "less than 76"),
        ([{"type": "actions", "elements": [button(value="x" * 2001)]}], "less than 2001"),
        ([{"type": "actions", "elements": [button(url="x" * 3001)]}], "less than 3001"),
        ([{"type": "actions", "elements": [button(action_id="x" * 256)]}], "less than 256"),
        ([{"type": "actions", "elements": [button(), button()]}], "more than once"),
        ([{"type": "actions", "elements": [button(color="red")]}], "invalid additional property: color"),
        ([{"type": "divider", "block_id": "a"}, {"type": "divider", "block_id": "a"}], "more than once"),
        ([{"type": "image", "image_url": "https://example.org/a.png"}], "alt_text"),
        ([{"type": "sheet"}], "unsupported type"),
    ],
)
def test_blocks_beyond_a_limit_are_refused_with_the_reason(client: WebClient, blocks: Blocks, reason: str) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="#isc-tf", text="hello", blocks=blocks)
    assert caught.value.response["error"] == "invalid_blocks"
    assert reason in str(caught.value.response["response_metadata"]["messages"])


def menu(**changes: Any) -> dict[str, Any]:
    element = {"type": "static_select", "action_id": "pick", **changes}
    return {"type": "input", "block_id": "menu", "label": plain("Pick"), "element": element}


def option(value: str, text: str = "One") -> dict[str, Any]:
    return {"text": plain(text), "value": value}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": plain("x" * 25)}, "less than 25"),
        ({"submit": None}, "submit"),
        ({"private_metadata": "x" * 3001}, "less than 3001"),
        ({"blocks": [{"type": "divider"}] * 101}, "no more than 100"),
        ({"blocks": [menu(options=[option(str(n)) for n in range(101)])]}, "no more than 100"),
        ({"blocks": [menu(options=[option("1", "x" * 76)])]}, "less than 76"),
        ({"blocks": [menu(options=[option("x" * 151)])]}, "less than 151"),
        ({"blocks": [menu()]}, "exactly one of options"),
        ({"blocks": [menu(options=[option("1")], initial_option=option("2"))]}, "not one of the options"),
        ({"blocks": [menu(options=[option("1")], placeholder=plain("x" * 151))]}, "less than 151"),
        ({"blocks": [{"type": "markdown", "text": "# no"}]}, "unsupported type"),
    ],
)
def test_a_view_beyond_a_limit_is_refused_with_the_reason(
    slack: SlackWorld, client: WebClient, changes: dict[str, Any], reason: str
) -> None:
    fine = {"type": "modal", "title": plain("Form"), "submit": plain("Send"), "blocks": [menu(options=[option("1")])]}
    view = {key: value for key, value in (fine | changes).items() if value is not None}
    trigger = slack.do(lambda workspace: workspace.triggers.issue("U0AMA"))
    with pytest.raises(SlackApiError) as caught:
        client.views_open(trigger_id=trigger, view=view)
    assert caught.value.response["error"] == "invalid_arguments"
    assert reason in str(caught.value.response["response_metadata"]["messages"])
    client.views_open(trigger_id=trigger, view=fine)


def test_a_trigger_opens_one_view_and_only_for_a_while(slack: SlackWorld, client: WebClient) -> None:
    view = {"type": "modal", "title": plain("Form"), "blocks": []}
    trigger = slack.do(lambda workspace: workspace.triggers.issue("U0AMA"))
    client.views_open(trigger_id=trigger, view=view)
    assert refusal(lambda: client.views_open(trigger_id=trigger, view=view)) == "exchanged_trigger_id"
    assert refusal(lambda: client.views_open(trigger_id="1.2.3", view=view)) == "invalid_trigger_id"
    slack.workspace.triggers.seconds = 0
    late = slack.do(lambda workspace: workspace.triggers.issue("U0AMA"))
    assert refusal(lambda: client.views_open(trigger_id=late, view=view)) == "expired_trigger_id"


def test_a_view_changed_meanwhile_is_not_overwritten(slack: SlackWorld, client: WebClient) -> None:
    view = {"type": "modal", "title": plain("Form"), "blocks": []}
    trigger = slack.do(lambda workspace: workspace.triggers.issue("U0AMA"))
    opened = client.views_open(trigger_id=trigger, view=view)["view"]
    client.views_update(view_id=opened["id"], hash=opened["hash"], view=view)
    again = refusal(lambda: client.views_update(view_id=opened["id"], hash=opened["hash"], view=view))
    assert again == "hash_conflict"


def test_a_response_url_is_good_for_five_answers(slack: SlackWorld) -> None:
    url = slack.do(lambda workspace: workspace.response_url("U0AMA", "C0GENERAL"))
    hook = WebhookClient(url)
    statuses = [hook.send(text=f"answer {number}").status_code for number in range(6)]
    assert statuses == [200] * 5 + [404]
    assert len(slack.player("U0AMA").ephemerals()) == 5


def test_posts_beyond_the_rate_are_told_when_to_come_back() -> None:
    with PracticeServer(limits=Limits(clock=lambda: 0.0)) as server:
        client = WebClient(server.bot_token, base_url=server.api_url, retry_handlers=[])
        for number in range(POSTS_PER_CHANNEL_BURST):
            client.chat_postMessage(channel="#isc-tf", text=f"{number}")
        with pytest.raises(SlackApiError) as caught:
            client.chat_postMessage(channel="#isc-tf", text="one too many")
        assert caught.value.response.status_code == 429
        assert int(caught.value.response.headers["Retry-After"]) >= 1
        client.chat_postMessage(channel="U0AMA", text="another channel has its own rate")


def test_ephemeral_messages_stand_in_no_history(slack: SlackWorld, client: WebClient) -> None:
    client.chat_postEphemeral(channel="C0TASKFORCE", user="U0AMA", text="only you")
    assert client.conversations_history(channel="C0TASKFORCE")["messages"] == []
    assert [each["text"] for each in slack.player("U0AMA").messages()] == ["only you"]
    assert slack.player("U0BO").messages() == []


def test_metadata_is_kept_and_history_pages(client: WebClient) -> None:
    for number in range(5):
        metadata = {"event_type": "notice", "event_payload": {"key": str(number)}}
        client.chat_postMessage(channel="C0TASKFORCE", text=f"{number}", metadata=metadata)
    pages = client.conversations_history(channel="C0TASKFORCE", limit=2, include_all_metadata=True)
    keys = [each["metadata"]["event_payload"]["key"] for page in pages for each in page["messages"]]
    assert keys == ["4", "3", "2", "1", "0"]


def test_the_bot_edits_only_its_own_messages(slack: SlackWorld, client: WebClient) -> None:
    ts = slack.player("U0AMA").say("mine", "isc-tf")
    edit = refusal(lambda: client.chat_update(channel="C0TASKFORCE", ts=ts, text="yours"))
    assert edit == "cant_update_message"


def test_people_are_described_with_zone_locale_and_standing(slack: SlackWorld, client: WebClient) -> None:
    cy = client.users_info(user="U0CY", include_locale=True)["user"]
    assert (cy["tz"], cy["locale"]) == ("Africa/Cairo", "ar-EG")
    assert client.users_info(user="U0GUEST")["user"]["is_restricted"]
    slack.deactivate("U0BO")
    assert client.users_info(user="U0BO")["user"]["deleted"]
    assert refusal(lambda: client.conversations_open(users="U0BO")) == "user_disabled"


def test_files_arrive_in_three_steps(slack: SlackWorld, client: WebClient) -> None:
    client.files_upload_v2(channel="C0TASKFORCE", filename="journal.csv", content="a,b\n", initial_comment="here")
    message = slack.posts("isc-tf")[-1]
    assert (message["text"], message["files"][0]["name"]) == ("here", "journal.csv")
