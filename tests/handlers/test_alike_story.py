"""An issue that looks like another one: whoever raises it is asked, in any script, and loses nothing they typed."""

import pytest

from tests.focal_app import Bot
from tests.slack_player import Answer, Player
from tests.slack_reading import words
from tests.slack_world import SlackWorld

pytestmark = [pytest.mark.english, pytest.mark.usefixtures("bot")]

VENUE = "Venue for the joint session not confirmed"
AGAIN = "Joint session: venue still not confirmed"


@pytest.fixture
def asked(ama: Player, bo: Player) -> Answer:
    """Bo raised an issue, and Ama types much the same."""
    bo.command(f"issue raise climate {VENUE}")
    return ama.command(f"issue raise climate {AGAIN}\nThe host wrote on Monday.")


# -- typed ---------------------------------------------------------------------------------------------------------


def test_what_looks_like_an_open_issue_is_asked_about_and_not_raised(ama: Player, asked: Answer) -> None:
    assert asked.ephemeral
    assert "ISS-1 looks alike. Add to it, or raise anyway?" in asked.plain
    assert VENUE in asked.plain
    assert asked.buttons == ["Add to ISS-1", "Raise anyway"]
    assert "There is no issue “ISS-2”" in ama.command("issue show ISS-2").plain


def test_raised_anyway_it_is_the_issue_that_was_typed_once(ama: Player, asked: Answer) -> None:
    answer = ama.click(asked.message, "Raise anyway")
    assert "ISS-2 is raised." in answer.plain
    assert AGAIN in answer.plain
    assert "The host wrote on Monday." in answer.plain
    assert "Climate change" in answer.plain
    assert "Raise anyway" not in words(ama.ephemerals()), "the question gave way to the answer"
    assert "There is no issue “ISS-3”" in ama.command("issue show ISS-3").plain


def test_added_to_the_other_it_is_a_comment_with_all_that_was_typed(ama: Player, asked: Answer) -> None:
    answer = ama.click(asked.message, "Add to ISS-1")
    assert "What you wrote is added to ISS-1." in answer.plain
    assert f"{AGAIN} The host wrote on Monday." in answer.plain
    assert "There is no issue “ISS-2”" in ama.command("issue show ISS-2").plain


def test_what_is_resolved_meanwhile_is_not_added_to_and_the_question_stays(
    ama: Player, bo: Player, asked: Answer
) -> None:
    bo.command("issue resolve 1 The host answered")
    assert "ISS-1 was resolved by Bo (sample): “The host answered”." in ama.click(asked.message, "Add to ISS-1").plain
    assert "ISS-2 is raised." in ama.click(asked.message, "Raise anyway").plain


def test_the_buttons_of_a_question_carry_its_draft_and_none_of_its_words(asked: Answer) -> None:
    assert asked.message
    controls = [
        each for block in asked.message["blocks"] for each in (block.get("accessory"), *block.get("elements", ()))
    ]
    values = [each["value"] for each in controls if each and "value" in each]
    assert values == ["1:1", "1:1"], "the draft, and the issue or the area: whose it is, is asked at the click"


def test_a_question_asked_in_direct_messages_is_answered_there(bot: Bot, ama: Player, bo: Player) -> None:
    bo.command(f"issue raise climate {VENUE}")
    ama.say(f"issue raise climate {AGAIN}")
    bot.settle()
    question = ama.wait_for(lambda: next((each for each in ama.dms() if "looks alike" in words(each)), None))
    assert "What you wrote is added to ISS-1." in ama.click(question, "Add to ISS-1").plain


# -- in the form ---------------------------------------------------------------------------------------------------


def test_the_form_asks_in_place_and_keeps_all_that_was_typed(ama: Player, bo: Player) -> None:
    bo.command(f"issue raise climate {VENUE}")
    typed = {
        "Area": "Climate change", "Title": AGAIN, "Description": "The host wrote", "Proposed solution": "TSB hosts",
        "Due": "2026-12-04", "Severity": "urgent",
    }  # fmt: skip
    ama.command("issue raise")
    ama.fill(dict(typed))
    assert ama.submit() == {}
    assert "ISS-1 looks alike. Add to it, or raise anyway?" in words(ama.modal)
    assert {name: ama.filled()[name] for name in typed} == typed
    ama.fill({"Add to it, or raise anyway?": "Raise anyway"})
    assert ama.submit() == {}
    shown = ama.command("issue show 2").plain
    for expected in (AGAIN, "The host wrote", "TSB hosts", "urgent", "4 December 2026"):
        assert expected in shown


