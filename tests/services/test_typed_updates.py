"""An update is read off what was typed; what is not there is not guessed."""

from collections.abc import Callable, Iterator

import pytest

from foundation.database import Database
from models.updates import Health
from services.directory import directory
from services.health_words import split_health
from services.typed_updates import TypedUpdate, read_update

Read = Callable[..., TypedUpdate]


@pytest.fixture
def read(loaded: Database) -> Iterator[Read]:
    with loaded.reading() as session:
        who = directory(session)
        actor = who.by_slack_id("U0DI")
        assert actor

        def reading(text: str, *, prose: bool = False) -> TypedUpdate:
            return read_update(who, text, actor=actor, prose=prose)

        yield reading


@pytest.mark.parametrize(
    ("text", "health", "rest"),
    [
        ("at-risk Venue", Health.AT_RISK, "Venue"),
        ("AT RISK: Venue", Health.AT_RISK, "Venue"),
        ("on_track - all well", Health.ON_TRACK, "all well"),
        ("Off-Track", Health.OFF_TRACK, ""),
        ("🟢 all well", Health.ON_TRACK, "all well"),
        ("🟡Venue", Health.AT_RISK, "Venue"),
        ("🔴 off track: Venue", Health.OFF_TRACK, "Venue"),
        ("✔️ closed", Health.DONE, "closed"),
        ("✅ closed", Health.DONE, "closed"),
        ("green light from the host", None, "green light from the host"),
        ("at risk of rain", Health.AT_RISK, "of rain"),
        ("Venue is at risk", None, "Venue is at risk"),
    ],
)
def test_health_is_read_only_where_it_stands_first(text: str, health: Health | None, rest: str) -> None:
    assert split_health(text) == (health, rest)


def test_the_whole_command_is_understood(read: Read) -> None:
    typed = read("climate at-risk Venue not confirmed | next: TSB to ask UNFCCC | help: a contact in Nairobi")
    assert typed.area
    assert typed.area.key == "climate"
    assert typed.health is Health.AT_RISK
    assert typed.changed == "Venue not confirmed"
    assert typed.next_steps == "TSB to ask UNFCCC"
    assert typed.help_needed == "a contact in Nairobi"


def test_lines_and_bars_without_a_marker_stay_in_their_text(read: Read) -> None:
    typed = read("climate done Rooms A | B booked\nNext steps: print\nand post\nHelp needed： none")
    assert (typed.changed, typed.next_steps, typed.help_needed) == ("Rooms A | B booked", "print\nand post", "none")


def test_what_is_written_to_the_bot_is_understood(read: Read) -> None:
    typed = read("climate: at risk - venue not confirmed", prose=True)
    assert (typed.area and typed.area.key, typed.health, typed.changed) == (
        "climate", Health.AT_RISK, "venue not confirmed",
    )  # fmt: skip


def test_health_may_come_before_the_area(read: Read) -> None:
    typed = read("🟡 climate: venue not confirmed", prose=True)
    assert (typed.area and typed.area.key, typed.health, typed.changed) == (
        "climate", Health.AT_RISK, "venue not confirmed",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["无障碍，🔴，会场未确认", "无障碍🔴会场未确认", "إمكانية النفاذ، 🔴، 会场未确认", "🔴 accessibility: 会场未确认",
     "🔴accessibility，会场未确认", "off-track accessibility 会场未确认", "accessibility🔴会场未确认"],
)  # fmt: skip
def test_no_space_is_needed_around_signs_and_the_commas_of_other_scripts(read: Read, text: str) -> None:
    typed = read(text)
    assert typed.area
    assert (typed.area.key, typed.health, typed.changed) == ("accessibility", Health.OFF_TRACK, "会场未确认")


@pytest.mark.parametrize(
    "text",
    ["The venue is at risk because of rain", "Venue not confirmed", "Note: nothing yet",
     "Venue for climate summit: rain expected", "Venue of the gender forum not at risk any more"],
)  # fmt: skip
def test_free_text_is_kept_whole_and_nothing_is_guessed(read: Read, text: str) -> None:
    typed = read(text, prose=True)
    assert (typed.area, typed.health, typed.changed) == (None, None, text)


def test_a_name_that_is_not_sure_is_still_a_name_where_a_health_follows_it(read: Read) -> None:
    typed = read("telecommunications: at risk — Venue", prose=True)
    assert (typed.named, typed.health, typed.changed) == ("telecommunications", Health.AT_RISK, "Venue")


def test_an_unknown_area_of_a_command_is_named_and_the_rest_understood(read: Read) -> None:
    typed = read("telecommunications at-risk Venue | next: ask")
    assert (typed.area, typed.named, typed.health, typed.changed, typed.next_steps) == (
        None, "telecommunications", Health.AT_RISK, "Venue", "ask",
    )  # fmt: skip
    assert typed.near[0].key == "emergency"
    assert read("xyzzy at-risk Venue").named == "xyzzy"
