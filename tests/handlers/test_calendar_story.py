"""People take the meetings into their own calendars."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.slack_reading import Json
from tests.slack_world import SlackWorld
from tests.views.calendar_reading import read_calendar, read_event

PUBLIC = "https://focal.example.org"


@pytest.fixture
def published(bot: Bot) -> Bot:
    """Focal with an address that others reach."""
    # What a start reads from PUBLIC_URL.
    object.__setattr__(bot.office, "settings", replace(bot.office.settings, public_url=PUBLIC))
    return bot


def downloaded(slack: SlackWorld, message: Json) -> bytes:
    """What is in the file that goes with a message."""
    identity = message["files"][0]["id"]
    stored: str = slack.read(lambda world: world.files[identity]["content"])
    return base64.b64decode(stored)


def schedule(slack: SlackWorld, bot: Bot, *days: int) -> None:
    for day in days:
        slack.player("U0SEC").command(f"meeting schedule 2026-12-{day:02} 14:30 Meeting of the {day}th")
    bot.settle()


def test_the_announcement_in_the_channel_carries_the_file_in_its_language(slack: SlackWorld, bot: Bot) -> None:
    schedule(slack, bot, 10)
    [post] = [post for post in slack.posts("isc-tf") if post.get("files")]
    event = read_event(downloaded(slack, post))
    assert event.summary == "MTG-1 · Meeting of the 10th"
    assert "Updates are asked for until Wednesday, 9 December 2026, 14:30" in str(event.description)


def test_who_looks_at_a_meeting_gets_its_file_as_a_direct_message(slack: SlackWorld, bot: Bot) -> None:
    schedule(slack, bot, 10, 17)
    ben = slack.player("U0BEN")
    shown = ben.command("meeting show MTG-2")
    answer = ben.click(shown.message, "Calendar file")
    assert answer.ephemeral
    assert "direct messages" in answer.plain
    bot.settle()
    [message] = [dm for dm in ben.dms() if dm.get("files")]
    assert read_event(downloaded(slack, message)).summary == "MTG-2 · Meeting of the 17th"


def test_who_asks_on_a_sunday_gets_it_on_that_sunday(slack: SlackWorld, bot: Bot) -> None:
    schedule(slack, bot, 10)
    bot.go_to(datetime(2026, 11, 29, 21, tzinfo=UTC))
    ben = slack.player("U0BEN")
    ben.click(ben.command("meeting show").message, "Calendar file")
    bot.settle()
    assert [dm["files"][0]["name"] for dm in ben.dms() if dm.get("files")] == ["MTG-1.ics"]


def test_where_no_address_is_published_all_meetings_ahead_come_as_a_file(slack: SlackWorld, bot: Bot) -> None:
    schedule(slack, bot, 10, 17)
    slack.player("U0SEC").command("meeting cancel MTG-1")
    ben = slack.player("U0BEN")
    answer = ben.command("meeting calendar")
    assert "No address of the calendar is published here" in answer.plain
    ben.click(answer.message, "Calendar file")
    bot.settle()
    [message] = [dm for dm in ben.dms() if dm.get("files")]
    assert [event.summary for event in read_calendar(downloaded(slack, message)).events] == [
        "MTG-2 · Meeting of the 17th"
    ]


def test_before_anything_is_scheduled_there_is_no_file(slack: SlackWorld, bot: Bot) -> None:
    ben = slack.player("U0BEN")
    answer = ben.click(ben.command("meeting calendar").message, "Calendar file")
    bot.settle()
    assert "No meeting is scheduled" in answer.plain
    assert not any(dm.get("files") for dm in ben.dms())


def test_a_file_that_cannot_be_uploaded_is_owned_up_to(slack: SlackWorld, bot: Bot) -> None:
    schedule(slack, bot, 10)
    ben = slack.player("U0BEN")
    shown = ben.command("meeting show")
    slack.faults.next("files.getUploadURLExternal", "missing_scope", times=9)
    ben.click(shown.message, "Calendar file")
    bot.settle()
    assert "could not be uploaded" in ben.dms()[-1]["text"]


def test_members_are_told_the_address_and_that_it_is_theirs(slack: SlackWorld, published: Bot) -> None:
    assert published
    answer = slack.player("U0BEN").command("meeting calendar")
    assert f"{PUBLIC}/calendar/" in answer.plain
    assert "members only" in answer.plain


def test_only_the_secretariat_and_the_chair_give_it_another_address(slack: SlackWorld, published: Bot) -> None:
    assert published
    ben, secretary = slack.player("U0BEN"), slack.player("U0SEC")
    before = ben.command("meeting calendar").plain
    assert "Only the secretariat and the chair" in ben.command("meeting calendar new").plain
    assert ben.command("meeting calendar").plain == before
    assert "the earlier one no longer works" in secretary.command("meeting calendar new").plain
    assert ben.command("meeting calendar").plain != before
    assert "meeting.calendar" in secretary.command("journal @sec").plain
