"""How often an app may call: Slack's tiers per method, and one post a second per channel with short bursts."""

import math
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum

POSTS_PER_CHANNEL_BURST = 5
POSTS_PER_MINUTE = 300


class Tier(IntEnum):
    """Calls per minute that Slack promises to allow; UNLIMITED has no published tier."""

    ONE = 1
    TWO = 20
    THREE = 50
    FOUR = 100
    UNLIMITED = 0


@dataclass
class Bucket:
    """Holds up to `size` calls and refills at `rate` calls a second."""

    size: float
    rate: float
    filled_at: float
    level: float = field(init=False)

    def __post_init__(self) -> None:
        self.level = self.size

    def take(self, now: float) -> float:
        """Take one call; the seconds to wait if there is none, else 0."""
        self.level = min(self.size, self.level + (now - self.filled_at) * self.rate)
        self.filled_at = now
        if self.level < 1:
            return (1 - self.level) / self.rate
        self.level -= 1
        return 0.0


@dataclass
class Limits:
    """`factor` multiplies what is allowed; `enabled=False` allows everything; `clock` tells seconds that only grow."""

    enabled: bool = True
    factor: float = 1.0
    clock: Callable[[], float] = time.monotonic
    buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    refusals: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def retry_after(self, method: str, tier: Tier, channel: str) -> int | None:
        """Whole seconds to wait before this call may be made, or None if it may be made now."""
        if not self.enabled:
            return None
        if method == "chat.postMessage":
            waits = [
                self._take(method, channel, POSTS_PER_CHANNEL_BURST, 1),
                self._take(method, "", POSTS_PER_MINUTE, POSTS_PER_MINUTE / 60),
            ]
        elif tier is Tier.UNLIMITED:
            return None
        else:
            waits = [self._take(method, "", tier.value, tier.value / 60)]
        if not any(waits):
            return None
        self.refusals[method] += 1
        return max(1, math.ceil(max(waits)))

    def _take(self, method: str, channel: str, size: float, rate: float) -> float:
        now = self.clock()
        bucket = self.buckets.setdefault(
            (method, channel), Bucket(size=max(1, size * self.factor), rate=rate * self.factor, filled_at=now)
        )
        return bucket.take(now)
