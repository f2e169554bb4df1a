"""Meetings, played by the secretariat and others in a practice workspace."""

from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.slack_world import SlackWorld, words

pytestmark = pytest.mark.usefixtures("bot")


def test_the_secretariat_schedules_a_meeting_and_the_channel_is_told_once(slack: SlackWorld, bot: Bot) -> None:
    answer = slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    assert "MTG-1" in answer.plain
    assert "ISC-TF 43" in answer.plain
    assert "Undo" in answer.buttons
    assert "2 December 2026, 14:30" in answer.plain
    posts = [post for post in slack.posts("isc-tf") if "ISC-TF 43" in post["text"]]
    assert len(posts) == 1


def test_the_answer_says_how_many_will_be_reminded_and_when_first(slack: SlackWorld) -> None:
    answer = slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    assert "will be reminded" in answer.plain
    assert "25 November 2026" in answer.plain


def test_a_focal_point_cannot_schedule_and_is_told_whom_to_ask(slack: SlackWorld) -> None:
    answer = slack.player("U0BEN").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    assert answer.ephemeral
    assert "Only the secretariat and the chair" in answer.plain
    assert "meeting schedule 2026-12-03 14:30 ISC-TF 43" in answer.plain, "what was typed is handed back"


def test_a_past_date_is_refused_in_one_sentence(slack: SlackWorld) -> None:
    answer = slack.player("U0SEC").command("meeting schedule 2026-11-03 14:30 ISC-TF 43")
    assert "is past" in answer.plain


def test_an_hour_that_comes_twice_is_refused_with_the_way_out(slack: SlackWorld) -> None:
    answer = slack.player("U0SEC").command("meeting schedule 2027-10-31 02:30 ISC-TF 50")
    assert "comes twice" in answer.plain
    assert "UTC+2" in answer.plain


