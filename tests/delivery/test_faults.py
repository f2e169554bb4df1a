"""Whatever Slack, the wire or a stalled process does: each message stands in Slack once."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog

from delivery.claims import claim_due
from delivery.reconcile import settle_doubts, sweep_copies
from delivery.sender import Draft, Sender
from models.delivery import NoticeKind, NoticeState
from tests.delivery.post_office import CHANNEL, PostOffice


@pytest.mark.fault(2)
def test_a_sender_that_dies_after_claiming_loses_nothing(office: PostOffice) -> None:
    office.owe("Hello")
    assert len(claim_due(office.room)) == 1
    office.deliver()
    assert office.said() == []
    office.settle()
    assert office.said() == ["Hello"]


@pytest.mark.fault(4)
def test_a_sender_that_dies_after_slack_accepted_is_read_back(office: PostOffice) -> None:
    office.owe("Hello")
    [claim] = claim_due(office.room)
    draft = office.sender._prepare(claim)
    assert isinstance(draft, Draft)
    ts = draft.post(office.room, plain=False)["ts"]
    office.settle()
    assert office.said() == ["Hello"]
    assert (office.state("Hello"), office.notice("Hello").ts) == (NoticeState.SENT, ts)


@pytest.mark.fault(5)
def test_a_checker_that_dies_leaves_the_check_to_the_next(office: PostOffice) -> None:
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.deliver()
    office.clock.push(seconds=61)
    office.slack.faults.next("conversations.history", "hang", times=2, seconds=5)
    with office.impatient():
        settle_doubts(office.room)
    office.settle(rounds=3)
    assert office.said() == ["Hello"]


@pytest.mark.fault(7)
def test_a_sender_that_comes_back_after_its_lease_cannot_finish(office: PostOffice) -> None:
    office.owe("Hello")
    [claim] = claim_due(office.room)
    office.settle()
    office.sender.send(claim)
    assert office.said() == ["Hello"]


@pytest.mark.fault(8)
def test_a_stall_at_the_socket_write_leaves_no_copy_and_is_reported(office: PostOffice) -> None:
    office.owe("Hello")
    [claim] = claim_due(office.room)
    stalled = office.sender._prepare(claim)
    assert isinstance(stalled, Draft)
    office.settle()
    stalled.post(office.room, plain=False)
    assert office.copies("Hello") == 2
    office.sweep()
    assert office.copies("Hello") == 1
    assert office.notice("Hello").ts == office.slack.posts(CHANNEL)[0]["ts"]
    [news] = office.notices(NoticeKind.SECRETARIAT)
    assert news.refs["news"] == "copy_removed"


def test_the_sweeps_come_to_an_end(office: PostOffice) -> None:
    office.owe("Hello")
    claim_due(office.room)
    office.settle()
    for _ in range(4):
        office.clock.push(minutes=59)
        sweep_copies(office.room)
    assert office.notice("Hello").sweep_at is None


@pytest.mark.fault(9)
def test_a_429_rests_that_channel_alone(office: PostOffice) -> None:
    office.clock.stop()
    office.owe("Hello")
    office.owe("Yours", to="U0AMA")
    office.slack.faults.next("chat.postMessage", "429", retry_after=30, match=lambda call: call["channel"] == CHANNEL)
    office.deliver()
    assert [message["text"] for message in office.slack.player("U0AMA").dms()] == ["Yours"]
    office.clock.push(seconds=28)
    office.deliver()
    assert office.said() == []
    assert len([call for call in office.calls() if call.payload["channel"] == CHANNEL]) == 1
    office.clock.push(seconds=3)
    office.deliver()
    assert office.said() == ["Hello"]


@pytest.mark.fault(9)
def test_two_limited_channels_rest_the_whole_workspace(office: PostOffice) -> None:
    office.owe("Hello")
    office.owe("Yours", to="U0AMA")
    office.slack.faults.next("chat.postMessage", "429", times=2, retry_after=30)
    office.deliver()
    office.owe("Theirs", to="U0BO")
    office.deliver()
    assert len(office.calls()) == 2


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param("500", marks=pytest.mark.fault(10)),
        pytest.param("500_after", marks=pytest.mark.fault(11)),
        *(pytest.param(fault, marks=pytest.mark.fault(12)) for fault in ("reset", "reset_after")),
        *(pytest.param(fault, marks=pytest.mark.fault(13)) for fault in ("hang", "hang_after")),
        *(pytest.param(fault, marks=pytest.mark.fault(14)) for fault in ("html", "html_after")),
    ],
)
def test_an_answer_that_does_not_come_means_one_post(office: PostOffice, fault: str) -> None:
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", fault, seconds=3)
    with office.impatient():
        office.deliver()
    assert office.state("Hello") is NoticeState.UNKNOWN
    office.settle()
    assert office.said() == ["Hello"]
    assert office.state("Hello") is NoticeState.SENT


def test_a_doubtful_reply_is_looked_for_in_its_thread(office: PostOffice) -> None:
    office.owe("card")
    office.owe("reply", parent_key="card")
    office.deliver()
    assert office.state("reply") is NoticeState.SENT
    office.owe("second", parent_key="card")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.deliver()
    office.settle()
    assert office.said() == ["card", "reply", "second"]


def test_a_doubt_is_looked_for_beyond_the_first_page(office: PostOffice) -> None:
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.deliver()
    for n in range(210):
        office.slack.player("U0AMA").say(f"talk {n}", "isc-tf")
    office.settle()
    assert office.copies("Hello") == 1


@pytest.mark.fault(15)
def test_while_slack_is_unreachable_one_call_tries_and_everything_arrives_after(office: PostOffice) -> None:
    for person in ("U0AMA", "U0BO", "U0CY"):
        office.owe(f"To {person}", to=person)
    office.slack.server.pause()
    for _ in range(60):
        office.clock.push(minutes=1)
        office.deliver()
    office.slack.server.resume()
    office.clock.push(minutes=6)
    office.deliver()
    for person in ("U0AMA", "U0BO", "U0CY"):
        assert [message["text"] for message in office.slack.player(person).dms()] == [f"To {person}"]


@pytest.mark.fault(15)
def test_without_a_name_server_nothing_is_in_doubt_and_everything_arrives_after(office: PostOffice) -> None:
    office.owe("Hello")
    address = office.room.posting.base_url
    office.room.posting.base_url = "http://slack.invalid/api/"
    for _ in range(60):
        office.clock.push(minutes=1)
        office.deliver()
    assert (office.state("Hello"), office.notice("Hello").error) == (NoticeState.PENDING, "gaierror")
    office.room.posting.base_url = address
    office.clock.push(minutes=6)
    office.deliver()
    assert office.said() == ["Hello"]


@pytest.mark.fault(16)
def test_a_revoked_token_pauses_the_sender_keeps_the_rows_and_is_said_once(office: PostOffice) -> None:
    office.owe("Hello")
    office.owe("Yours", to="U0AMA")
    with structlog.testing.capture_logs() as logs:
        for _ in range(3):
            office.slack.faults.clear()
            office.slack.faults.next("*", "token_revoked", times=10)
            office.deliver()
            office.clock.push(minutes=2)
    assert [line["event"] for line in logs if line["log_level"] == "error"] == ["slack.locked_out"]
    assert office.state("Hello") is NoticeState.PENDING
    assert "auth" in office.pauses()
    office.slack.faults.clear()
    office.deliver()
    office.deliver()
    assert office.said() == ["Hello"]
    assert [message["text"] for message in office.slack.player("U0AMA").dms()] == ["Yours"]
    assert "auth" not in office.pauses()


@pytest.mark.fault(17)
def test_an_archived_channel_is_reported_to_the_secretariat_once(office: PostOffice) -> None:
    office.slack.archive(CHANNEL)
    office.owe("Hello")
    office.owe("reply", parent_key="Hello")
    for _ in range(3):
        office.deliver()
        office.clock.push(minutes=5)
    assert office.notice("Hello").error == "is_archived"
    assert office.state("reply") is NoticeState.SUPERSEDED
    [news] = office.notices(NoticeKind.SECRETARIAT)
    assert news.refs == {"news": "not_sent", "notice_id": office.notice("Hello").id}


@pytest.mark.fault(17)
def test_somebody_deactivated_is_reported_to_the_secretariat_once(office: PostOffice) -> None:
    office.slack.deactivate("U0BO")
    office.owe("Yours", to="U0BO")
    office.deliver()
    assert office.state("Yours") is NoticeState.DEAD
    assert len(office.notices(NoticeKind.SECRETARIAT)) == 1


def test_blocks_that_slack_refuses_go_once_as_plain_text(office: PostOffice) -> None:
    office.owe("bad blocks")
    office.deliver()
    assert office.said() == ["bad blocks"]
    assert len(office.calls()) == 2


@pytest.mark.fault(18)
@pytest.mark.parametrize("fault", ["429", "500", "html", "reset"])
def test_a_history_that_cannot_be_read_leaves_the_doubt(office: PostOffice, fault: str) -> None:
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.deliver()
    office.slack.faults.next("conversations.history", fault, times=2, retry_after=0)
    office.clock.push(seconds=61)
    settle_doubts(office.room)
    assert office.state("Hello") is NoticeState.UNKNOWN
    office.settle(rounds=2)
    assert (office.state("Hello"), office.copies("Hello")) == (NoticeState.SENT, 1)


def test_where_history_may_not_be_read_a_doubt_is_reported_and_not_repeated(office: PostOffice) -> None:
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.deliver()
    office.slack.faults.next("conversations.history", "missing_scope")
    office.settle(rounds=2)
    assert (office.state("Hello"), office.copies("Hello")) == (NoticeState.DEAD, 1)
    assert len(office.notices(NoticeKind.SECRETARIAT)) == 1


def test_two_senders_at_once_send_each_message_once_and_in_order(office: PostOffice) -> None:
    other: Sender = office.hire()
    words = [f"{n:02}" for n in range(20)]
    for each in words:
        office.owe(each)
    threads = [threading.Thread(target=sender.deliver) for sender in (office.sender, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.deliver()
    other.close()
    assert office.said() == words


@pytest.mark.fault(28)
@pytest.mark.parametrize("days", [1, -1])
def test_a_machine_whose_clock_jumps_a_day_sends_once_and_does_not_wait_a_day(office: PostOffice, days: int) -> None:
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.clock.push(days=max(days, 0))
    office.deliver()
    office.clock.push(days=-1 if days > 0 else 1)
    office.clock.push(days=days)
    office.settle(rounds=2)
    assert (office.state("Hello"), office.copies("Hello")) == (NoticeState.SENT, 1)


@pytest.mark.fault(28)
def test_what_was_owed_while_the_clock_was_a_day_ahead_does_not_wait_for_that_day(office: PostOffice) -> None:
    office.clock.push(days=1)
    office.owe("Hello")
    office.owe("Tomorrow", due_at=office.clock.now() + timedelta(hours=1))
    office.clock.push(days=-1)
    office.deliver()
    assert office.said() == ["Hello"]


@pytest.mark.fault(28)
def test_a_pause_from_before_a_jump_back_does_not_last_a_day(office: PostOffice) -> None:
    office.clock.push(days=1)
    office.slack.faults.next("chat.postMessage", "429", retry_after=30)
    office.owe("Hello", due_at=office.clock.now() - timedelta(days=2))
    office.deliver()
    office.clock.push(days=-1)
    office.deliver()
    assert office.said() == ["Hello"]


def test_a_batch_that_takes_too_long_gives_back_what_it_did_not_begin(office: PostOffice) -> None:
    office.owe("Hello")
    [claim] = claim_due(office.room)
    office.sender.send(replace(claim, steady_until=office.clock.steady() + 1))
    assert (office.state("Hello"), office.said()) == (NoticeState.PENDING, [])
    office.deliver()
    assert office.said() == ["Hello"]


@pytest.mark.fault(2)
def test_a_sender_that_dies_before_it_knows_where_direct_messages_go_loses_nothing(office: PostOffice) -> None:
    office.owe("Yours", to="U0AMA")
    assert len(claim_due(office.room)) == 1
    office.settle(rounds=2)
    assert [message["text"] for message in office.slack.player("U0AMA").dms()] == ["Yours"]
