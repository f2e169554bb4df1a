"""People name areas as they please; restricted ones only members find."""

from collections.abc import Iterator

import pytest

from foundation.database import Database
from models.people import Person
from models.structure import Area
from services.areas import find_area, split_area
from services.directory import Directory, directory
from services.folding import fold

STRANGER = Person(slack_id="U0STRANGER", name="A stranger")


@pytest.fixture
def who(loaded: Database) -> Iterator[Directory]:
    with loaded.reading() as session:
        yield directory(session)


def member(who: Directory) -> Person:
    person = who.by_slack_id("U0DI")
    assert person
    return person


@pytest.mark.parametrize(
    "typed",
    ["climate", "CLIMATE", "Climate change", "climate-change", "Changements climatiques", "cambio climatico",
     "气候变化", "изменение КЛИМАТА", "تغيّر المناخ", " climat ", "climte", "climate chnage"],
)  # fmt: skip
def test_an_area_is_found_by_key_by_name_in_any_language_and_by_a_close_misspelling(who: Directory, typed: str) -> None:
    found = find_area(who, typed, actor=member(who))
    assert isinstance(found, Area)
    assert found.key == "climate"


def test_what_is_not_sure_is_answered_with_the_nearest_areas(who: Directory) -> None:
    found = find_area(who, "telecommunications", actor=member(who))
    assert isinstance(found, list)
    assert found[0].key == "emergency"


def test_what_resembles_nothing_is_still_answered_with_areas_to_choose_from(who: Directory) -> None:
    found = find_area(who, "xyzzy", actor=member(who))
    assert isinstance(found, list)
    assert found


def test_a_restricted_area_is_not_even_named_to_strangers(who: Directory) -> None:
    assert isinstance(find_area(who, "resources", actor=member(who)), Area)
    found = find_area(who, "resources", actor=STRANGER)
    assert isinstance(found, list)
    assert "resources" not in {area.key for area in found}


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("climate at-risk Venue", "climate", "at-risk Venue"),
        ("climate change at-risk Venue", "climate", "at-risk Venue"),
        ("Climate change: at risk - venue", "climate", "at risk - venue"),
        ("Bridging the Standards Gap | all is well", "bsg", "all is well"),
        ("气候变化：有风险", "climate", "有风险"),
        ("acessibility done", "accessibility", "done"),
        ("Venue not confirmed", None, "Venue not confirmed"),
        ("", None, ""),
    ],
)
def test_an_area_of_one_or_several_words_is_taken_off_the_front_of_a_text(
    who: Directory, text: str, key: str | None, rest: str
) -> None:
    area, left = split_area(who, text, actor=member(who))
    assert (area.key if area else None, left) == (key, rest)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Accessibilité", "ACCESSIBILITE"),
        ("المناخ", "المُناخ"),
        ("أحداث", "احداث"),
        ("Ёлка", "елка"),
        ("Straße", "STRASSE"),
    ],
)
def test_accents_case_and_the_forms_of_letters_do_not_matter(one: str, other: str) -> None:
    assert fold(one) == fold(other)
