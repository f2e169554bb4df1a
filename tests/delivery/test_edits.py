"""What stands in Slack is kept true: edited when events overtook it, and only then."""

import pytest

from delivery.edits import _claim_edits, _done, edit_overtaken
from models.delivery import NoticeState
from tests.delivery.post_office import PostOffice


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


def test_an_editor_that_dies_leaves_the_edit_to_the_next(office: PostOffice) -> None:
    office.owe("Open")
    office.deliver()
    office.change("Open", "Open", "Closed")
    assert len(_claim_edits(office.room)) == 1
    assert edit_overtaken(office.room) == 0
    office.clock.push(minutes=2)
    office.edit()
    assert office.said() == ["Closed"]


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
