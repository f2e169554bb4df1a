"""People set their own working time: what can be is heeded in every plan, what cannot be is refused at its field."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from models.people import Person
from models.structure import Station
from services.directory import touch
from tests.focal_app import Bot
from tests.slack_world import Player, SlackWorld


def english(slack: SlackWorld) -> Player:
    """Tess in Geneva, who speaks for TSB in five areas."""
    return slack.player("U0TESS")


def tess(session: Session) -> Person:
    return session.exec(select(Person).where(Person.slack_id == "U0TESS")).one()


def close_on_saturdays(bot: Bot) -> None:
    """Have Geneva add every Saturday of four years to its holidays."""
    with bot.database.transaction() as session:
        station = session.exec(select(Station).where(Station.key == "geneva")).one()
        first = date(2026, 1, 3)
        station.holidays = {**station.holidays, "add": [str(first + timedelta(weeks=n)) for n in range(208)]}
        session.add(station)
        touch(session)


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        ({"Working days": []}, "complete this required field"),  # Slack says it
        ({"until": "08:00"}, "They end after they begin, on the same day"),
        ({"Working days": ["Saturday"]}, "no reminder would ever come. Choose one when it works."),
    ],
)
def test_a_working_time_that_cannot_be_is_refused_at_its_field(
    slack: SlackWorld, bot: Bot, chosen: dict[str, object], refusal: str
) -> None:
    close_on_saturdays(bot)
    english(slack).command("settings")
    english(slack).fill(chosen)
    [(_, told)] = english(slack).submit().items()
    assert refusal in told
    assert english(slack).modal
    with bot.database.reading() as session:
        assert (tess(session).working_hours, tess(session).working_days) == (None, None)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("days none", "“none” are no working days"),
        ("hours 18:00-09:00", "They end after they begin, on the same day"),
        ("days sat", "no reminder would ever come"),
    ],
)
def test_a_working_time_that_cannot_be_is_refused_when_typed(
    slack: SlackWorld, bot: Bot, typed: str, refusal: str
) -> None:
    close_on_saturdays(bot)
    assert refusal in english(slack).command(f"settings {typed}").plain


def test_whoever_keeps_mondays_quiet_is_reminded_on_another_day_and_the_plan_says_why(
    slack: SlackWorld, bot: Bot
) -> None:
    secretariat = slack.player("U0SEC")
    secretariat.command("meeting schedule 2026-12-18 14:30")
    moved = "moved from Mon 14 Dec, 14:30: no working day, by personal settings"
    assert moved not in secretariat.command("reminders").plain
    assert "Tuesday, Wednesday, Thursday and Friday" in english(slack).command("settings days tue-fri").plain
    bot.settle()
    assert moved in secretariat.command("reminders").plain
