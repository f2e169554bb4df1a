"""Where updates could mislead or get lost: invisible texts, forms overtaken by events, what is owed after all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from handlers.entrance import Door
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
    sena.wait_for(lambda: "has left" in sena.command("update climate at-risk Venue --unit TSB --for <@U0BO>").plain)
    assert updates(bot) == []


def test_a_secretariat_that_has_a_seat_of_its_own_still_edits_on_behalf(slack: SlackWorld, bot: Bot) -> None:
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
    player = slack.player("U0SEC")
    answer = player.command("update climate Venue not confirmed --unit TSB --for @bo")
    player.click(answer.message, "Edit")
    assert player.filled()["Unit"] == "TSB: Telecommunication Standardization Bureau"
    player.fill({"Health": "at-risk"})
    assert player.submit() == {}
    bot.settle()
    assert "*TSB*" in words(replies(slack))
    assert "Sena (sample) on behalf of Bo (sample)" in words(replies(slack))


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
