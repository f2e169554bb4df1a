"""The guided tour: five steps that a newcomer takes, each noticed by what passes between people and the app."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from practice.refusals import Json
from practice.world import Channel

STEPS = ("post", "remind", "raise", "decide", "ask")


@dataclass(frozen=True)
class Hint:
    """Who may take a step, and what that person may type; either may be empty."""

    step: str
    who: str = ""
    words: str = ""


class Tour:
    """Which steps are done; `done` is called with all of them when one more is."""

    def __init__(self, done: Callable[[list[str]], None]) -> None:
        self.steps: list[str] | None = None
        """None while there is no tour: before the story is told, or without one."""
        self._done = done

    def posted(self, channel: Channel, message: Json) -> None:
        """The app has posted: an update's reply beneath its card, or a card of an issue."""
        if channel.kind == "im":
            return
        if message.get("thread_ts"):
            self._tick("post", {"update.settle"}, message)
        else:
            self._tick("raise", {"issue.position"}, message)

    def read(self, messages: Iterable[Json]) -> None:
        """A person has read these direct messages of the app: perhaps a reminder."""
        for message in messages:
            self._tick("remind", {"reminder.snooze", "update.confirm", "not_mine.open"}, message)

    def edited(self, before: Json, message: Json) -> None:
        """The app has edited a message: an alert that can no longer be decided has been."""
        if "issue.decide" not in actions_of(message):
            self._tick("decide", {"issue.decide"}, before)

    def answered(self, message: Json) -> None:
        """The app has answered somebody alone."""
        self._tick("ask", {"answer.share"}, message)

    def _tick(self, step: str, actions: set[str], message: Json) -> None:
        if self.steps is not None and step not in self.steps and actions & actions_of(message):
            self.steps.append(step)
            self._done(self.steps)


def actions_of(message: Json) -> set[str]:
    """The ids of everything in a message that can be pressed or chosen."""
    rows = message.get("blocks") or []
    elements = [element for row in rows for element in [*row.get("elements", []), row.get("accessory") or {}]]
    return {str(element.get("action_id", "")) for element in elements}
