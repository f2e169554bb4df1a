"""A replica that was killed is known to be dead at once; one that only stands still keeps what it claimed.

Leases last an hour here: whatever is taken over earlier is taken from somebody who is gone.
"""

import signal
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlmodel import select
from typing_extensions import override

from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState
from tests.e2e.stage import Stage
from tests.e2e.stage import stage as set_stage
from tests.faults.doomed_bot import DoomedBot
from tests.faults.telling import copies, lay_card, new_words, report, rest, tries
from tests.postgresql import PostgresServer
from tests.slack_player import wait_for


class PatientBot(DoomedBot):
    """A bot whose leases last an hour."""

    @override
    def __init__(self, folder: Path, **settings: str) -> None:
        super().__init__(folder, **settings)
        self.lease(hours=1)


@pytest.fixture
def stage(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Stage]:
    """Give a stage on PostgreSQL, with a card, and nothing owed."""
    with set_stage(tmp_path, postgres_server.fresh_url(), "socket", PatientBot) as set_up:
        lay_card(set_up)
        rest(set_up)
        yield set_up


@pytest.fixture
def bot(stage: Stage) -> DoomedBot:
    """Give the bot of the stage."""
    assert isinstance(stage.bot, DoomedBot)
    return stage.bot


@pytest.fixture
def other(stage: Stage, tmp_path: Path) -> Iterator[DoomedBot]:
    """Give the second replica, not yet started."""
    (tmp_path / "other").mkdir()
    second = PatientBot(tmp_path / "other")
    second.environ |= stage.bot.environ
    yield second
    if not second.ended:
        second.stop()


def look_for_stalled_ones(bot: DoomedBot) -> None:
    """Let whoever is at work look for what is in doubt, which begins with taking over what nobody will finish."""
    with closing(Database(bot.environ["DATABASE_URL"])) as database:
        with database.transaction() as session:
            [card] = session.exec(select(Notice).where(Notice.kind == NoticeKind.AREA_CARD)).all()
            card.state = NoticeState.UNKNOWN

        def found_again() -> bool:
            with database.reading() as session:
                return session.get_one(Notice, card.id).state is NoticeState.SENT

        wait_for(found_again, seconds=120)


def test_what_a_replica_had_claimed_when_it_was_killed_is_said_by_another_long_before_the_lease_ends(
    stage: Stage, bot: DoomedBot, other: DoomedBot
) -> None:
    said = new_words()
    bot.doom("kill claimed")
    report(stage, said)
    assert bot.died() == -9
    other.start()
    wait_for(lambda: copies(stage, said), seconds=120)
    assert (copies(stage, said), tries(stage, said)) == (1, 1)


def test_a_replica_that_stands_still_keeps_what_it_claimed_and_says_it_when_it_goes_on(
    stage: Stage, bot: DoomedBot, other: DoomedBot
) -> None:
    said = new_words()
    bot.doom("stop claimed")
    report(stage, said)
    bot.met_its_doom()
    other.start()
    look_for_stalled_ones(bot)
    assert tries(stage, said) == 0
    bot.send_signal(signal.SIGCONT)
    wait_for(lambda: copies(stage, said), seconds=60)
    assert (copies(stage, said), tries(stage, said)) == (1, 1)
