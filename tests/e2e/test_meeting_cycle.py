"""Scene 5, in order: a meeting from its date to what it gave to do, as six people play it in two languages."""

import pytest

from tests.e2e.meeting_cycle import STEPS, Step, assert_all_was_said_once
from tests.e2e.stage import Stage

pytestmark = pytest.mark.parametrize(
    "stage", [("sqlite", "http"), ("postgresql", "socket")], indirect=True, scope="module", ids=["sqlite", "postgresql"]
)


@pytest.mark.parametrize("step", STEPS, ids=[step.__name__ for step in STEPS])
def test_a_step_of_a_meeting_s_life(stage: Stage, step: Step) -> None:
    step(stage)


def test_each_message_of_it_stands_in_slack_once(stage: Stage) -> None:
    assert_all_was_said_once(stage)
