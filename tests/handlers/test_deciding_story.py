"""What several people do to one issue, before the chair and after: nobody is misled, and nothing is decided unseen."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import buttons_of, words
from tests.slack_world import SlackWorld

pytestmark = [pytest.mark.english, pytest.mark.usefixtures("bot")]


@pytest.fixture
def gil(slack: SlackWorld) -> Player:
    return slack.player("U0DEPG")


@pytest.fixture
def alert(bot: Bot, ama: Player, chair: Player) -> Any:
    """The chair's alert about ISS-1, which has a proposal."""
    ama.command("issue raise")
    ama.fill({"Area": "Climate change", "Title": "Venue unclear", "Proposed solution": "TSB hosts"})
    assert ama.submit() == {}
    ama.command("issue escalate 1 no answer for a month")
    bot.settle()
    return chair.dms()[-1]


def passed_on(bot: Bot, chair: Player, alert: Any, to: str) -> None:
    chair.click(alert, "Delegate")
    chair.fill({"Delegate to": to})
    assert chair.submit() == {}
    bot.settle()


def decided(person: Player, shown: Any, outcome: str, text: str, **more: object) -> None:
    person.click(shown, "Decide")
    person.fill({"Outcome": outcome, "Decision": text, **more})
    assert person.submit() == {}


# -- whose issue it is ---------------------------------------------------------------------------------------------


def test_until_somebody_is_assigned_whoever_raised_it_may_resolve_it(slack: SlackWorld) -> None:
    abebe = slack.player("U0RDAF")
    raised = abebe.command("issue raise Nobody answers the phone")
    assert "Resolve" in raised.buttons
    abebe.command("issue assign 1 <@U0BO|bo>")
    assert "Resolve" not in abebe.command("issue show 1").buttons
    assert "Ask <@U0BO> and <@U0SEC>." in abebe.command("issue resolve 1 They answer").plain
    assert "ISS-1 is resolved." in slack.player("U0BO").command("issue resolve 1 They answer").plain


# -- two who decide ------------------------------------------------------------------------------------------------


def test_a_decision_written_before_the_issue_was_returned_is_not_taken_unseen(
    bot: Bot, chair: Player, gil: Player, alert: Any
) -> None:
    passed_on(bot, chair, alert, "U0DEPG")
    chair.click(alert, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "We pay"})
    decided(gil, gil.dms()[-1], "Return with instructions", "Ask the host first")
    assert "Gil (sample) decided “Ask the host first” (DEC-1)" in chair.submit()["Decision"]
    assert chair.filled()["Decision"] == "We pay"
    assert "DEC-2" not in chair.command("issue show 1").plain


def test_the_proposal_of_an_issue_that_was_returned_meanwhile_is_not_accepted_by_an_old_button(
    chair: Player, alert: Any
) -> None:
    decided(chair, alert, "Return with instructions", "Ask the host first")
    assert "Accept proposal" in buttons_of(alert), "the alert is not edited yet"
    assert "ISS-1 is open, and not before the chair." in chair.click(alert, "Accept proposal").plain


def test_the_chair_is_told_what_a_delegate_decided(bot: Bot, chair: Player, gil: Player, alert: Any) -> None:
    passed_on(bot, chair, alert, "U0DEPG")
    decided(gil, gil.dms()[-1], "Close", "We pay")
    bot.settle()
    told = words(chair.dms()[-1])
    assert "a decision was taken" in told
    assert "*Decision DEC-1* by Gil (sample)" in told


def test_who_need_not_decide_any_more_is_told_who_does(bot: Bot, chair: Player, gil: Player, alert: Any) -> None:
    passed_on(bot, chair, alert, "U0DEPG")
    passed_on(bot, chair, alert, "U0DEPT")
    before = gil.dms()[-1]
    assert "Now it waits for a decision by Tomas (sample)." in words(before)
    assert not buttons_of(before)


@pytest.mark.usefixtures("alert")
def test_what_an_acting_chair_does_is_in_the_journal_as_done_for_the_chair(
    slack: SlackWorld, bot: Bot, chair: Player, gil: Player
) -> None:
    chair.command("away 2026-11-23 2026-11-27 @gil")
    bot.settle()
    gil.click(gil.dms()[-1], "Acknowledge")
    decided(gil, gil.dms()[-1], "Close", "We pay")
    gil.command("issue reopen 1 Not so fast")
    journal = slack.player("U0SEC").command("journal ISS-1").plain
    for act in ("acknowledge", "decide", "reopen"):
        assert f"*Gil (sample) on behalf of Chair (sample)* · `issue.{act}`" in journal


