"""Told to end in the middle of work, the bot finishes what it took, and leaves nothing half done."""

import pytest

from foundation.clock import Clock
from tests.e2e.stage import Stage, start
from tests.faults.crowd import Crowd
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, lay_card, rest
from tests.slack_player import wait_for

DRAINED_WITHIN = 25
"""Seconds that SIGTERM leaves before whoever sent it kills."""


@pytest.mark.fault(33)
def test_told_to_end_under_load_it_drains_and_ends_with_0(
    stage: Stage, bot: DoomedBot, whole: bool, record_property: See
) -> None:
    lay_card(stage)
    stage.slack.faults.next("chat.postMessage", "hang_after", times=2, seconds=4)
    with Crowd(stage) as one, Crowd(stage) as another, Crowd(stage) as third:
        wait_for(lambda: one.acknowledged and another.acknowledged and third.acknowledged, seconds=60)
        began = Clock().steady()
        status = bot.stop()
        took = Clock().steady() - began
    said = [*one.acknowledged, *another.acknowledged, *third.acknowledged]
    start(stage.slack, bot)
    wait_for(lambda: not (one.lost() or another.lost() or third.lost()), seconds=120)
    rest(stage)
    assert said
    assert status == 0
    assert took < DRAINED_WITHIN or not whole, "how fast this machine is, is not for every run to judge"
    assert [crowd.twice() for crowd in (one, another, third)] == [[], [], []]
    record_property("seen", f"{len(said)} acknowledged, ended with 0 after {took:.0f} s, 0 lost, 0 twice")
