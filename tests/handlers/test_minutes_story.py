"""Minutes: drafted, corrected, closed, and corrected again by what stands beneath them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import select

from models.agenda import AgendaItem, ItemKind, Minutes
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
    with bot.database.reading() as session:
        area = area_id(session, "resources")
    restricted = AgendaItem(kind=ItemKind.AREA, key=f"area:{area}", area_id=area)
    slack.player("U0SEC").command("meeting hold")
    agenda(bot.database, proposal("Budget of the session"), proposal("Youth envoys"), restricted)
    bot.settle()
    return bot


@pytest.fixture
def secretary(slack: SlackWorld, bot: Bot) -> Player:
    """The secretariat, after Ama came and the first item was decided."""
    slack.player("U0AMA").click(board(slack), "In the room")
    player = slack.player("U0SEC")
    player.click(player.command("meeting show MTG-1").message, "Next item")
    player.click(player.command("meeting show MTG-1").message, "Decide")
    player.fill({"Decision": "TSB pays the half", "Owner": "U0BO", "Due": "2026-12-18"})
    assert player.submit() == {}
    bot.settle()
    return player


def board(slack: SlackWorld) -> Any:
    return next(post for post in slack.posts("isc-tf") if "ISC-TF 43" in words(post) and "hold" not in words(post)
                and ("being held" in words(post) or "was held" in words(post)))  # fmt: skip


def stored(bot: Bot) -> tuple[Any, str]:
    with bot.database.reading() as session:
        minutes = session.exec(select(Minutes)).one()
        return minutes.content, minutes.sha256


def closed(secretary: Player, bot: Bot) -> Any:
    answer = secretary.command("meeting close carry")
    bot.settle()
    return answer


def test_closing_with_items_open_names_them_and_carries_them_over_when_that_is_said(
    bot: Bot, secretary: Player
) -> None:
    answer = secretary.command("meeting close")
    assert "Without an outcome in MTG-1: Youth envoys and Resource mobilization." in answer.plain
    assert "`meeting close MTG-1 carry`" in answer.plain
    done = secretary.click(answer.message, "Carry over and close")
    assert "*MTG-1 · ISC-TF 43* is closed." in done.plain
    assert "2. Youth envoys" in done.plain
    assert "Put off to the next meeting" in done.plain
    with bot.database.reading() as session:
        carried = session.exec(select(AgendaItem.key).where(AgendaItem.meeting_id.is_(None))).all()  # type: ignore[union-attr]
    assert "proposed:Youth envoys" in carried


def test_the_draft_is_corrected_before_it_is_closed(bot: Bot, secretary: Player) -> None:
    draft = secretary.command("meeting minutes")
    assert "Draft minutes: MTG-1 · ISC-TF 43" in draft.plain
    secretary.click(draft.message, "Correct", beside="Youth envoys")
    secretary.fill({"What the minutes say": "Three offices want one each"})
    assert secretary.submit() == {}
    assert "Three offices want one each" in secretary.command("meeting minutes MTG-1").plain
    closed(secretary, bot)
    assert "Correct" not in secretary.command("meeting minutes MTG-1").buttons


def test_what_the_draft_says_of_an_item_stays_when_its_outcome_is_said_in_one_click(
    secretary: Player,
) -> None:
    secretary.click(secretary.command("meeting minutes").message, "Correct", beside="Youth envoys")
    secretary.fill({"What the minutes say": "Three offices want one each"})
    assert secretary.submit() == {}
    secretary.click(secretary.command("meeting show MTG-1").message, "Next item")
    for label in ("Defer", "Discussed"):
        secretary.click(secretary.command("meeting show MTG-1").message, label)
        assert "Three offices want one each" in secretary.command("meeting minutes").plain


def test_the_words_of_a_decision_are_corrected_before_they_are_closed(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    secretary.click(secretary.command("meeting minutes").message, "Correct", beside="Budget")
    secretary.fill({"Decision DEC-1": "TSB pays a half of it"})
    assert secretary.submit() == {}
    bot.settle()
    assert "recorded by Sena (sample): TSB pays a half of it" in words(board(slack))
    assert "TSB pays a half of it" in slack.player("U0BO").command("action list mine").plain
    assert ">TSB pays a half of it" in words(slack.player("U0CHAIR").dms()[-1])
    assert "ACT-1" in slack.player("U0BO").command("search pays a half of it").plain


def test_closed_minutes_show_who_closed_them_their_fingerprint_and_what_was_corrected_since(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    closed(secretary, bot)
    content, sha256 = stored(bot)
    assert "stands beneath the minutes of MTG-1" in secretary.command("meeting correct MTG-1 It was the full sum").plain
    seen = slack.player("U0BEN").command("meeting minutes MTG-1")
    assert "Closed by Sena (sample) on Thursday, 3 December 2026" in seen.plain
    assert f"`{sha256[:12]}`" in seen.plain
    assert "*In the room (1):* Ama (sample) (BR)" in seen.plain
    assert "*Decision DEC-1* by Chair (sample), recorded by Sena (sample)\nTSB pays the half" in seen.plain
    assert "*ACT-1* for Bo (sample), due Friday, 18 December 2026" in seen.plain
    assert "*Correction* by Sena (sample)" in seen.plain
    assert "It was the full sum" in seen.plain
    assert stored(bot) == (content, sha256)


def test_a_correction_is_also_given_in_a_form(bot: Bot, secretary: Player) -> None:
    closed(secretary, bot)
    secretary.click(secretary.command("meeting minutes MTG-1").message, "Add a correction")
    secretary.fill({"Correction": "Ben came late"})
    assert secretary.submit() == {}
    bot.settle()
    assert "Ben came late" in secretary.command("meeting minutes MTG-1").plain


def test_nothing_is_done_to_a_meeting_that_is_closed(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    steering = secretary.command("meeting show MTG-1").message
    closed(secretary, bot)
    before = stored(bot)
    for label in ("Next item", "Add action", "Decide", "In the room"):
        assert "MTG-1 was closed on" in secretary.click(steering, label).plain
    assert "was closed on" in secretary.command("meeting close MTG-1").plain
    assert "not closed yet" not in secretary.command("meeting correct MTG-1 More").plain
    assert stored(bot) == before
    assert buttons_of(board(slack)) == ["Minutes"]


def test_the_board_becomes_the_summary_with_the_minutes_one_click_away(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    closed(secretary, bot)
    shown = words(board(slack))
    assert "1 person took part (1 in the room, 0 remotely)." in shown
    assert "2 items (decided: 1, put off to the next meeting: 1). 1 decision. 1 action." in shown
    assert "TSB pays the half" in shown
    assert "1 item is for members only." in shown
    assert "Minutes: MTG-1" in slack.player("U0NEWS").click(board(slack), "Minutes").plain


def test_who_may_not_see_an_area_reads_minutes_without_it(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    closed(secretary, bot)
    outside = slack.player("U0NEWS").command("meeting minutes MTG-1").plain
    assert "Resource mobilization" not in outside
    assert "1 item is for members only." in outside
    assert "3. Resource mobilization" in slack.player("U0BEN").command("meeting minutes MTG-1").plain


def test_a_correction_may_be_of_what_they_cannot_see_so_they_only_learn_that_there_is_one(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    closed(secretary, bot)
    secretary.command("meeting correct MTG-1 The donor gave the full sum")
    outside = slack.player("U0NEWS").command("meeting minutes MTG-1").plain
    assert "The donor" not in outside
    assert "1 correction was added." in outside
    assert "The donor" in slack.player("U0BEN").command("meeting minutes MTG-1").plain


def test_everybody_with_an_action_is_told_once_of_all_of_them(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    secretary.click(secretary.command("meeting show MTG-1").message, "Add action")
    secretary.fill({"What is to be done": "Write to the host", "Owner": "U0BO"})
    assert secretary.submit() == {}
    bot.settle()
    bo = slack.player("U0BO")
    assert not [dm for dm in bo.dms() if "actions for you" in words(dm)]
    closed(secretary, bot)
    told = [words(dm) for dm in bo.dms() if "2 actions for you from MTG-1" in words(dm)]
    assert len(told) == 1
    assert "TSB pays the half" in told[0]
    assert "Write to the host" in told[0]


def test_who_stands_in_for_somebody_away_is_told_what_they_are_to_do(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    secretary.command("away @bo 2026-12-03 2026-12-08")
    closed(secretary, bot)
    told = slack.player("U0TESS").dms()[-1]
    assert "1 action for Bo (sample) from MTG-1, whose minutes are closed:" in words(told)
    assert "TSB pays the half" in words(told)
    assert "You are told because Bo (sample) is away and you stand in." in words(told)
    assert buttons_of(told) == ["Minutes"]
    assert not [dm for dm in slack.player("U0BO").dms() if "from MTG-1, whose minutes" in words(dm)]
    bot.go_to(datetime(2026, 12, 9, 12, tzinfo=UTC))
    assert [dm for dm in slack.player("U0BO").dms() if "1 action for you from MTG-1" in words(dm)]


def test_a_meeting_that_is_over_says_who_came_and_what_came_of_it(bot: Bot, secretary: Player) -> None:
    closed(secretary, bot)
    shown = secretary.command("meeting show MTG-1")
    assert "*In the room (1):* Ama (sample) (BR)" in shown.plain
    assert "3 items (decided: 1, put off to the next meeting: 2)." in shown.plain
    assert "Minutes: MTG-1" in secretary.click(shown.message, "Minutes").plain


def test_minutes_that_wait_stand_on_the_desk_of_the_secretariat_until_they_are_closed(
    slack: SlackWorld, bot: Bot, secretary: Player
) -> None:
    desk = secretary.command("")
    assert "*MTG-1 · ISC-TF 43*: the minutes are not closed yet." in desk.plain
    assert "Draft minutes: MTG-1" in secretary.click(desk.message, "Minutes", beside="the minutes are not").plain
    assert "the minutes are not closed" not in slack.player("U0AMA").command("").plain
    closed(secretary, bot)
    assert "the minutes are not closed" not in secretary.command("").plain


def test_the_secretariat_is_reminded_once_on_the_next_working_day_of_minutes_that_wait(
    bot: Bot, secretary: Player
) -> None:
    bot.go_to(datetime(2026, 12, 7, 12, tzinfo=UTC))
    told = [dm for dm in secretary.dms() if "its minutes are not closed" in words(dm)]
    assert len(told) == 1
    assert "Draft minutes" in secretary.click(told[0], "Minutes").plain
    closed(secretary, bot)
    assert "Settled: the minutes of MTG-1" in words(secretary.dms()[-1])


def test_minutes_that_are_closed_at_once_are_not_reminded_of(bot: Bot, secretary: Player) -> None:
    closed(secretary, bot)
    bot.go_to(datetime(2026, 12, 7, 12, tzinfo=UTC))
    assert not [dm for dm in secretary.dms() if "minutes are not closed" in words(dm)]


def test_members_close_and_correct_nothing(slack: SlackWorld, bot: Bot, secretary: Player) -> None:
    ben = slack.player("U0BEN")
    assert "Only the secretariat and the chair" in ben.command("meeting close carry").plain
    closed(secretary, bot)
    assert "Only the secretariat and the chair" in ben.command("meeting correct MTG-1 No").plain
    assert ben.command("meeting minutes MTG-1").buttons == ["For printing"]
