"""What everybody who delivers needs, and how a notice is rendered and marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from json import dumps
from uuid import NAMESPACE_URL, uuid5

import structlog
from slack_sdk import WebClient
from sqlmodel import Session

from delivery.budget import AUTH, Budget, rest
from delivery.composing import INSTEAD, Composer, Letter, Moot
from foundation.clock import Clock
from foundation.database import Database
from models.delivery import Notice, NoticeKind
from models.people import Person
from services.directory import directory
from views.blocks import Message
from views.corrections import in_place_of_an_edit

OURS = uuid5(NAMESPACE_URL, "focal:notice")
EVENT_TYPE = "focal_notice"

LOCKED_OUT_FOR = 60
"""Seconds until Slack is asked again after it refused the app."""
LOCKED_OUT = "Slack refuses the app: nothing is sent and nothing is lost. Check the bot token and its scopes."

log = structlog.get_logger("focal.delivery")


@dataclass(frozen=True)
class Timing:
    """How long things are given, on the real clock."""

    time_out: timedelta = timedelta(seconds=10)
    margin: timedelta = timedelta(seconds=10)
    """A post is only begun while this much more than the time-out is left of the lease."""
    lease: timedelta = timedelta(seconds=30)
    settle: timedelta = timedelta(seconds=30)
    """How long a doubtful post is given to appear before it is looked for."""
    home_interval: timedelta = timedelta(seconds=30)
    longest_back_off: timedelta = timedelta(minutes=5)

    @property
    def needed(self) -> timedelta:
        """Return how much must be left of a lease for a call to be begun."""
        return self.time_out + self.margin

    def back_off(self, attempts: int) -> timedelta:
        """Return how long to wait after so many attempts."""
        return min(timedelta(seconds=2 ** min(attempts, 20)), self.longest_back_off)


@dataclass(frozen=True)
class Mailroom:
    """One process that delivers."""

    database: Database
    clock: Clock
    posting: WebClient
    reading: WebClient
    composers: Mapping[NoticeKind, Composer]
    budget: Budget
    timing: Timing = Timing()


def render(room: Mailroom, session: Session, notice: Notice, person: Person | None) -> Message | Moot:
    """Say a notice as things stand now, in the language of who reads it."""
    who = directory(session)
    reader = who.reader(person) if person else who.channel_reader()
    letter = Letter(session=session, notice=notice, who=who, person=person, reader=reader, now=room.clock.now())
    said = room.composers[notice.kind](letter)
    if INSTEAD in notice.refs and isinstance(said, Message):
        return in_place_of_an_edit(letter.say, said)
    return said


def lock_out(room: Mailroom, reason: str) -> None:
    """Stop sending because Slack refuses the app; every row is kept. Said once in the log."""
    with room.database.transaction() as session:
        news = rest(session, AUTH, seconds=LOCKED_OUT_FOR, reason=reason, real=room.clock.real())
    if news:
        log.error("slack.locked_out", reason=reason, meaning=LOCKED_OUT)


def mark_of(notice: Notice) -> str:
    """Return what a message is known by in Slack. Opaque: a workspace can read metadata."""
    return str(uuid5(OURS, f"{notice.key} {notice.created_at.isoformat()}"))


def digest_of(message: Message) -> str:
    """Return what tells one look of a message from another."""
    return sha256(dumps([message.text, message.blocks], sort_keys=True).encode()).hexdigest()[:32]
