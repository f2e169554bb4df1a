"""A whole post office for tests: a database, a strict small Slack, a clock that can be pushed, and simple letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlmodel import Session, SQLModel, col, select
from typing_extensions import override

import models
from delivery.budget import Budget
from delivery.client import Line
from delivery.composing import Letter, Moot
from delivery.edits import edit_overtaken
from delivery.mailroom import Mailroom, Timing, mark_of
from delivery.reconcile import settle_doubts, sweep_copies
from delivery.sender import Sender
from foundation.clock import Clock
from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState, Pause
from models.people import Person, Role, RoleName
from models.structure import TaskForce
from practice.faults import Call
from practice.server import PracticeServer
from services.outbox import owe, refresh
from tests.slack_world import SlackWorld
from views.blocks import Message, section

assert models  # registers the tables

PATIENT, IMPATIENT = 20, 1
"""Seconds that Slack is given to answer: enough for any machine, and too few for a call that hangs."""
SHORT = Timing(time_out=timedelta(seconds=1), margin=timedelta(seconds=1))
CHANNEL = "C0TASKFORCE"
LETTERS: dict[str, str] = {}


class PushedClock(Clock):
    """A clock whose real time can be pushed ahead or back, so that no test waits."""

    def __init__(self) -> None:
        super().__init__()
        self.pushed = timedelta()
        self._stopped: tuple[datetime, float, datetime] | None = None

    @override
    def real(self) -> datetime:
        return (self._stopped[0] if self._stopped else super().real()) + self.pushed

    @override
    def steady(self) -> float:
        return (self._stopped[1] if self._stopped else super().steady()) + self.pushed.total_seconds()

    @override
    def now(self) -> datetime:
        return (self._stopped[2] if self._stopped else super().now()) + self.pushed

    def push(self, **duration: float) -> None:
        self.pushed += timedelta(**duration)

    def stop(self) -> None:
        """Let no time pass but what is pushed, for tests that count in seconds: a slow machine takes some itself."""
        self._stopped = super().real(), super().steady(), super().now()


def compose(letter: Letter) -> Message | Moot:
    """Say `words` of the notice's refs, and how often things changed since; moot when they are gone."""
    words = str(letter.notice.refs["words"])
    if words == "impossible":
        raise RuntimeError(words)
    said = LETTERS.get(words, words)
    if said == "gone" and not letter.sent:
        return Moot("nothing to say any more")
    blocks = [{"type": "nonsense"}] if words == "bad blocks" else [section(said)]
    return Message(said, blocks)


class PostOffice:
    """One database and one Slack; any number of senders."""

    def __init__(self, url: str, slack: SlackWorld) -> None:
        self.slack = slack
        self.clock = PushedClock()
        self.database = Database(url)
        self.sender = self.hire()

    def hire(self, *, timing: Timing = SHORT, pace: float | None = None, database: Database | None = None) -> Sender:
        """One more sender; with a connection of its own to the records it is another replica."""
        line = Line(token=self.slack.bot_token, base_url=self.slack.api_url, time_out=PATIENT)
        room = Mailroom(
            database=database or self.database, clock=self.clock, posting=line.posting(), reading=line.reading(),
            composers=dict.fromkeys(NoticeKind, compose), budget=Budget(pace=pace), timing=timing,
        )  # fmt: skip
        return Sender(room)

    @property
    def room(self) -> Mailroom:
        return self.sender.room

    # -- owing -----------------------------------------------------------------------------------------------------

    def owe(self, words: str, *, key: str | None = None, to: str | None = None, **more: Any) -> None:
        """Owe a channel post, or a DM to the person with this Slack id."""
        with self.database.transaction() as session:
            person = session.exec(select(Person).where(Person.slack_id == to)).one() if to else None
            given = {"channel": None if to else CHANNEL, "now": self.clock.now(), "refs": {"words": words}} | more
            owe(session, NoticeKind.BRIEF, key=key or words, subject=f"issue:{key or words}", to=person, **given)

    def change(self, key: str, words: str, said: str) -> None:
        """Let events overtake a message."""
        LETTERS[words] = said
        with self.database.transaction() as session:
            refresh(session, f"issue:{key}", now=self.clock.now())

    # -- working ---------------------------------------------------------------------------------------------------

    def deliver(self) -> None:
        self.sender.deliver()

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Give Slack little time meanwhile."""
        self.room.posting.timeout = self.room.reading.timeout = IMPATIENT
        yield
        self.room.posting.timeout = self.room.reading.timeout = PATIENT

    def settle(self, *, rounds: int = 1) -> None:
        """Let the settling time pass and doubts be looked into, then send again."""
        for _ in range(rounds):
            self.clock.push(seconds=61)
            settle_doubts(self.room)
            self.clock.push(seconds=61)
            settle_doubts(self.room)
            self.sender.deliver()

    def sweep(self) -> None:
        self.clock.push(minutes=2)
        sweep_copies(self.room)

    def edit(self) -> None:
        edit_overtaken(self.room)

    # -- seeing ----------------------------------------------------------------------------------------------------

    def notice(self, key: str) -> Notice:
        with self.database.reading() as session:
            return session.exec(select(Notice).where(Notice.key == key)).one()

    def state(self, key: str) -> NoticeState:
        return self.notice(key).state

    def notices(self, kind: NoticeKind) -> list[Notice]:
        with self.database.reading() as session:
            return list(session.exec(select(Notice).where(Notice.kind == kind).order_by(col(Notice.id))))

    def pauses(self) -> dict[str, Pause]:
        with self.database.reading() as session:
            return {pause.bucket: pause for pause in session.exec(select(Pause))}

    def said(self, channel: str = CHANNEL) -> list[str]:
        """What stands in a channel, threads included, oldest first."""
        return [message["text"] for message in self.slack.posts(channel)]

    def copies(self, key: str) -> int:
        """How often a notice stands in Slack."""
        mark = mark_of(self.notice(key))
        return sum(_mark(message) == mark for channel in self._channels() for message in self.slack.posts(channel))

    def calls(self, method: str = "chat.postMessage") -> list[Call]:
        return self.slack.called(method)

    def _channels(self) -> list[str]:
        return list(self.slack.read(lambda world: list(world.channels)))


def _mark(message: dict[str, Any]) -> object:
    return ((message.get("metadata") or {}).get("event_payload") or {}).get("key")


def make_tables(url: str) -> None:
    """Make every table in an empty database."""
    database = Database(url)
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
    database.close()


@contextmanager
def post_office(url: str, slack: SlackWorld) -> Iterator[PostOffice]:
    """Open a post office on a database with tables, and let the practice workspace's cast move in."""
    office = PostOffice(url, slack)
    LETTERS.clear()
    with office.database.transaction() as session:
        _people_the(session, slack.server)
    yield office
    office.sender.close()
    office.database.close()


def _people_the(session: Session, server: PracticeServer) -> None:
    since = datetime(2026, 1, 1, tzinfo=UTC)
    session.add(
        TaskForce(name="ISC-TF", title={"en": "Task force"}, timezone="UTC", channel="isc-tf", first_loaded_at=since)
    )  # fmt: skip
    for each in server.world.people.values():
        if not each.is_bot:
            session.add(Person(slack_id=each.id, name=each.name, member=True, timezone="UTC"))
    session.flush()
    secretary = session.exec(select(Person).where(Person.slack_id == "U0SEC")).one()
    session.add(Role(person_id=secretary.id or 0, name=RoleName.SECRETARIAT))
