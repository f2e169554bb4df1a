"""Scene 3: those who owe an update are reminded, fairly, and nobody else; a reminder's buttons do what they say."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.people import Absence
from models.reminders import Disclaimer, Reminder, ReminderState
from services.directory import directory
from tests.focal_app import Bot
from tests.reminding import Reminding, geneva
from tests.slack_world import Player, SlackWorld, words

Json = dict[str, Any]
MEETING = "meeting schedule 2026-12-03 14:30"


@pytest.fixture
def secretariat(slack: SlackWorld, bot: Bot) -> Player:
    """Give the secretariat, at work in a task force where only Climate change and Emergencies are not reported."""
    Reminding(bot.database, bot.clock.now()).post_everything("climate", "emergency")
    player = slack.player("U0SEC")
    player.command(MEETING)
    bot.settle()
    return player


@pytest.fixture
def cy(slack: SlackWorld, bot: Bot, secretariat: Player) -> Player:
    """Give BDT's focal point of both areas, just reminded of them."""
    assert secretariat
    bot.go_to(geneva("2026-11-25 14:30"))
    return slack.player("U0CY")


def reminders(player: Player) -> list[Json]:
    return [dm for dm in player.dms() if "MTG-1" in words(dm)]


def planned(bot: Bot, slack_id: str) -> list[Reminder]:
    with bot.database.reading() as session:
        person = directory(session).by_slack_id(slack_id)
        assert person is not None
        rows = select(Reminder).where(Reminder.person_id == person.id, Reminder.state == ReminderState.PLANNED)
        return list(session.exec(rows.order_by(col(Reminder.due_at))))


# -- the message ------------------------------------------------------------------------------------------------------


def test_one_dm_says_what_is_owed_until_when_with_a_button_for_each(cy: Player) -> None:
    [reminder] = reminders(cy)
    shown = words(reminder)
    assert "Climate change" in shown
    assert "Emergency telecommunications" in shown
    assert "Wednesday, 2 December 2026, 14:30 (Zurich time)" in shown
    for label in ("Post update", "Not mine"):
        assert shown.count(label) == 2
    assert "No change" not in shown
    assert "Snooze" in shown
    assert "I'm away" in shown


def test_whoever_reported_hears_nothing(slack: SlackWorld, cy: Player) -> None:
    assert reminders(cy)
    assert not reminders(slack.player("U0DORA"))


def test_post_update_opens_the_form_of_that_area(cy: Player) -> None:
    [reminder] = reminders(cy)
    form = cy.click(reminder, "Post update", beside="Emergency telecommunications").modal
    assert form is not None
    assert cy.filled()["Area"] == "Emergency telecommunications"


def test_posting_takes_the_row_s_buttons_and_the_last_one_leaves_thanks(
    slack: SlackWorld, bot: Bot, cy: Player
) -> None:
    cy.command("update climate on-track Report published")
    bot.settle()
    [reminder] = reminders(cy)
    assert words(reminder).count("Post update") == 1
    slack.player("U0PIM").command("update emergency on-track Exercise held")
    bot.settle()
    [reminder] = reminders(cy)
    assert "Thank you" in words(reminder)
    assert "Post update" not in words(reminder)
    bot.go_to(geneva("2026-12-02 18:00"))
    assert len(reminders(cy)) == 1


def test_no_change_confirms_with_one_click(bot: Bot, cy: Player) -> None:
    cy.command("update climate on-track Report published")
    bot.go_to(geneva("2026-12-03 14:31"))
    cy.slack.player("U0SEC").command("meeting schedule 2026-12-17 14:30")
    bot.go_to(geneva("2026-12-09 14:31"))
    newest = [dm for dm in cy.dms() if "MTG-2" in words(dm)][-1]
    answer = cy.click(newest, "No change", beside="Climate change")
    assert not answer.error
    bot.settle()
    newest = [dm for dm in cy.dms() if "MTG-2" in words(dm)][-1]
    assert "no change, as Cy (sample) confirmed" in words(newest)


