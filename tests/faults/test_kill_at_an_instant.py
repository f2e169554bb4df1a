"""A bot that is killed at each instant of a message's way: after the next start the message stands in Slack once."""

import pytest

from tests.e2e.stage import Stage, soon
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, acknowledged, come_back, copies, lay_card, new_words, report, rest, tries

long = pytest.mark.long


@pytest.fixture(autouse=True)
def at_rest(stage: Stage) -> None:
    """Begin with a card, and nothing owed."""
    rest(stage)
    lay_card(stage)


@pytest.mark.parametrize(
    ("instant", "stood"),
    [
        pytest.param("claiming", 0, marks=pytest.mark.fault(1)),
        pytest.param("claimed", 0, marks=[pytest.mark.fault(2), long]),
        pytest.param("writing", 0, marks=[pytest.mark.fault(3), long]),
        pytest.param("recording", 1, marks=[pytest.mark.fault(4), long]),
    ],
)
def test_a_bot_killed_at_an_instant_of_sending_has_said_it_once(
    stage: Stage, bot: DoomedBot, instant: str, stood: int, record_property: See
) -> None:
    said = new_words()
    bot.doom(f"kill {instant}")
    report(stage, said)
    assert bot.died() == -9
    assert copies(stage, said) == stood
    assert come_back(stage, said) == 1
    assert tries(stage, said) == 1
    record_property("seen", f"killed {instant}: {stood} post, after the start 1, by 1 call")


@long
@pytest.mark.fault(3)
@pytest.mark.parametrize(("fault", "calls"), [("hang", 2), ("hang_after", 1)])
def test_a_bot_killed_while_it_waits_for_slack_s_answer_has_said_it_once(
    stage: Stage, bot: DoomedBot, fault: str, calls: int, record_property: See
) -> None:
    said = new_words()
    stage.slack.faults.next("chat.postMessage", fault, seconds=30, match=lambda call: said in str(call))
    report(stage, said)
    soon(lambda: tries(stage, said))
    bot.kill()
    assert come_back(stage, said) == 1
    assert tries(stage, said) == calls
    record_property("seen", f"killed in a {fault.replace('_', ' ')} acceptance: 1 post")


@long
@pytest.mark.fault(5)
@pytest.mark.parametrize(("fault", "calls"), [("500", 2), ("500_after", 1)])
def test_a_bot_killed_while_reading_back_has_said_it_once(
    stage: Stage, bot: DoomedBot, fault: str, calls: int, record_property: See
) -> None:
    said = new_words()
    stage.slack.faults.next("chat.postMessage", fault, match=lambda call: said in str(call))
    bot.doom("kill looking")
    assert acknowledged(report(stage, said))
    assert bot.died() == -9
    assert come_back(stage, said) == 1
    assert tries(stage, said) == calls
    record_property("seen", f"{fault.replace('_', ' ')} acceptance, killed looking: 1 post")
