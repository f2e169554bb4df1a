"""An issue from its raising to the chair's decision, played by people in a practice workspace."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import words
from tests.slack_world import SlackWorld

NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)


pytestmark = pytest.mark.usefixtures("bot")


@pytest.fixture
def bot(bot: Bot) -> Bot:
    """Let everybody read English, so that buttons are pressed by their English labels."""
    bot.let_all_read_english()
    return bot


def posts(slack: SlackWorld, ref: str = "ISS-1") -> list[Any]:
    return [post for post in slack.posts("isc-tf") if ref in post["text"]]


def escalated(slack: SlackWorld, bot: Bot, *, proposal: str = "") -> Any:
    """Raise an issue by form, escalate it, and return the chair's alert."""
    ama = slack.player("U0AMA")
    ama.command("issue raise")
    ama.fill({"Area": "Climate change", "Title": "Venue unclear", "Description": "COP needs a room"})
    if proposal:
        ama.fill({"Proposed solution": proposal})
    assert ama.submit() == {}
    slack.player("U0BO").command("issue escalate 1 no answer for a month")
    bot.settle()
    return slack.player("U0CHAIR").dms()[-1]


# -- raising -------------------------------------------------------------------------------------------------------


def test_an_issue_raised_in_one_line_is_posted_and_its_way_is_shown(slack: SlackWorld, bot: Bot, ama: Player) -> None:
    answer = ama.command("issue raise climate Venue for the joint session not confirmed")
    bot.settle()
    assert "ISS-1 is raised." in answer.plain
    assert "the deputies on Monday" in answer.plain
    (post,) = posts(slack)
    assert "Venue for the joint session not confirmed" in words(post)
    assert "Climate change" in words(post)


def test_without_an_area_the_text_is_the_issue(ama: Player) -> None:
    answer = ama.command("issue raise Nobody answers the phone")
    assert "ISS-1 Nobody answers the phone" in answer.plain


def test_the_form_has_the_fixed_fields_and_raises(slack: SlackWorld, bot: Bot, ama: Player) -> None:
    ama.command("issue raise")
    ama.fill(
        {
            "Area": "Climate change", "Title": "Venue unclear", "Description": "COP needs a room",
            "Proposed solution": "TSB hosts", "Due": "2026-12-04", "Severity": "urgent",
        }
    )  # fmt: skip
    assert ama.submit() == {}
    bot.settle()
    shown = words(posts(slack)[0])
    for expected in ("COP needs a room", "TSB hosts", "urgent", "4 December 2026"):
        assert expected in shown


def test_a_past_due_date_is_refused_at_its_field_and_nothing_is_lost(ama: Player) -> None:
    ama.command("issue raise")
    ama.fill({"Title": "Venue unclear", "Due": "2026-11-02"})
    assert "is past" in ama.submit()["Due"]
    assert ama.filled()["Title"] == "Venue unclear"


def test_a_message_becomes_an_issue_with_its_link(slack: SlackWorld, ama: Player) -> None:
    slack.player("U0BO").say("Room K is gone & lost\nWho can help?", channel="isc-tf")
    message = next(one for one in ama.messages("isc-tf") if "Room K" in one["text"])
    ama.message_shortcut("raise_issue", message)
    filled = ama.filled()
    assert filled["Title"] == "Room K is gone & lost"
    assert filled["Description"] == "Room K is gone & lost\nWho can help?"
    assert ama.submit() == {}
    answer = ama.command("issue show #1")
    assert "The message it was raised from" in answer.plain
    assert f"p{message['ts'].replace('.', '')}" in str(answer.blocks)


def test_an_observer_is_refused_and_gets_the_text_back(slack: SlackWorld) -> None:
    answer = slack.player("U0OBS").command("issue raise climate Audit point")
    assert answer.ephemeral
    assert "Only members of the task force" in answer.plain
    assert "Audit point" in answer.plain


@pytest.mark.fault(38)
def test_what_people_write_pings_nobody(slack: SlackWorld, bot: Bot, ama: Player) -> None:
    ama.command("issue raise climate <!channel> see <@U0BO|bo> &lt;!here&gt;")
    bot.settle()
    shown = str(posts(slack)[0])
    assert "<!channel>" not in shown
    assert "<!here>" not in shown
    assert "<@U0BO" not in shown


# -- asking --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ISS-1", "iss1", "#1", "1", "iss-1"])
def test_any_form_of_its_id_shows_it(ama: Player, typed: str) -> None:
    ama.command("issue raise climate Venue unclear")
    answer = ama.command(f"issue show {typed}")
    assert "ISS-1 Venue unclear" in answer.plain
    assert {"Resolve", "Escalate now", "More time", "Comment", "Position"} <= set(answer.buttons)