@pytest.mark.usefixtures("alert")
def test_a_chair_who_would_resolve_it_is_shown_how_to_decide_it(chair: Player) -> None:
    answer = chair.command("issue resolve 1 We pay").plain
    assert "ISS-1 waits for your decision: use *Decide*, in the alert or under /isctf issue show ISS-1." in answer
    assert "Decide" in chair.command("issue show ISS-1").buttons


# -- back, and up again --------------------------------------------------------------------------------------------


def test_a_returned_issue_offers_its_buttons_with_the_instructions(
    bot: Bot, ama: Player, chair: Player, alert: Any
) -> None:
    decided(chair, alert, "Return with instructions", "Ask the host first")
    bot.settle()
    told = next(letter for letter in ama.dms() if "Ask the host first" in words(letter))
    assert buttons_of(told) == ["Resolve", "More time", "Escalate now", "Comment", "Position"]


def test_the_chair_sees_the_earlier_instructions_when_it_comes_back(
    bot: Bot, ama: Player, chair: Player, alert: Any
) -> None:
    decided(chair, alert, "Return with instructions", "Ask the host first")
    ama.command("issue escalate 1 The host does not answer")
    bot.settle()
    shown = words(chair.dms()[-1])
    assert "Ask the host first\nThe issue was returned with these instructions." in shown
    assert "Escalated by Ama (sample)." in shown


def test_who_escalated_an_issue_stays_said_when_it_is_returned(
    bot: Bot, chair: Player, gil: Player, alert: Any
) -> None:
    decided(chair, alert, "Return with instructions", "Ask the host first")
    bot.settle()
    assert "was escalated to the chair by Ama (sample)" in words(gil.dms()[0])


def test_a_reopened_issue_does_not_say_that_it_is_closed_and_the_owner_of_its_action_is_told(
    slack: SlackWorld, bot: Bot, ama: Player, chair: Player, alert: Any
) -> None:
    decided(chair, alert, "With an action", "Ines finds a room", Owner="U0INES")
    chair.command("issue reopen 1 The host has moved")
    assert "Ines finds a room\nThe issue was reopened since." in ama.command("issue show 1").plain
    bot.later(hours=4)
    bot.settle()
    assert "is open again" in words(slack.player("U0INES").dms()[-1])


def test_an_issue_whose_action_is_done_does_not_say_that_it_waits(slack: SlackWorld, chair: Player, alert: Any) -> None:
    decided(chair, alert, "With an action", "Ines finds a room", Owner="U0INES")
    slack.player("U0INES").command("action done ACT-1 Room K")
    assert "The issue waited for its action, and is closed." in chair.command("issue show 1").plain


def test_how_it_was_resolved_is_still_known_after_it_was_reopened(ama: Player, chair: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    ama.command("issue resolve 1 Room K is free")
    chair.command("issue reopen 1 It is not")
    shown = ama.command("issue show 1").plain
    assert "Ama (sample), 23 Nov 2026: Room K is free\nChair (sample), 23 Nov 2026: It is not" in shown


def test_a_chair_who_comes_back_hears_of_what_is_still_undecided(
    bot: Bot, ama: Player, chair: Player, gil: Player
) -> None:
    bot.go_to(datetime(2026, 11, 27, 20, tzinfo=UTC))
    ama.command("issue raise climate Venue unclear")
    ama.command("issue escalate 1")
    chair.command("away 2026-11-30 2026-11-30 @gil")
    bot.go_to(datetime(2026, 11, 30, 10, tzinfo=UTC))
    bot.settle()
    gil.click(gil.dms()[-1], "Acknowledge")
    assert chair.dms() == []
    bot.go_to(datetime(2026, 12, 1, 7, 59, tzinfo=UTC))
    bot.settle()
    assert chair.dms() == []
    bot.later(minutes=2)
    bot.settle()
    (alert,) = chair.dms()
    assert "needs your decision" in words(alert)
    assert "Acknowledged by Gil (sample)." in words(alert)
    assert "Decide" in buttons_of(alert)
    assert "Now it waits for a decision by Chair (sample)." in words(gil.dms()[-1])


def test_why_it_was_escalated_and_what_was_asked_are_found_by_a_search(ama: Player, chair: Player, alert: Any) -> None:
    chair.click(alert, "Ask for more")
    chair.fill({"Question": "What does the pavilion cost?"})
    assert chair.submit() == {}
    for words_of_it in ("for a month", "pavilion cost"):
        assert "comment ISS-1" in ama.command(f"search {words_of_it}").plain
