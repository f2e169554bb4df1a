"""Absences: who stands in knows it, chains and circles, who covers whom, and what the absent are asked meanwhile."""

from typing import Any

import pytest
from sqlmodel import col, select

from models.delivery import Notice, NoticeKind, NoticeState
from models.journal import JournalEntry
from models.people import Absence, Person, Role, RoleName
from services.directory import directory, touch
from tests.focal_app import Bot
from tests.reminding import geneva
from tests.slack_reading import buttons_of
from tests.slack_world import Player, SlackWorld, words

Json = dict[str, Any]


@pytest.fixture
def cy(slack: SlackWorld, bot: Bot) -> Player:
    """Give BDT's focal point of Climate change; everybody reads English."""
    bot.let_all_read_english()
    return slack.player("U0CY")


@pytest.fixture
def tess(slack: SlackWorld, cy: Player) -> Player:
    assert cy
    return slack.player("U0TESS")


@pytest.fixture
def sec(slack: SlackWorld, cy: Player) -> Player:
    assert cy
    return slack.player("U0SEC")


@pytest.fixture
def chair(slack: SlackWorld, cy: Player) -> Player:
    assert cy
    return slack.player("U0CHAIR")


def with_words(player: Player, part: str) -> list[Json]:
    return [dm for dm in player.dms() if part in words(dm)]


def noted(bot: Bot) -> list[Absence]:
    with bot.database.reading() as session:
        return list(session.exec(select(Absence).where(col(Absence.cancelled_at).is_(None))))


# -- who stands in knows it ---------------------------------------------------------------------------------------


def test_who_is_named_hears_it_in_working_time_and_sees_it_on_the_desk(bot: Bot, cy: Player, tess: Player) -> None:
    bot.go_to(geneva("2026-11-23 19:00"))
    cy.command("away 2026-11-25 2026-12-10 @U0TESS")
    bot.settle()
    assert tess.dms() == []
    bot.go_to(geneva("2026-11-24 09:00"))
    bot.settle()
    [told] = tess.dms()
    assert "You stand in for Cy (sample) from Wednesday, 25 November 2026 to Thursday, 10 December 2026." in words(told)
    assert "you can post for: Climate change" in words(told)
    assert "You will stand in for Cy (sample) from Wednesday, 25 November 2026" in tess.command("").plain
    bot.go_to(geneva("2026-11-25 09:00"))
    assert "You stand in for Cy (sample) until Thursday, 10 December 2026." in tess.command("").plain
    assert "You stand in for Cy (sample) until" in words(tess.open_home())


def test_a_cancelled_absence_is_said_to_who_was_told(bot: Bot, cy: Player, tess: Player) -> None:
    cy.command("away 2026-11-25 2026-12-10 @U0TESS")
    bot.settle()
    cy.command("away cancel")
    bot.settle()
    [told] = tess.dms()
    assert "You need not stand in for Cy (sample)" in words(told)
    assert "stand in" not in tess.command("").plain


def test_a_cancelled_absence_of_which_nobody_was_told_is_not_told(bot: Bot, cy: Player, tess: Player) -> None:
    bot.go_to(geneva("2026-11-23 19:00"))
    cy.command("away 2026-11-25 2026-12-10 @U0TESS")
    cy.command("away cancel")
    bot.go_to(geneva("2026-11-24 10:00"))
    bot.settle()
    assert tess.dms() == []


def test_whoever_takes_over_from_an_alternate_who_is_away_is_told_for_both(
    slack: SlackWorld, bot: Bot, cy: Player, tess: Player
) -> None:
    cy.command("away 2026-11-25 2026-12-10 @U0TESS")
    tess.command("away 2026-12-01 2026-12-03 @U0DI")
    bot.settle()
    [told] = slack.player("U0DI").dms()
    assert "You stand in for Tess (sample) from Tuesday, 1 December 2026" in words(told)
    bot.go_to(geneva("2026-12-01 09:00"))
    desk = slack.player("U0DI").command("").plain
    assert "You stand in for Tess (sample) until Thursday, 3 December 2026." in desk
    assert "You stand in for Cy (sample) until Thursday, 10 December 2026." in desk


# -- the secretariat sees who covers whom --------------------------------------------------------------------------


