"""Members propose items for an agenda, by command, form and shortcut, and take them back."""

from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.handlers.test_agenda_story import AT_FIRST, items, secretary
from tests.handlers.test_app_home_story import soon
from tests.slack_player import Player
from tests.slack_world import SlackWorld, words

__all__ = ["secretary"]
pytestmark = pytest.mark.usefixtures("secretary")
WITH_BUDGET = [*AT_FIRST[:4], "A word on the budget", AT_FIRST[4]]


@pytest.fixture
def bo(slack: SlackWorld) -> Player:
    """Give a member without any say in the agenda."""
    return slack.player("U0BO")


def test_a_member_proposes_an_item_and_is_told_where_it_stands(bo: Player) -> None:
    answer = bo.command("meeting propose A word on the budget\nIt is short")
    assert "“A word on the budget” is item 5 on the agenda of MTG-1" in answer.plain
    shown = bo.click(answer.message, "Agenda")
    assert items(shown) == WITH_BUDGET
    assert "proposed by Bo" in shown.plain
    assert "It is short" in shown.plain


def test_whoever_proposed_takes_it_back(slack: SlackWorld, bo: Player) -> None:
    answer = bo.command("meeting propose A word on the budget")
    assert "Take back" not in slack.player("U0CY").command("agenda").buttons
    assert "is taken back" in bo.click(answer.message, "Take back").plain
    assert items(bo.command("agenda")) == AT_FIRST
    bo.command("meeting propose A word on the budget")
    assert "is taken back" in bo.click(bo.command("agenda").message, "Take back").plain


def test_what_was_moved_to_a_later_meeting_is_taken_back_there_too(bo: Player, secretary: Player) -> None:
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    bo.command("meeting propose A word on the budget")
    secretary.click(secretary.command("agenda").message, "Next meeting", beside="A word on the budget")
    secretary.fill({"Next meeting": "Move it there"})
    secretary.submit()
    later = bo.command("meeting agenda MTG-2")
    assert "A word on the budget" in later.plain
    bo.click(later.message, "Take back")
    assert "A word on the budget" not in bo.command("meeting agenda MTG-2").plain
    assert "left out" not in secretary.command("agenda").plain


def test_the_form_proposes_as_the_command_does(bo: Player) -> None:
    bo.command("meeting propose MTG-1")
    bo.fill({"Title": "A word on the budget", "Description": "It is short"})
    assert bo.submit() == {}
    assert items(bo.command("agenda")) == WITH_BUDGET


def test_a_message_is_proposed_with_the_way_back_to_it(slack: SlackWorld, bo: Player) -> None:
    bo.say("A word on the budget\nIt is short", "isc-tf")
    bo.message_shortcut("propose_item", bo.messages("isc-tf")[-1])
    assert bo.filled()["Title"] == "A word on the budget"
    assert bo.submit() == {}
    shown = slack.player("U0CY").command("agenda")
    assert items(shown) == WITH_BUDGET
    assert "|the message>" in str(shown.blocks)


def test_an_observer_does_not_propose(slack: SlackWorld) -> None:
    answer = slack.player("U0OBS").command("meeting propose A word on the budget")
    assert "and not observers" in answer.plain
    assert "meeting propose A word on the budget" in answer.plain, "what was typed is handed back"


def test_the_same_title_is_proposed_once_for_a_meeting(slack: SlackWorld, bo: Player) -> None:
    bo.command("meeting propose A word on the budget")
    again = slack.player("U0CY").command("meeting propose MTG-1 a word on the BUDGET")
    assert "“A word on the budget” is proposed for MTG-1 already, by Bo" in again.plain
    assert "a word on the BUDGET" in again.plain
    bo.command("meeting propose")
    bo.fill({"Title": "A word on the budget", "Description": "With figures"})
    assert "is proposed for MTG-1 already" in bo.submit()["Title"]
    assert bo.filled()["Description"] == "With figures"


def test_nothing_is_proposed_for_a_meeting_that_is_over_or_cancelled(bo: Player, secretary: Player, bot: Bot) -> None:
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    secretary.command("meeting cancel MTG-2")
    assert "MTG-2 was cancelled" in bo.command("meeting propose MTG-2 A word on the budget").plain
    bo.command("meeting propose MTG-1")
    bo.fill({"Title": "A word on the budget"})
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    secretary.command("meeting hold")
    assert "MTG-1 began on" in bo.submit()["Title"]
    assert bo.filled()["Title"] == "A word on the budget"
    refused = bo.command("meeting propose MTG-1 A word on the budget")
    assert "its agenda does not change any more" in refused.plain
    assert "A word on the budget" in refused.plain


def test_a_proposal_waits_for_the_next_meeting_where_none_is_scheduled(
    slack: SlackWorld, bo: Player, secretary: Player, bot: Bot
) -> None:
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    secretary.command("meeting hold")
    secretary.command("meeting close carry")
    assert "none is scheduled yet" in bo.command("meeting propose A word on the budget").plain
    assert "for the next meeting already" in slack.player("U0CY").command("meeting propose A word on the budget").plain
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    assert "A word on the budget" in bo.command("agenda").plain


