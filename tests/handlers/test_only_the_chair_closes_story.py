"""What is before the chair stays there, whatever happens around it, until the chair's decision is recorded."""

from datetime import timedelta

import pytest
import yaml
from sqlmodel import select

from models.issues import Decision, Issue, IssueState
from services.retention import forget
from services.task_force_file import load
from tests.fixtures_task_force import ISC_TF
from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import buttons_of, words
from tests.slack_world import SlackWorld

pytestmark = [pytest.mark.english, pytest.mark.usefixtures("bot")]


@pytest.fixture(autouse=True)
def before_the_chair(slack: SlackWorld, bot: Bot) -> None:
    """ISS-1 is before the chair, ISS-2 is open; Ama raised both, Bo owns the first."""
    ama = slack.player("U0AMA")
    ama.command("issue raise climate Venue unclear")
    ama.command("issue raise climate Who pays for the pavilion?")
    ama.command("issue assign 1 <@U0BO>")
    ama.command("issue escalate 1 No answer for a month")
    bot.settle()


def waits(bot: Bot) -> bool:
    """Say whether ISS-1 still waits for a decision, and none is recorded."""
    with bot.database.reading() as session:
        undecided = session.get_one(Issue, 1).state is IssueState.ESCALATED
        return undecided and session.exec(select(Decision)).first() is None


@pytest.mark.parametrize(
    "typed",
    ["resolve 1 Settled", "merge 1 into 2", "reopen 1 Again", "escalate 1", "object 1 No", "comment 1 Settled",
     "position 1 agree", "due 1 none", "assign 1 me", "refer 1"],
)  # fmt: skip
def test_no_command_of_anybody_but_the_chair_closes_it(slack: SlackWorld, bot: Bot, typed: str) -> None:
    for person in ("U0AMA", "U0BO", "U0SEC", "U0DEPR", "U0RDAF", "U0OBS"):
        assert slack.player(person).command(f"issue {typed}").plain
        assert waits(bot), person


@pytest.mark.parametrize("typed", ["resolve 1 Settled", "merge 1 into 2", "reopen 1 Again"])
def test_even_the_chair_closes_it_by_a_decision_only(bot: Bot, chair: Player, typed: str) -> None:
    assert "ISS-1" in chair.command(f"issue {typed}").plain
    assert waits(bot)


def test_its_owner_and_its_raiser_may_leave_and_it_still_waits_for_the_chair(
    slack: SlackWorld, bot: Bot, sena: Player, chair: Player
) -> None:
    sena.command("member leave <@U0BO>")
    slack.deactivate("U0AMA")
    bot.settle()
    assert waits(bot)
    assert "Venue unclear" in chair.command("decisions").plain


def test_a_delegate_who_leaves_gives_it_back_to_the_chair(bot: Bot, sena: Player, chair: Player) -> None:
    chair.click(chair.command("decisions").message, "Delegate")
    chair.fill({"Delegate to": "U0DEPG"})
    assert chair.submit() == {}
    bot.settle()
    sena.command("member leave <@U0DEPG>")
    bot.later(hours=1)
    bot.settle()
    assert waits(bot)
    assert any("Decide" in buttons_of(letter) for letter in chair.dms())


def test_its_area_may_be_closed_and_it_is_decided_all_the_same(bot: Bot, chair: Player) -> None:
    file = yaml.safe_load(ISC_TF.read_text("utf-8"))
    file["areas"] = [area for area in file["areas"] if area["key"] != "climate"]
    with bot.database.transaction() as session:
        load(session, yaml.safe_dump(file), actor=None, now=bot.clock.now(), overwrite=True)
    bot.let_all_read_english()
    bot.later(hours=1)
    bot.settle()
    assert waits(bot)
    chair.click(chair.command("decisions").message, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "TSB hosts"})
    assert chair.submit() == {}
    assert "Decision DEC-1" in chair.command("issue show 1").plain.replace("*", "")


def test_a_meeting_that_is_held_and_closed_without_a_decision_leaves_it_there(bot: Bot, sena: Player) -> None:
    sena.command("meeting schedule 2026-11-24 10:00")
    bot.later(days=1, hours=2)
    bot.settle()
    sena.command("meeting hold")
    sena.command("meeting close")
    assert waits(bot)


def test_neither_months_of_silence_nor_forgetting_closes_it(bot: Bot, chair: Player) -> None:
    bot.later(days=60)
    bot.settle()
    with bot.database.transaction() as session:
        forget(session, before=bot.clock.now() + timedelta(days=1), now=bot.clock.now())
    assert waits(bot)
    assert "Venue unclear" in chair.command("decisions").plain


def test_what_was_decided_is_told_to_all_concerned_but_whoever_decided(
    slack: SlackWorld, bot: Bot, chair: Player
) -> None:
    slack.player("U0RDAF").command("issue comment 1 Our office could host")
    slack.player("U0CY").command("issue object 1 Too early")
    chair.click(chair.command("decisions").message, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "The office hosts"})
    assert chair.submit() == {}
    bot.later(days=1)
    bot.settle()
    for person in ("U0AMA", "U0BO", "U0CY", "U0DI", "U0RDAF"):
        told = [each for each in slack.player(person).dms() if "a decision was taken" in words(each)]
        assert len(told) == 1, person
        assert "The office hosts" in words(told)
