"""What people write to the bot in their own words: read as it was meant, a command, an update, or a greeting."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.issues import Issue
from models.updates import Health, Note
from tests.focal_app import Bot
from tests.slack_world import Player, SlackWorld, words
from tests.updating import drafts, updates


def written(bot: Bot, player: Player, text: str, thread_ts: str | None = None) -> str:
    """Write to the bot; the words of what it answered."""
    before = len(player.dms())
    kept = len(drafts(bot))
    player.say(text, thread_ts=thread_ts)
    player.wait_for(lambda: len(drafts(bot)) > kept or len(player.dms()) > before)
    bot.settle()
    return words(player.dms()[before:])


@pytest.mark.parametrize(
    "text",
    ["note climate We are at risk of losing the venue", "NOTE Climate change: we are at risk of losing the venue"],
)
def test_a_note_that_speaks_of_risk_is_a_note(slack: SlackWorld, bot: Bot, text: str) -> None:
    assert "Your note stands" in written(bot, slack.player("U0TESS"), text)
    with bot.database.reading() as session:
        assert "at risk of losing the venue" in session.exec(select(Note)).one().text
    assert drafts(bot) == []


def test_an_issue_that_speaks_of_risk_is_an_issue(slack: SlackWorld, bot: Bot) -> None:
    written(bot, slack.player("U0TESS"), "issue raise climate At risk: who pays?")
    with bot.database.reading() as session:
        assert session.exec(select(Issue)).one().title == "At risk: who pays?"
    assert drafts(bot) == []


def test_a_sentence_in_chinese_is_no_greeting(slack: SlackWorld, bot: Bot) -> None:
    written(bot, slack.player("U0BO"), "会场尚未确认")
    assert [draft.changed for draft in drafts(bot)] == ["会场尚未确认"]


def test_one_word_answers_a_reminder_and_thanks_do_not(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    bot.go_to(datetime(2026, 11, 26, 8, tzinfo=UTC))
    bot.settle()
    ines = slack.player("U0INES")
    reminder = ines.wait_for(ines.dms)[-1]
    for text in ("thanks", "👍"):
        assert "To post a status update" in written(bot, ines, text, reminder["ts"])
    assert drafts(bot) == []
    assert "Delayed" in written(bot, ines, "Delayed", reminder["ts"])
    assert [draft.changed for draft in drafts(bot)] == ["Delayed"]


def test_the_secretariat_writes_on_behalf_of_somebody(slack: SlackWorld, bot: Bot) -> None:
    sena = slack.player("U0SEC")
    shown = written(bot, sena, "update climate: at risk - venue not confirmed —unit TSB —for @bo")
    assert "On behalf of Bo (sample)" in shown
    sena.click(sena.dms()[-1], "Post")
    [update] = updates(bot)
    assert (update.changed, update.health) == ("venue not confirmed", Health.AT_RISK)
    assert update.for_id


def test_a_draft_too_long_for_the_form_says_that_only_its_beginning_is_there(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    written(bot, tess, "climate: at risk - " + "word " * 900)
    assert "4,499 characters" in tess.click(tess.dms()[-1], "Post").plain
    tess.click(tess.dms()[-1], "Edit")
    assert "only its beginning is here" in words(tess.modal)
    tess.choose(tess.modal, "Area", "Gender")
    assert "only its beginning is here" in words(tess.modal)


def test_the_third_no_change_asks_for_words_where_no_form_can_open(slack: SlackWorld, bot: Bot) -> None:
    tess, sena = slack.player("U0TESS"), slack.player("U0SEC")
    tess.command("update climate at-risk Venue not confirmed")
    for day in (3, 10, 17):
        sena.command(f"meeting schedule 2026-12-{day:02} 14:30")
    for day in (4, 11):
        bot.go_to(datetime(2026, 12, day, 9, tzinfo=UTC))
        assert "no change" in tess.command("confirm climate").plain
    bot.go_to(datetime(2026, 12, 18, 9, tzinfo=UTC))
    assert "third “No change”" in written(bot, tess, "confirm climate")
