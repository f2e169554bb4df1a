"""How often Slack may be called: pauses that it asked for, and a pace that gives it no reason to."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Session, col

from delivery.turns import take_turns
from models.delivery import Allowance, Pause

ALL = "slack"
"""The bucket of everything: nothing is sent while it rests."""
AUTH = "auth"
"""The same, because Slack refuses the app itself."""
POST, EDIT, HOME, OPEN = "chat.postMessage", "chat.update", "views.publish", "conversations.open"
FILE = "files"
"""Both methods of an upload: each has the same limit, and is called as often."""
LOOK = "conversations.history"
"""Looks into threads too: Slack counts them apart, but they are few."""

FULL_AGAIN = timedelta(minutes=1)
"""Every bucket is full again after so long without a call."""
LONGEST = timedelta(hours=1)
"""No pause or back-off is longer; a moment further ahead comes from a machine's clock that jumped."""


def ripe(column: Any, real: Any) -> sa.ColumnElement[bool]:
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


def give_back(session: Session, bucket: str) -> None:
    """Return a call that Slack turns out not to have taken. A bucket without a row is full already."""
    connection = session.connection()
    connection.execute(
        sa.update(Allowance).where(col(Allowance.bucket) == bucket).values(level=col(Allowance.level) + 1)
    )  # fmt: skip


class Budget:
    """A pace for each bucket: so many calls at once, then so many a second. `pace` multiplies; None: no limit.

    What is left of each bucket is kept in the database, because replicas share what Slack allows the app.
    """

    LIMITS: ClassVar = {POST: (240, 5.0), EDIT: (20, 0.8), HOME: (20, 1.5), LOOK: (20, 0.8), FILE: (20, 1.5)}
    CHANNEL = (5, 1.0)
    """About one message a second in a channel, with short bursts (Slack's rule)."""

    def __init__(self, *, pace: float | None = 1.0) -> None:
        self._pace = pace
        self.scale: float | None = 1.0
        """By what a practice workspace multiplies its limits just now; None: it has none."""
        self.denied = False
        """Whether a post had to wait for the pace since this was last set to False; edits and homes may lag behind."""

    @contextmanager
    def spending(self, session: Session, *, real: datetime) -> Iterator["Purse"]:
        """Open what is left, for a transaction that takes its turn; what was taken is written down at the end."""
        purse = Purse(self, {} if self.is_open else _left(session, real), real)
        yield purse
        if purse.levels:
            _write_down(session, purse)

    @property
    def is_open(self) -> bool:
        """Whether nothing is limited."""
        return self._pace is None or self.scale is None

    def size(self, bucket: str) -> float:
        """Return how many calls a bucket holds."""
        return float(self.LIMITS.get(bucket, self.CHANNEL)[0] * (self.scale or 1))

    def rate(self, bucket: str) -> float:
        """Return how many calls a bucket gains in a second."""
        return float(self.LIMITS.get(bucket, self.CHANNEL)[1] * (self._pace or 1) * (self.scale or 1))


class Purse:
    """What one transaction may spend."""

    def __init__(self, budget: Budget, left: Mapping[str, tuple[float, datetime]], real: datetime) -> None:
        self._budget = budget
        self._before = left
        self.real = real
        self.levels: dict[str, float] = {}
        """What is left of every bucket that was looked into."""
        self.filled_until: dict[str, datetime] = {}
        """Until when each of them has been filled."""

    def takes(self, *buckets: str) -> bool:
        """Take one call from each of these buckets, or none from any."""
        if self._budget.is_open:
            return True
        levels = {bucket: self.level(bucket) for bucket in buckets}
        enough = all(level >= 1 for level in levels.values())
        if enough:
            self.levels |= {bucket: level - 1 for bucket, level in levels.items()}
        self._budget.denied = self._budget.denied or (POST in buckets and not enough)
        return enough

    def level(self, bucket: str) -> float:
        """Return how many calls a bucket holds now. A machine's clock that was set back fills no bucket."""
        if bucket not in self.levels:
            size = self._budget.size(bucket)
            level, at = self._before.get(bucket, (size, self.real))
            waited = max((self.real - at).total_seconds(), 0)
            self.levels[bucket] = min(size, level + waited * self._budget.rate(bucket))
            # Who waited for its turn comes with an older moment: what another has filled since is not filled again.
            self.filled_until[bucket] = at if self.real < at < self.real + FULL_AGAIN else self.real
        return self.levels[bucket]


def _left(session: Session, real: datetime) -> dict[str, tuple[float, datetime]]:
    known = sa.select(col(Allowance.bucket), col(Allowance.level), col(Allowance.at))
    rows = session.connection().execute(known.where(col(Allowance.at) > real - FULL_AGAIN))
    return {row.bucket: (row.level, row.at) for row in rows}


def _write_down(session: Session, purse: Purse) -> None:
    """Keep what is left; a bucket that has filled up since needs no row."""
    connection = session.connection()
    over = sa.or_(col(Allowance.bucket).in_(list(purse.levels)), col(Allowance.at) <= purse.real - FULL_AGAIN)
    connection.execute(sa.delete(Allowance).where(over))
    rows = [
        {"bucket": bucket, "level": level, "at": purse.filled_until[bucket]} for bucket, level in purse.levels.items()
    ]
    connection.execute(sa.insert(Allowance), rows)