def test_the_lists_hold_what_they_say(slack: SlackWorld, ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    slack.player("U0BO").command("issue raise emergency Radio silence")
    ama.command("issue escalate 1")
    assert "Venue unclear" in ama.command("issue list escalated").plain
    assert "Radio silence" not in ama.command("issue list escalated").plain
    assert "Radio silence" in ama.command("issue list emergency").plain
    assert "Radio silence" not in ama.command("issue list mine").plain
    assert "There are no such issues." in ama.command("issue list closed").plain
    assert "2 issues" in ama.command("issue").plain


def test_an_unknown_issue_and_an_unknown_word_are_answered_with_what_there_is(ama: Player) -> None:
    assert "There is no issue “ISS-99”" in ama.command("issue show ISS-99").plain
    assert "resolve" in ama.command("issue frobnicate").plain
    assert "Say which issue" in ama.command("issue resolve").plain


# -- on the way up -------------------------------------------------------------------------------------------------


def test_each_command_that_misses_its_text_opens_its_form(ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    for typed, label in (
        ("comment 1", "Comment"), ("position 1", "Position"), ("resolve 1", "How it was resolved"),
        ("assign 1", "Owner"), ("due 1", "Due"), ("position 1 object", "Reason"),
    ):  # fmt: skip
        ama.command(f"issue {typed}")
        assert label in ama.filled(), typed
        ama.close()


def test_owner_and_due_date_are_typed_and_shown_back(slack: SlackWorld, bot: Bot, ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    assert "Bo (sample)" in ama.command("issue assign 1 <@U0BO|bo>").plain
    assert "4 December 2026" in ama.command("issue due ISS-1 4 December").plain
    assert "no due date any more" in ama.command("issue due ISS-1 none").plain
    assert "is past" in ama.command("issue due ISS-1 2026-11-01").plain
    assert "not a member" in ama.command("issue assign 1 @nobody").plain
    bot.settle()
    assert "is yours now" in words(slack.player("U0BO").dms())


def test_a_focal_point_is_reached_in_the_one_dm_and_resolves_it_there(slack: SlackWorld, bot: Bot, ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    bot.settle()
    bo = slack.player("U0BO")
    (letter,) = bo.dms()
    assert "has reached you" in words(letter)
    bo.click(letter, "Resolve")
    bo.fill({"How it was resolved": "UNFCCC confirmed the room"})
    assert bo.submit() == {}
    bot.settle()
    (edited,) = bo.dms()
    assert "UNFCCC confirmed the room" in words(edited)
    assert "Escalate now" not in words(edited)
    assert "UNFCCC confirmed the room" in words(posts(slack)[0])
    assert "is resolved" in words(ama.dms()[-1])


def test_an_announced_step_offers_more_time(slack: SlackWorld, bot: Bot, ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    bot.settle()
    bot.go_to(datetime(2026, 11, 27, 10, tzinfo=UTC))
    bot.settle()
    bo = slack.player("U0BO")
    announced = bo.dms()[-1]
    assert "goes to the deputies on Monday, 30 November 2026 at 09:00" in words(announced).replace(
        ", 09:00", " at 09:00"
    )
    bo.click(announced, "More time")
    bo.fill({"Working days": "3 working days", "Reason": "UNFCCC answers on Wednesday"})
    assert bo.submit() == {}
    assert "UNFCCC answers on Wednesday" in ama.command("issue show 1").plain


# -- before the chair ----------------------------------------------------------------------------------------------


def test_the_alert_holds_all_that_the_chair_needs(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    alert = escalated(slack, bot, proposal="TSB hosts")
    slack.player("U0DEPT").command("issue position 1 object No budget")
    bot.settle()
    (alert,) = chair.dms()
    shown = words(alert)
    for expected in (
        "Venue unclear", "COP needs a room", "TSB hosts", "TSB: objects", "No budget",
        "No position yet: BR, BDT and GS",
        "Who was asked, and when", "Bo (sample)", "no answer for a month", "Raised just now",
    ):  # fmt: skip
        assert expected in shown.replace("*", ""), expected
    assert [label for label in shown.split("\n") if label in BUTTONS] == BUTTONS


BUTTONS = ["Acknowledge", "Decide", "Accept proposal", "Ask for more", "Put on agenda", "Delegate"]


def test_the_fullest_issue_still_fits(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    ama = slack.player("U0AMA")
    ama.command("issue raise")
    ama.fill({"Area": "Climate change", "Title": "&" * 150, "Description": "<" * 3000, "Proposed solution": "&" * 3000})
    assert ama.submit() == {}
    for person in ("U0AMA", "U0BO", "U0CY", "U0DI"):
        slack.player(person).command("issue position 1 object " + "&amp;" * 600)
    for _ in range(10):
        ama.command("issue comment 1 " + "word " * 500)
    ama.command("issue escalate 1")
    bot.settle()
    alert = chair.dms()[-1]
    assert "Acknowledge" in words(alert)
    assert "There is more than fits here." in words(alert)
    assert len(posts(slack)) == 1
    assert "There is more than fits here." in chair.command("issue show 1").plain
    chair.click(alert, "Accept proposal")
    bot.settle()
    assert "DEC-1" in words(chair.dms()[-1])


def test_a_decision_edits_the_alert_and_tells_everyone_concerned_once(
    slack: SlackWorld, bot: Bot, chair: Player, ama: Player
) -> None:
    alert = escalated(slack, bot)
    chair.click(alert, "Decide")
    chair.fill({"Outcome": "With an action", "Decision": "TSB hosts the session"})
    assert "needs an owner" in chair.submit()["Owner"]
    chair.fill({"Owner": "U0BO", "Due": "2026-12-10"})
    assert chair.submit() == {}
    bot.settle()
    (edited,) = chair.dms()
    assert "DEC-1" in words(edited)
    assert "ACT-1" in words(edited)
    assert "Acknowledge" not in words(edited)
    told = [letter for letter in ama.dms() if "a decision was taken" in words(letter)]
    assert len(told) == 1
    assert "TSB hosts the session" in words(posts(slack)[0])
    bo = slack.player("U0BO")
    assert "10 December 2026" in bo.command("action list mine").plain
    assert "ACT-1 is done" in bo.command("action done ACT-1 Room K booked").plain
    assert "closed" in ama.command("issue show 1").plain


def test_an_old_button_is_answered_with_the_outcome_and_who(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    alert = escalated(slack, bot, proposal="TSB hosts")
    chair.click(alert, "Decide")
    form = chair.modal
    assert form is not None
    chair.close()
    chair.click(alert, "Accept proposal")
    answer = chair.click(alert, "Decide")
    assert "ISS-1 is decided: Chair (sample) decided “TSB hosts”" in answer.plain


@pytest.mark.fault(37)
def test_a_role_taken_away_while_the_form_is_open_is_refused_at_submission(
    slack: SlackWorld, bot: Bot, chair: Player
) -> None:
    alert = escalated(slack, bot)
    chair.click(alert, "Delegate")
    chair.fill({"Delegate to": "U0DEPG"})
    assert chair.submit() == {}
    bot.settle()
    gil = slack.player("U0DEPG")
    gil.click(gil.dms()[-1], "Decide")
    chair.click(alert, "Delegate")
    chair.fill({"Delegate to": "U0DEPR"})
    assert chair.submit() == {}
    gil.fill({"Decision": "Mine still"})
    assert any("Only Rita (sample) can decide ISS-1" in sentence for sentence in gil.submit().values())
    assert gil.filled()["Decision"] == "Mine still"


def test_a_question_goes_out_and_its_answer_comes_back(slack: SlackWorld, bot: Bot, chair: Player) -> None:
    alert = escalated(slack, bot)
    chair.click(alert, "Ask for more")
    chair.fill({"Question": "What does it cost?"})
    assert chair.submit() == {}
    bot.settle()
    cy = slack.player("U0CY")
    asked = next(letter for letter in cy.dms() if "What does it cost?" in words(letter))
    cy.click(asked, "Comment")
    cy.fill({"Comment": "Nothing at all"})
    assert cy.submit() == {}
    bot.settle()
    assert any("has answered" in words(letter) and "Nothing at all" in words(letter) for letter in chair.dms())


def test_reminders_are_new_messages_and_older_ones_lose_their_buttons(
    slack: SlackWorld, bot: Bot, chair: Player
) -> None:
    escalated(slack, bot)
    bot.go_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    bot.settle()
    first, second = chair.dms()
    assert "Acknowledge" not in words(first)
    assert "still waits for your decision" in words(second)
    answer = chair.click(second, "Acknowledge")
    assert "five working days" in answer.plain
    bot.settle()
    assert "Acknowledged by Chair (sample)" in words(chair.dms()[-1])


@pytest.mark.fault(36)
def test_a_focal_point_cannot_decide_with_the_chairs_button(slack: SlackWorld, bot: Bot) -> None:
    escalated(slack, bot)
    answer = slack.player("U0AMA").command("issue resolve 1 done")
    assert "only a decision by" in answer.plain
    assert "closes it" in answer.plain


def test_a_typed_position_is_shown_back_and_what_is_not_clear_is_asked(ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    assert "The position of BR on ISS-1 is noted: agrees." in ama.command("issue position 1 Agree.").plain
    ama.command("issue position 1 I agree with Bo")
    assert ama.filled() == {"Position": None, "Reason": "I agree with Bo"}
