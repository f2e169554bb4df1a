"""App Home stays true by itself: for those whom an act concerns, and for all when time changes what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from models.delivery import HomeMark
from tests.focal_app import Bot
from tests.slack_world import Player, SlackWorld, words


def soon(bot: Bot) -> None:
    """Let the half minute pass in which a page is not published again."""
    with bot.database.transaction() as session:
        for mark in session.exec(select(HomeMark)):
            mark.published_at = bot.clock.real() - timedelta(seconds=31)
    bot.settle()


@pytest.fixture
def tess(slack: SlackWorld, bot: Bot) -> Player:
    """Give a focal point who has opened App Home ten days before a meeting."""
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    player = slack.player("U0TESS")
    player.open_home()
    bot.settle()
    return player


def test_a_deadline_that_passes_shows_by_itself(bot: Bot, tess: Player) -> None:
    assert "It was due by" not in words(tess.home())
    bot.go_to(datetime(2026, 12, 2, 13, 31, tzinfo=UTC))
    soon(bot)
    assert "They were due by Wednesday, 2 December 2026, 14:30" in words(tess.home())


def test_a_meeting_that_begins_ends_the_cycle_on_every_page(bot: Bot, tess: Player) -> None:
    tess.command("update gender on-track Panel agreed")
    soon(bot)
    assert "1 of 44 seats has reported" in words(tess.home())
    bot.go_to(datetime(2026, 12, 3, 13, 31, tzinfo=UTC))
    soon(bot)
    home = words(tess.home())
    assert "No meeting is scheduled, so no update is owed." in home
    assert "0 of 44 seats have reported" in home


def test_an_absence_that_begins_shows_by_itself(slack: SlackWorld, bot: Bot, tess: Player) -> None:
    slack.player("U0BO").command("away 2026-11-25 2026-12-20 @tess")
    soon(bot)
    assert "away: TSB" not in words(tess.home())
    bot.go_to(datetime(2026, 11, 25, 8, tzinfo=UTC))
    soon(bot)
    assert "away: TSB" in words(tess.home())


def test_the_secretariat_sees_a_seat_fall_vacant_and_be_given_again(slack: SlackWorld, bot: Bot, tess: Player) -> None:
    assert tess
    secretary = slack.player("U0SEC")
    assert "4 vacant seats" in words(secretary.open_home())
    slack.player("U0CHAIR").command("seat set climate BR nobody")
    soon(bot)
    assert "5 vacant seats" in words(secretary.home())
    slack.player("U0CHAIR").command("seat set climate BR @tess")
    soon(bot)
    assert "4 vacant seats" in words(secretary.home())


def test_the_secretariat_sees_that_somebody_said_not_mine(slack: SlackWorld, bot: Bot, tess: Player) -> None:
    secretary = slack.player("U0SEC")
    secretary.open_home()
    bot.go_to(datetime(2026, 11, 25, 13, 31, tzinfo=UTC))
    [reminder] = [dm for dm in tess.dms() if "MTG-1" in words(dm)]
    tess.click(reminder, "Not mine", beside="Gender")
    label = next(iter(tess.filled()))
    tess.fill({label: "It moved to another division"})
    assert tess.submit() == {}
    soon(bot)
    assert "It moved to another division" in words(secretary.home())
