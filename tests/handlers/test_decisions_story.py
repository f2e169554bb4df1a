"""Decisions as they are recorded and read back, and the chain from an issue to the evidence, one click a step."""

from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import words
from tests.slack_world import SlackWorld


@pytest.fixture
def chair(slack: SlackWorld, bot: Bot) -> Player:
    bot.let_all_read_english()
    return slack.player("U0CHAIR")


def test_the_chair_records_a_decision_in_one_line_and_everybody_reads_it(chair: Player, ama: Player) -> None:
    answer = chair.command("decision add --area climate The joint statement is agreed")
    assert "DEC-1 is recorded." in answer.plain
    assert "Climate change · decided by Chair (sample)" in answer.plain
    for asked in ("decisions", "decisions climate", "decisions joint STATEMENT", "decision show DEC-1", "decision 1"):
        assert "The joint statement is agreed" in ama.command(asked).plain
    assert "There are no such decisions." in ama.command("decisions venue").plain


def test_the_secretariat_records_what_a_meeting_decides_and_the_chair_gets_a_copy(
    bot: Bot, chair: Player, sena: Player
) -> None:
    refused = sena.command("decision add The joint statement is agreed").plain
    assert "The secretariat records decisions while a meeting is held" in refused
    assert "The joint statement is agreed" in refused
    sena.command("meeting schedule 2026-12-03 14:30")
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    sena.command("meeting hold")
    recorded = sena.command("decision add The joint statement is agreed").plain
    assert "decided by Chair (sample)" in recorded
    assert "recorded by Sena (sample)" in recorded
    assert "*Meeting* MTG-1" in recorded
    bot.settle()
    assert "Sena (sample) recorded DEC-1:" in words(chair.dms()[-1])
    assert "`decision.record`" in sena.command("journal DEC-1").plain


def test_what_is_given_out_in_a_meeting_is_told_when_it_is_closed_not_before(
    bot: Bot, slack: SlackWorld, chair: Player, sena: Player
) -> None:
    chair.command("meeting schedule 2026-12-03 14:30")
    bot.go_to(datetime(2026, 12, 3, 13, 30, tzinfo=UTC))
    sena.command("meeting hold")
    given = sena.command("action add @U0BO 2026-12-18 Draft it").plain
    assert "*Meeting* MTG-1" in given
    bot.settle()
    assert all("ACT-1" not in words(letter) for letter in slack.player("U0BO").dms())


@pytest.mark.usefixtures("chair")
def test_members_are_told_who_records_decisions(ama: Player) -> None:
    refused = ama.command("decision add We pay").plain
    assert "Only the chair records decisions, and the secretariat those of a meeting. Ask <@U0CHAIR>." in refused


def test_a_decision_says_by_what_it_was_replaced_and_when(chair: Player, ama: Player, bot: Bot) -> None:
    chair.command("decision add --area climate The statement goes out in December")
    chair.command("action add @U0BO 2026-12-10 Draft it --decision DEC-1")
    bot.later(days=1)
    replaced = chair.command("decision add replaces DEC-1 It goes out in January")
    assert "*Replaces* DEC-1" in replaced.plain
    assert "Climate change" in replaced.plain
    assert "*Action* ACT-1 for Bo (sample)" in replaced.plain, "what the earlier one asked for is still to be done"
    assert "*Replaced* by DEC-2" in ama.command("action show ACT-1").plain
    earlier = chair.click(replaced.message, "Open", beside="*Replaces* DEC-1")
    assert "*Replaced* by DEC-2 on" in earlier.plain
    assert "replaced by DEC-2 on" in ama.command("decisions").plain
    twice = chair.command("decision add replaces DEC-1 Never").plain
    assert "DEC-1 was replaced by DEC-2 already. Replace that one instead." in twice


def test_an_issue_is_decided_with_its_button(chair: Player, ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    refused = chair.command("decision add ISS-1 TSB hosts it").plain
    assert "ISS-1 is decided with its button *Decide*: /isctf issue show ISS-1 shows it." in refused
    assert "TSB hosts it" in refused


def test_the_chain_is_walked_by_one_click_a_step(bot: Bot, slack: SlackWorld, chair: Player, ama: Player) -> None:
    bo = slack.player("U0BO")
    ama.command("issue raise climate Venue unclear")
    ama.command("issue escalate 1 no answer")
    bot.settle()
    chair.click(chair.dms()[-1], "Decide")
    chair.fill({"Outcome": "With an action", "Decision": "TSB hosts it", "Owner": "U0BO", "Due": "2026-12-10"})
    assert chair.submit() == {}
    issue = ama.command("issue show ISS-1")
    assert {"DEC-1", "ACT-1"} <= set(issue.buttons)
    decision = ama.click(issue.message, "DEC-1")
    assert "*Issue* ISS-1 Venue unclear" in decision.plain
    action = ama.click(decision.message, "Open", beside="*Action* ACT-1")
    assert "*Decision* DEC-1" in action.plain
    assert "*Issue* ISS-1" in action.plain
    assert "DEC-1" in ama.command("decisions open").plain
    bo.command("action done ACT-1 Room K is booked")
    assert "There are no such decisions." in ama.command("decisions open").plain
    found = ama.command("search Room K")
    assert "ACT-1" in found.plain
    assert "Room K is booked" in ama.click(found.message, "Open", beside="ACT-1").plain


def test_the_register_is_read_as_it_stood_on_a_day(bot: Bot, chair: Player, ama: Player) -> None:
    chair.command("decision add The first")
    bot.later(days=2)
    chair.command("decision add replaces DEC-1 The second")
    bot.later(days=1)
    then = ama.command("decisions --at 2026-11-24").plain
    assert "The first" in then
    assert "The second" not in then
    assert "replaced by" not in then


def test_what_waits_for_the_chair_comes_first_with_a_way_to_what_was_decided(
    bot: Bot, chair: Player, ama: Player
) -> None:
    chair.command("decision add The first")
    assert "No decision waits for you." in chair.command("decisions").plain
    ama.command("issue raise climate Venue unclear")
    ama.command("issue escalate 1 no answer")
    bot.settle()
    docket = chair.command("decisions")
    assert "Venue unclear" in docket.plain
    assert "The first" in chair.click(docket.message, "Decisions taken").plain
    assert "The first" in chair.command("decisions all").plain


def test_a_long_register_has_pages(chair: Player) -> None:
    for number in range(11):
        chair.command(f"decision add Matter {number:02d}")
    first = chair.command("decisions all")
    assert "11 decisions" in first.plain
    assert "Matter 00" in chair.click(first.message, "Next page").plain


def test_decisions_of_a_restricted_area_are_hidden_from_who_is_no_member(slack: SlackWorld, chair: Player) -> None:
    chair.command("decision add --area resources Nobody else knows")
    chair.command("action add @U0DI 2026-12-20 Nobody else knows --decision DEC-1")
    nia = slack.player("U0NEWS")
    for asked in ("decisions", "decisions nobody", "actions", "action show 1", "actions @U0DI", "search knows"):
        assert "Nobody else knows" not in nia.command(asked).plain
    assert "There is no action “ACT-1”" in nia.command("action show ACT-1").plain
    assert "There is no decision “DEC-1”" in nia.command("decision show DEC-1").plain
