"""Planned silence: nothing is asked about an area or issue before a day, all see why, and nothing is forgotten."""

import pytest
from sqlmodel import col, select

from models.issues import LadderState, LadderStep
from models.reminders import Reminder, ReminderState
from services.directory import directory
from tests.focal_app import Bot
from tests.reminding import Reminding, geneva
from tests.slack_reading import Json
from tests.slack_world import Player, SlackWorld, words

QUIET = "area quiet climate until 2026-11-30 The host is closed"


@pytest.fixture
def sec(slack: SlackWorld, bot: Bot) -> Player:
    """Give the secretariat of a task force where only Climate change and Emergencies are owed for a meeting."""
    bot.let_all_read_english()
    Reminding(bot.database, bot.clock.now()).post_everything("climate", "emergency")
    player = slack.player("U0SEC")
    player.command("meeting schedule 2026-12-03 14:30")
    bot.settle()
    return player


@pytest.fixture
def ama(slack: SlackWorld, sec: Player) -> Player:
    assert sec
    return slack.player("U0AMA")


def asked(player: Player) -> list[str]:
    return [words(dm) for dm in player.dms() if "Post update" in words(dm)]


def days(bot: Bot) -> dict[str, str]:
    """On which day each step still to come is taken."""
    with bot.database.reading() as session:
        waiting = select(LadderStep).where(LadderStep.state == LadderState.WAITING)
        return {step.to: step.at.date().isoformat() for step in session.exec(waiting.order_by(col(LadderStep.n)))}


def test_nobody_is_reminded_of_a_quiet_area_and_everybody_sees_why(bot: Bot, sec: Player, ama: Player) -> None:
    answer = sec.command(QUIET)
    assert "Nothing is asked about Climate change before Monday, 30 November 2026." in answer.plain
    bot.go_to(geneva("2026-11-29 20:00"))
    assert asked(ama) == []
    shown = ama.command("status climate").plain
    assert "Nothing is asked before Monday, 30 November 2026: The host is closed (Sena (sample))" in shown
    assert "You owe 1 update" in ama.command("").plain
    bot.go_to(geneva("2026-11-30 10:00"))
    assert len(asked(ama)) == 1


def test_of_several_areas_only_the_quiet_one_is_not_asked_for(slack: SlackWorld, bot: Bot, sec: Player) -> None:
    sec.command(QUIET)
    bot.go_to(geneva("2026-11-25 14:30"))
    [letter] = asked(slack.player("U0CY"))
    assert "Emergency telecommunications" in letter
    assert "Climate change" not in letter


def test_the_secretariat_sees_what_is_due_but_unreminded(bot: Bot, sec: Player) -> None:
    sec.command(QUIET)
    bot.settle()
    assert "planned silence" in sec.command("reminders").plain
    assert "The host is closed" in sec.command("reminders").plain
    desk = sec.command("").plain
    assert "Planned silence" in desk
    assert "Climate change" in desk
    assert "area.quiet" in sec.command("journal climate").plain


