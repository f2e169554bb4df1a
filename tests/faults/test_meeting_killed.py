"""A meeting whose bot is killed after every step: nothing of it is lost, and nothing is said twice."""

import pytest

from tests.e2e.meeting_cycle import STEPS, assert_all_was_said_once
from tests.e2e.stage import Stage, start
from tests.faults.doomed_bot import DoomedBot


@pytest.mark.long
def test_a_meeting_survives_that_the_bot_is_killed_after_every_step(stage: Stage, bot: DoomedBot) -> None:
    for step in STEPS:
        step(stage)
        bot.kill()
        start(stage.slack, bot)
    assert_all_was_said_once(stage)
