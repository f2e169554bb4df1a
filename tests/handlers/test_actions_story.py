"""Actions as people give, follow and finish them: one line each, and nothing that somebody typed is lost."""

from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import buttons_of, find_field, label_of, options_of, words
from tests.slack_world import SlackWorld


@pytest.fixture
def sena(slack: SlackWorld, bot: Bot) -> Player:
    bot.let_all_read_english()
    return slack.player("U0SEC")


@pytest.fixture
def bo(slack: SlackWorld) -> Player:
    return slack.player("U0BO")


GIVE = "action add @U0BO 2026-12-20 Draft the joint statement"


def test_one_line_gives_somebody_something_to_do_and_they_hear_of_it(bot: Bot, sena: Player, bo: Player) -> None:
    answer = sena.command(f"{GIVE} --area climate")
    assert "ACT-1 is Bo (sample)'s, due on Sunday, 20 December 2026." in answer.plain
    assert "Climate change" in answer.plain
    bot.settle()
    told = bo.dms()[-1]
    assert "*ACT-1* is yours now, due on Sunday, 20 December 2026." in words(told)
    assert buttons_of(told)[:2] == ["Done", "Details"]
    assert "Draft the joint statement" in bo.click(told, "Details").plain


def test_they_hear_of_it_once(bot: Bot, sena: Player, bo: Player) -> None:
    sena.command(GIVE)
    bot.settle()
    told = len(bo.dms())
    sena.command("action due ACT-1 2026-12-22")
    bot.settle()
    assert len(bo.dms()) == told
    assert "*ACT-1* is yours now, due on Tuesday, 22 December 2026." in words(bo.dms()[-1])


def test_whoever_stands_in_for_the_owner_hears_for_whom(bot: Bot, slack: SlackWorld, sena: Player, bo: Player) -> None:
    assert "Cy" in bo.command("away 2026-11-23 2026-11-27 @U0CY").plain
    bot.settle()
    sena.command(GIVE)
    bot.settle()
    told = words(slack.player("U0CY").dms()[-1])
    assert "*ACT-1* was given to Bo (sample), for whom you stand in." in told
    assert "is yours" not in told


def test_the_form_asks_for_what_one_line_says(bot: Bot, sena: Player, bo: Player) -> None:
    sena.command("action add")
    sena.fill({"Owner": "U0BO", "Action": "Draft it", "Due": "2026-12-20", "Area": "Climate change"})
    assert sena.submit() == {}
    bot.settle()
    assert "ACT-1" in bo.command("action list mine").plain
    assert "ACT-1" in bo.command("actions climate").plain


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("action add @U0BO 2020-01-01 Draft it", "1 January 2020 is past."),
        ("action add @U0NOBODY 2026-12-20 Draft it", "is not a member of the task force"),
        ("action add @U0BO Draft it", "I cannot read a date in “Draft it”"),
        ("action add @U0BO", "Write owner, day and what is to be done"),
        ("action add @U0BO 2026-12-20", "Please write something here."),
        ("action add @U0BO 2026-12-20 Draft it --area nowhere at all", "There is no area called"),
        ("action add @U0BO 2026-12-20 Draft it --decision DEC-7", "There is no decision “DEC-7”"),
        (f"action add @U0BO 2026-12-20 {'word ' * 700}", "3,000 fit"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_the_typed_text_is_handed_back(
    sena: Player, typed: str, sentence: str
) -> None:
    answer = sena.command(typed)
    assert sentence in answer.plain
    assert "You typed:\n/isctf action add" in answer.plain
    assert "There are no open actions." in sena.command("actions").plain


def test_who_has_left_is_given_nothing(sena: Player) -> None:
    sena.command("member leave @U0BO")
    assert "Bo (sample) has left. Choose somebody who is here." in sena.command(GIVE).plain


@pytest.mark.usefixtures("sena")
def test_members_are_told_who_gives_actions(bo: Player) -> None:
    assert "Only the secretariat and the chair can do this. Ask <@U0SEC>." in bo.command(GIVE).plain


def test_another_owner_and_another_day_are_one_line_each(bot: Bot, slack: SlackWorld, sena: Player, bo: Player) -> None:
    sena.command(GIVE)
    assert "ACT-1 is Cy (sample)'s now." in sena.command("action assign ACT-1 @U0CY").plain
    assert "ACT-1 is due on Friday, 15 January 2027." in sena.command("action due ACT-1 15 January 2027").plain
    bot.settle()
    cy = slack.player("U0CY")
    assert "*ACT-1* is yours now, due on Friday, 15 January 2027." in words(cy.dms()[-1])
    assert all("ACT-1" not in words(letter) for letter in bo.dms())
    assert "Only the secretariat and the chair" in bo.command("action assign ACT-1 me").plain
    journal = sena.command("journal ACT-1").plain
    assert "`action.assign`" in journal
    assert "`action.due`" in journal


def test_whoever_had_it_before_is_shown_whose_it_is_now(bot: Bot, sena: Player, bo: Player) -> None:
    sena.command(GIVE)
    bot.settle()
    sena.command("action assign ACT-1 @U0CY")
    bot.settle()
    assert words(bo.dms()[-1]).endswith("*ACT-1* is Cy (sample)'s now.")
    assert not buttons_of(bo.dms()[-1])


def test_an_update_is_named_as_evidence_and_both_say_so(bot: Bot, sena: Player, bo: Player) -> None:
    bo.command("update climate on-track The statement is drafted")
    sena.command(f"{GIVE} --area climate")
    bot.settle()
    bo.click(bo.command("action show ACT-1").message, "Done")
    bo.fill({"What shows that it is done": "It is in the folder"})
    field = find_field(bo.modal or {}, "Status update that shows it")[1]
    bo.fill({"Status update that shows it": label_of(options_of(field)[0])})
    assert bo.submit() == {}
    bot.settle()
    shown = bo.command("action show ACT-1").plain
    assert "It is in the folder" in shown
    assert "*Update* of TSB on Climate change" in shown
    card = next(post for post in bo.messages() if "drafted" in words(post))
    assert any("Evidence for ACT-1" in words(reply) for reply in bo.thread("isc-tf", card["ts"]))


def test_lists_are_narrowed_by_owner_area_and_lateness_and_read_as_of_a_day(bot: Bot, sena: Player) -> None:
    sena.command("action add @U0BO 2026-12-20 Draft it --area climate")
    sena.command("action add @U0CY none Book it")
    assert "ACT-2" not in sena.command("actions @U0BO").plain
    assert "ACT-1" in sena.command("actions @Bo").plain
    assert "There are no open actions." in sena.command("actions overdue").plain
    assert "ACT-1" not in sena.command("actions mine").plain
    assert "I do not know `action qqqq`." in sena.command("actions qqqq").plain
    bot.go_to(datetime(2026, 12, 21, 15, tzinfo=UTC))
    overdue = sena.command("actions overdue").plain
    assert "ACT-1" in overdue
    assert "*overdue*" in overdue
    sena.command("action done ACT-1 Sent")
    bot.go_to(datetime(2026, 12, 23, 9, tzinfo=UTC))
    assert "ACT-1" not in sena.command("actions").plain
    then = sena.command("actions --at 2026-12-20").plain
    assert "ACT-1" in then
    assert "As it stood on" in then
