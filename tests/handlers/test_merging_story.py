"""Two issues of the same matter become one: nothing that was said is lost, and nobody's way to the chair is cut off."""

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import buttons_of, words
from tests.slack_world import SlackWorld

pytestmark = [pytest.mark.english, pytest.mark.usefixtures("bot")]


@pytest.fixture(autouse=True)
def two(bot: Bot, ama: Player, bo: Player) -> None:
    """ISS-1 by Ama; ISS-2 by Bo, with a position and a comment."""
    ama.command("issue raise climate Venue unclear")
    bo.command("issue raise climate Nobody has confirmed a room\nThe host is silent")
    bo.command("issue position 2 object No budget for another one")
    bo.command("issue comment 2 I rang twice")
    bot.settle()


# -- merged --------------------------------------------------------------------------------------------------------


def test_the_other_issue_shows_all_that_was_said_of_the_merged_one(sena: Player) -> None:
    answer = sena.command("issue merge ISS-2 into ISS-1")
    assert "ISS-2 goes on in ISS-1: what was said of it is shown here." in answer.plain
    shown = answer.plain.replace("*", "")
    for expected in (
        "with ISS-2", "Nobody has confirmed a room The host is silent", "I rang twice",
        "TSB: objects (Bo (sample), on ISS-2,", "No budget for another one",
    ):  # fmt: skip
        assert expected in shown


def test_the_merged_one_points_to_the_other_and_its_card_says_so(slack: SlackWorld, bot: Bot, bo: Player) -> None:
    bo.command("issue merge 2 1")
    bot.settle()
    assert "Merged into ISS-1 by Bo (sample)" in bo.command("issue show 2").plain.replace("*", "")
    card = next(post for post in slack.posts("isc-tf") if "ISS-2" in post["text"])
    assert "merged into ISS-1" in words(card)
    assert buttons_of(card) == ["Details"]
    assert "ISS-2" not in bo.command("issue list").plain.replace("with ISS-2", "")


def test_a_position_on_the_other_issue_counts_before_that_on_the_merged_one(bo: Player, sena: Player) -> None:
    bo.command("issue position 1 agree")
    shown = sena.command("issue merge ISS-2 into ISS-1").plain
    assert "agrees" in shown
    assert "No budget for another one" not in shown


def test_its_pending_messages_are_withdrawn_and_those_sent_lose_their_buttons(
    slack: SlackWorld, bot: Bot, sena: Player
) -> None:
    cy = slack.player("U0CY")
    reached = [letter for letter in cy.dms() if "ISS-2" in words(letter)]
    assert "Resolve" in buttons_of(reached[-1])
    sena.command("issue assign 2 <@U0RDAF>")
    sena.command("issue merge ISS-2 into ISS-1")
    bot.settle()
    bot.later(days=14)
    bot.settle()
    letters = [words(letter) for letter in slack.player("U0RDAF").dms()]
    assert not [letter for letter in letters if "ISS-2 Nobody" in letter and "is yours now" in letter]
    assert [letter for letter in letters if "goes on in another issue" in letter]
    assert not any(
        "ISS-2" in words(letter) for letter in slack.player("U0CHAIR").dms() if "with ISS-2" not in words(letter)
    )


def test_those_concerned_are_told_once_and_hear_the_decision_too(
    slack: SlackWorld, bot: Bot, bo: Player, sena: Player, chair: Player
) -> None:
    slack.player("U0RDAF").command("issue comment 2 Our office could host")
    sena.command("issue merge ISS-2 into ISS-1")
    bot.later(hours=4)
    bot.settle()
    told = [letter for letter in bo.dms() if "goes on in another issue" in words(letter)]
    assert len(told) == 1
    sena.command("issue escalate 1")
    bot.settle()
    alert = chair.dms()[-1]
    assert "I rang twice" in words(alert)
    chair.click(alert, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "The office hosts"})
    assert chair.submit() == {}
    bot.later(days=1)
    bot.settle()
    assert any("The office hosts" in words(letter) for letter in slack.player("U0RDAF").dms())


