"""The brief of a meeting, played by the secretariat, the chair and others in a practice workspace."""

from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.slack_reading import Json
from tests.slack_world import SlackWorld, words

DEADLINE = datetime(2026, 12, 2, 13, 30, tzinfo=UTC)
"""A day before the meeting, 14:30 in Geneva."""
START = datetime(2026, 12, 3, 13, 30, tzinfo=UTC)
BRIEF = "Brief for MTG-1"


@pytest.fixture(autouse=True)
def scheduled(slack: SlackWorld, bot: Bot) -> None:
    bot.let_all_read_english()
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.settle()


def briefs(messages: list[Json]) -> list[Json]:
    return [message for message in messages if BRIEF in words(message)]


def the_brief(slack: SlackWorld) -> Json:
    [post] = briefs([each for each in slack.player("U0AMA").messages() if not each.get("ephemeral")])
    return post


def thread(slack: SlackWorld) -> str:
    post = the_brief(slack)
    return "\n".join(words(reply) for reply in slack.player("U0AMA").thread("isc-tf", post["ts"])[1:])


def test_at_the_deadline_the_brief_goes_once_to_the_channel_and_the_chair(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0CY").command("update climate at-risk Venue not confirmed | next: ask the host")
    bot.go_to(DEADLINE)
    bot.settle()
    bot.later(hours=1)
    bot.settle()
    shown = words(the_brief(slack))
    assert "Decisions needed: 0 · Changed since the last meeting: 1" in shown
    assert "BDT: Venue not confirmed" in shown
    assert "vacant: BR" in shown
    assert "Next steps: ask the host" in thread(slack).replace("*", "")
    to_chair = slack.player("U0CHAIR").dms()
    assert len(briefs(to_chair)) == 1
    assert any("Next steps: ask the host" in words(message).replace("*", "") for message in to_chair)
    assert briefs(slack.player("U0SEC").dms()) == []


def test_a_late_update_is_shown_in_the_same_message_marked_late(slack: SlackWorld, bot: Bot) -> None:
    bot.go_to(DEADLINE)
    bot.settle()
    before = the_brief(slack)
    slack.player("U0CY").command("update climate off-track The host withdrew")
    bot.settle()
    after = the_brief(slack)
    assert after["ts"] == before["ts"]
    assert "BDT: The host withdrew late" in words(after).replace("_", "")
    assert "The host withdrew" in thread(slack)


def test_once_the_meeting_has_begun_the_brief_stays_as_it_was(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0CY").command("update climate at-risk Venue not confirmed")
    bot.go_to(START)
    bot.settle()
    slack.player("U0SEC").command("meeting hold")
    bot.settle()
    slack.player("U0CY").command("update climate on-track Venue confirmed")
    bot.settle()
    shown = words(the_brief(slack))
    assert "As it stood when the meeting began" in shown
    assert "BDT: Venue not confirmed" in shown
    assert "Venue confirmed" not in shown


def test_a_meeting_that_is_moved_away_keeps_its_brief_waiting_in_place(slack: SlackWorld, bot: Bot) -> None:
    bot.go_to(DEADLINE)
    bot.settle()
    posted = the_brief(slack)
    slack.player("U0SEC").command("meeting move MTG-1 2026-12-10 14:30")
    bot.settle()
    [waiting] = [m for m in slack.player("U0AMA").messages() if m["ts"] == posted["ts"]]
    assert "Its brief waits for the new deadline" in words(waiting)
    bot.go_to(datetime(2026, 12, 9, 13, 30, tzinfo=UTC))
    bot.settle()
    assert the_brief(slack)["ts"] == posted["ts"]
    assert len(briefs(slack.player("U0CHAIR").dms())) == 1


def test_a_meeting_that_is_cancelled_says_so_in_its_brief_and_sends_no_more(slack: SlackWorld, bot: Bot) -> None:
    bot.go_to(DEADLINE)
    bot.settle()
    posted = the_brief(slack)
    slack.player("U0SEC").command("meeting cancel MTG-1 The hall is closed")
    bot.settle()
    [told] = [m for m in slack.player("U0AMA").messages() if m["ts"] == posted["ts"]]
    assert "so it needs no brief" in words(told)
    assert "was cancelled, so it needs no brief" in slack.player("U0AMA").command("meeting brief MTG-1").plain


def test_a_meeting_of_this_afternoon_has_its_brief_at_once(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0SEC").command("meeting move MTG-1 2026-11-23 16:00")
    bot.settle()
    assert "Not reported yet" in words(the_brief(slack))


def test_send_now_has_it_go_out_early_and_once(slack: SlackWorld, bot: Bot) -> None:
    secretary = slack.player("U0SEC")
    early = secretary.command("meeting brief")
    assert "As it stands now" in early.plain
    assert "Send now" not in slack.player("U0AMA").command("meeting brief MTG-1").buttons
    secretary.click(early.message, "Send now")
    bot.settle()
    posted = the_brief(slack)
    assert "Not reported yet" in words(posted)
    assert "Send now" not in secretary.command("meeting brief").buttons
    assert "is in the channel already" in secretary.click(early.message, "Send now").plain
    bot.go_to(DEADLINE)
    bot.settle()
    assert the_brief(slack)["ts"] == posted["ts"]
    assert "Overdue" in words(the_brief(slack))


def test_an_escalated_issue_comes_first(slack: SlackWorld) -> None:
    cy = slack.player("U0CY")
    cy.command("issue raise climate Who pays for the stand?")
    cy.command("issue escalate ISS-1")
    answer = slack.player("U0AMA").command("meeting brief")
    assert "Decisions needed: 1" in answer.plain
    assert "ISS-1 Who pays for the stand?" in answer.plain.replace("*", "")
    told = slack.player("U0AMA").click(answer.message, "Details", beside="Who pays")
    assert "ISS-1" in told.plain


def test_a_restricted_area_is_only_in_the_brief_of_members(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0DI").command("update resources at-risk The donor hesitates")
    bot.settle()
    bot.go_to(DEADLINE)
    bot.settle()
    assert "The donor hesitates" not in words(the_brief(slack)) + thread(slack)
    assert "The donor hesitates" in slack.player("U0AMA").command("meeting brief").plain
    assert "The donor hesitates" not in slack.player("U0NEWS").command("meeting brief").plain
    [to_chair] = briefs(slack.player("U0CHAIR").dms())
    assert "The donor hesitates" in words(to_chair)
