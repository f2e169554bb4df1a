"""The chair's desk: what waits for a decision, the oldest first, with all that is needed to decide it there."""

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_reading import buttons_of, words
from tests.slack_world import SlackWorld

pytestmark = [pytest.mark.english, pytest.mark.usefixtures("bot")]

MATTERS = (
    "Venue unclear", "Who pays for the pavilion?", "Spare radios are missing", "Which Bureau answers?", "Text too long",
)  # fmt: skip


def escalated(bot: Bot, player: Player, *titles: str, proposal: str = "") -> None:
    """Raise issues and take each to the chair, an hour apart."""
    for title in titles:
        player.command("issue raise")
        player.fill({"Area": "Climate change", "Title": title, "Description": "COP needs a room"})
        if proposal:
            player.fill({"Proposed solution": proposal})
        assert player.submit() == {}
        player.command(f"issue escalate {MATTERS.index(title) + 1} No answer for a month")
        bot.later(hours=1)


def test_a_decision_that_waits_stands_on_the_desk_with_all_that_is_needed(
    slack: SlackWorld, bot: Bot, ama: Player, chair: Player
) -> None:
    escalated(bot, ama, MATTERS[0], proposal="TSB hosts")
    slack.player("U0BO").command("issue position 1 object No budget")
    bot.settle()
    desk = chair.command("")
    shown = desk.plain.replace("*", "")
    for expected in (
        "1 decision waits for you", "ISS-1 Venue unclear", "COP needs a room", "Proposed solution: TSB hosts",
        "Raised 1 hour ago by Ama (sample).", "Before the chair since Monday, 23 November 2026.",
        "Positions: TSB objects", "No position yet: BR, BDT and GS", "Asked: the focal points on",
        "No answer for a month", "Its card in the channel",
    ):  # fmt: skip
        assert expected in shown, expected
    wanted = ["Acknowledge", "Decide", "Accept proposal", "Ask for more", "Put on agenda", "Delegate", "Details"]
    assert [label for label in desk.buttons if label in wanted] == wanted
    assert set(wanted) <= set(buttons_of(chair.open_home()))


def test_it_is_decided_on_the_desk_and_is_gone_from_there(bot: Bot, ama: Player, chair: Player) -> None:
    escalated(bot, ama, MATTERS[0])
    desk = chair.command("")
    chair.click(desk.message, "Decide")
    chair.fill({"Outcome": "Close", "Decision": "TSB hosts"})
    assert chair.submit() == {}
    assert "waits for you" not in chair.command("").plain
    bot.settle()
    assert "DEC-1" in words(chair.dms()[-1]), "the alert shows the outcome too"


def test_a_proposal_is_accepted_from_app_home(bot: Bot, ama: Player, chair: Player) -> None:
    escalated(bot, ama, MATTERS[0], proposal="TSB hosts")
    bot.settle()
    chair.click(chair.open_home(), "Accept proposal")
    assert "DEC-1 accepts the proposal for ISS-1" in words(chair.modal)
    assert "closed" in chair.command("issue show 1").plain


def test_many_decisions_are_shown_in_pages_the_oldest_first(bot: Bot, ama: Player, chair: Player) -> None:
    escalated(bot, ama, *MATTERS)
    desk = chair.command("")
    assert "5 decisions wait for you" in desk.plain
    places = [desk.plain.index(title) for title in MATTERS[:3]]
    assert places == sorted(places)
    assert MATTERS[3] not in desk.plain
    first = chair.click(desk.message, "See all")
    second = chair.click(first.message, "Next page")
    assert MATTERS[3] in second.plain
    assert MATTERS[4] in second.plain
    assert chair.click(second.message, "Decide", beside="ISS-5").modal


def test_whoever_acts_for_the_chair_and_a_delegate_see_what_is_theirs(
    slack: SlackWorld, bot: Bot, ama: Player, chair: Player
) -> None:
    escalated(bot, ama, *MATTERS[:2])
    gil, tomas = slack.player("U0DEPG"), slack.player("U0DEPT")
    assert "No decision waits for you." in gil.command("decisions").plain
    chair.click(chair.command("decisions").message, "Delegate", beside="ISS-2")
    chair.fill({"Delegate to": "U0DEPT"})
    assert chair.submit() == {}
    delegated = tomas.command("decisions")
    assert MATTERS[1] in delegated.plain
    assert MATTERS[0] not in delegated.plain
    assert "Delegate" not in delegated.buttons
    chair.command("away 2026-11-23 2026-11-27 @gil")
    assert "2 decisions wait for you" in gil.command("").plain


def test_the_alert_links_to_the_issue_s_card_or_to_the_message_it_was_raised_from(
    slack: SlackWorld, bot: Bot, ama: Player, chair: Player
) -> None:
    ama.command("issue raise climate Venue unclear")
    slack.player("U0BO").say("Room K is gone", channel="isc-tf")
    message = next(one for one in ama.messages("isc-tf") if "Room K" in one["text"])
    ama.message_shortcut("raise_issue", message)
    assert ama.submit() == {}
    bot.settle()
    card = next(post for post in slack.posts("isc-tf") if "ISS-1" in post["text"])
    ama.command("issue escalate 1")
    slack.player("U0SEC").command("issue escalate 2")
    bot.settle()
    first, second = chair.dms()
    assert f"/archives/C0TASKFORCE/p{card['ts'].replace('.', '')}|Its card in the channel" in str(first["blocks"])
    assert f"p{message['ts'].replace('.', '')}|The message it was raised from" in str(second["blocks"])
    assert "Its card in the channel" not in str(second["blocks"])


def test_the_desk_speaks_french_to_whoever_reads_french(bot: Bot, ama: Player, chair: Player) -> None:
    escalated(bot, ama, MATTERS[0])
    chair.command("settings language fr")
    desk = chair.command("")
    assert "1 décision vous attend" in desk.plain.replace("*", "").replace("\u00a0", " ")
    assert "Devant la présidence depuis" in desk.plain
    assert "Décider" in desk.buttons