def test_moving_a_meeting_edits_what_was_announced_and_says_so_anew(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    answer = secretary.command("meeting move MTG-1 2026-12-10 14:30")
    bot.settle()
    assert "10 December 2026" in answer.plain
    posts = [post["text"] for post in slack.posts("isc-tf") if "ISC-TF 43" in post["text"]]
    assert len(posts) == 2
    assert all("10 December 2026" in text for text in posts)


def test_undo_cancels_what_was_just_scheduled(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    answer = secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    secretary.click(answer.message, "Undo")
    bot.settle()
    assert "cancelled" in secretary.command("meeting show MTG-1").plain
    assert "is cancelled" in slack.posts("isc-tf")[-1]["text"]


def test_the_form_schedules_as_the_command_does(slack: SlackWorld) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule")
    secretary.fill({"Day": "2026-12-03", "Time": "14:30", "Title": "ISC-TF 43"})
    assert secretary.submit() == {}
    assert "ISC-TF 43" in secretary.command("meeting list").plain


def test_a_past_day_in_the_form_is_said_at_the_field(slack: SlackWorld) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule")
    secretary.fill({"Day": "2026-11-03", "Time": "14:30"})
    errors = secretary.submit()
    assert "is past" in errors["Day"]


def test_news_of_a_near_meeting_also_goes_to_each_member(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0SEC").command("meeting schedule 2026-11-24 14:30 Extraordinary")
    bot.settle()
    assert any("Extraordinary" in message["text"] for message in slack.player("U0AMA").dms())


def test_holding_a_meeting_begins_a_new_cycle(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    early = secretary.command("meeting hold MTG-1")
    assert "Move it first" in early.plain
    bot.go_to(datetime(2026, 12, 3, 13, 25, tzinfo=UTC))
    assert "is open" in secretary.command("meeting hold").plain


def test_a_meeting_after_the_next_one_says_when_its_reminders_begin(slack: SlackWorld) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    answer = secretary.command("meeting schedule 2026-12-17 14:30 ISC-TF 44")
    assert "Reminders for it begin once MTG-1 is over." in answer.plain
    assert "Nobody owes" not in answer.plain
    assert "will be reminded" in secretary.command("meeting show MTG-1").plain


def test_what_is_posted_before_a_late_opening_is_late_and_stands_on_the_card_of_the_cycle_before(
    slack: SlackWorld, bot: Bot
) -> None:
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.go_to(datetime(2026, 12, 3, 13, 40, tzinfo=UTC))
    slack.player("U0CY").command("update climate on-track Report published")
    bot.settle()
    bot.go_to(datetime(2026, 12, 3, 13, 50, tzinfo=UTC))
    slack.player("U0SEC").command("meeting hold")
    bot.settle()
    new, old = (words(post) for post in slack.posts("isc-tf") if "of 4 units" in words(post))
    assert "0 of 4 units have reported since Thursday, 3 December 2026" in new
    assert "1 of 4 units has reported since Monday, 2 November 2026" in old
    assert "late" in old
    assert "reported: BDT" in slack.player("U0CY").command("status climate --at MTG-1").plain


def test_a_meeting_agreed_by_other_clocks_is_said_by_both(slack: SlackWorld) -> None:
    answer = slack.player("U0SEC").command("meeting schedule 2026-12-03 20:30 Asia/Bangkok ISC-TF 43")
    assert "3 December 2026, 14:30 (Zurich time)" in answer.plain
    assert "It was agreed as Thursday, 3 December 2026, 20:30 (Bangkok time)" in answer.plain


def test_a_meeting_of_tomorrow_that_is_moved_away_is_told_to_each_member(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.go_to(datetime(2026, 12, 2, 9, tzinfo=UTC))
    slack.player("U0SEC").command("meeting move MTG-1 2026-12-17 14:30")
    bot.settle()
    told = [dm for dm in slack.player("U0OBS").dms() if "is moved. It begins on" in words(dm)]
    assert len(told) == 1


def test_a_cancelled_meeting_is_announced_once_whichever_way_it_was_cancelled(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    secretary.click(secretary.command("meeting show MTG-1").message, "Cancel it")
    bot.settle()
    posts = [post["text"] for post in slack.posts("isc-tf") if "ISC-TF 43" in post["text"]]
    assert len(posts) == 2
    assert all("is cancelled" in text for text in posts)


def test_why_a_meeting_is_cancelled_is_said_with_it(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    secretary.command("meeting cancel MTG-1 The hall is <!channel> closed")
    bot.settle()
    post = slack.posts("isc-tf")[-1]
    assert "The reason: The hall is &lt;!channel&gt; closed" in post["text"]
    assert "The reason: The hall is" in words(post)


def test_nobody_hears_twice_of_a_meeting_that_was_cancelled_overnight(slack: SlackWorld, bot: Bot) -> None:
    bot.go_to(datetime(2026, 12, 1, 19, tzinfo=UTC))
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()
    secretary.command("meeting cancel MTG-1 The hall is closed")
    bot.settle()
    bot.go_to(datetime(2026, 12, 2, 8, 1, tzinfo=UTC))
    assert len([dm for dm in slack.player("U0OBS").dms() if "is cancelled" in words(dm)]) == 1


def test_what_nobody_has_heard_of_is_undone_without_a_word(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    answer = secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    secretary.click(answer.message, "Undo")
    bot.settle()
    assert not [post for post in slack.posts("isc-tf") if "ISC-TF 43" in post["text"]]


def test_a_meeting_that_is_held_is_closed_once_by_those_who_may(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    assert "Open it with" in secretary.command("meeting close").plain
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    secretary.command("meeting hold")
    assert "Only the secretariat and the chair" in slack.player("U0BEN").command("meeting close").plain
    assert "is closed" in secretary.command("meeting close carry").plain
    assert "was closed on" in secretary.command("meeting close MTG-1").plain
    assert "closed" in secretary.command("meeting show MTG-1").plain


def test_the_plan_of_a_meeting_after_the_next_one_says_when_it_begins(slack: SlackWorld) -> None:
    secretary = slack.player("U0SEC")
    secretary.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    secretary.command("meeting schedule 2026-12-17 14:30 ISC-TF 44")
    assert "Reminders for it begin once MTG-1 is over." in secretary.command("reminders MTG-2").plain
    assert "Reminders for it" not in secretary.command("reminders").plain


def test_a_title_is_kept_as_it_was_typed(slack: SlackWorld, bot: Bot) -> None:
    answer = slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 R&D <urgent> with @U0CY")
    bot.settle()
    assert "R&amp;D &lt;urgent&gt; with" in answer.text
    assert "R&amp;D &lt;urgent&gt; with" in slack.posts("isc-tf")[-1]["text"]
