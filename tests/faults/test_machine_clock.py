"""The machine's clock is a day wrong for a while: nothing is said early by it, and nothing said again."""

import pytest

from tests.e2e.stage import GENEVA, Stage
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, acknowledged, copies, lay_card, new_words, pass_time, report, rest
from tests.slack_player import wait_for

pytestmark = pytest.mark.long


@pytest.mark.fault(28)
@pytest.mark.parametrize("days", [1, -1])
def test_by_a_clock_that_is_a_day_wrong_nothing_is_said_early_and_nothing_again(
    stage: Stage, bot: DoomedBot, days: int, record_property: See
) -> None:
    lay_card(stage)
    if days > 0:
        stage.player("sec").command("meeting schedule 2037-12-03 14:30 ISC-TF 43")
        stage.go_to(GENEVA, "2037-11-25 09:30")
        rest(stage)
    noticed = bot.log.count("clock.wrong")
    bot.wrong_by(days=days)
    wait_for(lambda: bot.log.count("clock.wrong") > noticed, seconds=30)
    said = [new_words(), new_words()]
    assert acknowledged(report(stage, said[0]))
    pass_time(3)
    assert stage.reminders("ama", "ISC-TF 43") == [], "the first step comes on the afternoon of this day"
    bot.wrong_by(days=0)
    assert acknowledged(report(stage, said[1]))
    wait_for(lambda: all(copies(stage, each) for each in said), seconds=60)
    rest(stage)
    assert [copies(stage, each) for each in said] == [1, 1]
    assert stage.reminders("ama", "ISC-TF 43") == []
    record_property("seen", f"{days:+} day: noticed by Slack's time, nothing early; right again: each sent once")
