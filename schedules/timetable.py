"""The whole timetable on one screen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from schedules.ticks import Ticks


@dataclass(frozen=True)
class Entry:
    """What is done, how often, by whom."""

    name: str
    every: timedelta
    tick: Callable[[], None]
    at_once: bool = True
    """Whether it is also done at the start."""


def every(**duration: float) -> timedelta:
    """Return an interval of the real clock."""
    return timedelta(**duration)


def timetable(ticks: Ticks, *, tick_seconds: float = 15) -> list[Entry]:
    """Return everything that happens by itself."""
    return [
        Entry("do what is due", every(seconds=tick_seconds), ticks.act),
        Entry("send what is owed", every(seconds=1), ticks.deliver),
        Entry("settle doubts", every(seconds=5), ticks.settle),
        Entry("open conversations", every(seconds=15), ticks.open_conversations),
        Entry("learn about people", every(hours=1), ticks.learn_about_people),
        # Not at the start: what waited for it is only then on its way.
        Entry("audit", every(minutes=1), ticks.audit, at_once=False),
        Entry("forget what is old", every(hours=6), ticks.forget),
    ]
