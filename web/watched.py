"""What health and figures look at: the engine, as seen from here."""

from datetime import timedelta
from typing import Protocol

from foundation.clock import Clock
from foundation.database import Database
from foundation.settings import Settings


class Watched(Protocol):
    """An engine at work (`schedules.engine.Engine`); this floor does not import that one."""

    @property
    def database(self) -> Database:
        """Where its records are."""
        ...

    @property
    def clock(self) -> Clock:
        """Its clock."""
        ...

    @property
    def settings(self) -> Settings:
        """Its settings."""
        ...

    def tick_age(self) -> timedelta | None:
        """Return how long ago everything due was last done; None before the first time."""
        ...

    def delivery_age(self) -> timedelta:
        """Return how long ago everything owed was last sent or put off."""
        ...

    def slack_answers(self) -> bool:
        """Return whether Slack takes our token just now."""
        ...
