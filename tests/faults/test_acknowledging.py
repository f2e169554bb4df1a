"""What is acknowledged is stored, what is not comes again or is seen to have failed, and nothing is stored twice."""

import asyncio
from itertools import count

import pytest

from tests.e2e.stage import Stage, soon, start
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, acknowledged, come_back, copies, lay_card, new_words, report, rest
from tests.slack_player import wait_for
from tests.slack_reading import words

stamps = count(1)
TIMES = 4


@pytest.fixture(autouse=True)
def at_rest(stage: Stage) -> None:
    """Begin with a card, and nothing owed; Slack waits for a bot that comes back."""
    stage.slack.do(lambda workspace: setattr(workspace.settings, "event_retries", (15.0, 15.0, 15.0)))
    rest(stage)
    lay_card(stage)


def drafts(stage: Stage, said: str) -> int:
    """Count the drafts that the bot made of something."""
    return sum(said in words(message) for message in stage.player("tess").dms())


@pytest.mark.fault(19)
@pytest.mark.usefixtures("bot")
def test_an_event_that_comes_four_times_at_once_is_one(stage: Stage, record_property: See) -> None:
    said, workspace = new_words(), stage.slack.workspace
    channel = stage.slack.do(lambda workspace: workspace.world.direct("U0TESS").id)
    ts = f"{stage.slack.now().timestamp() + next(stamps):.6f}"
    event = {"type": "message", "channel": channel, "channel_type": "im", "user": "U0TESS", "ts": ts, "event_ts": ts,
             "text": f"emergency: at risk - {said}"}  # fmt: skip
    envelope = workspace.events._envelope(event)

    async def deliver() -> None:
        sending = [
            workspace.delivery.send("events_api", envelope, seconds=60, retry=(n, "timeout")) for n in range(TIMES)
        ]
        await asyncio.gather(*sending)

    stage.slack.server.run(deliver())
    stage.slack.server.run(deliver())
    soon(lambda: drafts(stage, said))
    rest(stage)
    assert drafts(stage, said) == 1
    record_property("seen", f"delivered 2 x {TIMES} times at once: 1 draft")


@pytest.mark.fault(20)
@pytest.mark.parametrize(("instant", "stored"), [("storing", 0), ("stored", 1)])
def test_a_command_killed_before_its_acknowledgement_is_seen_to_have_failed(
    stage: Stage, bot: DoomedBot, instant: str, stored: int, record_property: See
) -> None:
    said, after = new_words(), new_words()
    bot.doom(f"kill {instant}")
    answer = report(stage, said)
    assert answer.error, answer.plain
    assert bot.died() == -9
    start(stage.slack, bot)
    assert acknowledged(report(stage, after))
    wait_for(lambda: copies(stage, after), seconds=60)
    rest(stage)
    assert copies(stage, said) == stored
    record_property("seen", f"command killed {instant}: Slack said so to the person, {stored} row")


@pytest.mark.fault(20)
@pytest.mark.parametrize("instant", ["storing", "stored"])
def test_an_event_killed_before_its_acknowledgement_comes_again_and_is_one(
    stage: Stage, bot: DoomedBot, instant: str, record_property: See
) -> None:
    said = new_words()
    bot.doom(f"kill {instant}")
    stage.player("tess").say(f"emergency: at risk - {said}")
    assert bot.died() == -9
    start(stage.slack, bot)
    wait_for(lambda: drafts(stage, said), seconds=60)
    rest(stage)
    assert drafts(stage, said) == 1
    record_property("seen", f"event killed {instant}: delivered again, 1 row")


@pytest.mark.fault(21)
def test_what_was_acknowledged_before_a_kill_is_there_after_it(
    stage: Stage, bot: DoomedBot, record_property: See
) -> None:
    said = new_words()
    assert acknowledged(report(stage, said))
    bot.kill()
    assert come_back(stage, said) == 1
    record_property("seen", "killed at once after the ack: the row is there, 1 post")
