"""Who disagrees that an issue went up, or how it was resolved, says so: it is kept, and the chair sees it."""

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import buttons_of, words
from tests.slack_world import SlackWorld

pytestmark = [pytest.mark.english, pytest.mark.usefixtures("bot")]


@pytest.fixture(autouse=True)
def raised(bot: Bot, ama: Player) -> None:
    ama.command("issue raise climate Venue unclear")
    bot.settle()


def test_who_disagrees_with_a_resolution_says_so_and_the_chair_may_reopen_it(
    bot: Bot, ama: Player, bo: Player, chair: Player
) -> None:
    ama.command("issue resolve 1 Room K")
    bot.later(hours=1)
    bot.settle()
    letter = next(each for each in bo.dms() if "is resolved" in words(each))
    bo.click(letter, "Object")
    bo.fill({"With what you disagree, and why": "Room K holds ten people"})
    assert bo.submit() == {}
    bot.settle()
    (told,) = chair.dms()
    assert "was resolved, and Bo (sample) objects. You may reopen it." in words(told)
    assert "Room K holds ten people" in words(told)
    assert buttons_of(told) == ["Reopen"]
    chair.click(told, "Reopen")
    chair.fill({"Reason": "A larger room is needed"})
    assert chair.submit() == {}
    shown = ama.command("issue show 1").plain.replace("*", "")
    assert "Objections\nBo (sample), 23 Nov 2026: Room K holds ten people" in shown
    bot.settle()
    assert buttons_of(chair.dms()[0]) == []


def test_an_objection_to_an_escalation_joins_the_alert_and_the_desk(
    bot: Bot, ama: Player, bo: Player, chair: Player
) -> None:
    ama.command("issue escalate 1 Nobody answers")
    bot.settle()
    assert (
        "Your objection to ISS-1 is kept, and Chair (sample) can see it."
        in bo.command("issue object 1 The host answers tomorrow").plain
    )
    bot.settle()
    (alert,) = chair.dms()
    assert "*Objections*\nBo (sample), 23 Nov 2026: The host answers tomorrow" in words(alert)
    assert "*Objections* by Bo (sample)" in chair.command("").plain
    chair.click(alert, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "We wait for the host"})
    assert chair.submit() == {}
    bot.later(hours=2)
    bot.settle()
    assert any("We wait for the host" in words(letter) for letter in bo.dms())


def test_who_objects_twice_is_kept_twice_and_the_chair_is_told_once(
    bot: Bot, ama: Player, bo: Player, chair: Player
) -> None:
    ama.command("issue resolve 1 Room K")
    bo.command("issue object 1 Too small")
    bo.command("issue object 1 And too dear")
    bot.settle()
    assert len(chair.dms()) == 1
    shown = chair.command("issue show 1").plain
    assert "Too small" in shown
    assert "And too dear" in shown


def test_who_disagrees_with_a_merger_says_so_too(slack: SlackWorld, bot: Bot, bo: Player, chair: Player) -> None:
    bo.command("issue raise climate Nobody has confirmed a room")
    slack.player("U0SEC").command("issue merge 2 into 1")
    assert "is kept" in bo.command("issue object 2 These are two rooms").plain
    bot.settle()
    assert "These are two rooms" in words(chair.dms()[-1])


def test_where_there_is_nothing_to_object_to_one_sentence_says_what_to_do(
    slack: SlackWorld, bo: Player, chair: Player
) -> None:
    refused = bo.command("issue object 1 No").plain
    assert "ISS-1 is open: nobody has settled or escalated it. Add a comment or your unit's position." in refused
    assert "/isctf issue object 1 No" in refused, "what was typed is handed back"
    bo.command("issue escalate 1")
    assert "Only members of the task force" in slack.player("U0OBS").command("issue object 1 No").plain
    chair.command("decisions")
    chair.click(chair.command("issue show 1").message, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "TSB hosts"})
    assert chair.submit() == {}
    assert "ISS-1 is decided, and only the chair reopens it." in bo.command("issue object 1 No").plain


def test_nobody_is_offered_to_object_to_what_they_did_or_decide_themselves(
    ama: Player, bo: Player, chair: Player
) -> None:
    ama.command("issue escalate 1")
    assert "Object" not in ama.command("issue show 1").buttons
    assert "Object" not in chair.command("issue show 1").buttons
    assert "Object" in bo.command("issue show 1").buttons
