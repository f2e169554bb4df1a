"""Notices a machine's clock that went wrong: until it is right again nothing is done by it, so nothing comes early."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import structlog
from slack_sdk import WebClient

from delivery.outcomes import Done, outcome_of
from foundation.clock import Clock

log = structlog.get_logger("focal.schedules")

TOLERATED = timedelta(minutes=5)
"""How far the clock may be from Slack's, whose signatures do not hold beyond that either."""


class ClockGuard:
    """Asks Slack what time it is at the start, and whenever the clock has jumped against the steady one."""

    def __init__(self, clock: Clock, slack: WebClient) -> None:
        self._clock = clock
        self._slack = slack
        self._known: float | None = None
        """The clock less the steady one when Slack was last asked; none: it never answered."""
        self._right = True
        self.home: str | None = None
        """The address of the workspace, which Slack tells with the time."""

    @property
    def trusted(self) -> bool:
        """Whether the clock was found right, and has not jumped since."""
        return self._right and not self._jumped()

    def look(self) -> bool:
        """Ask Slack if there is a reason; return whether the clock may be acted by."""
        if self._known is not None and self.trusted:
            return True
        theirs = self._slack_s_time()
        if theirs is None:
            return self._known is None
        ours = self._clock.real()
        right = abs(ours - theirs) <= TOLERATED
        if right is not self._right:
            say = log.warning if right else log.error
            say("clock.right" if right else "clock.wrong", by=str(ours - theirs))
        self._right, self._known = right, self._lead()
        return right

    def _lead(self) -> float:
        return self._clock.real().timestamp() - self._clock.steady()

    def _jumped(self) -> bool:
        return self._known is not None and abs(self._lead() - self._known) > TOLERATED.total_seconds()

    def _slack_s_time(self) -> datetime | None:
        outcome = outcome_of(self._slack.auth_test)
        if not isinstance(outcome, Done):
            return None
        self.home = outcome.answer.get("url") or self.home
        date = next((value for name, value in outcome.answer.headers.items() if name.lower() == "date"), None)
        return parsedate_to_datetime(date) if date else None
