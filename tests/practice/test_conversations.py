"""How an app reads back: pages of history and lists, people and their rest, direct messages, files."""

import urllib.error
import urllib.request
from typing import Any

import pytest
from slack_sdk import WebClient

from tests.practice.test_strictness import refusal
from tests.slack_world import SlackWorld

HERE = "C0TASKFORCE"


def texts(answer: Any) -> list[str]:
    return [each["text"] for each in answer["messages"]]


def test_history_pages_stay_true_while_messages_come_and_go(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=HERE, text=f"{number}")["ts"] for number in range(6)]
    first = client.conversations_history(channel=HERE, limit=2)
    assert texts(first) == ["5", "4"]
    client.chat_postMessage(channel=HERE, text="6")
    client.chat_delete(channel=HERE, ts=stamps[4])
    client.chat_delete(channel=HERE, ts=stamps[5])
    cursor = first["response_metadata"]["next_cursor"]
    second = client.conversations_history(channel=HERE, limit=2, cursor=cursor)
    assert texts(second) == ["3", "2"]
    assert second["has_more"]
    last = client.conversations_history(channel=HERE, limit=2, cursor=second["response_metadata"]["next_cursor"])
    assert texts(last) == ["1", "0"]
    assert not last["has_more"]


def test_a_thread_pages_from_its_first_message_on(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=HERE, text="root")["ts"]
    for number in range(4):
        client.chat_postMessage(channel=HERE, text=f"{number}", thread_ts=ts)
    pages = client.conversations_replies(channel=HERE, ts=ts, limit=2)
    assert [texts(page) for page in pages] == [["root", "0"], ["1", "2"], ["3"]]
    assert texts(client.conversations_history(channel=HERE)) == ["root"]


def test_history_keeps_to_the_period_asked_for(client: WebClient) -> None:
    old, middle, new = (client.chat_postMessage(channel=HERE, text=word)["ts"] for word in ("old", "middle", "new"))
    between = client.conversations_history(channel=HERE, oldest=old, latest=new)
    assert texts(between) == ["middle"]
    assert texts(client.conversations_history(channel=HERE, oldest=middle, latest=middle, inclusive=True)) == ["middle"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
        ({"latest": "nan"}, "invalid_ts_latest"),
        ({"cursor": "????"}, "invalid_cursor"),
        ({"cursor": "bmV4dDoxMA=="}, "invalid_cursor"),
        ({"limit": 1001}, "invalid_limit"),
        ({"limit": -1}, "invalid_limit"),
        ({"limit": "few"}, "invalid_arguments"),
    ],
)
def test_a_page_that_cannot_be_is_refused(client: WebClient, arguments: dict[str, Any], error: str) -> None:
    call = {"channel": HERE, **arguments}
    assert refusal(lambda: client.api_call("conversations.history", json=call)) == error


def test_lists_page_without_gap_or_repetition(slack: SlackWorld, client: WebClient) -> None:
    people = [each["id"] for page in client.users_list(limit=3) for each in page["members"]]
    assert sorted(people) == sorted(slack.read(lambda world: list(world.people)))
    channels = [each["id"] for page in client.conversations_list(limit=1) for each in page["channels"]]
    assert sorted(channels) == ["C0GENERAL", HERE]
    members = [each for page in client.conversations_members(channel=HERE, limit=4) for each in page["members"]]
    assert sorted(members) == sorted(slack.read(lambda world: world.channels[HERE].members))


def test_a_kind_of_channel_that_is_none_is_refused(client: WebClient) -> None:
    assert refusal(lambda: client.conversations_list(types="public_channel,secret")) == "invalid_types"


def test_archived_channels_can_be_left_out(slack: SlackWorld, client: WebClient) -> None:
    slack.archive("C0GENERAL")
    kept = client.conversations_list(exclude_archived=True)["channels"]
    assert [each["id"] for each in kept] == [HERE]
    assert client.conversations_info(channel="C0GENERAL")["channel"]["is_archived"]


def test_direct_messages_are_opened_with_one_person(client: WebClient) -> None:
    assert client.conversations_open(users="U0AMA")["channel"] == {"id": "D0AMA"}
    assert client.conversations_open(users="U0AMA", return_im=True)["channel"]["is_im"]
    assert client.conversations_open(channel="D0AMA")["already_open"]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("", "users_list_not_supplied"),
        (",", "not_enough_users"),
        ("U0NOBODY", "user_not_found"),
        ("U0GONE", "user_disabled"),
        ("U0FOCAL", "cannot_dm_bot"),
        ("U0AMA,U0BO", "missing_scope"),
    ],
)
def test_direct_messages_with_nobody_to_talk_to_are_refused(client: WebClient, users: str, error: str) -> None:
    assert refusal(lambda: client.api_call("conversations.open", json={"users": users})) == error