def test_an_issue_before_the_chair_takes_others_in_and_the_alert_shows_it(
    bot: Bot, ama: Player, sena: Player, chair: Player
) -> None:
    ama.command("issue escalate 1")
    bot.settle()
    sena.command("issue merge ISS-2 into ISS-1")
    bot.settle()
    (alert,) = chair.dms()
    assert "with ISS-2" in words(alert)
    assert "No budget for another one" in words(alert)
    assert "Decide" in buttons_of(alert)


def test_reopened_by_the_chair_it_stands_by_itself_again(sena: Player, chair: Player) -> None:
    sena.command("issue merge ISS-2 into ISS-1")
    assert "ISS-2 is open again, with a new ladder." in chair.command("issue reopen 2 Two rooms are needed").plain
    shown = chair.command("issue show 1").plain
    assert "with ISS-2" not in shown
    assert "I rang twice" not in shown
    assert "I rang twice" in chair.command("issue show 2").plain


def test_the_journal_and_the_past_know_of_it(bot: Bot, sena: Player) -> None:
    bot.later(minutes=1)
    sena.command("issue merge ISS-2 into ISS-1")
    assert "`issue.merge`" in sena.command("journal ISS-2").plain
    assert "goes on in: ISS-1" in sena.command("journal ISS-2").plain
    assert "merged into it: ISS-2" in sena.command("journal ISS-1").plain


def test_what_went_into_a_merged_issue_goes_along_when_that_one_is_merged(ama: Player, sena: Player) -> None:
    ama.command("issue raise climate Sala no confirmada")
    sena.command("issue merge ISS-3 into ISS-2")
    shown = sena.command("issue merge ISS-2 into ISS-1").plain
    assert "with ISS-2 and ISS-3" in shown
    assert "Sala no confirmada" in shown


# -- refused -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2 into 2", "ISS-2 cannot be merged into itself. Say into which other issue."),
        ("2 into 9", "There is no issue “9”"),
        ("2", "Say which issue goes into which: for example issue merge ISS-4 into ISS-3."),
        ("", "Say which issue"),
        ("1 into 2", "ISS-1 has waited longer than ISS-2. Merge ISS-2 into ISS-1 instead"),
    ],
)
def test_what_cannot_be_merged_is_said_in_one_sentence(sena: Player, typed: str, sentence: str) -> None:
    assert sentence in sena.command(f"issue merge {typed}").plain
    assert "2 issues" in sena.command("issue list").plain


def test_nothing_is_merged_twice_or_into_what_is_closed(ama: Player, sena: Player) -> None:
    ama.command("issue raise climate Sala no confirmada")
    sena.command("issue merge ISS-2 into ISS-1")
    went_on = "ISS-2 was merged into ISS-1 by Sena (sample). Please go on there."
    for typed in (
        "merge 2 into 1",
        "merge 3 into 2",
        "comment 2 More",
        "position 2 agree",
        "escalate 2",
        "resolve 2 x",
    ):
        assert went_on in sena.command(f"issue {typed}").plain, typed
    ama.command("issue resolve 1 Room K")
    assert "ISS-1 was resolved by Ama (sample): “Room K”." in sena.command("issue merge 3 into 1").plain


def test_what_is_before_the_chair_is_closed_by_no_merger(bo: Player, sena: Player, chair: Player) -> None:
    bo.command("issue escalate 2")
    for player in (sena, bo):
        assert "only a decision by" in player.command("issue merge ISS-2 into ISS-1").plain
    assert "waits for your decision" in chair.command("issue merge ISS-2 into ISS-1").plain
    assert "escalated" in sena.command("issue show 2").plain


def test_whoever_may_not_resolve_it_may_not_merge_it(slack: SlackWorld) -> None:
    refused = slack.player("U0RDAF").command("issue merge ISS-2 into ISS-1").plain
    assert "Only the area's focal points, the owner and the secretariat resolve ISS-2." in refused


def test_what_was_said_in_a_restricted_area_is_not_shown_elsewhere(slack: SlackWorld, bot: Bot, sena: Player) -> None:
    bot.later(minutes=1)
    slack.player("U0DI").command("issue raise resources A donor withdrew")
    assert "one belongs to a restricted area" in sena.command("issue merge ISS-3 into ISS-1").plain