def test_everybody_sees_who_is_away_until_when_and_who_covers(bot: Bot, cy: Player, tess: Player, sec: Player) -> None:
    cy.command("away 2026-11-23 2026-12-10 @U0TESS")
    tess.command("away 2026-11-24 2026-11-26 @U0DI")
    assert "is away until Thursday, 10 December 2026: Tess (sample) stands in" in sec.command("").plain
    bot.go_to(geneva("2026-11-24 09:00"))
    line = "away until Thursday, 10 December 2026: Di (sample) stands in (away too: Tess (sample))"
    assert line in sec.command("").plain
    assert line in sec.command("who").plain
    assert line in sec.command("who climate").plain
    assert "Cy (sample) is away, Di (sample) stands in" in sec.command("areas").plain
    assert line in words(sec.open_home())
    bot.go_to(geneva("2026-11-27 09:00"))
    assert "10 December 2026: Tess (sample) stands in" in sec.command("who").plain
    assert "*Away*" not in cy.command("").plain


def test_both_away_is_said_at_once_and_seen_by_the_secretariat(
    slack: SlackWorld, bot: Bot, cy: Player, sec: Player
) -> None:
    sec.command("meeting schedule 2026-12-03 14:30")
    cy.command("away 2026-11-23 2026-12-10")
    answer = slack.player("U0DORA").command("away 2026-11-24 2026-12-10")
    assert "nobody is there for Dora (sample) and Cy (sample)" in answer.plain
    bot.go_to(geneva("2026-11-24 09:00"))
    bot.settle()
    assert "nobody stands in (away too: Dora (sample)" in sec.command("").plain
    assert "Cy (sample) is away and nobody stands in" in "".join(words(dm) for dm in sec.dms())


# -- what cannot be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("away 2026-12-08 2026-12-12 @U0DORA", "is noted as away from Tuesday, 1 December 2026"),
        ("away 2026-12-01 2026-12-10", "Cancel that with `away cancel`"),
    ],
)
def test_days_that_are_noted_already_are_refused(bot: Bot, cy: Player, typed: str, said: str) -> None:
    cy.command("away 2026-12-01 2026-12-10 @U0TESS")
    answer = cy.command(typed)
    assert said in answer.plain.replace("away cancel", "`away cancel`").replace("``", "`")
    assert len(noted(bot)) == 1
    assert "You are away from Friday" in cy.command("away 2026-12-11 2026-12-12").plain


def test_a_circle_is_refused_in_the_command_and_at_its_field(bot: Bot, cy: Player, tess: Player) -> None:
    cy.command("away 2026-12-01 2026-12-10 @U0TESS")
    refused = tess.command("away 2026-12-08 2026-12-20 @U0CY")
    assert "Cy (sample) is away too, and it would come back to Tess (sample)" in refused.plain
    tess.click(tess.command("away").message, "I'm away")
    tess.fill({"First day away": "2026-12-08", "Last day away": "2026-12-20", "Alternate": "U0CY"})
    assert "On Tuesday, 8 December 2026 Cy (sample) is away too" in tess.submit()["Alternate"]
    assert len(noted(bot)) == 1
    tess.fill({"First day away": "2026-12-11"})
    assert tess.submit() == {}


def test_a_guest_and_whoever_left_cannot_stand_in(slack: SlackWorld, bot: Bot, cy: Player, sec: Player) -> None:
    slack.change_person("U0TESS", is_guest=True)
    cy.wait_for(lambda: _person(bot, "U0TESS").guest)
    assert "is not a member of the task force" in cy.command("away 2026-12-01 2026-12-10 @U0TESS").plain
    sec.command("member leave @U0DI")
    assert "has left" in cy.command("away 2026-12-01 2026-12-10 @U0DI").plain
    assert not noted(bot)


def test_an_alternate_who_becomes_a_guest_or_leaves_is_named_to_the_secretariat(
    slack: SlackWorld, bot: Bot, cy: Player, sec: Player
) -> None:
    cy.command("away 2026-12-01 2026-12-10 @U0TESS")
    slack.change_person("U0TESS", is_guest=True)
    cy.wait_for(lambda: _person(bot, "U0TESS").guest)
    bot.settle()
    told = "".join(words(dm) for dm in sec.dms())
    assert "Tess (sample) is the alternate of Cy (sample), but can stand in for nobody any more" in told
    assert "Tess (sample) is the alternate of Bo (sample)" in told
    assert "nobody stands in" in sec.command("").plain


def _person(bot: Bot, slack_id: str) -> Person:
    with bot.database.reading() as session:
        found = directory(session).by_slack_id(slack_id)
        assert found is not None
        return found


# -- the chair is away ---------------------------------------------------------------------------------------------