def test_the_form_adds_all_that_was_typed_to_the_other(ama: Player, bo: Player) -> None:
    bo.command(f"issue raise climate {VENUE}")
    ama.command("issue raise")
    ama.fill({
        "Title": AGAIN, "Description": "D" * 2990, "Proposed solution": "TSB hosts", "Due": "2026-12-04",
        "Severity": "urgent",
    })  # fmt: skip
    assert ama.submit() == {}
    ama.fill({"Add to it, or raise anyway?": "Add to ISS-1"})
    assert ama.submit() == {}
    shown = ama.command("issue show 1").plain
    for expected in (AGAIN, "DDDD", "Proposed solution: TSB hosts", "4 December 2026.",
                     "It is urgent."):  # fmt: skip
        assert expected in shown


def test_a_message_that_looks_like_an_issue_is_asked_about_and_keeps_its_link(ama: Player, bo: Player) -> None:
    bo.command(f"issue raise climate {VENUE}")
    bo.say(AGAIN, channel="isc-tf")
    message = next(one for one in ama.messages("isc-tf") if AGAIN in one["text"])
    ama.message_shortcut("raise_issue", message)
    assert ama.submit() == {}
    ama.fill({"Add to it, or raise anyway?": "Add to ISS-1"})
    assert ama.submit() == {}
    assert f"p{message['ts'].replace('.', '')}" in str(ama.command("issue show 1").blocks)


# -- what is alike -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Venue unclear", "VENUE  unclear!"),
        ("Lieu de la réunion non confirmé", "Le lieu de la reunion n’est pas confirmé"),
        ("Место проведения не подтверждено", "Не подтверждено место проведения сессии"),
        ("气候变化会议场地未确定", "会议场地未确定：气候变化"),
        ("مكان الاجتماع غير مؤكّد", "مكان الإجتماع غير مؤكد"),
        ("¿Quién paga el pabellón conjunto?", "Quien paga el pabellon"),
    ],
)
def test_the_same_is_recognized_in_every_script(ama: Player, bo: Player, first: str, second: str) -> None:
    bo.command(f"issue raise climate {first}")
    assert "ISS-1 looks alike" in ama.command(f"issue raise climate {second}").plain


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Who pays for the joint pavilion?", "Who may use the pictures of the drill?"),
        ("Reply to Question 3 of Study Group 1", "Reply to Question 5 of Study Group 1"),
        ("气候变化会议场地未确定", "青年日预算不足"),
        ("First issue", "Second issue"),
    ],
)
def test_what_is_another_matter_is_raised_at_once(ama: Player, bo: Player, first: str, second: str) -> None:
    bo.command(f"issue raise climate {first}")
    assert "ISS-2 is raised." in ama.command(f"issue raise climate {second}").plain


def test_in_another_area_it_has_to_be_clearly_alike(ama: Player, bo: Player) -> None:
    bo.command("issue raise climate Funding of the climate programme")
    assert "ISS-2 is raised." in ama.command("issue raise emergency Funding of the emergency programme").plain
    assert "ISS-2 looks alike" in ama.command("issue raise emergency Funding of the emergency programmes").plain


def test_what_is_settled_is_not_asked_about(ama: Player, bo: Player) -> None:
    bo.command(f"issue raise climate {VENUE}")
    bo.command("issue resolve 1 The host answered")
    assert "ISS-2 is raised." in ama.command(f"issue raise climate {VENUE}").plain


def test_several_that_are_alike_are_all_named(ama: Player, bo: Player) -> None:
    bo.command(f"issue raise climate {VENUE}")
    bo.click(bo.command(f"issue raise climate {AGAIN}").message, "Raise anyway")
    asked = ama.command(f"issue raise climate {VENUE}")
    assert "ISS-1 and ISS-2 look alike. Add to one of them, or raise anyway?" in asked.plain
    assert asked.buttons == ["Add to ISS-1", "Add to ISS-2", "Raise anyway"]


def test_whoever_reads_french_is_asked_in_french(slack: SlackWorld, bo: Player) -> None:
    bo.command(f"issue raise climate {VENUE}")
    cy = slack.player("U0CY")
    cy.command("settings")
    cy.fill({"Language": "Français"})
    assert cy.submit() == {}
    asked = cy.command(f"issue raise climate {AGAIN}")
    assert "ISS-1 lui ressemble" in asked.plain
    assert asked.buttons == ["Ajouter à ISS-1", "Signaler quand même"]