def test_a_newer_reminder_leaves_the_older_one_without_buttons(bot: Bot, cy: Player) -> None:
    bot.go_to(geneva("2026-11-30 09:00"))
    older, newer = reminders(cy)
    assert "Post update" not in words(older)
    assert "Post update" in words(newer)


def test_a_cancelled_meeting_is_said_in_the_reminder(bot: Bot, cy: Player, secretariat: Player) -> None:
    secretariat.command("meeting cancel MTG-1")
    bot.settle()
    reminder = reminders(cy)[0]
    assert "is cancelled: no update is owed for it any more" in words(reminder)
    assert not planned(bot, "U0CY")


def test_a_moved_meeting_is_said_in_the_reminder(bot: Bot, cy: Player, secretariat: Player) -> None:
    secretariat.command("meeting move MTG-1 2026-12-10 14:30")
    bot.settle()
    assert "was moved: it begins on Thursday, 10 December 2026" in words(reminders(cy)[0])


def test_the_desk_says_when_one_is_reminded_next_and_why_then(cy: Player) -> None:
    shown = cy.command("").plain
    assert "*Next reminder:* Monday, 30 November 2026, 09:00 (Zurich time), because" in shown
    assert "it is 3 days before the deadline for MTG-1 (moved from Sun 29 Nov, 14:30: weekend in Geneva)." in shown
    assert "Next reminder" in words(cy.open_home())
    cy.choose(reminders(cy)[0], "Snooze", "Tomorrow morning")
    shown = cy.command("").plain
    assert "26 November 2026, 09:00 (Zurich time), because you snoozed the one before for MTG-1." in shown
    for area in ("climate", "emergency"):
        cy.command(f"update {area} on-track Report published")
    assert "Next reminder" not in cy.command("").plain


def test_an_issue_that_reaches_somebody_joins_the_same_message(slack: SlackWorld, bot: Bot, cy: Player) -> None:
    bot.go_to(geneva("2026-11-29 12:00"))
    before = len(cy.dms())
    slack.player("U0DORA").command("issue raise climate Two Sectors booked the same hall")
    bot.go_to(geneva("2026-11-30 09:00"))
    [together] = cy.dms()[before:]
    assert "MTG-1" in words(together)
    assert "Two Sectors booked the same hall" in words(together)
    assert "Resolve" in words(together)
    assert "Post update" in words(together)


# -- snooze, not mine -------------------------------------------------------------------------------------------------


def test_snooze_moves_the_next_step(bot: Bot, cy: Player) -> None:
    [reminder] = reminders(cy)
    answer = cy.choose(reminder, "Snooze", "Tomorrow morning")
    assert "Thursday, 26 November 2026, 09:00" in answer.plain
    bot.settle()
    assert "Snoozed: you will be reminded on Thursday, 26 November" in words(reminders(cy)[0])
    bot.go_to(geneva("2026-11-26 09:00"))
    assert len(reminders(cy)) == 2
    assert [row.step for row in planned(bot, "U0CY")] == ["1d", "2h"]


def test_not_mine_asks_why_and_the_secretariat_reassigns(
    slack: SlackWorld, bot: Bot, cy: Player, secretariat: Player
) -> None:
    [reminder] = reminders(cy)
    cy.click(reminder, "Not mine", beside="Climate change")
    assert cy.submit() != {}
    cy.fill({"Why": "Dora took it over in September"})
    assert cy.submit() == {}
    bot.settle()
    assert "you said that it is not yours" in words(reminders(cy)[0])
    told = next(dm for dm in secretariat.dms() if "Dora took it over" in words(dm))
    secretariat.click(told, "Reassign")
    secretariat.fill({"Who speaks for it": "U0DORA"})
    assert secretariat.submit() == {}
    bot.settle()
    assert "no longer asked of you" in words(reminders(cy)[0])
    assert planned(bot, "U0DORA")
    bot.go_to(geneva("2026-11-30 09:00"))
    assert "Cambio climático" in words(reminders(slack.player("U0DORA"))[-1])