def test_the_acting_chair_hears_that_they_are_it(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    chair.command("away 2026-11-24 2026-12-10 @U0DEPG")
    bot.settle()
    gil = slack.player("U0DEPG")
    [told] = gil.dms()
    assert "You act as chair for Chair (sample) from Tuesday, 24 November 2026" in words(told)
    bot.go_to(geneva("2026-11-24 09:00"))
    assert "You act as chair for Chair (sample) until Thursday, 10 December 2026." in gil.command("").plain
    assert "Gil (sample) acts as chair" in gil.command("who").plain


def test_the_acting_chair_cannot_leave_the_chair_empty(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    chair.command("away 2026-11-24 2026-12-10 @U0DEPG")
    gil = slack.player("U0DEPG")
    refused = gil.command("away 2026-12-01 2026-12-02")
    assert "Gil (sample) acts as chair for Chair (sample) on these days" in refused.plain
    assert "You are away" in gil.command("away 2026-12-01 2026-12-02 @U0DEPR").plain
    bot.go_to(geneva("2026-12-01 09:00"))
    with bot.database.reading() as session:
        assert [p.slack_id for p in directory(session).chairs_on_duty(now=bot.clock.now())] == ["U0DEPR"]


def test_an_acting_chair_who_is_away_too_is_refused(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    slack.player("U0DEPG").command("away 2026-12-01 2026-12-02")
    assert "and is not away too" in chair.command("away 2026-11-24 2026-12-10 @U0DEPG").plain
    assert len(noted(bot)) == 1


def test_an_acting_chair_who_leaves_is_named_to_the_secretariat_at_once(
    slack: SlackWorld, bot: Bot, chair: Player, sec: Player
) -> None:
    chair.command("away 2026-11-23 2026-12-10 @U0DEPG")
    slack.deactivate("U0DEPG")
    chair.wait_for(lambda: _person(bot, "U0DEPG").deactivated)
    bot.settle()
    [told] = with_words(sec, "nobody acts as chair from")
    sec.command("away @U0CHAIR cancel")
    sec.command("away @U0CHAIR 2026-11-23 2026-12-10 @U0DEPR")
    bot.settle()
    assert told["ts"] in {dm["ts"] for dm in with_words(sec, "Settled: somebody decides")}


def test_a_task_force_without_a_chair_is_named_to_the_secretariat_once(bot: Bot, chair: Player, sec: Player) -> None:
    assert chair
    sec.command("member leave @U0CHAIR")
    for _ in range(2):
        bot.settle()
    assert len(with_words(sec, "Nobody has the role of chair")) == 1


def test_all_that_the_acting_chair_does_is_journalled_as_acting(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    ama, gil = slack.player("U0AMA"), slack.player("U0DEPG")
    chair.command("away 2026-11-23 2026-12-10 @U0DEPG")
    ama.command("issue raise climate Who pays for the venue?")
    ama.command("issue escalate 1")
    bot.settle()
    gil.click(with_words(gil, "needs your decision")[-1], "Acknowledge")
    gil.command("meeting schedule 2026-12-03 14:30")
    gil.command("seat set climate BR @U0BEN")
    gil.command("member leave @U0INV")
    gil.click(with_words(gil, "needs your decision")[-1], "Delegate")
    gil.fill({"Delegate to": "U0DEPR"})
    assert gil.submit() == {}
    gil.click(with_words(gil, "needs your decision")[-1], "Decide")
    gil.fill({"Decision": "The host pays"})
    assert gil.submit() == {}
    by, instead = _person(bot, "U0DEPG").id, _person(bot, "U0CHAIR").id
    with bot.database.reading() as session:
        mine = session.exec(select(JournalEntry).where(JournalEntry.actor_id == by)).all()
    acts = {"issue.acknowledge", "meeting.schedule", "seat.set", "member.leave", "issue.delegate", "issue.decide"}
    assert {entry.act: entry.for_id for entry in mine} == dict.fromkeys(acts, instead)
    shown = chair.command("journal MTG-1").plain
    assert "Gil (sample)" in shown
    assert "Chair (sample)" in shown


# -- what the absent would be asked --------------------------------------------------------------------------------


def test_news_for_the_secretariat_goes_to_who_of_it_is_there(
    slack: SlackWorld, bot: Bot, cy: Player, sec: Player
) -> None:
    with bot.database.transaction() as session:
        session.add(Role(person_id=_person(bot, "U0DCH").id or 0, name=RoleName.SECRETARIAT))
        touch(session)
    sec.command("away 2026-11-23 2026-11-30")
    slack.player("U0DCH").command("member leave @U0CY")
    bot.settle()
    assert with_words(slack.player("U0DCH"), "Cy (sample) has left")
    assert not with_words(sec, "Cy (sample) has left")
    assert cy


def test_news_for_a_secretariat_that_is_all_away_goes_to_its_alternate_and_the_chair(
    slack: SlackWorld, bot: Bot, sec: Player, chair: Player
) -> None:
    sec.command("away 2026-11-23 2026-11-30 @U0EL")
    chair.command("member leave @U0CY")
    bot.settle()
    assert with_words(slack.player("U0EL"), "Cy (sample) has left")
    assert with_words(chair, "Cy (sample) has left")
    assert not with_words(sec, "Cy (sample) has left")


def test_an_issue_given_to_somebody_who_is_away_reaches_who_stands_in_and_they_can_settle_it(
    slack: SlackWorld, bot: Bot, cy: Player
) -> None:
    cy.command("away 2026-11-23 2026-12-10 @U0DCH")
    slack.player("U0DI").command("issue raise youth Who speaks at the summit?")
    slack.player("U0DI").command("issue assign 1 @U0CY")
    bot.settle()
    dario = slack.player("U0DCH")
    told = with_words(dario, "Who speaks at the summit?")[-1]
    assert "You are told because Cy (sample) is away and you stand in." in words(told)
    assert "Resolve" in buttons_of(told)
    assert not with_words(cy, "Who speaks at the summit?")
    assert "is resolved" in dario.command("issue resolve 1 The Director does").plain


def test_a_delegate_who_is_away_cannot_be_chosen_and_one_who_goes_away_passes_it_back(
    slack: SlackWorld, bot: Bot, chair: Player
) -> None:
    ama, rita = slack.player("U0AMA"), slack.player("U0DEPR")
    ama.command("issue raise climate Who pays for the venue?")
    ama.command("issue escalate 1")
    bot.settle()
    rita.command("away 2026-11-30 2026-12-10")
    [alert] = with_words(chair, "needs your decision")
    chair.click(alert, "Delegate")
    chair.fill({"Delegate to": "U0DEPR"})
    assert chair.submit() == {}
    bot.settle()
    before = len(chair.dms())
    bot.go_to(geneva("2026-11-30 10:00"))
    bot.settle()
    assert "needs your decision" in words(chair.dms()[before])
    chair.click(chair.dms()[before], "Delegate")
    chair.fill({"Delegate to": "U0DEPR"})
    assert "is away until Thursday, 10 December 2026" in chair.submit()["Delegate to"]


# -- Slack's status is a question ----------------------------------------------------------------------------------


def test_a_status_that_says_away_is_asked_about_once_and_makes_nobody_absent(
    slack: SlackWorld, bot: Bot, cy: Player
) -> None:
    slack.change_person("U0CY", status_text="On leave until Monday", status_emoji=":palm_tree:")
    cy.wait_for(lambda: _asked(bot))
    slack.change_person("U0CY", tz="Europe/Paris")
    bot.settle()
    [question] = with_words(cy, "are you away?")
    assert "Your Slack status says “:palm_tree: On leave until Monday”: are you away?" in words(question)
    assert not noted(bot)
    cy.click(question, "I'm away")
    cy.fill({"Last day away": "2026-11-27", "Alternate": "U0TESS"})
    assert cy.submit() == {}
    bot.settle()
    assert "You are noted as away from Monday, 23 November 2026" in "".join(words(dm) for dm in cy.dms())
    assert not with_words(cy, "are you away?")


def test_a_status_that_was_taken_back_before_work_began_is_not_asked_about(
    slack: SlackWorld, bot: Bot, cy: Player
) -> None:
    bot.go_to(geneva("2026-11-23 19:00"))
    slack.change_person("U0CY", status_text="Congés")
    cy.wait_for(lambda: _asked(bot))
    slack.change_person("U0CY", status_text="In a meeting")
    cy.wait_for(lambda: not _asked(bot))
    bot.go_to(geneva("2026-11-24 10:00"))
    bot.settle()
    assert cy.dms() == []


def _asked(bot: Bot) -> list[Notice]:
    with bot.database.reading() as session:
        pending = select(Notice).where(Notice.kind == NoticeKind.ABSENCE, Notice.state == NoticeState.PENDING)
        return list(session.exec(pending))
