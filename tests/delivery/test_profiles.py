"""Slack is asked who the members are, and when those who are soon reminded want to be left alone."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlmodel import col, select

from delivery import profiles
from foundation.database import Database
from models.people import Person
from models.reminders import Reminder, ReminderKind
from services.directory import directory
from services.membership import unseen
from tests.fixtures_task_force import ISC_TF
from tests.focal_app import Bot, focal
from tests.reminding import geneva
from tests.slack_world import SlackWorld


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    """Give a practice workspace of the sample task force, without rate limits."""
    with SlackWorld(task_force_file=ISC_TF) as world:
        yield world


@pytest.fixture
def bot(slack: SlackWorld, loaded: Database) -> Iterator[Bot]:
    """Give Focal at work there."""
    with focal(slack, loaded) as running:
        yield running


def person(bot: Bot, slack_id: str) -> Person:
    with bot.database.reading() as session:
        return session.exec(select(Person).where(Person.slack_id == slack_id)).one()


def members(bot: Bot) -> list[Person]:
    with bot.database.reading() as session:
        return directory(session).members


def version(bot: Bot) -> int:
    with bot.database.reading() as session:
        return directory(session).task_force.version


def steps(bot: Bot, slack_id: str) -> dict[str, tuple[datetime | None, object]]:
    """When each step is said, and why it was moved."""
    with bot.database.reading() as session:
        rows = session.exec(
            select(Reminder)
            .where(Reminder.person_id == person(bot, slack_id).id, Reminder.kind == ReminderKind.UPDATES)
            .order_by(col(Reminder.id))
        )
        return {row.step: (row.due_at, row.reason.get("code")) for row in rows}


def rest(slack: SlackWorld, slack_id: str, start: datetime, end: datetime) -> None:
    slack.do(
        lambda workspace: setattr(
            workspace.world.people[slack_id], "dnd", [int(start.timestamp()), int(end.timestamp())]
        )
    )


def learn(bot: Bot) -> None:
    bot.engine.ticks.learn_about_people()
    bot.engine.ticks.act()


# -- who they are -----------------------------------------------------------------------------------------------------


def test_members_are_asked_for_once_a_day(slack: SlackWorld, bot: Bot) -> None:
    everybody = len(members(bot))
    learn(bot)
    learn(bot)
    asked = slack.called("users.info")
    assert len(asked) == everybody
    assert {call.payload["include_locale"] for call in asked} <= {"1", "true", True}
    assert person(bot, "U0CY").slack_locale is not None
    bot.later(days=1, minutes=1)
    learn(bot)
    assert len(slack.called("users.info")) == 2 * everybody


def test_many_members_are_found_in_the_list(slack: SlackWorld, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "MANY", 3)
    monkeypatch.setattr(profiles, "PAGE", 4)
    learn(bot)
    assert slack.called("users.info") == []
    assert len(slack.called("users.list")) > 1
    with bot.database.reading() as session:
        assert unseen(session, now=bot.clock.now()) == []
        assert len(session.exec(select(Person)).all()) == len(members(bot)), "strangers are not stored"


def test_what_slack_says_again_changes_nothing(bot: Bot) -> None:
    learn(bot)
    before = version(bot)
    bot.later(days=2)
    learn(bot)
    assert version(bot) == before


def test_who_left_slack_while_nobody_listened_leaves_vacant_seats(slack: SlackWorld, bot: Bot) -> None:
    slack.do(lambda workspace: setattr(workspace.world.people["U0CY"], "deleted", True))
    learn(bot)
    bot.settle()
    assert not person(bot, "U0CY").here
    with bot.database.reading() as session:
        assert directory(session).seats_by_person.get(person(bot, "U0CY").id or 0) is None
    told = slack.player("U0SEC").dms()
    assert any("Cy (sample) has left" in message["text"] for message in told)


def test_slack_s_limit_is_waited_for(slack: SlackWorld, bot: Bot) -> None:
    waited: list[float] = []

    def wait(seconds: float) -> bool:
        waited.append(seconds)
        return False

    slack.faults.next("users.info", "429")
    learned = profiles.learn_profiles(bot.engine.ticks.room, wait=wait)
    assert learned == len(members(bot))
    assert len(waited) == 1


def test_a_bot_that_stops_does_not_wait(slack: SlackWorld, bot: Bot) -> None:
    slack.faults.next("users.info", "429")
    assert profiles.learn_profiles(bot.engine.ticks.room, wait=lambda _: True) == 0


def test_an_account_that_is_not_there_does_not_keep_the_others_from_being_learned(slack: SlackWorld, bot: Bot) -> None:
    everybody = len(members(bot))
    slack.do(lambda workspace: workspace.world.people.pop("U0BO"))
    learn(bot)
    with bot.database.reading() as session:
        assert unseen(session, now=bot.clock.now()) == ["U0BO"]
    assert len(slack.called("users.info")) == everybody


# -- when they want to be left alone ----------------------------------------------------------------------------------


@pytest.fixture
def planned(slack: SlackWorld, bot: Bot) -> Bot:
    """Give the bot half an hour before the first reminders for a meeting are due."""
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    bot.go_to(geneva("2026-11-25 14:00"))
    return bot


def test_a_rest_in_working_time_moves_the_reminder_behind_it(slack: SlackWorld, planned: Bot) -> None:
    before, _ = steps(planned, "U0DI")["7d"]
    assert before == geneva("2026-11-25 14:30")
    rest(slack, "U0DI", geneva("2026-11-25 13:00"), geneva("2026-11-25 16:00"))
    learn(planned)
    assert steps(planned, "U0DI")["7d"] == (geneva("2026-11-25 16:00"), "dnd")
    asked = slack.called("dnd.teamInfo")
    assert all(len(str(call.payload["users"]).split(",")) <= profiles.AT_A_TIME for call in asked)


def test_slack_s_usual_night_changes_nothing(slack: SlackWorld, planned: Bot) -> None:
    before = version(planned)
    planned.engine.ticks.learn_about_people()
    learned = version(planned)
    rest(slack, "U0DI", geneva("2026-11-25 22:00"), geneva("2026-11-26 08:00"))
    learn(planned)
    assert version(planned) == learned >= before
    assert person(planned, "U0DI").dnd_from is None


def test_a_rest_that_is_over_is_forgotten(slack: SlackWorld, planned: Bot) -> None:
    rest(slack, "U0DI", geneva("2026-11-25 13:00"), geneva("2026-11-25 16:00"))
    learn(planned)
    slack.do(lambda workspace: setattr(workspace.world.people["U0DI"], "dnd", None))
    learn(planned)
    assert steps(planned, "U0DI")["7d"][0] == geneva("2026-11-25 14:30")


def test_a_rest_until_after_the_deadline_swallows_no_reminder(slack: SlackWorld, planned: Bot) -> None:
    rest(slack, "U0DI", geneva("2026-11-25 08:00"), geneva("2026-12-02 18:00"))
    learn(planned)
    assert {step: at for step, (at, _) in steps(planned, "U0DI").items()}["7d"] == geneva("2026-11-25 14:30")
    planned.go_to(geneva("2026-11-25 14:30") + timedelta(minutes=1))
    planned.settle()
    assert any("MTG-1" in str(message["blocks"]) for message in slack.player("U0DI").dms())


def test_only_who_is_reminded_within_a_day_is_asked_about(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0SEC").command("meeting schedule 2026-12-24 14:30")
    learn(bot)
    assert slack.called("dnd.teamInfo") == []


def test_a_scope_that_is_missing_keeps_nothing_from_being_sent(slack: SlackWorld, planned: Bot) -> None:
    slack.faults.next("dnd.teamInfo", "missing_scope")
    learn(planned)
    planned.go_to(geneva("2026-11-25 14:31"))
    planned.settle()
    assert slack.player("U0DI").dms()
