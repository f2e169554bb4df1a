"""What cannot be done with an issue any more, or twice, is answered in one sentence, and what was typed is not lost."""

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_world import SlackWorld

pytestmark = [pytest.mark.english, pytest.mark.usefixtures("bot")]

DECIDED = "ISS-1 is decided: Chair (sample) decided “TSB hosts” (DEC-1)."


@pytest.fixture(autouse=True)
def raised(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0AMA").command("issue raise climate Venue unclear")
    bot.settle()


def decided(chair: Player) -> None:
    """Record the chair's decision: it need not wait until the issue has climbed."""
    chair.click(chair.command("issue show 1").message, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "TSB hosts"})
    assert chair.submit() == {}


def asked_for_more(player: Player, days: str, reason: str) -> dict[str, str]:
    player.fill({"Working days": days, "Reason": reason})
    return player.submit()


def test_more_time_is_asked_for_once_before_a_step_also_by_two_at_once(slack: SlackWorld, bo: Player) -> None:
    cy = slack.player("U0CY")
    seen = bo.command("issue show 1").message
    bo.click(seen, "More time")
    cy.click(cy.command("issue show 1").message, "More time")
    assert asked_for_more(bo, "3 working days", "The host answers on Wednesday") == {}
    (refused,) = asked_for_more(cy, "5 working days", "I am travelling").values()
    assert "Bo (sample) has asked for more time before this step already, and it can be done once." in refused
    assert cy.filled()["Reason"] == "I am travelling"
    assert "it can be done once" in bo.click(seen, "More time").plain


def test_the_next_step_may_be_put_off_again_with_a_reason_of_its_own(bot: Bot, bo: Player) -> None:
    bo.click(bo.command("issue show 1").message, "More time")
    assert asked_for_more(bo, "1 working day", "The host answers on Tuesday") == {}
    assert "More time" not in bo.command("issue show 1").buttons
    bot.later(days=9)
    bot.settle()
    bo.click(bo.command("issue show 1").message, "More time")
    assert asked_for_more(bo, "5 working days", "The deputies meet") == {}
    shown = bo.command("issue show 1").plain
    assert "asked for 1 more working day: The host answers on Tuesday" in shown
    assert "asked for 5 more working days: The deputies meet" in shown


def test_old_buttons_of_what_is_decided_are_answered_with_the_decision(bo: Player, chair: Player) -> None:
    seen = bo.command("issue show 1").message
    decided(chair)
    for label in ("Escalate now", "Resolve", "More time", "Position"):
        assert DECIDED in bo.click(seen, label).plain, label


def test_a_form_that_was_open_when_the_chair_decided_keeps_what_was_written(bo: Player, chair: Player) -> None:
    bo.command("issue position 1")
    bo.fill({"Position": "objects", "Reason": "TSB has no budget"})
    decided(chair)
    (refused,) = bo.submit().values()
    assert refused == DECIDED
    assert bo.filled() == {"Position": "objects", "Reason": "TSB has no budget"}


@pytest.mark.parametrize(
    "typed", ["escalate 1 Now", "position 1 object No budget", "resolve 1 Room K", "due 1 2026-12-18"]
)
def test_commands_on_what_is_decided_hand_back_what_was_typed(bo: Player, chair: Player, typed: str) -> None:
    decided(chair)
    answer = bo.command(f"issue {typed}").plain
    assert DECIDED in answer
    assert f"/isctf issue {typed}" in answer
