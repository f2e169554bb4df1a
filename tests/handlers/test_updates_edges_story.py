"""Where updates could mislead or get lost: invisible texts, forms overtaken by events, what is owed after all."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from handlers.entrance import Door
from models.journal import JournalEntry
from models.structure import FocalPoint
from models.updates import Health
from services.directory import directory, touch
from tests.fixtures_task_force import LOADED_AT
from tests.focal_app import Bot
from tests.slack_world import SlackWorld, words
from tests.updating import cards, replies, updates


def test_a_text_in_which_nothing_can_be_seen_is_refused_at_its_field(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    tess.command("update climate")
    for nothing in ("   ", "\u200b \u2060", "\u200d\u200d", "\u3164\u2800"):
        tess.fill({"Health": "done", "What changed": nothing})
        assert "What changed" in tess.submit()
    assert updates(bot) == []
    assert "Please write something here" in tess.command("note climate \u3164").plain


def test_a_form_that_was_overtaken_by_the_next_choice_is_left_as_it_is(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    tess.command("update climate")
    view, door = tess.modal, Door(bot.office)
    assert view
    chosen = {"type": "static_select", "action_id": "area", "action_ts": "1", "selected_option": {"value": "2"}}
    for overtaken in (view | {"hash": "an earlier one"}, view | {"id": "VCLOSED"}):
        door.click({"user": {"id": "U0TESS"}, "trigger_id": "t1", "actions": [chosen], "view": overtaken})
    assert slack.called("views.push") == []
    assert tess.modal == view


def test_a_person_outside_the_task_force_is_an_error_at_their_field(slack: SlackWorld, bot: Bot) -> None:
    sena = slack.player("U0SEC")
    sena.command("update climate")
    sena.fill({"Unit": "BR: Radiocommunication Bureau", "Health": "done", "What changed": "Published"})
    sena.fill({"On behalf of": "U0NEWS"})
    assert "nobody in the task force" in sena.submit()["On behalf of"]
    sena.fill({"On behalf of": "U0BO"})
    assert "does not speak for this unit" in sena.submit()["On behalf of"]
    assert updates(bot) == []


def test_whoever_has_left_is_named_as_such(slack: SlackWorld, bot: Bot) -> None:
    slack.deactivate("U0BO")
    sena = slack.player("U0SEC")
    sena.wait_for(lambda: "vacant" in sena.command("who climate").plain)
    assert "has left" in sena.command("update climate at-risk Venue --unit TSB --for <@U0BO>").plain
    assert updates(bot) == []


def give_a_seat(bot: Bot) -> None:
    """Make the secretariat a focal point as well."""
    with bot.database.transaction() as session:
        who = directory(session)
        sena, area, unit = who.by_slack_id("U0SEC"), who.area_by_key("climate"), who.unit_by_key("GS")
        assert sena
        assert area
        assert unit
        seat = who.seat(area.id or 0, unit.id or 0)
        assert seat
        session.add(FocalPoint(seat_id=seat.id or 0, person_id=sena.id or 0, since=LOADED_AT))
        touch(session)


def test_a_secretariat_that_has_a_seat_of_its_own_still_edits_on_behalf(slack: SlackWorld, bot: Bot) -> None:
    give_a_seat(bot)
    player = slack.player("U0SEC")
    answer = player.command("update climate Venue not confirmed --unit TSB --for @bo")
    player.click(answer.message, "Edit")
    assert player.filled()["Unit"] == "TSB: Telecommunication Standardization Bureau"
    player.fill({"Health": "at-risk"})
    assert player.submit() == {}
    bot.settle()
    assert "*TSB*" in words(replies(slack))
    assert "Sena (sample) on behalf of Bo (sample)" in words(replies(slack))


def test_a_secretariat_that_has_a_seat_of_its_own_posts_for_itself_or_for_others(slack: SlackWorld, bot: Bot) -> None:
    give_a_seat(bot)
    sena = slack.player("U0SEC")
    for whom in (None, "U0BO"):
        sena.command("update climate")
        assert sena.filled()["Unit"] == "GS: General Secretariat"
        sena.fill({"Health": "on-track", "What changed": "All is well"})
        if whom:
            sena.fill({"Unit": "TSB: Telecommunication Standardization Bureau"})
            assert "for which unit and whom" in sena.submit()["On behalf of"]
            sena.fill({"On behalf of": whom})
        assert sena.submit() == {}
    bot.settle()
    own, others = map(words, replies(slack))
    assert "*GS*" in own
    assert "on behalf of" not in own
    assert "Sena (sample) on behalf of Bo (sample)" in others


@pytest.mark.usefixtures("bot")
def test_withdrawing_says_that_an_update_is_owed_only_where_it_is(slack: SlackWorld) -> None:
    tess = slack.player("U0TESS")
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    first, second = (tess.command(f"update climate at-risk {text}") for text in ("First", "Second"))
    assert "No update is owed there now" in tess.click(second.message, "Withdraw").plain
    assert "owed again for the next meeting" in tess.click(first.message, "Withdraw").plain


def test_a_card_counts_no_change_apart_from_new_content(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0BO").command("update climate at-risk Venue")
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    bot.go_to(datetime(2026, 12, 3, 14, tzinfo=UTC))
    slack.player("U0BO").command("confirm climate")
    slack.player("U0CY").command("update climate on-track Report sent")
    bot.settle()
    assert "2 of 4 units have reported" in words(cards(slack)[-1])
    assert "1 of them said “no change”" in words(cards(slack)[-1])


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        ("we meet —for now— in Geneva", "we meet —for now— in Geneva"),
        ("the venue – for the session – is open", "the venue – for the session – is open"),
    ],
)
def test_a_dash_in_a_sentence_is_no_option(slack: SlackWorld, bot: Bot, typed: str, changed: str) -> None:
    assert "Posted" in slack.player("U0TESS").command(f"update climate at-risk {typed}").plain
    assert [update.changed for update in updates(bot)] == [changed]


def test_the_parts_are_marked_in_any_language(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0TESS").command(
        "update Changements climatiques : à risque – Salle | Prochaines étapes : demander | aide : un contact"
    )
    [update] = updates(bot)
    assert (update.health, update.changed) == (Health.AT_RISK, "Salle")
    assert (update.next_steps, update.help_needed) == ("demander", "un contact")


def test_english_words_are_not_called_russian(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0EL").command("update climate on-track fine")
    bot.settle()
    assert "in Russian" not in words(replies(slack))
    assert "in Russian" not in words(cards(slack))


def test_two_people_of_one_seat_who_post_at_once_share_one_card(slack: SlackWorld, bot: Bot) -> None:
    players = [slack.player("U0DI"), slack.player("U0EL")]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: one.command(f"update climate on-track By {one.user}").plain, players))
    assert all("Posted" in answer for answer in answers)
    bot.settle()
    [card] = cards(slack)
    assert "1 of 4 units" in words(card)
    assert {reply["thread_ts"] for reply in replies(slack)} == {card["ts"]}
    assert len(replies(slack)) == 2


def test_a_draft_that_is_posted_twice_at_once_is_one_update(slack: SlackWorld, bot: Bot) -> None:
    tess = slack.player("U0TESS")
    answer = tess.command("update climate Venue not confirmed")
    tess.choose(answer.message, "Choose the health", "🟡 at risk")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: tess.click(answer.message, "Post"), range(2)))
    assert len(updates(bot)) == 1


@pytest.mark.parametrize(
    ("who", "text", "sentence"),
    [
        ("U0TESS", "Hello!", "To post a status update"),
        ("U0TESS", "issue show ISS-99", "ISS-99"),
        ("U0TESS", "confirm climate", "has no update on Climate change yet"),
        ("U0GUEST", "climate: at risk - venue", "Guests"),
        ("U0DEPT", "climate: at risk - venue", "Focal points post status updates"),
    ],
)
def test_an_event_that_slack_delivers_again_is_answered_once(
    slack: SlackWorld, bot: Bot, who: str, text: str, sentence: str
) -> None:
    dm = slack.do(lambda workspace: workspace.world.direct(who).id)
    event = {"type": "message", "channel_type": "im", "channel": dm, "user": who, "text": text, "ts": "1764000000.1"}
    door, body = Door(bot.office), {"event_id": "EvAGAIN", "event": event}
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: door.event(body).status, range(4)))
    assert answers == [200] * 4
    [answer] = slack.player(who).dms()
    assert sentence in words(answer)
    with bot.database.reading() as session:
        assert len(session.exec(select(JournalEntry).where(JournalEntry.act == "refused")).all()) == (who != "U0TESS")


@pytest.mark.usefixtures("bot")
@pytest.mark.parametrize("text", ["Hello!", "issue show ISS-99"])
def test_an_answer_that_slack_s_limits_kept_back_is_given_when_the_event_comes_again(
    slack: SlackWorld, text: str
) -> None:
    tess = slack.player("U0TESS")
    slack.workspace.settings.ack_seconds = 2.0  # what is not acknowledged comes again after so long
    slack.faults.next("chat.postMessage", "429")
    tess.say(text)
    tess.wait_for(tess.dms)
    assert len(tess.dms()) == 1


def test_updates_lose_their_menus_when_the_next_cycle_begins(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0BO").command("update climate at-risk Venue")
    slack.player("U0SEC").command("meeting schedule 2026-12-03 14:30")
    bot.settle()
    assert "Withdraw" in json.dumps(replies(slack))
    bot.go_to(datetime(2026, 12, 3, 13, 31, tzinfo=UTC))
    slack.player("U0CY").command("update climate on-track Report sent")
    bot.settle()
    old, new = replies(slack)
    assert "Withdraw" not in json.dumps(old)
    assert "Withdraw" in json.dumps(new)


def test_the_secretariat_withdraws_what_somebody_wrote_who_has_left(slack: SlackWorld, bot: Bot) -> None:
    slack.player("U0BO").command("update climate at-risk Wrong area")
    bot.settle()
    slack.deactivate("U0BO")
    [reply] = replies(slack)
    assert "<@U0SEC> can withdraw it" in slack.player("U0TESS").click(reply, "Withdraw").plain
    sena = slack.player("U0SEC")
    assert "Only Bo (sample) can change this update" in sena.click(reply, "Edit").plain
    assert "Withdrawn: what TSB said on Climate change" in sena.click(reply, "Withdraw").plain
    bot.settle()
    assert "withdrawn" in words(replies(slack))
    with bot.database.reading() as session:
        entry = session.exec(select(JournalEntry).where(JournalEntry.act == "update.withdraw")).one()
        people = directory(session)
        assert (people.name_of(entry.actor_id), people.name_of(entry.for_id)) == ("Sena (sample)", "Bo (sample)")
