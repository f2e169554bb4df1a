"""Short-lived permissions that go out with what a person does: trigger ids and response URLs."""

import secrets
import time
from dataclasses import dataclass, field

from practice import clock
from practice.refusals import Json, SlackError

RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 30 * 60
REMEMBERED = 600
"""Seconds for which a trigger id is told from one that never was."""


@dataclass
class Trigger:
    user: str
    issued_at: float
    used: bool = False


@dataclass
class Triggers:
    """A trigger id opens one view, within `seconds`."""

    seconds: float
    issued: dict[str, Trigger] = field(default_factory=dict)

    def issue(self, user: str) -> str:
        self._forget()
        identity = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.issued[identity] = Trigger(user, time.monotonic())
        return identity

    def _forget(self) -> None:
        """What expired long ago needs no better answer than that it is unknown."""
        past = time.monotonic() - REMEMBERED
        for old in [each for each, trigger in self.issued.items() if trigger.issued_at < past]:
            del self.issued[old]

    def exchange(self, identity: str) -> str:
        """Whose trigger this is; refused when it is unknown, old or used."""
        trigger = self.issued.get(identity)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.issued_at > self.seconds:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user


def new_response_url(user: str, channel: str, *, message: Json | None, ephemeral: bool) -> tuple[str, Json]:
    """The token of a response URL and what is remembered for it; `message` is the one it was issued for."""
    return secrets.token_hex(16), {
        "user": user,
        "channel": channel,
        "ts": message["ts"] if message else None,
        "ephemeral": ephemeral,
        "uses": 0,
        "issued_at": clock.real().timestamp(),
    }


def expired(record: Json) -> bool:
    """Whether a response URL's half hour is over."""
    return bool(clock.real().timestamp() - record["issued_at"] > RESPONSE_URL_SECONDS)


def use_response_url(issued: dict[str, Json], token: str) -> Json:
    """Count a use of a response URL; refused after the fifth, or after half an hour."""
    record = issued.get(token)
    if record is None or expired(record):
        raise SlackError("expired_url")
    if record["uses"] >= RESPONSE_URL_USES:
        raise SlackError("used_url")
    record["uses"] += 1
    return record