def test_an_end_before_its_time_plans_anew(bot: Bot, sec: Player, ama: Player) -> None:
    sec.command("area quiet climate until 2026-12-24 The host is closed")
    bot.settle()
    with bot.database.reading() as session:
        person = directory(session).by_slack_id("U0AMA")
        assert person is not None
        states = {r.state for r in session.exec(select(Reminder).where(Reminder.person_id == person.id))}
    assert states == {ReminderState.DROPPED}
    assert "is asked about again" in sec.command("area quiet climate end").plain
    bot.go_to(geneva("2026-11-25 14:30"))
    assert len(asked(ama)) == 1
    assert "there is nothing to end" in sec.command("area quiet climate end").plain


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("area quiet climate until 2026-11-23 Closed", "does not lie ahead"),
        ("area quiet climate until 2026-01-10 Closed", "does not lie ahead"),
        ("area quiet climate until 2029-01-10 Closed", "more than a year away"),
        ("area quiet climate until 2026-12-01", "Why?"),
        ("area quiet climate", "Until when, and why?"),
        ("area quiet nonesuch until 2026-12-01 Closed", "Which area?"),
        ("area climate", "Write until when nothing is asked"),
        ("issue quiet ISS-9 until 2026-12-01 Closed", "ISS-9"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(bot: Bot, sec: Player, typed: str, said: str) -> None:
    answer = sec.command(typed)
    assert said in answer.plain
    assert answer.ephemeral
    assert "Planned silence" not in sec.command("").plain
    assert bot


def test_a_second_silence_and_whoever_may_not_are_refused(slack: SlackWorld, sec: Player, ama: Player) -> None:
    assert "Only the secretariat and the chair" in ama.command(QUIET).plain
    sec.command(QUIET)
    assert "Nothing is asked before Monday, 30 November 2026 already: The host is closed" in sec.command(QUIET).plain
    assert slack.player("U0CHAIR").command("area quiet climate end").plain


# -- issues --------------------------------------------------------------------------------------------------------


def test_the_ladder_of_a_quiet_issue_stands_still_and_goes_on(
    slack: SlackWorld, bot: Bot, sec: Player, ama: Player
) -> None:
    ama.command("issue raise climate Who pays for the venue?")
    bot.settle()
    assert days(bot) == {"deputy": "2026-11-30", "chair": "2026-12-07"}
    answer = ama.command("issue quiet 1 until 2026-12-07 The host is closed")
    assert "Nothing is asked about ISS-1 before Monday, 7 December 2026." in answer.plain
    after = {"deputy": "2026-12-14", "chair": "2026-12-21"}
    assert days(bot) == after
    assert "nothing is asked before Monday, 7 December 2026: The host is closed" in sec.command("issue show 1").plain
    bot.go_to(geneva("2026-12-06 20:00"))
    assert days(bot) == after
    bot.go_to(geneva("2026-12-14 10:00"))
    bot.settle()
    assert [dm for dm in slack.player("U0DEPR").dms() if "Who pays for the venue?" in words(dm)]


def test_an_issue_asked_about_again_before_its_time_climbs_as_many_days_later_as_it_rested(
    bot: Bot, sec: Player, ama: Player
) -> None:
    ama.command("issue raise climate Who pays for the venue?")
    ama.command("issue quiet 1 until 2026-12-24 The host is closed")
    bot.go_to(geneva("2026-11-25 12:00"))
    sec.command("issue quiet 1 end")
    assert days(bot) == {"deputy": "2026-12-02", "chair": "2026-12-09"}


def test_the_due_date_of_a_quiet_issue_is_told_of_when_the_silence_ends(bot: Bot, sec: Player, ama: Player) -> None:
    ama.command("issue raise climate Who pays for the venue?")
    ama.command("issue due 1 2026-11-26")
    sec.command("area quiet climate until 2026-12-01 The host is closed")
    bot.go_to(geneva("2026-11-30 18:00"))
    assert not [dm for dm in ama.dms() if "Who pays for the venue?" in words(dm)]
    bot.go_to(geneva("2026-12-01 10:00"))
    bot.settle()
    assert [dm for dm in ama.dms() if "Who pays for the venue?" in words(dm)]


def test_only_the_owner_the_secretariat_and_the_chair_plan_silence_over_an_issue(
    slack: SlackWorld, bot: Bot, sec: Player, ama: Player
) -> None:
    ama.command("issue raise climate Who pays for the venue?")
    refused = slack.player("U0DI").command("issue quiet 1 until 2026-12-07 I am busy")
    assert "Only the owner, the secretariat and the chair plan silence over ISS-1" in refused.plain
    ama.command("issue escalate 1")
    bot.settle()
    assert "only the chair can have it rest" in sec.command("issue quiet 1 until 2026-12-07 Later").plain


def alerts(chair: Player) -> list[Json]:
    """What the chair was sent about the issue; the brief, which names it as well, apart."""
    return [dm for dm in chair.dms() if "Who pays for the venue?" in words(dm) and "MTG-1" not in words(dm)]


def test_the_chair_s_alert_rests_only_by_the_chair_s_own_wish(
    slack: SlackWorld, bot: Bot, sec: Player, ama: Player
) -> None:
    chair = slack.player("U0CHAIR")
    sec.command("area quiet climate until 2026-12-15 The host is closed")
    ama.command("issue raise climate Who pays for the venue?")
    ama.command("issue escalate 1")
    bot.settle()
    assert len([dm for dm in chair.dms() if "needs your decision" in words(dm)]) == 1
    answer = chair.command("issue quiet 1 until 2026-12-15 After the Council")
    assert "As the chair wishes it" in answer.plain
    bot.go_to(geneva("2026-12-14 18:00"))
    bot.settle()
    assert len(alerts(chair)) == 1
    bot.go_to(geneva("2026-12-15 10:00"))
    bot.settle()
    assert len(alerts(chair)) == 2


def test_an_urgent_issue_is_not_silenced_by_its_area(slack: SlackWorld, bot: Bot, sec: Player, ama: Player) -> None:
    sec.command("area quiet climate until 2026-12-15 The host is closed")
    ama.command("issue raise climate")
    ama.fill({"Title": "The venue is flooded", "Severity": "urgent"})
    assert ama.submit() == {}
    bot.settle()
    assert [dm for dm in slack.player("U0BO").dms() if "The venue is flooded" in words(dm)]
    ama.command("issue raise climate Who brings the flags?")
    bot.settle()
    assert not [dm for dm in slack.player("U0BO").dms() if "Who brings the flags?" in words(dm)]
