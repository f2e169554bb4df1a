"""A meeting while it is held, played by the secretariat, the chair and members in a practice workspace."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from models.agenda import AgendaItem, ItemKind
from models.issues import Decision
from tests.focal_app import Bot
from tests.meeting_items import agenda, area_id, proposal
from tests.slack_player import Player
from tests.slack_reading import buttons_of, words
from tests.slack_world import SlackWorld

HELD = datetime(2026, 12, 3, 13, 30, tzinfo=UTC)


@pytest.fixture
def bot(bot: Bot, slack: SlackWorld) -> Bot:
    bot.let_all_read_english()
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.go_to(HELD)
    return bot


@pytest.fixture
def secretary(slack: SlackWorld, bot: Bot) -> Player:
    """The secretariat, who has opened the meeting."""
    player = slack.player("U0SEC")
    player.command("meeting hold")
    agenda(bot.database, proposal("Budget of the session"), proposal("Youth envoys"), proposal("Logo"))
    bot.settle()
    return player


def board(slack: SlackWorld) -> Any:
    return next(post for post in slack.posts("isc-tf") if "Budget of the session" in words(post))


def steering(secretary: Player) -> Any:
    return secretary.command("meeting show MTG-1").message


def test_the_channel_has_one_board_that_shows_who_is_here_and_how_far_the_meeting_is(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    assert "Items done: 0 of 3." in words(board(slack))
    slack.player("U0AMA").click(board(slack), "In the room")
    slack.player("U0RDAF").click(board(slack), "Remotely")
    secretary.click(steering(secretary), "Next item")
    secretary.click(steering(secretary), "Discussed")
    secretary.click(steering(secretary), "Next item")
    bot.settle()
    shown = words(board(slack))
    assert "Items done: 1 of 3." in shown
    assert "✓ 1. Budget of the session: *discussed*" in shown
    assert "▶ 2. Youth envoys: *in hand*" in shown
    assert "○ 3. Logo: to come" in shown
    assert "*In the room (1):* Ama (sample) (BR)" in shown
    assert "*Remotely (1):* Abebe (sample)" in shown
    assert len([post for post in slack.posts("isc-tf") if "Budget of the session" in words(post)]) == 1


def test_the_last_word_of_who_is_here_stands(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    ama = slack.player("U0AMA")
    for label in ("In the room", "Remotely", "Remotely"):
        ama.click(board(slack), label)
    bot.settle()
    assert "*Remotely (1):* Ama (sample) (BR)" in words(board(slack))
    ama.click(board(slack), "Not here")
    bot.settle()
    assert "Nobody has said yet that they are here." in words(board(slack))
    assert secretary.command("journal MTG-1").plain.count("attendance.say") == 3


def test_the_secretariat_notes_who_has_no_device_at_hand(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    secretary.click(steering(secretary), "Add somebody")
    secretary.fill({"Who": "U0AMA", "How": "Remotely"})
    assert secretary.submit() == {}
    assert "Noted for MTG-1, remotely: Ama (sample)." in words(secretary.modal)
    assert (
        "Noted for MTG-1, in the room: Bo (sample) and Cy (sample)."
        in secretary.command("meeting attend @bo @cy room").plain
    )
    bot.settle()
    assert "*In the room (2):* Bo (sample) (TSB), Cy (sample) (BDT)" in words(board(slack))
    assert "*Remotely (1):* Ama (sample) (BR)" in words(board(slack))
    secretary.command("meeting attend MTG-1 @Ama not")
    bot.settle()
    assert "*Remotely (" not in words(board(slack))
    assert (
        "*Sena (sample) on behalf of Ama (sample)* · `attendance.say` MTG-1" in secretary.command("journal MTG-1").plain
    )


def test_the_journal_says_in_words_who_came_and_what_became_of_an_item(slack: SlackWorld, secretary: Player) -> None:
    ama = slack.player("U0AMA")
    for label in ("In the room", "Remotely"):
        ama.click(board(slack), label)
    secretary.click(steering(secretary), "Next item")
    secretary.click(steering(secretary), "Discussed")
    secretary.click(steering(secretary), "Defer")
    journal = secretary.command("journal MTG-1").plain
    assert "presence: In the room → Remotely" in journal
    assert "outcome: discussed → put off to the next meeting" in journal


def test_members_note_themselves_in_words_and_nobody_else(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    ama = slack.player("U0AMA")
    assert "You are noted as taking part in MTG-1, remotely." in ama.command("meeting attend remotely").plain
    assert "Only the secretariat and the chair can do this." in ama.command("meeting attend @bo room").plain
    assert "Write it like `meeting attend @name remote`" in secretary.command("meeting attend @bo perhaps").plain
    secretary.click(steering(secretary), "Add somebody")
    secretary.fill({"Who": "U0NEWS", "How": "In the room"})
    assert "not a member" in secretary.submit()["Who"]
    bot.settle()
    assert "*Remotely (1):* Ama (sample) (BR)" in words(board(slack))
    assert "In the room (" not in words(board(slack))


def test_a_decision_with_an_owner_is_an_action_and_the_chair_gets_a_copy(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    secretary.click(steering(secretary), "Next item")
    secretary.click(steering(secretary), "Decide")
    secretary.fill({"Decision": "TSB pays the half", "Owner": "U0BO", "Due": "2026-12-18"})
    assert secretary.submit() == {}
    bot.settle()
    shown = words(board(slack))
    assert "*Decision DEC-1* by Chair (sample), recorded by Sena (sample): TSB pays the half" in shown
    assert "*ACT-1* for Bo (sample), due Friday, 18 December 2026: TSB pays the half" in shown
    assert "Sena (sample) recorded DEC-1:" in words(slack.player("U0CHAIR").dms()[-1])
    assert "TSB pays the half" in slack.player("U0BO").command("action list mine").plain


def test_what_is_refused_is_said_at_its_field_and_nothing_is_lost(secretary: Player) -> None:
    secretary.click(steering(secretary), "Next item")
    secretary.click(steering(secretary), "Add action")
    secretary.fill({"What is to be done": "Ask the host", "Owner": "U0NEWS", "Due": "2026-11-01"})
    assert "not a member" in secretary.submit()["Owner"]
    secretary.fill({"Owner": "U0BO"})
    assert "is past" in secretary.submit()["Due"]
    secretary.fill({"Due": "2026-12-18"})
    assert secretary.submit() == {}
    assert "*ACT-1* for Bo (sample), due Friday, 18 December 2026: Ask the host" in words(steering(secretary))


def test_an_item_is_referred_or_put_off_and_that_can_be_changed_until_the_minutes_are_closed(
    bot: Bot, secretary: Player
) -> None:
    secretary.click(steering(secretary), "Next item")
    secretary.click(steering(secretary), "Refer")
    secretary.fill({"Where to": "TSB, for a draft"})
    assert secretary.submit() == {}
    assert "*referred*\n      TSB, for a draft" in words(steering(secretary))
    secretary.click(steering(secretary), "Defer")
    with bot.database.reading() as session:
        carried = session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id).is_(None))).one()
    assert carried.title == "Budget of the session"
    assert carried.carried_from_id
    secretary.click(steering(secretary), "Discussed")
    with bot.database.reading() as session:
        assert session.exec(select(AgendaItem).where(col(AgendaItem.meeting_id).is_(None))).all() == []


def test_next_item_on_a_board_that_is_not_current_any_more_only_shows_how_things_stand(secretary: Player) -> None:
    old = steering(secretary)
    secretary.click(steering(secretary), "Next item")
    assert "▶ 1. Budget of the session" in secretary.click(old, "Next item").plain
    assert "▶ 1. Budget of the session" in words(steering(secretary))


def test_the_menu_of_an_item_takes_it_up_before_its_turn(secretary: Player) -> None:
    secretary.click(steering(secretary), "Take it up", beside="Logo")
    assert "▶ 3. Logo: *in hand*" in words(steering(secretary))


def test_an_item_that_is_settled_before_its_turn_does_not_move_the_meeting_on(secretary: Player) -> None:
    secretary.click(steering(secretary), "Next item")
    secretary.click(steering(secretary), "Discussed", beside="Youth envoys")
    assert "▶ 1. Budget of the session: *in hand*" in words(steering(secretary))
    secretary.click(steering(secretary), "Next item")
    assert "▶ 3. Logo: *in hand*" in words(steering(secretary))


def test_members_see_the_board_without_what_only_the_secretariat_and_the_chair_may_do(
    slack: SlackWorld, secretary: Player
) -> None:
    secretary.click(steering(secretary), "Next item")
    shown = slack.player("U0BEN").command("meeting show MTG-1")
    assert shown.buttons == ["In the room", "Remotely", "Not here"]
    assert {"Decide", "Next item"} <= set(slack.player("U0CHAIR").command("meeting show MTG-1").buttons)


def test_two_meetings_are_not_held_at_once(secretary: Player) -> None:
    secretary.command("meeting schedule 2026-12-04 10:00 Extraordinary")
    answer = secretary.command("meeting hold MTG-2")
    assert "MTG-1 is still being held. Close it first with `meeting close MTG-1`, then hold MTG-2." in answer.plain


def test_a_decision_on_an_issue_stands_with_the_item_about_it(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0AMA").command("issue raise climate Who pays for the venue?")
    secretary = slack.player("U0SEC")
    secretary.command("meeting hold")
    agenda(bot.database, AgendaItem(kind=ItemKind.ISSUE, key="issue:1", issue_id=1))
    secretary.click(steering(secretary), "Next item")
    secretary.click(steering(secretary), "Decide")
    secretary.fill({"Outcome": "With an action", "Decision": "TSB pays", "Owner": "U0BO"})
    assert secretary.submit() == {}
    assert "DEC-1 on ISS-1 is recorded" in words(secretary.modal)
    assert {"Next item", "Add action"} <= set(buttons_of(secretary.modal or {}))
    shown = words(steering(secretary))
    assert "✓ 1. ISS-1 Who pays for the venue?: *decided*" in shown
    assert "*Decision DEC-1* by Chair (sample), recorded by Sena (sample): TSB pays" in shown
    assert "*ACT-1* for Bo (sample): TSB pays" in shown


def test_what_is_about_a_restricted_area_is_only_counted_in_the_channel(slack: SlackWorld, bot: Bot) -> None:
    with bot.database.reading() as session:
        area = area_id(session, "resources")
    secret = AgendaItem(kind=ItemKind.AREA, key=f"area:{area}", area_id=area)
    secretary = slack.player("U0SEC")
    secretary.command("meeting hold")
    agenda(bot.database, proposal("Budget of the session"), secret)
    secretary.click(steering(secretary), "Take it up", beside="Resource mobilization")
    bot.settle()
    assert "1 item is for members only." in words(board(slack))
    assert "Resource mobilization" not in words(board(slack))
    assert "Resource mobilization" not in slack.player("U0NEWS").command("meeting show MTG-1").plain
    assert "▶ 2. Resource mobilization" in slack.player("U0BEN").command("meeting show MTG-1").plain


def test_a_decision_about_a_restricted_area_is_not_shown_with_an_item_that_everybody_sees(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    secretary.click(steering(secretary), "Next item")
    with bot.database.transaction() as session:
        item = session.exec(select(AgendaItem).where(AgendaItem.place == 1, AgendaItem.meeting_id == 1)).one()
        session.add(
            Decision(
                meeting_id=1, item_id=item.id, area_id=area_id(session, "resources"), text="The donor pays",
                decided_by_id=1, recorded_by_id=1, decided_at=HELD,
            )
        )  # fmt: skip
    secretary.click(steering(secretary), "Discussed")
    bot.settle()
    assert "1 item is for members only." in words(board(slack))
    assert "The donor pays" not in words(board(slack))
    assert "The donor pays" not in slack.player("U0NEWS").command("meeting minutes MTG-1").plain
    assert "The donor pays" in secretary.command("meeting minutes MTG-1").plain
