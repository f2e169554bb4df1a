"""Scene 2: updates arrive in four ways and have one result: a card, replies in its thread, nothing lost on the way."""

from datetime import UTC, datetime

import pytest
from sqlmodel import select

from models.updates import Health, Note, UpdateVersion
from tests.focal_app import Bot
from tests.slack_world import Player, SlackWorld, words
from tests.updating import cards, drafts, replies, updates

COMMAND = "update climate at-risk Venue not confirmed | next: TSB to ask UNFCCC | help: a contact in Nairobi"
OVER_LONG = "x" * 3001


def player(slack: SlackWorld, slack_id: str = "U0TESS") -> Player:
    return slack.player(slack_id)


# -- the command ------------------------------------------------------------------------------------------------------


def test_a_command_posts_at_once_and_the_card_and_its_thread_show_it(slack: SlackWorld, bot: Bot) -> None:
    answer = player(slack).command(COMMAND)
    assert "Posted for TSB on Climate change" in answer.plain
    assert answer.ephemeral
    assert answer.buttons == ["Edit", "Withdraw"]
    bot.settle()
    [card], [reply] = cards(slack), replies(slack)
    assert "Climate change" in words(card)
    assert "1 of 4 units have reported" in words(card)
    assert "🟡 at risk" in words(card)
    assert "Venue not confirmed" in words(card)
    assert "*BR* · not reported yet" in words(card)
    assert reply["thread_ts"] == card["ts"]
    assert "TSB to ask UNFCCC" in words(reply)
    assert "a contact in Nairobi" in words(reply)


def test_a_text_keeps_its_language_and_says_which(slack: SlackWorld, bot: Bot) -> None:
    player(slack, "U0AMA").command("update climate at-risk Salle non confirmée")
    bot.settle()
    assert "in French" in words(cards(slack))
    assert "in French" in words(replies(slack))


def test_one_card_an_area_is_edited_in_place(slack: SlackWorld, bot: Bot) -> None:
    player(slack).command(COMMAND)
    bot.settle()
    [first] = cards(slack)
    player(slack, "U0CY").command("update climate ✅ Report published")
    bot.settle()
    [card] = cards(slack)
    assert card["ts"] == first["ts"]
    assert "2 of 4 units" in words(card)
    assert "✅ done" in words(card)
    assert len(replies(slack)) == 2


@pytest.mark.parametrize(
    "typed", ["update Climate Change AT_RISK venue", "update climte 🟡 venue", "update “climate” at risk: venue",
              "UPDATE climate change: at-risk - venue", "update 气候变化，🟡，venue", "update 🟡 climate: venue"],
)  # fmt: skip
def test_what_phones_do_to_typing_is_forgiven(slack: SlackWorld, bot: Bot, typed: str) -> None:
    assert "Posted" in player(slack).command(typed).plain
    [update] = updates(bot)
    assert (update.health, update.changed) == (Health.AT_RISK, "venue")


def test_slack_s_escapes_are_undone_before_they_are_stored(slack: SlackWorld, bot: Bot) -> None:
    player(slack).command("update climate at-risk R&D <venue> by @bo")
    [update] = updates(bot)
    assert update.changed == "R&D <venue> by @Bo (sample)"
    bot.settle()
    assert "R&amp;D &lt;venue&gt;" in words(cards(slack)[0])


