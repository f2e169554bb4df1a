"""What is owed is sent: once, in order, to the right place, as things stand then."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from models.delivery import NoticeState
from tests.delivery.post_office import CHANNEL, PostOffice
from tests.slack_player import wait_for


def test_a_post_reaches_its_channel_once(office: PostOffice) -> None:
    office.owe("Hello")
    office.deliver()
    office.deliver()
    assert office.said() == ["Hello"]
    notice = office.notice("Hello")
    assert (notice.state, notice.channel) == (NoticeState.SENT, CHANNEL)
    assert notice.ts == office.slack.posts(CHANNEL)[0]["ts"]


def test_a_direct_message_opens_the_conversation_and_remembers_it(office: PostOffice) -> None:
    office.owe("One", to="U0AMA")
    office.owe("Two", to="U0AMA")
    office.deliver()
    assert [message["text"] for message in office.slack.player("U0AMA").dms()] == ["One", "Two"]
    assert len(office.calls("conversations.open")) == 1


def test_nothing_is_sent_before_it_is_due(office: PostOffice) -> None:
    office.owe("Later", due_at=office.clock.now() + timedelta(hours=1))
    office.deliver()
    assert office.said() == []
    office.clock.push(hours=1)
    office.deliver()
    assert office.said() == ["Later"]


def test_a_channel_keeps_its_order_and_urgent_goes_first(office: PostOffice) -> None:
    for words in ("a", "b", "c"):
        office.owe(words)
    office.owe("now", urgent=True)
    office.deliver()
    assert office.said() == ["now", "a", "b", "c"]


def test_a_reply_waits_for_its_thread(office: PostOffice) -> None:
    office.owe("reply", parent_key="card", urgent=True)
    office.deliver()
    assert office.said() == []
    office.owe("card")
    office.deliver()
    card, reply = office.slack.posts(CHANNEL)
    assert reply["thread_ts"] == card["ts"]


def test_what_became_moot_is_superseded(office: PostOffice) -> None:
    office.owe("gone")
    office.deliver()
    assert office.said() == []
    assert office.state("gone") is NoticeState.SUPERSEDED


def test_what_comes_too_late_expires(office: PostOffice) -> None:
    office.owe("Too late", expires_at=office.clock.now() + timedelta(minutes=5))
    office.clock.push(minutes=5)
    office.deliver()
    assert office.said() == []
    assert office.state("Too late") is NoticeState.EXPIRED


def test_what_slack_sees_of_a_key_is_opaque(office: PostOffice) -> None:
    office.owe("Hello", key="chair_alert:issue:4")
    office.deliver()
    [call] = office.calls()
    assert "issue" not in str(call.payload["metadata"])
    assert "issue" not in str(call.payload["client_msg_id"])


def test_a_message_that_cannot_be_rendered_holds_nobody_up_and_is_reported(office: PostOffice) -> None:
    office.owe("impossible")
    office.owe("Hello")
    for _ in range(6):
        office.deliver()
        office.clock.push(minutes=6)
    assert office.said() == ["Hello"]
    assert office.state("impossible") is NoticeState.DEAD
    assert office.notice("secretariat:not_sent:notice:1:2").refs["notice_id"] == 1


def test_a_post_that_slack_does_not_answer_keeps_no_other_channel_waiting(office: PostOffice) -> None:
    members = ["U0AMA", "U0BO", "U0CY", "U0DI", "U0SEC"]
    office.room.posting.timeout = 600
    hanging = office.slack.faults.next("chat.postMessage", "hang", seconds=600)
    office.owe("Hello", urgent=True)
    with ThreadPoolExecutor(1) as elsewhere:
        delivered = elsewhere.submit(office.deliver)
        try:
            wait_for(lambda: not hanging.times, seconds=60)
            for member in members:
                office.owe(f"To {member}", to=member)
            wait_for(lambda: all(office.slack.player(member).dms() for member in members), seconds=60)
            assert office.state("Hello") is NoticeState.SENDING
        finally:
            office.slack.do(lambda _: office.slack.server._web_api.stopping.set())  # which ends what hangs
        delivered.result()
