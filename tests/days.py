"""A task force that lives through days: every duty at every due moment, and a Slack that writes down what it is sent.

Nothing of Focal is replaced: the duties are those of the timetable, the sender claims, renders and posts. Only the
clock is walked from one due moment to the next instead of being waited for, and Slack's end of the wire is a list.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.error import URLError

import sqlalchemy as sa
from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from sqlmodel import Session, col
from typing_extensions import override

from delivery.budget import Budget
from delivery.claims import claim_due
from delivery.composers import COMPOSERS
from delivery.mailroom import Mailroom
from delivery.sender import Sender
from foundation.clock import Clock
from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState, Pause
from models.people import Person
from schedules.duties import DUTIES, NEXT_DUE
from services.directory import Directory, directory, person_of

AT_ONCE = 50
"""Notices that are claimed together: nobody kills the sender here."""
_PENDING = sa.literal(NoticeState.PENDING.value, literal_execute=True)


class WalkedClock(Clock):
    """A clock that stands where it was put, for what is due and for what is waited for alike."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    @override
    def now(self) -> datetime:
        return self.at

    @override
    def real(self) -> datetime:
        return self.at


class NearSlack(WebClient):
    """Slack's end of the wire: takes every message, or, while it is away, no connection."""

    def __init__(self) -> None:
        super().__init__(token="xoxb-near")
        self.away = False
        self.taken: list[dict[str, Any]] = []

    @override
    def api_call(self, api_method: str, **given: Any) -> SlackResponse:
        if self.away:
            raise URLError(ConnectionRefusedError())
        said = given.get("json") or given.get("params") or {}
        if api_method == "chat.postMessage":
            self.taken.append(said)
            data = {"ok": True, "channel": said["channel"], "ts": f"{len(self.taken)}.000000"}
        else:
            data = {"ok": True, "channel": {"id": f"D{said['users']}"}}
        return self._answer(api_method, data)

    @override
    def files_upload_v2(self, **given: Any) -> SlackResponse:
        if self.away:
            raise URLError(ConnectionRefusedError())
        address = f"https://files.example/{given['filename']}"
        return self._answer("files.completeUploadExternal", {"ok": True, "files": [{"permalink": address}]})

    def _answer(self, method: str, data: dict[str, Any]) -> SlackResponse:
        return SlackResponse(
            client=self, http_verb="POST", api_url=method, req_args={}, data=data, headers={}, status_code=200
        )


@dataclass(frozen=True)
class Post:
    """One message that Slack took."""

    at: datetime
    notice: Notice
    to: str | None
    """The Slack id of the reader; None for a channel."""
    message: dict[str, Any]

    @property
    def kind(self) -> NoticeKind:
        return self.notice.kind


@dataclass
class Days:
    """The records, a clock, and what was posted so far."""

    database: Database
    clock: WalkedClock
    slack: NearSlack = field(default_factory=NearSlack)
    posts: list[Post] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.room = Mailroom(
            database=self.database, clock=self.clock, posting=self.slack, reading=self.slack, composers=COMPOSERS,
            budget=Budget(pace=None),
        )  # fmt: skip
        self._sender = Sender(self.room)

    @property
    def now(self) -> datetime:
        return self.clock.at

    @property
    def who(self) -> Directory:
        with self.database.reading() as session:
            return directory(session)

    def act(self, service: Callable[..., Any], slack_id: str, **given: Any) -> Any:
        """Let somebody do something now, in a transaction of its own."""
        with self.database.transaction() as session:
            actor = person_of(session, slack_id)
            assert actor is not None
            return service(session, actor=actor, now=self.now, **given)

    # -- the clock -------------------------------------------------------------------------------------------------

    def live(self) -> None:
        """Do what is due at this moment, and send what it owes."""
        for duty in DUTIES.values():
            with self.database.transaction() as session:
                duty(session, now=self.now)
        self.deliver()

    def go_to(self, instant: datetime) -> None:
        """Let time pass: every due moment on the way is visited in order, as a moved clock does."""
        self.live()
        while self.now < instant:
            self.clock.at = min(self.next_moment() or instant, instant)
            self.live()

    def wake_at(self, instant: datetime) -> None:
        """Let time pass while the bot is down; it starts with nothing in its memory."""
        self.clock.at = instant
        self.database.memory.clear()
        self.live()

    def next_moment(self) -> datetime | None:
        """Return when something is due next, or to be tried again; in vain, and so left out, while Slack is away."""
        with self.database.reading() as session:
            found = [next_due(session, self.now) for next_due in NEXT_DUE]
            found += _tries(session, self.now) if not self.slack.away else []
        return min((moment for moment in found if moment is not None), default=None)

    # -- the mail --------------------------------------------------------------------------------------------------

    def deliver(self) -> None:
        """Send everything that is due and that Slack takes."""
        while claims := claim_due(self.room, most=AT_ONCE):
            for claim in claims:
                before = len(self.slack.taken)
                self._sender.send(claim)
                if len(self.slack.taken) > before:
                    self._note(claim.notice_id)

    def close(self) -> None:
        """Give back what was opened."""
        self._sender.close()
        self.database.close()

    def _note(self, notice_id: int) -> None:
        with self.database.reading() as session:
            notice = session.get_one(Notice, notice_id)
            person = session.get_one(Person, notice.person_id) if notice.person_id else None
            self.posts.append(Post(self.now, notice, person.slack_id if person else None, self.slack.taken[-1]))


def hurried(database: Database) -> Database:
    """Have a SQLite database wait for no disk: days pass in moments here, and nothing needs to outlive the machine."""
    sa.event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return database


def _tries(session: Session, after: datetime) -> list[datetime | None]:
    later = sa.select(sa.func.min(col(Notice.next_at))).where(
        col(Notice.state) == _PENDING, col(Notice.next_at) > after
    )
    rests = sa.select(sa.func.min(col(Pause.until))).where(col(Pause.until) > after)
    return [session.connection().execute(moment).scalar() for moment in (later, rests)]
