"""What several people do to one issue, before the chair and after: nobody is misled, and nothing is decided unseen."""

from typing import Any

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import buttons_of
from tests.slack_world import SlackWorld

pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def bot(bot: Bot) -> Bot:
    bot.let_all_read_english()
    return bot


@pytest.fixture
def ama(slack: SlackWorld) -> Player:
    return slack.player("U0AMA")


@pytest.fixture
def chair(slack: SlackWorld) -> Player:
    return slack.player("U0CHAIR")


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


def passed_on(bot: Bot, chair: Player, to: str) -> None:
    chair.click(chair.dms()[-1], "Delegate")
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
    passed_on(bot, chair, "U0DEPG")
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