def test_while_no_meeting_is_scheduled_the_agenda_shows_what_waits_for_the_next_one(
    slack: SlackWorld, bo: Player, secretary: Player, bot: Bot
) -> None:
    bo.command("meeting propose Put this off")
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    secretary.command("meeting hold")
    secretary.command("meeting close MTG-1 carry")
    answer = bo.command(f"meeting propose A word on the budget\n{'It is short. ' * 40}And this is its end.")
    shown = bo.click(answer.message, "Agenda")
    assert "What waits for the next meeting" in shown.plain
    assert "No meeting is scheduled" in shown.plain
    assert {"Put this off", "A word on the budget", "ISS-1 Who pays for the venue?"} <= set(items(shown))
    assert "carried over from MTG-1" in shown.plain
    assert items(secretary.command("agenda")) == items(shown)
    assert {"Move up", "Leave out", "Put back"}.isdisjoint(secretary.command("agenda").buttons)
    reader = slack.player("U0CY")
    assert "And this is its end" in reader.click(reader.command("agenda").message, "Read all").plain
    assert "is taken back" in bo.click(shown.message, "Take back", beside="A word on the budget").plain
    assert "A word on the budget" not in items(bo.command("meeting agenda"))
    bo.click(bo.command("agenda").message, "Propose an item")
    bo.fill({"Title": "Another word"})
    assert bo.submit() == {}
    waiting = bo.command("agenda")
    assert "Another word" in items(waiting)
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    assert items(bo.command("agenda")) == items(waiting)
    assert "Agenda of MTG-2" in bo.click(answer.message, "Agenda").plain


def test_what_was_proposed_for_a_meeting_that_nobody_held_is_on_the_next_agenda(
    bo: Player, secretary: Player, bot: Bot
) -> None:
    bo.command("meeting propose MTG-1 A word on the budget")
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    bot.go_to(datetime(2026, 12, 5, 9, tzinfo=UTC))
    assert "A word on the budget" in bo.command("agenda").plain
    assert "A word on the budget" in bo.command("meeting agenda MTG-2").plain


def test_a_title_or_a_text_that_is_too_long_is_handed_back(bo: Player) -> None:
    answer = bo.command(f"meeting propose {'budget ' * 40}")
    assert "is item 5" in answer.plain
    shown = bo.command("agenda")
    assert items(shown)[4].endswith("…")
    refused = bo.command(f"meeting propose Another\n{'budget ' * 500}")
    assert "Please shorten it by" in refused.plain
    assert "budget budget" in refused.plain


def test_what_is_too_long_for_the_list_can_be_read_whole(slack: SlackWorld, bo: Player) -> None:
    bo.command(f"meeting propose A word on the budget\n{'It is short. ' * 40}And this is its end.")
    reader = slack.player("U0CY")
    agenda = reader.command("agenda")
    assert "And this is its end" not in agenda.plain
    assert "And this is its end" in reader.click(agenda.message, "Read all").plain


def test_proposals_are_found_in_their_words_of_now_until_they_are_taken_back(
    slack: SlackWorld, bo: Player, secretary: Player
) -> None:
    answer = bo.command("meeting propose A word on the budget\nIt is for the Fellowship")
    reader = slack.player("U0NEWS")
    reader.command("settings language en")
    found = reader.command("search fellowship")
    assert "*Agenda* · proposal" in found.plain
    assert "It is for the Fellowship" in found.plain
    assert items(reader.click(found.message, "Agenda")) == WITH_BUDGET
    secretary.click(secretary.command("agenda").message, "Change", beside="A word on the budget")
    secretary.fill({"Description": "It is for the scholarships"})
    secretary.submit()
    assert "Nothing was found" in reader.command("search fellowship").plain
    assert "proposal MTG-1 · Bo" in reader.command("search scholarship").plain
    bo.click(answer.message, "Take back")
    assert "Nothing was found" in reader.command("search scholarship").plain


def test_a_proposal_that_was_put_off_is_found_once_where_it_stands_now(bo: Player, secretary: Player, bot: Bot) -> None:
    bo.command("meeting propose A word on the budget")
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    secretary.command("meeting hold")
    secretary.command("meeting close MTG-1 carry")
    found = bo.command("search budget")
    assert "1 text with" in found.plain
    shown = bo.click(found.message, "Agenda")
    assert "No meeting is scheduled" in shown.plain
    bo.click(shown.message, "Take back", beside="A word on the budget")
    assert "proposal MTG-1 · Bo" in bo.command("search budget").plain, "its minutes have it still"


def test_the_desk_of_the_secretariat_counts_what_is_proposed(bo: Player, secretary: Player, bot: Bot) -> None:
    secretary.open_home()
    bo.command("meeting propose A word on the budget")
    soon(bot)
    assert "*1 item* is proposed for the agenda." in words(secretary.home() or {})
    assert not [dm for dm in secretary.dms() if "budget" in words(dm)]
    secretary.click(secretary.command("agenda").message, "Move up", beside="A word on the budget")
    assert "is proposed for the agenda" not in secretary.command("").plain
