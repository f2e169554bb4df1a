"""What the app hears of what happens, as far as it subscribed and may know; and what guests and leavers may do."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from slack_sdk import WebClient

from practice import acts, administration
from practice.refusals import SlackError
from practice.world import Channel, Person
from tests.practice.http_listener import Listener, listening
from tests.slack_world import SlackWorld, wait_for

Json = dict[str, Any]


@pytest.fixture
def listener(slack: SlackWorld) -> Iterator[Listener]:
    with listening() as listener:
        slack.deliver_over(listener.url)
        yield listener


def heard(listener: Listener) -> list[Json]:
    return [json.loads(each.body)["event"] for each in listener.sent]


def next_event(listener: Listener, kind: str) -> Json:
    def find() -> Json | None:
        return next((each for each in heard(listener) if each["type"] == kind), None)

    event = wait_for(find)
    assert event is not None
    return event


def test_the_app_hears_what_changes_about_people(slack: SlackWorld, listener: Listener) -> None:
    slack.change_person("U0BO", tz="Asia/Bangkok", status_text="On mission")
    user = next_event(listener, "user_change")["user"]
    assert (user["tz"], user["profile"]["status_text"], user["locale"]) == ("Asia/Bangkok", "On mission", "en-GB")
    listener.sent.clear()
    slack.deactivate("U0BO")
    assert next_event(listener, "user_change")["user"]["deleted"]


def test_the_app_hears_who_comes(slack: SlackWorld, listener: Listener) -> None:
    slack.do(lambda workspace: administration.add_person(workspace, Person("U0NEW", "new", "New (sample)")))
    assert next_event(listener, "team_join")["user"]["id"] == "U0NEW"
    slack.player("U0NEW").say("hello", "isc-tf")
    joined = next_event(listener, "member_joined_channel")
    assert (joined["user"], joined["channel"]) == ("U0NEW", "C0TASKFORCE")


def test_opening_the_home_tells_what_is_published_there(
    slack: SlackWorld, client: WebClient, listener: Listener
) -> None:
    published = client.views_publish(user_id="U0AMA", view={"type": "home", "blocks": []})["view"]
    slack.do(lambda workspace: acts.open_home(workspace, "U0AMA"))
    event = next_event(listener, "app_home_opened")
    assert (event["user"], event["tab"], event["view"]["hash"]) == ("U0AMA", "home", published["hash"])


def test_the_app_hears_only_what_it_subscribed_to_where_it_is(slack: SlackWorld, listener: Listener) -> None:
    hidden = Channel("C0HIDDEN", "hidden", kind="private", members=["U0AMA"])
    slack.do(lambda workspace: workspace.world.channels.update({hidden.id: hidden}))
    ama = slack.player("U0AMA")
    ama.say("not subscribed to channels", "isc-tf")
    ama.say("@Focal but it is not here", "general")
    ama.say("@Focal nor here", "hidden")
    ama.say("to you alone")
    wait_for(lambda: len(listener.sent) == 1)
    assert heard(listener)[0]["text"] == "to you alone"
    assert heard(listener)[0]["channel_type"] == "im"


def test_an_edit_and_a_deletion_tell_what_was_there_before(client: WebClient, listener: Listener) -> None:
    ts = client.chat_postMessage(channel="D0AMA", text="one")["ts"]
    client.chat_update(channel="D0AMA", ts=ts, text="two")
    client.chat_delete(channel="D0AMA", ts=ts)
    wait_for(lambda: len(listener.sent) == 3)
    by_kind = {each.get("subtype", ""): each for each in heard(listener)}
    changed, deleted = by_kind["message_changed"], by_kind["message_deleted"]
    assert (changed["previous_message"]["text"], changed["message"]["text"]) == ("one", "two")
    assert (deleted["deleted_ts"], deleted["previous_message"]["text"]) == (ts, "two")


def test_a_guest_reads_and_writes_only_where_they_are(slack: SlackWorld) -> None:
    guest = slack.player("U0GUEST")
    guest.say("I am here", "isc-tf")
    with pytest.raises(SlackError, match="channel_not_found"):
        guest.say("nor here", "general")
    assert guest.command("status", channel="isc-tf").error == "/isctf failed (dispatch_failed)"


def test_who_has_left_does_nothing_any_more(slack: SlackWorld) -> None:
    slack.deactivate("U0BO")
    with pytest.raises(SlackError, match="account_inactive"):
        slack.player("U0BO").say("hello", "isc-tf")
    with pytest.raises(SlackError, match="account_inactive"):
        slack.player("U0BO").command("status")
