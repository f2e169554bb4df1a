"""Meetings read back as they stood: scheduled, moved, cancelled, held and closed, each at a moment between."""

from datetime import UTC, datetime

import pytest

from tests.focal_app import Bot
from tests.slack_player import Player
from tests.slack_world import SlackWorld

BEFORE, SCHEDULED, MOVED = "--at 2026-11-22", "--at 2026-11-23", "--at 2026-11-24"
CANCELLED, CLOSED = "--at 2026-11-25", "--at 2026-12-10"
HELD = '--at "2026-12-10 15:30"'


@pytest.fixture
def secretary(slack: SlackWorld, bot: Bot) -> Player:
    """The secretariat, after MTG-1 was scheduled, moved, held and closed, and MTG-2 scheduled and cancelled."""
    bot.let_all_read_english()
    player = slack.player("U0SEC")
    player.command("meeting schedule 2026-12-03 14:30 ISC-TF 43")
    bot.go_to(datetime(2026, 11, 24, 9, tzinfo=UTC))
    player.command("meeting move MTG-1 2026-12-10 14:30")
    player.command("meeting schedule 2026-12-17 14:30 ISC-TF 44")
    bot.go_to(datetime(2026, 11, 25, 9, tzinfo=UTC))
    player.command("meeting cancel MTG-2 The room is taken")
    bot.go_to(datetime(2026, 12, 10, 13, 30, tzinfo=UTC))
    player.command("meeting hold MTG-1")
    bot.go_to(datetime(2026, 12, 10, 15, tzinfo=UTC))
    player.command("meeting close carry")
    bot.go_to(datetime(2026, 12, 11, 9, tzinfo=UTC))
    player.command("meeting schedule 2027-01-14 14:30 ISC-TF 45")
    return player


@pytest.mark.parametrize(
    ("at", "when", "state"),
    [
        (SCHEDULED, "3 December 2026, 14:30", "scheduled"),
        (MOVED, "10 December 2026, 14:30", "scheduled"),
        ("--at MTG-1", "10 December 2026, 14:30", "being held"),
        (HELD, "10 December 2026, 14:30", "being held"),
        (CLOSED, "10 December 2026, 14:30", "closed"),
    ],
)
def test_a_meeting_is_shown_as_it_stood(secretary: Player, at: str, when: str, state: str) -> None:
    shown = secretary.command(f"meeting show MTG-1 {at}")
    assert "As it stood on" in shown.plain
    assert when in shown.plain
    assert f"*State:* {state}" in shown.plain
    assert shown.buttons == (["Minutes"] if state == "closed" else []), "nothing is done about what is past"


def test_a_meeting_cancelled_since_was_ahead_until_then(secretary: Player) -> None:
    assert "*State:* scheduled" in secretary.command(f"meeting show MTG-2 {MOVED}").plain
    assert "*State:* cancelled" in secretary.command(f"meeting show MTG-2 {CANCELLED}").plain
    assert "17 December 2026, 14:30" in secretary.command(f"meeting show MTG-2 {CANCELLED}").plain


def test_without_a_name_the_meeting_that_was_next_is_shown(secretary: Player) -> None:
    assert "MTG-1" in secretary.command(f"meeting show {MOVED}").plain
    assert "MTG-3" in secretary.command("meeting show").plain
    nothing = secretary.command(f"meeting show {CLOSED}").plain
    assert "No meeting was scheduled on Thursday, 10 December 2026" in nothing


def test_the_list_holds_what_was_known_then_and_nothing_to_act_with(secretary: Player) -> None:
    first = secretary.command(f"meeting list {SCHEDULED}")
    assert "As it stood on Monday, 23 November 2026" in first.plain
    assert "3 December 2026, 14:30" in first.plain
    assert "MTG-2" not in first.plain
    assert first.buttons == []
    moved = secretary.command(f"meetings {MOVED}").plain
    assert moved.index("MTG-1") < moved.index("MTG-2"), "the soonest first"
    assert "cancelled" not in moved
    assert "(cancelled)" in secretary.command(f"meeting list {CANCELLED}").plain
    held = secretary.command(f"meeting list {HELD}").plain
    assert "No meeting is scheduled." in held
    assert "(being held)" in held
    assert "(closed)" in secretary.command(f"meeting {CLOSED}").plain
    assert "MTG-3" not in held


def test_what_was_not_there_yet_is_said_in_one_sentence(secretary: Player) -> None:
    assert "No meeting is scheduled." in secretary.command(f"meeting list {BEFORE}").plain
    assert "MTG-1 was not scheduled yet on Sunday, 22 November 2026" in secretary.command(
        f"meeting show MTG-1 {BEFORE}").plain  # fmt: skip
    for typed in ("meeting list", "meeting show MTG-1"):
        assert "Nothing is recorded before" in secretary.command(f"{typed} --at 2020-01-01").plain
        assert "still to come" in secretary.command(f"{typed} --at 2030-01-01").plain
        assert "Write a day or a meeting after" in secretary.command(f"{typed} --at").plain
