"""What people write to the bot in their own words: read as it was meant, a command, an update, or a greeting."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.issues import Issue
from models.updates import Health, Note
from tests.focal_app import Bot
from tests.slack_world import Player, SlackWorld, words
from tests.updating import drafts, replies, updates


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


def test_what_was_a_draft_says_that_its_update_was_withdrawn(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    written(bot, tess, "climate: at risk - venue not confirmed")
    tess.click(tess.dms()[-1], "Post")
    bot.settle()
    assert "Posted for TSB on Climate change: 🟡 at risk." in words(tess.dms()[-1])
    tess.click(replies(slack)[0], "Withdraw")
    bot.settle()
    assert "Posted for TSB on Climate change, and withdrawn since." in words(tess.dms()[-1])


def test_whoever_reports_after_the_deadline_is_told_that_it_counts_as_late(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    assert "late" not in tess.command("update climate at-risk Venue").plain
    bot.go_to(datetime(2026, 12, 3, 9, tzinfo=UTC))
    assert "It counts as late" in tess.command("update climate at-risk Venue").plain
    written(bot, tess, "gender: on track - report sent")
    tess.click(tess.dms()[-1], "Post")
    bot.settle()
    assert "It counts as late" in words(tess.dms()[-1])


# -- sentences that begin as a command does ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["Meeting with UNFCCC went well", "Note that UNFCCC has a venue", "Reminders were sent to all regions",
     "Issue of the venue is settled"],
)  # fmt: skip
def test_a_sentence_that_begins_as_a_command_can_be_made_a_draft(slack: SlackWorld, bot: Bot, text: str) -> None:
    tess = slack.player("U0TESS")
    answer = written(bot, tess, text)
    assert text in answer
    assert "Was it meant as a status update?" in answer
    for _ in range(2):
        tess.click(tess.dms()[0], "Make a draft of it")
        bot.settle()
    [_, draft] = tess.dms()
    assert text in words(draft)
    tess.choose(draft, "Choose an area", "Gender")
    bot.settle()
    tess.choose(tess.dms()[-1], "Choose the health", "🟢 on track")
    tess.click(tess.dms()[-1], "Post")
    assert [update.changed for update in updates(bot)] == [text]


def test_whoever_reports_nothing_is_offered_no_draft(slack: SlackWorld, bot: Bot) -> None:
    answer = written(bot, slack.player("U0DEPT"), "Meeting with UNFCCC went well")
    assert "I do not know" in answer
    assert "status update?" not in answer


def test_help_needed_is_a_part_of_an_update(slack: SlackWorld, bot: Bot) -> None:
    written(bot, slack.player("U0TESS"), "Help needed: a contact in Nairobi")
    assert [draft.help_needed for draft in drafts(bot)] == ["a contact in Nairobi"]


# -- no change, in one's own words ------------------------------------------------------------------------------------


def unchanged(bot: Bot) -> list[tuple[int, bool]]:
    """Every update by its area, and whether it only confirms another one."""
    return [(update.area_id, update.confirms_id is not None) for update in updates(bot)]


@pytest.mark.parametrize(
    "text",
    ["climate: no change", "Climate No Change.", "No change — climate", "no change in Climate Change 👍",
     "climate: sans changement", "Changements climatiques : aucun changement", "update climate: “no change”",
     "@focal climate: no change"],
)  # fmt: skip
def test_no_change_in_one_s_own_words_is_the_act_itself(slack: SlackWorld, bot: Bot, text: str) -> None:
    tess = slack.player("U0TESS")
    tess.command("update climate at-risk Venue not confirmed")
    assert "already reported" in written(bot, tess, "climate: no change")
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    bot.go_to(datetime(2026, 12, 4, 9, tzinfo=UTC))
    tess.say(text, channel="isc-tf" if text.startswith("@") else "dm")
    tess.wait_for(lambda: "no change for TSB on Climate change" in words([*tess.dms(), *tess.ephemerals()]))
    assert [confirms for _, confirms in unchanged(bot)] == [False, True]
    assert drafts(bot) == []


def test_no_change_is_not_there_without_an_update(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    assert "has no update on Climate change yet" in written(bot, tess, "climate: no change")
    assert (updates(bot), drafts(bot)) == ([], [])
    tess.click(tess.dms()[-1], "Post update")
    assert tess.filled()["Area"] == "Climate change"


def test_a_sentence_that_speaks_of_no_change_is_a_draft(slack: SlackWorld, bot: Bot) -> None:
    written(bot, slack.player("U0TESS"), "climate: no change in the venue, but a new date")
    assert [draft.changed for draft in drafts(bot)] == ["no change in the venue, but a new date"]


def test_no_change_in_the_thread_of_a_reminder_is_of_all_that_it_asks_for(slack: SlackWorld, bot: Bot) -> None:
    tess, sena = slack.player("U0TESS"), slack.player("U0SEC")
    for area in ("emergency", "gender"):
        tess.command(f"update {area} at-risk Venue")
    sena.command("meeting schedule 2026-11-24 14:30")
    bot.go_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    sena.command("meeting schedule 2026-12-10 14:30")
    bot.go_to(datetime(2026, 12, 3, 9, tzinfo=UTC))
    reminder = next(dm for dm in tess.dms() if "Emergency" in words(dm) and "Gender" in words(dm))
    before = len(updates(bot))
    answer = written(bot, tess, "No change", reminder["ts"])
    assert "no change for TSB on Emergency telecommunications" in answer
    assert "no change for TSB on Gender" in answer
    assert "TSB has no update on Communications yet" in answer
    assert len(updates(bot)) == before + 2
    assert tess.dms()[-1]["thread_ts"] == reminder["ts"]


def test_no_change_asks_of_which_of_several_areas(slack: SlackWorld, bot: Bot) -> None:
    tess, sena = slack.player("U0TESS"), slack.player("U0SEC")
    assert "Of which area" in written(bot, tess, "no change")
    for area in ("climate", "gender"):
        tess.command(f"update {area} at-risk Venue")
    for day in ("2026-11-24", "2026-12-10"):
        sena.command(f"meeting schedule {day} 14:30")
    bot.go_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert "Where is there no change?" in written(bot, tess, "no change")
    assert "no change for TSB on Gender" in tess.click(tess.dms()[-1], "Gender (TSB)").plain
    assert len(updates(bot)) == 3
