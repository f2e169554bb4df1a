"""How often Slack may be called: pauses that it asked for, and a pace that gives it no reason to."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Session, col

from delivery.turns import take_turns
from models.delivery import Pause

ALL = "slack"
"""The bucket of everything: nothing is sent while it rests."""
AUTH = "auth"
"""The same, because Slack refuses the app itself."""
POST, EDIT, HOME, OPEN = "chat.postMessage", "chat.update", "views.publish", "conversations.open"

LONGEST = timedelta(hours=1)
"""No pause or back-off is longer; a moment further ahead comes from a machine's clock that jumped."""


def ripe(column: Any, real: datetime) -> sa.ColumnElement[bool]:
    """Whether a moment of the real clock has come."""
    return sa.or_(column.is_(None), column <= real, column > real + LONGEST)


def resting(session: Session, *, real: datetime) -> frozenset[str]:
    """Return the buckets that must not be called now."""
    return frozenset(
        session.connection().scalars(sa.select(col(Pause.bucket)).where(~ripe(col(Pause.until), real)))
    )  # fmt: skip


def rest(session: Session, bucket: str, *, seconds: float, reason: str, real: datetime) -> bool:
    """Let a bucket rest. Return whether that is news: it did not rest already for the same reason."""
    take_turns(session)
    known = session.get(Pause, bucket, populate_existing=True)
    news = known is None or known.reason != reason
    session.merge(Pause(bucket=bucket, until=real + min(timedelta(seconds=seconds), LONGEST), reason=reason))
    return news


def channel_bucket(channel: str) -> str:
    """Return the bucket of the messages to one channel."""
    return f"{POST}:{channel}"


def rest_channel(session: Session, channel: str, *, seconds: float, real: datetime) -> None:
    """Let one channel rest; when others rest already, the limit reached is that of the whole workspace."""
    others = {bucket for bucket in resting(session, real=real) if bucket.startswith(f"{POST}:")}
    rest(session, channel_bucket(channel), seconds=seconds, reason="429", real=real)
    if others - {channel_bucket(channel)}:
        rest(session, POST, seconds=seconds, reason="429", real=real)


def wake(session: Session, bucket: str) -> None:
    """End a pause early."""
    session.connection().execute(sa.delete(Pause).where(col(Pause.bucket) == bucket))


class Budget:
    """A pace for each bucket: so many calls at once, then so many a second. `pace` multiplies; None: no limit."""

    LIMITS: ClassVar = {POST: (40, 4.0), EDIT: (20, 0.8), HOME: (20, 1.5)}
    CHANNEL = (5, 1.0)
    """About one message a second in a channel, with short bursts (Slack's rule)."""

    def __init__(self, steady: Callable[[], float], *, pace: float | None = 1.0) -> None:
        self._steady = steady
        self._pace = pace
        self._levels: dict[str, tuple[float, float]] = {}
        self._lock = threading.Lock()
        self.lifted = False
        """Whether nothing is limited just now, as a practice workspace may say."""
        self.denied = False
        """Whether a post had to wait for the pace since this was last set to False; edits and homes may lag behind."""

    def takes(self, *buckets: str) -> bool:
        """Take one call from each of these buckets, or none from any."""
        if self._pace is None or self.lifted:
            return True
        with self._lock:
            now = self._steady()
            levels = {bucket: self._level(bucket, now) for bucket in buckets}
            enough = all(level >= 1 for level in levels.values())
            if enough:
                self._levels |= {bucket: (level - 1, now) for bucket, level in levels.items()}
            self.denied = self.denied or (POST in buckets and not enough)
            return enough

    def _level(self, bucket: str, now: float) -> float:
        size, rate = self.LIMITS.get(bucket, self.CHANNEL)
        level, at = self._levels.get(bucket, (float(size), now))
        return min(size, level + (now - at) * rate * (self._pace or 1))