def test_an_area_that_is_not_sure_is_asked_for_with_buttons_and_then_posted(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    answer = tess.command("update telecommunications at-risk Venue not confirmed | next: ask")
    assert "Emergency telecommunications" in answer.buttons
    assert updates(bot) == []
    tess.click(answer.message, "Emergency telecommunications")
    [update] = updates(bot)
    assert (update.changed, update.next_steps) == ("Venue not confirmed", "ask")


@pytest.mark.usefixtures("bot")
def test_an_unknown_area_alone_offers_the_form_of_the_nearest(slack: SlackWorld) -> None:
    tess = player(slack)
    answer = tess.command("update telecommunications")
    assert "“telecommunications”" in answer.plain
    tess.click(answer.message, "Emergency telecommunications")
    assert tess.filled()["Area"] == "Emergency telecommunications"


def test_without_a_health_a_draft_is_shown_and_nothing_is_guessed(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    answer = tess.command("update climate Venue not confirmed")
    assert answer.buttons == ["Post", "Edit", "Discard"]
    assert updates(bot) == []
    refused = tess.click(answer.message, "Post")
    assert "Choose how the area stands" in refused.plain
    tess.choose(answer.message, "Choose the health", "🟡 at risk")
    assert "Health: 🟡 at risk" in words(tess.ephemerals())


@pytest.mark.parametrize("typed", ["update climate at-risk", "update climate at-risk \u2060\u200d"])
def test_without_words_a_draft_asks_for_them_and_keeps_the_rest(slack: SlackWorld, bot: Bot, typed: str) -> None:
    tess = player(slack)
    answer = tess.command(f"{typed} | Next : ask UNFCCC | HELP: a contact")
    assert "What changed\n_not said yet_" in answer.plain.replace("*", "")
    assert "Say in a few words what changed" in tess.click(answer.message, "Post").plain
    tess.click(answer.message, "Edit")
    filled = tess.filled()
    assert (filled["Area"], filled["Health"]) == ("Climate change", "🟡 at risk")
    assert (filled["Next steps"], filled["Help needed"]) == ("ask UNFCCC", "a contact")
    assert updates(bot) == []


def test_the_secretariat_posts_on_behalf_and_both_are_named(slack: SlackWorld, bot: Bot) -> None:
    player(slack, "U0SEC").command("update climate on-track All is well —unit TSB —for @bo")
    bot.settle()
    assert "Sena (sample) on behalf of Bo (sample)" in words(replies(slack)[0])


@pytest.mark.parametrize(
    ("who", "typed", "sentence"),
    [
        ("U0DEPT", "update climate at-risk Venue", "Focal points post status updates"),
        ("U0TESS", "update resources at-risk Venue", "Only focal points post updates on Resource mobilization"),
        ("U0GUEST", "update climate at-risk Venue", "Guests"),
        ("U0TESS", f"update climate at-risk {OVER_LONG}", "3,001 characters"),
        ("U0SEC", "update climate at-risk Venue", "--unit"),
        ("U0TESS", "update climate at-risk Venue --unit XYZ", "There is no unit called “XYZ”"),
        ("U0SEC", "update climate at-risk Venue --unit TSB --for Nobody", "“Nobody”"),
        ("U0OBS", "note climate Seen", "not observers"),
        ("U0TESS", "note xyzzy Seen", "There is no area called “xyzzy”"),
    ],
)
def test_what_cannot_be_done_is_one_private_sentence_that_hands_back_what_was_typed(
    slack: SlackWorld, bot: Bot, who: str, typed: str, sentence: str
) -> None:
    answer = player(slack, who).command(typed)
    assert answer.ephemeral
    assert sentence in answer.plain
    assert typed[:2000] in answer.plain
    assert updates(bot) == []


def test_a_note_stands_beneath_the_updates(slack: SlackWorld, bot: Bot) -> None:
    assert "Your note" in player(slack, "U0RDAF").command("note climate COP side event confirmed").plain
    bot.settle()
    [card] = cards(slack)
    assert "Abebe (sample)" in words(card)
    assert "COP side event confirmed" in words(card)
    with bot.database.reading() as session:
        assert session.exec(select(Note)).one().text == "COP side event confirmed"


# -- the form ---------------------------------------------------------------------------------------------------------


def test_the_form_posts_and_shows_the_last_update_to_read_only(slack: SlackWorld, bot: Bot) -> None:
    player(slack, "U0BO").command(COMMAND)
    tess = player(slack)
    tess.command("update climate")
    shown = words(tess.modal)
    assert "Last update of TSB: 🟡 at risk" in shown
    assert "Bo (sample)" in shown
    assert "Venue not confirmed" in shown
    assert "C0TASKFORCE" in shown
    assert tess.filled()["What changed"] in (None, "")
    tess.fill({"Health": "on-track", "What changed": "Venue confirmed", "Next steps": "Print"})
    assert tess.submit() == {}
    assert [u.changed for u in updates(bot)] == ["Venue not confirmed", "Venue confirmed"]


def test_choosing_another_area_changes_what_is_shown_and_keeps_what_was_typed(slack: SlackWorld, bot: Bot) -> None:
    player(slack, "U0BO").command(COMMAND)
    tess = player(slack)
    tess.command("update")
    assert tess.filled()["Area"] is None
    tess.fill({"What changed": "Typed already", "Health": "done"})
    tess.choose(tess.modal, "Area", "Climate change")
    assert "Last update of TSB" in words(tess.modal)
    assert tess.filled()["What changed"] == "Typed already"
    tess.choose(tess.modal, "Area", "Gender")
    assert "TSB has not reported on Gender yet" in words(tess.modal)
    assert tess.submit() == {}
    [_, update] = updates(bot)
    assert (update.changed, update.health) == ("Typed already", Health.DONE)


def test_rights_that_changed_meanwhile_are_an_error_at_a_field_and_the_form_stays(slack: SlackWorld, bot: Bot) -> None:
    pim = player(slack, "U0PIM")
    pim.command("update events")
    pim.fill({"Health": "done", "What changed": "All booked"})
    with bot.database.transaction() as session:
        from models.structure import FocalPoint  # noqa: PLC0415
        from services.directory import directory, touch  # noqa: PLC0415

        person = directory(session).by_slack_id("U0PIM")
        assert person
        for held in session.exec(select(FocalPoint).where(FocalPoint.person_id == person.id)):
            held.until = datetime(2026, 11, 22, tzinfo=UTC)
            session.add(held)
        touch(session)
    errors = pim.submit()
    assert "Only focal points post updates on Events coordination" in errors["Area"]
    assert pim.filled()["What changed"] == "All booked"
    assert updates(bot) == []


def test_the_secretariat_chooses_unit_and_person_in_the_form(slack: SlackWorld, bot: Bot) -> None:
    sena = player(slack, "U0SEC")
    sena.command("update climate")
    sena.fill({"Unit": "TSB: Telecommunication Standardization Bureau", "On behalf of": "U0BO", "Health": "done",
               "What changed": "Published"})  # fmt: skip
    assert sena.submit() == {}
    [update] = updates(bot)
    assert update.for_id


def test_an_update_that_no_channel_shows_is_confirmed_in_the_form(slack: SlackWorld, bot: Bot) -> None:
    di = player(slack, "U0DI")
    di.command("update resources")
    assert "in no channel" in words(di.modal)
    di.fill({"Health": "done", "What changed": "Signed"})
    assert di.submit() == {}
    assert "Members see it when they ask" in words(di.modal)
    bot.settle()
    assert cards(slack) == []
    assert len(updates(bot)) == 1


def test_texts_as_long_as_the_fields_take_are_shown_whole(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.command("update climate")
    texts = {"What changed": "&" * 3000, "Next steps": "<" * 3000, "Help needed": "ж" * 3000}
    tess.fill({"Health": "done", **texts})
    assert tess.submit() == {}
    bot.settle()
    assert "1 of 4 units" in words(cards(slack)[0])
    assert all(text in words(replies(slack)[0]) for text in texts.values())
    tess.command("update climate")
    assert "Last update of TSB" in words(tess.modal)


# -- shortcuts --------------------------------------------------------------------------------------------------------


def test_the_message_shortcut_takes_the_text_and_keeps_the_link(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.say("The venue is confirmed & paid", channel="general")
    message = tess.messages("general")[-1]
    tess.message_shortcut("use_as_update", message)
    assert tess.filled()["What changed"] == "The venue is confirmed & paid"
    tess.fill({"Area": "Climate change", "Health": "on-track"})
    assert tess.submit() == {}
    [update] = updates(bot)
    assert message["ts"].replace(".", "") in (update.permalink or "")
    bot.settle()
    assert str(update.permalink) in words(replies(slack)[0])


@pytest.mark.usefixtures("bot")
def test_the_global_shortcut_opens_the_form_or_says_who_posts(slack: SlackWorld) -> None:
    tess = player(slack)
    tess.shortcut("post_update")
    assert tess.filled()["Area"] is None
    tomas = player(slack, "U0DEPT")
    tomas.shortcut("post_update")
    assert "Focal points post status updates" in words(tomas.modal)


# -- writing to the bot -----------------------------------------------------------------------------------------------


def test_a_direct_message_becomes_a_draft_and_then_an_update(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.say("climate: at risk - venue not confirmed")
    tess.wait_for(lambda: drafts(bot))
    bot.settle()
    draft = tess.dms()[-1]
    assert "Climate change" in words(draft)
    assert "🟡 at risk" in words(draft)
    assert updates(bot) == []
    tess.click(draft, "Post")
    [update] = updates(bot)
    assert update.changed == "venue not confirmed"
    assert "already posted" in tess.click(draft, "Discard").plain
    bot.settle()
    assert "Posted for TSB on Climate change" in words(tess.dms()[-1])
    assert len(cards(slack)) == 1


def test_a_mention_is_answered_in_direct_messages(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.say("@focal climate: at risk - venue not confirmed", channel="isc-tf")
    tess.wait_for(lambda: drafts(bot))
    bot.settle()
    assert "venue not confirmed" in words(tess.dms()[-1])
    tess.wait_for(lambda: "draft" in words(tess.ephemerals()))


def test_a_draft_asks_for_area_and_health_and_can_be_edited(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.say("The venue is at risk because of rain")
    tess.wait_for(lambda: drafts(bot))
    bot.settle()
    tess.choose(tess.dms()[-1], "Choose an area", "Gender")
    tess.choose(tess.dms()[-1], "Choose the health", "🟡 at risk")
    bot.settle()
    draft = tess.dms()[-1]
    assert "Gender" in words(draft)
    tess.click(draft, "Edit")
    assert tess.filled()["What changed"] == "The venue is at risk because of rain"
    tess.fill({"What changed": "Rain"})
    assert tess.submit() == {}
    assert [u.changed for u in updates(bot)] == ["Rain"]
    bot.settle()
    assert "Posted for TSB on Gender" in words(tess.dms()[-1])


def test_a_discarded_draft_says_so_and_posts_nothing(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.say("climate: done - all settled")
    tess.wait_for(lambda: drafts(bot))
    bot.settle()
    tess.click(tess.dms()[-1], "Discard")
    bot.settle()
    assert "discarded" in words(tess.dms()[-1])
    assert updates(bot) == []


@pytest.mark.parametrize("text", ["Hello!", "thanks", "Good morning"])
def test_a_greeting_is_answered_with_what_can_be_written(slack: SlackWorld, bot: Bot, text: str) -> None:
    tess = player(slack)
    tess.say(text)
    tess.wait_for(tess.dms)
    assert "To post a status update" in words(tess.dms()[-1])
    assert drafts(bot) == []


@pytest.mark.usefixtures("bot")
def test_a_command_written_to_the_bot_works(slack: SlackWorld) -> None:
    tess = player(slack)
    tess.say("note climate COP side event confirmed")
    tess.wait_for(tess.dms)
    assert "Your note" in words(tess.dms()[-1])


# -- edit, withdraw, no change ----------------------------------------------------------------------------------------


def test_the_author_edits_from_the_thread_and_every_version_is_kept(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.command(COMMAND)
    bot.settle()
    tess.click(replies(slack)[0], "Edit")
    assert tess.filled()["What changed"] == "Venue not confirmed"
    tess.fill({"What changed": "Venue confirmed", "Health": "on-track"})
    assert tess.submit() == {}
    bot.settle()
    [card], [reply] = cards(slack), replies(slack)
    assert "edited" in words(card)
    assert "edited" in words(reply)
    assert "Venue confirmed" in words(reply)
    with bot.database.reading() as session:
        assert len(session.exec(select(UpdateVersion)).all()) == 2


@pytest.mark.usefixtures("bot")
def test_over_long_text_is_an_error_at_its_field(slack: SlackWorld) -> None:
    tess = player(slack)
    tess.command("update climate")
    tess.fill({"Health": "done", "What changed": OVER_LONG})
    assert list(tess.submit()) == ["What changed"]
    assert tess.filled()["Area"] == "Climate change"


def test_withdrawing_takes_it_back_and_others_cannot(slack: SlackWorld, bot: Bot) -> None:
    tess = player(slack)
    tess.command(COMMAND)
    bot.settle()
    reply = replies(slack)[0]
    assert "Only Tess (sample)" in player(slack, "U0DI").click(reply, "Withdraw").plain
    assert "Withdrawn" in tess.click(reply, "Withdraw").plain
    assert "was withdrawn" in tess.click(reply, "Edit").plain
    bot.settle()
    assert "withdrawn" in words(replies(slack)[0])
    assert "0 of 4 units" in words(cards(slack)[0])


def test_no_change_confirms_with_the_original_date_and_the_third_opens_the_form(slack: SlackWorld, bot: Bot) -> None:
    tess, sena = player(slack), player(slack, "U0SEC")
    tess.command(COMMAND)
    for day in ("2026-12-01", "2026-12-08", "2026-12-15"):
        sena.command(f"meeting schedule {day} 14:30")
    bot.go_to(datetime(2026, 12, 2, 8, tzinfo=UTC))
    assert "no change for TSB" in tess.command("confirm climate").plain
    bot.settle()
    card = cards(slack)[-1]
    assert "no change since Monday, 23 November 2026" in words(card).replace("Monday 23", "Monday, 23")
    bot.go_to(datetime(2026, 12, 9, 8, tzinfo=UTC))
    assert "no change for TSB" in tess.command("confirm climate").plain
    bot.go_to(datetime(2026, 12, 16, 8, tzinfo=UTC))
    tess.command("confirm climate")
    assert "third “No change”" in words(tess.modal)
    assert tess.filled()["Area"] == "Climate change"
    assert len(updates(bot)) == 3


@pytest.mark.usefixtures("bot")
def test_a_command_that_needs_a_form_says_where_it_can_be_typed(slack: SlackWorld) -> None:
    sena = player(slack, "U0SEC")
    sena.say("meeting schedule")
    sena.wait_for(sena.dms)
    assert "after the slash command" in words(sena.dms())


@pytest.mark.usefixtures("bot")
def test_a_guest_who_writes_to_the_bot_is_told_whom_to_ask(slack: SlackWorld) -> None:
    gus = player(slack, "U0GUEST")
    gus.say("climate: at risk - venue not confirmed")
    gus.wait_for(gus.dms)
    assert "Guests" in words(gus.dms())


def test_answering_a_reminder_in_its_thread_makes_a_draft_there(slack: SlackWorld, bot: Bot) -> None:
    player(slack, "U0SEC").command("meeting schedule 2026-12-03 14:30")
    bot.go_to(datetime(2026, 11, 26, 8, tzinfo=UTC))
    bot.settle()
    ines = player(slack, "U0INES")
    reminder = ines.wait_for(ines.dms)[-1]
    ines.say("Youth: on track - forum booked", channel="dm", thread_ts=reminder["ts"])
    ines.wait_for(lambda: drafts(bot))
    bot.settle()
    draft = ines.dms()[-1]
    assert draft["thread_ts"] == reminder["ts"]
    assert "forum booked" in words(draft)
