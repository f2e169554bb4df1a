"""Killed at random, again and again, while Slack answers badly now and then: nothing is lost, nothing said twice."""

import random
import threading

import pytest

from tests.e2e.stage import Stage, start
from tests.faults.crowd import Crowd
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import See, lay_card, rest
from tests.slack_player import wait_for

SLACK_S = ["500", "500_after", "reset_after", "html_after", "429", "internal_error"]
FULL, SHORT = 300, 8
"""Seconds for two workers; one alone, as SQLite has it, gets the half."""
PEOPLE, PAUSE = 4, 3.0
"""Whom a dead worker keeps waiting does not keep the others; together they say no more than a channel takes."""


STARTING = 0.25
"""How often a bot is killed while it starts; else at work: a slow machine would have nobody there to acknowledge."""


class Killer:
    """Kills one bot after the other, each at a moment of its own, mostly at work."""

    def __init__(self, bots: list[DoomedBot], chance: random.Random) -> None:
        self.kills = 0
        self._bots = bots
        self._chance = chance

    def go_on(self, seconds: float) -> None:
        """Kill for so long."""
        enough = threading.Event()
        threads = [threading.Thread(target=self._haunt, args=(bot, enough)) for bot in self._bots]
        for thread in threads:
            thread.start()
        enough.wait(seconds)
        enough.set()
        for thread in threads:
            thread.join()

    def _haunt(self, bot: DoomedBot, enough: threading.Event) -> None:
        while not enough.is_set():
            starting = self._chance.random() < STARTING
            while not (starting or bot.is_well() or enough.wait(0.2)):
                pass
            if enough.wait(self._chance.uniform(0.3, 12)):
                break
            bot.kill()
            self.kills += 1
            bot.launch()


@pytest.mark.fault(6)
def test_a_bot_killed_at_random_loses_nothing_and_says_nothing_twice(
    stage: Stage, bot: DoomedBot, replica: DoomedBot | None, whole: bool, record_property: See
) -> None:
    lay_card(stage)
    bots = [each for each in (bot, replica) if each is not None]
    seconds, seed = FULL * len(bots) // 2 if whole else SHORT, random.randrange(10**6)  # noqa: S311
    chance = random.Random(seed)  # noqa: S311
    if replica is not None:
        replica.start()
    for _ in range(int(seconds / 4)):
        stage.slack.faults.next("chat.postMessage", chance.choice(SLACK_S), match=lambda _: chance.random() < 0.1)
    killer = Killer(bots, chance)
    with Crowd(stage, PEOPLE, PAUSE) as crowd:
        killer.go_on(seconds)
    stage.slack.faults.clear()
    for each in bots:
        each.kill()
        start(stage.slack, each)
    wait_for(lambda: not crowd.lost(), seconds=300)
    rest(stage)
    assert crowd.acknowledged or not whole
    assert (crowd.lost(), crowd.twice()) == ([], []), f"seed {seed}"
    record_property(
        "seen",
        f"{len(bots)} process(es), {killer.kills} kills in {seconds} s: {len(crowd.acknowledged)} acknowledged, "
        f"0 lost, 0 twice",
    )