def test_nobody_else_can_disclaim_or_reassign(bot: Bot, cy: Player, slack: SlackWorld, secretariat: Player) -> None:
    [reminder] = reminders(cy)
    cy.click(reminder, "Not mine", beside="Climate change")
    cy.fill({"Why": "No idea"})
    cy.submit()
    bot.settle()
    told = next(dm for dm in secretariat.dms() if "No idea" in words(dm))
    secretariat.click(told, "Reassign")
    secretariat.fill({"Who speaks for it": "U0DORA"})
    slack.player("U0CHAIR").command("member leave @U0SEC")
    assert secretariat.submit() != {}
    with bot.database.reading() as session:
        assert session.exec(select(Disclaimer)).one().settled_at is None


# -- away -------------------------------------------------------------------------------------------------------------


def absences(bot: Bot) -> list[Absence]:
    with bot.database.reading() as session:
        return list(session.exec(select(Absence).where(col(Absence.cancelled_at).is_(None))))


def test_away_sends_reminders_to_the_alternate_who_is_told_why(slack: SlackWorld, bot: Bot, cy: Player) -> None:
    answer = cy.command("away 2026-11-26 2026-12-10 @U0TESS")
    assert "Reminders go to Tess (sample) meanwhile" in answer.plain
    bot.go_to(geneva("2026-11-30 09:00"))
    assert len(reminders(cy)) == 1
    assert "You stand in for Cy (sample) until" in words(reminders(slack.player("U0TESS"))[-1])
    assert "You are not away any more" in cy.command("away cancel").plain
    assert not absences(bot)


def test_the_form_notes_an_absence(bot: Bot, cy: Player) -> None:
    cy.click(reminders(cy)[0], "I'm away")
    cy.fill({"First day away": "2026-12-01", "Last day away": "2026-11-26"})
    assert "comes before" in cy.submit()["Last day away"]
    cy.fill({"Last day away": "2026-12-05", "Alternate": "U0CY"})
    assert "cannot stand in for themselves" in cy.submit()["Alternate"]
    cy.fill({"Alternate": "U0DORA"})
    assert cy.submit() == {}
    [absence] = absences(bot)
    assert absence.first_day.isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("away 2026-12-10 2026-12-01", "comes before"),
        ("away 2026-01-10 2026-02-01", "is past"),
        ("away 2026-12-01 2026-12-10 @U0CY", "cannot stand in for themselves"),
        ("away 2026-12-01 2026-12-10 @nobody", "I know no member @nobody"),
        ("away 2026-12-01", "Until when?"),
        ("away @U0BEN 2026-12-01 2026-12-10", "Only the secretariat and the chair can do this"),
    ],
)
def test_an_absence_that_cannot_be_is_refused_with_what_to_do(
    bot: Bot, slack: SlackWorld, typed: str, said: str
) -> None:
    answer = slack.player("U0CY").command(typed)
    assert said in answer.plain
    assert answer.ephemeral
    assert not absences(bot)


@pytest.mark.usefixtures("bot")
def test_the_secretariat_notes_an_absence_for_others(slack: SlackWorld) -> None:
    slack.player("U0SEC").command("away @U0CY 2026-12-01 2026-12-10 @U0DORA")
    assert "Away from Tuesday, 1 December 2026" in slack.player("U0CY").command("away").plain


def test_the_chair_s_absence_names_the_acting_chair(bot: Bot, slack: SlackWorld) -> None:
    slack.player("U0SEC").command("away @U0CHAIR 2026-11-23 2026-12-10")
    assert not absences(bot)
    answer = slack.player("U0SEC").command("away @U0CHAIR 2026-11-23 2026-12-10 @U0DEPG")
    assert "Gil (sample) acts as chair meanwhile" in answer.plain
    with bot.database.reading() as session:
        assert [p.slack_id for p in directory(session).chairs_on_duty(now=bot.clock.now())] == ["U0DEPG"]


