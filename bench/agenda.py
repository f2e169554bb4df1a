"""What is about to be done in a simulated year, by whom and when, in step with what is due by itself."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from random import Random

from foundation.errors import Refusal
from foundation.working_time import WorkingTime
from models.people import Person
from tests.days import Days, Post

Act = Callable[[], object]


@dataclass
class Agenda:
    """Acts in the order of their moments."""

    days: Days
    chance: Random
    done: int = 0
    refused: int = 0
    _acts: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _heard: int = 0

    def __post_init__(self) -> None:
        self._number = count()

    def at(self, moment: datetime, act: Act) -> None:
        """Have something done at a moment."""
        heappush(self._acts, (max(moment, self.days.now), next(self._number), act))

    def soon(self, slack_id: str, act: Act, *, hours: float) -> None:
        """Have a member do something after about so many hours, while they work."""
        moment = self.days.now + timedelta(hours=self.chance.expovariate(1 / hours))
        self.at(self.hours(slack_id).next_moment(moment) or moment, act)

    def do(self, act: Act) -> None:
        """Do something now, if it is still possible."""
        self.done += 1
        try:
            act()
        except Refusal:
            # Somebody else was faster, or it is too late for it: they read why, as they would in Slack.
            self.refused += 1

    def live_until(self, end: datetime, *, hear: Callable[[Post], None]) -> None:
        """Let time pass, what is due happen, and members act; `hear` is told of every message that was sent."""
        self.days.live()
        while True:
            heard, self._heard = self.days.posts[self._heard :], len(self.days.posts)
            for post in heard:
                hear(post)
            acts = self._acts[0][0] if self._acts else None
            moments = [moment for moment in (self.days.next_moment(), acts) if moment is not None]
            if not moments or min(moments) > end:
                return
            self.days.clock.at = min(moments)
            while self._acts and self._acts[0][0] <= self.days.now:
                self.do(heappop(self._acts)[2])
            self.days.live()

    def person(self, slack_id: str) -> Person:
        """Return a member."""
        found = self.days.who.by_slack_id(slack_id)
        assert found is not None  # noqa: S101 - the sample has them
        return found

    def hours(self, slack_id: str) -> WorkingTime:
        """Return somebody's working time."""
        return self.days.who.hours_of(self.person(slack_id))
