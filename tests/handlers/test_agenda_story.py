"""The agenda of the next meeting, read by everybody and finished by the secretariat in a practice workspace."""

from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.slack_player import Answer, Player
from tests.slack_world import SlackWorld, words

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def secretary(slack: SlackWorld, bot: Bot) -> Player:
    """Give the secretariat, with a meeting in ten days and something to take up."""
    bot.let_all_read_english()
    player = slack.player("U0SEC")
    player.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    slack.player("U0CY").command("issue raise emergency Who pays for the venue?")
    slack.player("U0CY").command("update climate at-risk Venue not confirmed")
    return player


def items(answer: Answer) -> list[str]:
    """Return the names of the items, in order."""
    assert answer.message, answer.error
    texts = [block["text"]["text"] for block in answer.message["blocks"] if block["type"] == "section"]
    rows = [text.split("\n")[0] for text in texts if text[:1].isdigit()]
    return [row.split(". ", 1)[1].replace("*", "") for row in rows]


AT_FIRST = [
    "Adoption of the agenda", "JIU system-wide reviews", "ISS-1 Who pays for the venue?", "Climate change",
    "Any other business",
]  # fmt: skip


def test_the_agenda_writes_itself(slack: SlackWorld, secretary: Player) -> None:
    assert items(slack.player("U0BO").command("meeting agenda")) == AT_FIRST
    answer = slack.player("U0BO").command("agenda")
    assert items(answer) == AT_FIRST
    assert "*5 items*: 3 standing items, 1 issue and 1 area" in answer.plain
    assert "0 of 120 minutes are planned" in answer.plain
    assert "something new from BDT" in answer.plain
    assert "Leave out" not in answer.buttons
    assert secretary


def test_whoever_was_to_present_an_item_and_left_is_not_offered_again(secretary: Player) -> None:
    secretary.click(secretary.command("agenda").message, "Change", beside="Climate change")
    secretary.fill({"Presenter": "U0CY"})
    assert secretary.submit() == {}
    secretary.command("member leave @U0CY")
    secretary.click(secretary.command("agenda").message, "Change", beside="Climate change")
    secretary.fill({"Minutes": "10"})
    assert secretary.submit() == {}
    shown = secretary.command("agenda").plain
    assert "10 minutes" in shown
    assert "presented by" not in shown


def test_the_secretariat_moves_items_and_everybody_sees_the_new_order(slack: SlackWorld, secretary: Player) -> None:
    answer = secretary.command("agenda")
    answer = secretary.click(answer.message, "Move up", beside="Climate change")
    moved = [*AT_FIRST[:2], AT_FIRST[3], AT_FIRST[2], AT_FIRST[4]]
    assert items(answer) == moved
    assert items(slack.player("U0BO").command("agenda")) == moved
    answer = secretary.click(answer.message, "Move down", beside="Climate change")
    assert items(answer) == AT_FIRST


def test_the_form_gives_an_item_its_position_time_and_presenter(secretary: Player) -> None:
    secretary.click(secretary.command("agenda").message, "Change", beside="Climate change")
    secretary.fill({"Position": "2", "Minutes": "150", "Presenter": "U0CY"})
    assert secretary.submit() == {}
    answer = secretary.command("agenda")
    assert items(answer) == [AT_FIRST[0], AT_FIRST[3], AT_FIRST[1], AT_FIRST[2], AT_FIRST[4]]
    assert "150 minutes" in answer.plain
    assert "presented by Cy" in answer.plain
    assert "The items take 150 of 120 minutes: 30 minutes too much." in answer.plain


def test_a_position_that_is_none_is_said_at_its_field(secretary: Player) -> None:
    secretary.click(secretary.command("agenda").message, "Change", beside="Climate change")
    secretary.fill({"Position": "9", "Minutes": "ten"})
    assert "from 1 to 5" in secretary.submit()["Position"]
    secretary.fill({"Position": "1"})
    assert "from 1 to 600" in secretary.submit()["Minutes"]
    assert secretary.filled()["Minutes"] == "ten"


def test_what_is_left_out_can_be_put_back(slack: SlackWorld, secretary: Player) -> None:
    answer = secretary.click(secretary.command("agenda").message, "Leave out", beside="Climate change")
    assert items(answer) == [*AT_FIRST[:3], AT_FIRST[4]]
    assert "1 item is left out" in answer.plain
    assert "Climate change" not in slack.player("U0BO").command("agenda").plain
    assert items(secretary.click(answer.message, "Put back")) == AT_FIRST


def test_an_item_moves_to_the_next_meeting(secretary: Player) -> None:
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    assert "Climate change" not in secretary.command("meeting agenda MTG-2").plain
    secretary.click(secretary.command("agenda").message, "Next meeting", beside="Climate change")
    secretary.fill({"Next meeting": "Move it there"})
    assert secretary.submit() == {}
    assert items(secretary.command("agenda")) == [*AT_FIRST[:3], AT_FIRST[4]]
    later = secretary.command("meeting agenda MTG-2")
    assert items(later) == AT_FIRST
    assert "carried over from MTG-1" in later.plain


