"""What stands in Slack is kept true: edited when events overtook it, and only then."""

import pytest
import sqlalchemy as sa

from delivery.budget import EDIT
from delivery.edits import _claim_edits, _done, edit_overtaken
from models.delivery import Allowance, Notice, NoticeState
from tests.delivery.post_office import CHANNEL, LETTERS, PostOffice


def test_what_events_overtook_is_edited_in_place(office: PostOffice) -> None:
    office.owe("Open")
    office.deliver()
    office.change("Open", "Open", "Closed")
    office.edit()
    assert office.said() == ["Closed"]


def test_what_looks_the_same_is_not_edited(office: PostOffice) -> None:
    office.owe("Open")
    office.deliver()
    office.change("Open", "Open", "Open")
    office.edit()
    assert office.calls("chat.update") == []
    assert office.notice("Open").refresh_at is None


def test_a_change_while_the_edit_is_on_its_way_is_not_lost(office: PostOffice) -> None:
    office.owe("Open")
    office.deliver()
    office.change("Open", "Open", "Closed")
    [claim] = _claim_edits(office.room)
    office.change("Open", "Open", "Reopened")
    _done(office.room, claim)
    office.edit()
    assert office.said() == ["Reopened"]


def test_what_happened_last_is_shown_first_when_not_everything_can_be(office: PostOffice) -> None:
    office.clock.stop()
    for words in ("Reminder", "Alert"):
        office.owe(words)
    office.deliver()
    paced = office.hire(pace=1.0)
    with office.database.transaction() as session:
        session.add(Allowance(bucket=EDIT, level=1, at=office.clock.real()))
    office.change("Alert", "Alert", "Decided")
    office.clock.push(seconds=0.5)
    office.change("Reminder", "Reminder", "Over")
    assert edit_overtaken(paced.room) == 1
    assert office.said() == ["Over", "Alert"]
    office.clock.push(seconds=2)
    assert edit_overtaken(paced.room) == 1
    assert office.said() == ["Over", "Decided"]


def test_of_messages_about_the_same_the_newest_is_shown_first(office: PostOffice) -> None:
    office.clock.stop()
    for key in ("Letter", "Alert"):
        office.owe("Open", key=key)
        office.deliver()
    paced = office.hire(pace=1.0)
    LETTERS["Open"] = "Decided"
    with office.database.transaction() as session:
        session.add(Allowance(bucket=EDIT, level=1, at=office.clock.real()))
        session.connection().execute(sa.update(Notice).values(refresh_at=office.clock.now()))
    assert edit_overtaken(paced.room) == 1
    assert office.said() == ["Open", "Decided"]


def test_an_editor_that_dies_leaves_the_edit_to_the_next(office: PostOffice) -> None:
    office.owe("Open")
    office.deliver()
    office.change("Open", "Open", "Closed")
    assert len(_claim_edits(office.room)) == 1
    assert edit_overtaken(office.room) == 0
    office.clock.push(minutes=2)
    office.edit()
    assert office.said() == ["Closed"]


@pytest.mark.fault(31)
def test_a_change_while_the_post_is_on_its_way_is_shown_after_it(office: PostOffice) -> None:
    office.owe("Open")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.deliver()
    office.change("Open", "Open", "Closed")
    office.settle()
    office.edit()
    assert office.said() == ["Closed"]


@pytest.mark.parametrize("error", ["cant_update_message", "edit_window_closed", "message_not_found"])
def test_an_edit_that_slack_will_never_take_is_not_tried_again(office: PostOffice, error: str) -> None:
    office.owe("Open")
    office.deliver()
    office.slack.faults.next("chat.update", error)
    office.change("Open", "Open", "Closed")
    for _ in range(3):
        office.edit()
        office.clock.push(minutes=10)
    assert len(office.calls("chat.update")) == 1
    assert (office.state("Open"), office.notice("Open").error) == (NoticeState.SENT, error)


@pytest.mark.parametrize("fault", ["500", "reset_after", "html_after", "429"])
def test_an_edit_that_failed_is_repeated(office: PostOffice, fault: str) -> None:
    office.owe("Open")
    office.deliver()
    office.slack.faults.next("chat.update", fault)
    office.change("Open", "Open", "Closed")
    office.edit()
    office.clock.push(minutes=2)
    office.edit()
    assert office.said() == ["Closed"]
    assert office.notice("Open").refresh_at is None


@pytest.mark.parametrize("error", ["cant_update_message", "edit_window_closed"])
@pytest.mark.parametrize("to", [None, "U0AMA"])
def test_what_can_no_longer_be_edited_is_said_in_its_thread_once(
    office: PostOffice, error: str, to: str | None
) -> None:
    office.owe("Open", to=to)
    office.deliver()
    office.deliver()
    message = office.notice("Open")
    office.slack.faults.next("chat.update", error, times=9, match=lambda payload: payload["ts"] == message.ts)
    for said in ("Closed", "Reopened"):
        office.change("Open", "Open", said)
        for _ in range(3):
            office.edit()
            office.deliver()
            office.clock.push(minutes=10)
    first, reply = office.slack.posts(message.channel or "")
    assert (first["text"], reply["text"], reply["thread_ts"]) == ("Open", "Reopened", message.ts)
    assert "can no longer be changed" in str(reply["blocks"])
    assert [call.payload["ts"] for call in office.calls("chat.update")].count(message.ts) == 1


def test_a_reply_that_can_no_longer_be_edited_is_followed_in_the_same_thread(office: PostOffice) -> None:
    office.owe("Card")
    office.owe("Open", parent_key="Card")
    office.deliver()
    office.deliver()
    office.slack.faults.next("chat.update", "edit_window_closed")
    office.change("Open", "Open", "Closed")
    office.edit()
    office.deliver()
    *_, reply = office.slack.posts(CHANNEL)
    assert (reply["text"], reply["thread_ts"]) == ("Closed", office.notice("Card").ts)