# -- people -----------------------------------------------------------------------------------------------------------


def test_a_closed_account_leaves_vacant_seats_that_reassign_all_fills(
    slack: SlackWorld, bot: Bot, secretariat: Player
) -> None:
    slack.deactivate("U0CY")
    slack.player("U0SEC").wait_for(lambda: not planned(bot, "U0CY"))
    bot.settle()
    told = next(dm for dm in secretariat.dms() if "Cy (sample) has left" in words(dm))
    secretariat.click(told, "Reassign all")
    secretariat.fill({"Who takes over": "U0DORA"})
    assert secretariat.submit() == {}
    with bot.database.reading() as session:
        who = directory(session)
        area, unit, dora = who.area_by_key("climate"), who.unit_by_key("BDT"), who.by_slack_id("U0DORA")
        assert area is not None
        assert unit is not None
        seat = who.seat(area.id or 0, unit.id or 0)
        assert seat is not None
        assert who.holders(seat) == [dora]
    bot.settle()
    shown = next(dm for dm in secretariat.dms() if "Cy (sample) has left" in words(dm))
    assert "Reassign all" not in words(shown), "it is settled"


@pytest.mark.usefixtures("bot")
def test_seats_and_members_are_the_secretariat_s_to_change(slack: SlackWorld) -> None:
    refused = slack.player("U0CY").command("seat set climate BR @U0BEN")
    assert "Only the secretariat and the chair can do this" in refused.plain
    sec = slack.player("U0SEC")
    assert "Ben (sample) now speaks for BR in Climate change" in sec.command("seat set climate BR @U0BEN").plain
    assert "is vacant now" in sec.command("seat set climate BR nobody").plain
    assert "has left the task force" in sec.command("member leave @U0BEN").plain
    assert "Ben (sample)" not in sec.command("member list").plain
    assert "is a member of the task force now" in sec.command("member add @U0BEN BR").plain


def test_the_secretariat_sees_the_plan_and_why(bot: Bot, secretariat: Player, cy: Player) -> None:
    shown = secretariat.command("reminders").plain
    assert "Cy (sample)" in shown
    assert "moved from Sun 29 Nov, 14:30: weekend in Geneva" in shown
    assert "merged into 1d: at most one a day" in shown
    assert "sent on" in shown
    bot.go_to(geneva("2026-11-30 09:00"))
    assert (
        "sent on Monday, 30 November 2026, 09:00 (Zurich time) (moved from Sun 29 Nov, 14:30: weekend in Geneva)"
        in (secretariat.command("reminders").plain)
    )
    assert "Only the secretariat and the chair" in cy.command("reminders").plain


def test_a_date_instead_of_a_meeting_shows_the_plan_as_it_would_be(
    slack: SlackWorld, bot: Bot, secretariat: Player
) -> None:
    assert bot.engine
    dry = secretariat.command("reminders 2027-02-04 14:30")
    assert "Dry run" in dry.plain
    assert "Nothing is stored" in dry.plain
    assert "Thursday, 4 February 2027, 14:30 (Zurich time)" in dry.plain
    assert "Reminders for it begin once MTG-1 is over" in dry.plain
    assert "moved from Sun 31 Jan, 14:30: weekend in Geneva" in dry.plain
    assert "MTG-2" not in secretariat.command("meeting list").plain
    assert "is past" in secretariat.command("reminders 2026-01-04 14:30").plain
    assert "At what time?" in secretariat.command("reminders 2027-02-04").plain
    assert "There is no meeting MTG-9" in secretariat.command("reminders MTG-9").plain
    assert "Only the secretariat and the chair" in slack.player("U0CY").command("reminders 2027-02-04 14:30").plain
