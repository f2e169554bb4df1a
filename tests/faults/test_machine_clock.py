"""The machine's clock is a day wrong for a while: nothing is said again, and nothing early once it is right."""

import pytest

from tests.e2e.stage import Stage
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, acknowledged, copies, lay_card, new_words, pass_time, report, rest
from tests.slack_player import wait_for


@pytest.mark.fault(28)
def test_a_clock_that_jumps_a_day_ahead_and_back_says_nothing_again(
    stage: Stage, bot: DoomedBot, record_property: See
) -> None:
    lay_card(stage)
    said: list[str] = []
    for days in (1, 0, -1, 0):
        said.append(new_words())
        assert acknowledged(report(stage, said[-1]))
        bot.wrong_by(days=days)
        pass_time(2)
        said.append(new_words())
        assert acknowledged(report(stage, said[-1]))
        wait_for(lambda: all(copies(stage, each) for each in said), seconds=60)
    rest(stage)
    assert [copies(stage, each) for each in said] == [1] * len(said)
    record_property("seen", f"jumped +1 day, back, -1 day, back: {len(said)} of {len(said)} sent, each once")
