"""What an app may post, edit and delete, where, and how much."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from practice.limits import POSTS_PER_CHANNEL_BURST
from practice.workspace import Settings
from practice.world import BOT_USER, Channel
from tests.practice.test_strictness import plain, refusal
from tests.slack_world import SlackWorld

HERE = "C0TASKFORCE"


@pytest.fixture
def posted(client: WebClient) -> str:
    return str(client.chat_postMessage(channel=HERE, text="hello")["ts"])


@pytest.fixture
def hidden(slack: SlackWorld) -> str:
    """A private channel that the bot is not in."""
    channel = Channel("C0HIDDEN", "hidden", kind="private", members=["U0AMA"])
    slack.do(lambda workspace: workspace.world.channels.update({channel.id: channel}))
    return channel.id


@pytest.mark.parametrize("way", ["C0TASKFORCE", "#isc-tf", "isc-tf"])
def test_a_post_names_a_channel_by_id_or_name(client: WebClient, way: str) -> None:
    assert client.chat_postMessage(channel=way, text="hello")["channel"] == HERE


def test_a_post_to_a_person_goes_to_their_direct_messages(slack: SlackWorld, client: WebClient) -> None:
    assert client.chat_postMessage(channel="U0AMA", text="hello")["channel"] == "D0AMA"
    assert [each["text"] for each in slack.player("U0AMA").dms()] == ["hello"]


@pytest.mark.parametrize("way", ["#isc-tf", "isc-tf", "U0AMA"])
def test_whatever_is_no_post_names_a_channel_by_its_id_alone(client: WebClient, posted: str, way: str) -> None:
    assert refusal(lambda: client.chat_update(channel=way, ts=posted, text="x")) == "channel_not_found"
    assert refusal(lambda: client.chat_delete(channel=way, ts=posted)) == "channel_not_found"
    assert refusal(lambda: client.conversations_history(channel=way)) == "channel_not_found"
    assert refusal(lambda: client.conversations_info(channel=way)) == "channel_not_found"
    assert refusal(lambda: client.chat_getPermalink(channel=way, message_ts=posted)) == "channel_not_found"


def test_a_private_channel_does_not_exist_for_a_bot_outside_it(client: WebClient, hidden: str) -> None:
    assert refusal(lambda: client.chat_postMessage(channel=hidden, text="x")) == "channel_not_found"
    assert refusal(lambda: client.conversations_info(channel=hidden)) == "channel_not_found"
    assert refusal(lambda: client.conversations_members(channel=hidden)) == "channel_not_found"
    listed = client.conversations_list(types="public_channel,private_channel")["channels"]
    assert hidden not in [each["id"] for each in listed]


def test_with_the_scope_for_it_the_bot_posts_in_public_channels_without_joining(
    slack: SlackWorld, client: WebClient, hidden: str
) -> None:
    slack.do(lambda workspace: workspace.manifest.scopes.add("chat:write.public"))
    client.chat_postMessage(channel="C0GENERAL", text="hello")
    assert refusal(lambda: client.chat_postMessage(channel=hidden, text="x")) == "channel_not_found"


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_words_that_show_nothing_are_no_message(client: WebClient, text: str) -> None:
    assert refusal(lambda: client.api_call("chat.postMessage", json={"channel": HERE, "text": text})) == "no_text"
    with_blocks = {"channel": HERE, "text": text, "blocks": [{"type": "divider"}]}
    assert client.api_call("chat.postMessage", json=with_blocks)["ok"]


def test_an_edit_takes_fewer_words_than_a_post(client: WebClient, posted: str) -> None:
    client.chat_update(channel=HERE, ts=posted, text="x" * 4000)
    assert refusal(lambda: client.chat_update(channel=HERE, ts=posted, text="x" * 4001)) == "msg_too_long"


def test_an_edit_keeps_blocks_unless_it_sends_some(slack: SlackWorld, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=HERE, text="one", blocks=[{"type": "divider"}])["ts"]
    client.chat_update(channel=HERE, ts=ts, text="two")
    assert slack.posts("isc-tf")[-1]["blocks"][0]["type"] == "divider"
    client.chat_update(channel=HERE, ts=ts, text="three", blocks=[])
    assert "blocks" not in slack.posts("isc-tf")[-1]


def test_after_the_edit_window_a_message_stays_as_it_is() -> None:
    with SlackWorld(settings=Settings(edit_seconds=3600)) as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        ts = client.chat_postMessage(channel=HERE, text="hello")["ts"]
        client.chat_update(channel=HERE, ts=ts, text="hello again")
        slack.advance(3601)
        assert refusal(lambda: client.chat_update(channel=HERE, ts=ts, text="late")) == "edit_window_closed"


def test_the_bot_changes_no_message_of_somebody_else(slack: SlackWorld, client: WebClient) -> None:
    ts = slack.player("U0AMA").say("mine", "isc-tf")
    assert refusal(lambda: client.chat_update(channel=HERE, ts=ts, text="x")) == "cant_update_message"
    assert refusal(lambda: client.chat_delete(channel=HERE, ts=ts)) == "cant_delete_message"
    assert refusal(lambda: client.chat_delete(channel=HERE, ts="1.000001")) == "message_not_found"


def test_what_only_one_person_sees_can_neither_be_edited_nor_found(client: WebClient) -> None:
    shown = client.chat_postEphemeral(channel=HERE, user="U0AMA", text="only you")["message_ts"]
    assert refusal(lambda: client.chat_update(channel=HERE, ts=shown, text="x")) == "message_not_found"
    assert refusal(lambda: client.conversations_replies(channel=HERE, ts=shown)) == "thread_not_found"
    assert client.conversations_history(channel=HERE)["messages"] == []


@pytest.mark.parametrize("user", ["U0NEWS", "U0NOBODY", "U0GONE", ""])
def test_a_private_word_goes_only_to_people_of_the_channel(client: WebClient, user: str) -> None:
    assert refusal(lambda: client.chat_postEphemeral(channel=HERE, user=user, text="x")) == "user_not_in_channel"


def test_a_reply_needs_a_thread(client: WebClient) -> None:
    refused = refusal(lambda: client.chat_postMessage(channel=HERE, text="x", thread_ts="1.000001"))
    assert refused == "cannot_reply_to_message"


@pytest.mark.parametrize("metadata", [{"event_type": "notice"}, {"event_type": 5, "event_payload": {}}, []])
def test_metadata_has_a_type_and_a_payload(client: WebClient, metadata: Any) -> None:
    call = {"channel": HERE, "text": "x", "metadata": metadata}
    assert refusal(lambda: client.api_call("chat.postMessage", json=call)) == "invalid_metadata_format"


def test_metadata_is_shown_only_on_request(client: WebClient) -> None:
    metadata = {"event_type": "notice", "event_payload": {"key": "1"}}
    ts = client.chat_postMessage(channel=HERE, text="x", metadata=metadata)["ts"]
    for read in (client.conversations_history(channel=HERE), client.conversations_replies(channel=HERE, ts=ts)):
        assert "metadata" not in read["messages"][0]
    read = client.conversations_replies(channel=HERE, ts=ts, include_all_metadata=True)
    assert read["messages"][0]["metadata"] == metadata


def test_attachments_have_the_limits_of_blocks(client: WebClient) -> None:
    header = {"type": "header", "text": plain("x" * 151)}

    def post(attachments: Any) -> Any:
        return client.chat_postMessage(channel=HERE, text="x", attachments=attachments)

    assert refusal(lambda: post([{"blocks": [header]}])) == "invalid_blocks"
    assert refusal(lambda: post([{"text": "x"}] * 101)) == "too_many_attachments"


@pytest.mark.parametrize("scope", ["chat:write", "im:write", "channels:history", "users:read", "files:write"])
def test_a_missing_scope_is_named_beside_those_granted(slack: SlackWorld, client: WebClient, scope: str) -> None:
    calls = {
        "chat:write": lambda: client.chat_postMessage(channel=HERE, text="x"),
        "im:write": lambda: client.conversations_open(users="U0AMA"),
        "channels:history": lambda: client.conversations_history(channel=HERE),
        "users:read": lambda: client.users_info(user="U0AMA"),
        "files:write": lambda: client.files_getUploadURLExternal(filename="a", length=1),
    }
    slack.do(lambda workspace: workspace.manifest.scopes.discard(scope))
    with pytest.raises(SlackApiError) as caught:
        calls[scope]()
    answer = caught.value.response
    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)
    assert scope not in answer["provided"].split(",")
    assert "commands" in answer["provided"].split(",")
    assert answer.headers["x-oauth-scopes"] == answer["provided"]


def test_without_a_token_nothing_is_done(slack: SlackWorld) -> None:
    nobody = WebClient(base_url=slack.api_url, retry_handlers=[])
    assert refusal(lambda: nobody.chat_postMessage(channel=HERE, text="x")) == "not_authed"
    assert nobody.api_test()["ok"]


def test_the_app_token_opens_connections_and_does_nothing_else(slack: SlackWorld) -> None:
    app = WebClient(slack.app_token, base_url=slack.api_url, retry_handlers=[])
    assert refusal(lambda: app.chat_postMessage(channel=HERE, text="x")) == "not_allowed_token_type"
    assert refusal(lambda: app.users_info(user=BOT_USER)) == "not_allowed_token_type"
    assert app.apps_connections_open(app_token=slack.app_token)["url"].startswith("ws://127.0.0.1:")


def limited_calls(client: WebClient, method: str, number: int, **arguments: Any) -> list[int]:
    """HTTP statuses of so many calls in a row."""
    statuses = []
    for _ in range(number):
        try:
            statuses.append(client.api_call(method, json=arguments).status_code)
        except SlackApiError as error:
            statuses.append(error.response.status_code)
    return statuses


def limited() -> SlackWorld:
    """Give a workspace whose limits see no time pass, so that no slow machine is allowed more."""
    world = SlackWorld(limited=True)
    world.workspace.limits.clock = lambda: 0.0
    return world


@pytest.mark.parametrize(
    ("method", "allowed"),
    [("users.list", 20), ("conversations.list", 20), ("dnd.info", 50), ("users.info", 100), ("views.publish", 100)],
)
def test_each_tier_has_its_rate(method: str, allowed: int) -> None:
    with limited() as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        statuses = limited_calls(client, method, allowed + 5, user="U0AMA")
        assert statuses == [200] * allowed + [429] * 5


def test_a_channel_has_one_rate_whichever_way_it_is_named() -> None:
    with limited() as slack:
        client = WebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
        statuses = limited_calls(client, "chat.postMessage", POSTS_PER_CHANNEL_BURST, channel=HERE, text="x")
        statuses += limited_calls(client, "chat.postMessage", 1, channel="#isc-tf", text="x")
        assert statuses == [200] * POSTS_PER_CHANNEL_BURST + [429]
