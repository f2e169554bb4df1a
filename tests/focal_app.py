"""Focal in this process against a practice workspace: the real door, records, duties and sender, ticks by hand.

    with SlackWorld() as slack, focal(slack, database) as bot:
        bot.go_to(datetime(2026, 11, 23, 8, tzinfo=UTC))   # both clocks; every due moment on the way is visited
        slack.player("U0AMA").command("update climate on-track All is well")
        bot.settle()                                       # duties, then the sender, until nothing is owed any more
        assert slack.player("U0AMA").messages("isc-tf")

The fixtures `slack` and `bot` (tests/handlers/conftest.py) start both, with the sample ISC-TF loaded, on Monday
23 November 2026, 09:00 in Geneva.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from delivery.client import Line
from delivery.composers import COMPOSERS
from delivery.home_pages import compose_home
from foundation.clock import Clock
from foundation.database import Database
from foundation.settings import Settings, read_settings
from handlers.entrance import build_app
from handlers.request import Office
from models.people import Person
from schedules.engine import Engine
from schedules.replay import ClockFollower
from services.directory import touch
from tests.slack_world import SlackWorld

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
"""When the story tests begin: 09:00 in Geneva, ten days before the meeting that most of them schedule."""

ROUNDS = 3
"""What is owed may cause more: a reply waits for its card, an edit for its post."""


@dataclass
class Bot:
    """The running parts, and a hand on the clock."""

    slack: SlackWorld
    database: Database
    clock: Clock
    engine: Engine
    office: Office
    """What the door has: for what Slack's own clients would never send."""

    def settle(self) -> None:
        """Do what is due and send what is owed, until that causes nothing more."""
        for _ in range(ROUNDS):
            self.engine.ticks.act()
            self.engine.ticks.deliver()

    def let_all_read_english(self) -> None:
        """Give every member English, so that a story finds buttons by their English labels."""
        with self.database.transaction() as session:
            for person in session.exec(select(Person).where(col(Person.member))):
                person.language = "en"
            touch(session)

    def go_to(self, instant: datetime) -> None:
        """Move both clocks ahead; every due moment on the way is visited in order."""
        self.slack.go_to(instant)
        ClockFollower(self.engine.ticks, self.slack.url).visit(timedelta(seconds=self.slack.world.offset))

    def later(self, **duration: float) -> None:
        """Move both clocks ahead by a duration."""
        self.go_to(self.slack.now() + timedelta(**duration))


@contextmanager
def focal(slack: SlackWorld, database: Database, *, begins: datetime = MONDAY) -> Iterator[Bot]:
    """Run Focal against a workspace, the task force being loaded already."""
    slack.go_to(begins)
    clock = Clock()
    clock.follow(timedelta(seconds=slack.world.offset))
    settings = _settings(slack)
    engine = Engine(database, clock, settings, composers=COMPOSERS, home=compose_home, pace=None)
    line = Line(token=slack.bot_token, base_url=slack.api_url)
    office = Office(database=database, clock=clock, settings=settings, slack=line.posting())
    bot = Bot(slack, database, clock, engine, office)
    with slack.connected(build_app(office)):
        yield bot
    engine.ticks.sender.close()


def _settings(slack: SlackWorld) -> Settings:
    environ = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    return read_settings(environ, env_file=Path("no-such-file"))
