"""A bot that stands still past its lease: others, or it itself later, say what it had begun to say; once."""

import signal

import pytest

from tests.e2e.stage import Stage
from tests.faults.doomed import HURRIED
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, copies, lay_card, new_words, pass_time, report, rest, tries
from tests.slack_player import wait_for

pytestmark = pytest.mark.long

A_LEASE = HURRIED.lease.total_seconds() + 1


@pytest.fixture(autouse=True)
def at_rest(stage: Stage) -> None:
    """Begin with a card, and nothing owed."""
    rest(stage)
    lay_card(stage)


def stop_until_taken_over(stage: Stage, bot: DoomedBot, replica: DoomedBot | None, said: str) -> None:
    """Stop at the instant it is doomed to; where there may be a replica, until that one has said it."""
    report(stage, said)
    bot.met_its_doom()
    if replica is None:
        pass_time(A_LEASE)
    else:
        replica.start()
        wait_for(lambda: copies(stage, said), seconds=60)
    bot.send_signal(signal.SIGCONT)
    wait_for(lambda: copies(stage, said), seconds=60)
    rest(stage)


@pytest.mark.fault(7)
def test_a_bot_stopped_longer_than_its_lease_does_not_say_it_again(
    stage: Stage, bot: DoomedBot, replica: DoomedBot | None, record_property: See
) -> None:
    said = new_words()
    bot.doom("stop claimed")
    stop_until_taken_over(stage, bot, replica, said)
    assert (copies(stage, said), tries(stage, said)) == (1, 1)
    record_property("seen", "1 post, " + ("by the other replica" if replica else "after the claim was given back"))


@pytest.mark.fault(8)
def test_a_stall_at_the_socket_write_leaves_one_copy_and_is_reported(
    stage: Stage, bot: DoomedBot, replica: DoomedBot | None, record_property: See
) -> None:
    said = new_words()
    bot.doom("stop writing" if replica else "stall writing 30")
    if replica:
        stop_until_taken_over(stage, bot, replica, said)
    else:
        report(stage, said)
    wait_for(lambda: tries(stage, said) == 2, seconds=60)
    wait_for(lambda: stage.slack.called("chat.delete"), seconds=60)
    wait_for(lambda: stage.reminders("sec", "twice"), seconds=60)
    rest(stage)
    assert copies(stage, said) == 1
    record_property("seen", "2 posts, 1 removed again, the secretariat told")