def test_an_item_waits_for_the_meeting_after_this_one_where_none_is_scheduled(secretary: Player, bot: Bot) -> None:
    secretary.click(secretary.command("agenda").message, "Next meeting", beside="Climate change")
    secretary.fill({"Next meeting": "Have it there as well"})
    assert secretary.submit() == {}
    assert items(secretary.command("agenda")) == AT_FIRST
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    secretary.command("meeting hold")
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    assert items(secretary.command("meeting agenda MTG-2")) == AT_FIRST


def test_when_the_meeting_is_held_its_agenda_is_what_people_saw(slack: SlackWorld, secretary: Player, bot: Bot) -> None:
    secretary.click(secretary.command("agenda").message, "Move up", beside="Climate change")
    seen = items(secretary.command("agenda"))
    bot.go_to(datetime(2026, 12, 3, 13, 40, tzinfo=UTC))
    secretary.command("meeting hold")
    slack.player("U0CY").command("issue raise emergency Another question altogether")
    answer = secretary.command("agenda")
    assert items(answer) == seen
    assert "Leave out" not in answer.buttons
    assert items(secretary.command("meeting agenda MTG-1")) == seen
    bot.later(hours=2)
    secretary.command("meeting close carry")
    secretary.command("meeting schedule 2027-01-14 14:30 ISC-TF 44")
    bot.later(hours=2)
    assert items(secretary.command("agenda --at MTG-1")) == seen
    assert "ISC-TF 44" in secretary.command("agenda").plain


def test_what_was_ordered_for_a_cancelled_meeting_is_there_at_the_next_one(secretary: Player) -> None:
    secretary.click(secretary.command("agenda").message, "Leave out", beside="Climate change")
    secretary.command("meeting propose MTG-1 A word on the budget")
    secretary.command("meeting cancel MTG-1")
    assert "was cancelled" in secretary.command("meeting agenda MTG-1").plain
    secretary.command("meeting schedule 2026-12-10 14:30 ISC-TF 44")
    answer = secretary.command("agenda")
    assert items(answer) == [*AT_FIRST[:3], "A word on the budget", AT_FIRST[4]]
    assert "1 item is left out" in answer.plain


def test_a_moved_meeting_keeps_its_agenda(secretary: Player) -> None:
    secretary.click(secretary.command("agenda").message, "Leave out", beside="Climate change")
    secretary.command("meeting move MTG-1 2026-12-17 14:30")
    assert items(secretary.command("agenda")) == [*AT_FIRST[:3], AT_FIRST[4]]


def test_the_agenda_is_shown_as_it_stood(secretary: Player, bot: Bot) -> None:
    bot.go_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    secretary.command("meeting propose A word on the budget")
    assert "A word on the budget" in secretary.command("agenda").plain
    before = secretary.command("meeting agenda --at 2026-11-24")
    assert items(before) == AT_FIRST
    assert "As it stood on" in before.plain
    assert "Leave out" not in before.buttons
    assert items(secretary.command("meeting agenda --at 2026-11-22")) == [*AT_FIRST[:2], AT_FIRST[4]]


def test_the_secretariat_sees_the_agenda_as_somebody_else_does(slack: SlackWorld, secretary: Player) -> None:
    slack.player("U0BO").command("settings language fr")
    answer = secretary.command("meeting agenda --as <@U0BO>")
    assert "This is what Bo" in answer.plain
    assert "Changements climatiques" in answer.plain
    assert "Leave out" not in answer.buttons
    chosen = secretary.choose(secretary.command("agenda").message, "See it as …", "U0BO")
    assert "Changements climatiques" in chosen.plain
    assert "réservé au secrétariat" in slack.player("U0BO").command("agenda --as <@U0SEC>").plain


def test_the_ways_to_the_agenda(slack: SlackWorld, secretary: Player, bot: Bot) -> None:
    bot.settle()
    bo = slack.player("U0BO")
    post = next(each for each in slack.posts("isc-tf") if "ISC-TF 43" in words(each))
    for shown in (post | {"channel": "C0TASKFORCE"}, bo.command("meeting show").message,
                  bo.command("").message):  # fmt: skip
        assert items(bo.click(shown, "Agenda")) == AT_FIRST
    assert secretary


def test_on_a_page_the_agenda_is_ordered_where_it_stands(secretary: Player) -> None:
    page = secretary.click(secretary.open_home(), "Agenda").modal
    for _ in range(4):
        secretary.click(page, "Move up", beside="Any other business")
    assert "1. *Any other business*" in words(secretary.modal or {})
    secretary.click(page, "Change", beside="Climate change")
    secretary.fill({"Minutes": "10"})
    assert secretary.submit() == {}
    assert "10 minutes" in words(secretary.modal or {})