def test_a_permalink_leads_into_the_thread(client: WebClient) -> None:
    ts = client.chat_postMessage(channel=HERE, text="root")["ts"]
    reply = client.chat_postMessage(channel=HERE, text="reply", thread_ts=ts)["ts"]
    link = client.chat_getPermalink(channel=HERE, message_ts=reply)["permalink"]
    assert link.endswith(f"/archives/{HERE}/p{reply.replace('.', '')}?thread_ts={ts}&cid={HERE}")
    assert refusal(lambda: client.chat_getPermalink(channel=HERE, message_ts="1.0")) == "message_not_found"
    assert refusal(lambda: client.chat_getPermalink(channel="C0GENERAL", message_ts=ts)) == "channel_not_found"


def test_locale_is_told_on_request(client: WebClient) -> None:
    assert "locale" not in client.users_info(user="U0CY")["user"]
    assert client.users_info(user="U0CY", include_locale=True)["user"]["locale"] == "ar-EG"
    assert all("locale" in each for each in client.users_list(include_locale=True)["members"] if not each["deleted"])
    assert refusal(lambda: client.users_info(user="U0NOBODY")) == "user_not_found"


def test_rest_is_told_of_one_or_of_fifty_at_once(slack: SlackWorld, client: WebClient) -> None:
    slack.change_person("U0AMA", dnd=[1796140200, 1796170000])
    assert client.dnd_info(user="U0AMA")["next_dnd_start_ts"] == 1796140200
    team = client.dnd_teamInfo(users=["U0AMA", "U0BO"])["users"]
    assert (team["U0AMA"]["dnd_enabled"], team["U0BO"]["dnd_enabled"]) == (True, False)
    assert refusal(lambda: client.dnd_teamInfo(users=["U0AMA"] * 51)) == "too_many_users"
    assert refusal(lambda: client.dnd_teamInfo(users="")) == "no_users_provided"


def test_a_file_that_never_arrived_is_not_shared(client: WebClient) -> None:
    announced = client.files_getUploadURLExternal(filename="a.csv", length=3)["file_id"]
    assert refusal(lambda: client.files_completeUploadExternal(files=[{"id": announced}])) == "file_not_found"
    assert refusal(lambda: client.files_completeUploadExternal(files=[{"id": "F0"}])) == "file_not_found"


def test_a_file_may_have_any_name(slack: SlackWorld, client: WebClient) -> None:
    client.files_upload_v2(channel=HERE, filename="a/b #1?.csv", content="a,b\n", title="Journal")
    [shared] = slack.posts(HERE)[-1]["files"]
    assert shared["name"] == "a/b #1?.csv"
    with urllib.request.urlopen(shared["url_private"], timeout=30) as answer:  # noqa: S310 - of this machine
        assert answer.read() == b"a,b\n"


def test_a_file_goes_only_where_the_bot_may_write(client: WebClient) -> None:
    def upload() -> Any:
        return client.files_upload_v2(channel="C0GENERAL", filename="a.csv", content="a,b\n")

    assert refusal(upload) == "not_in_channel"


def test_a_file_that_no_message_names_is_the_apps_alone_and_the_first_that_does_shares_it(
    slack: SlackWorld, client: WebClient
) -> None:
    [file] = client.files_upload_v2(filename="meeting.ics", content="BEGIN:VCALENDAR")["files"]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(file["url_private"], timeout=30)  # noqa: S310 - of this machine
    link = f"<{file['permalink']}|Add to your calendar>"
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": link}}]
    assert "files" not in client.chat_postMessage(channel=HERE, text="Nothing", blocks=blocks)["message"]
    shared = client.chat_postMessage(channel=HERE, text=f"Here: {link}", blocks=blocks)["message"]["files"]
    assert [each["id"] for each in shared] == [file["id"]]
    assert slack.posts(HERE)[-1]["files"] == shared
    with urllib.request.urlopen(file["url_private"], timeout=30) as answer:  # noqa: S310 - of this machine
        assert answer.read() == b"BEGIN:VCALENDAR"
