"""The languages that are complete say everything the code says, rightly; the catalogues are those of this code."""

import re

import pytest
from babel.messages.catalog import Message

from foundation.language import language
from tests.catalogues import COMPLETE, catalogue, messages, missing, report, said, spoken
from tests.labels import labels, literals, unmarked

PLACEHOLDER = re.compile(r"\{(\w+)\}")
EDGES = re.compile(r"^\s*|\s*$")
CODE = re.compile(r"`[^`]*`")
NARROW = "\u202f"


def translations(code: str) -> list[tuple[Message, str]]:
    return [(message, text) for message in messages(catalogue(code)) for text in said(message) if text]


def ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, (list, tuple)) else [str(message.id)]


@pytest.mark.parametrize("code", COMPLETE)
def test_a_complete_language_says_every_message_and_no_fuzzy_one(code: str) -> None:
    assert [message.id for message in missing(code)] == []
    assert [message.id for message in messages(catalogue(code)) if message.fuzzy] == []
    _, complete = report()
    assert complete


@pytest.mark.parametrize("code", COMPLETE)
def test_the_catalogue_in_the_repository_is_that_of_the_code(code: str) -> None:
    of_the_code = {(message.context, *ids(message)) for message in messages(spoken())}
    assert {(message.context, *ids(message)) for message in messages(catalogue(code))} == of_the_code


def test_what_the_code_says_is_found_by_the_extraction() -> None:
    known = {each for message in messages(spoken()) for each in ids(message)}
    assert literals() - known == set()
    assert unmarked() == set()


@pytest.mark.parametrize("code", COMPLETE)
def test_every_translation_has_the_placeholders_of_the_english(code: str) -> None:
    wrong = [
        text for message, text in translations(code)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(" ".join(ids(message))))
        or text.count("{") != len(PLACEHOLDER.findall(text))
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("code", COMPLETE)
def test_no_translation_begins_or_ends_with_other_space_than_the_english(code: str) -> None:
    wrong = [
        text for message, text in translations(code) if EDGES.findall(text) != EDGES.findall(ids(message)[0])
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("code", COMPLETE)
def test_the_plural_forms_of_a_catalogue_are_those_of_the_language(code: str) -> None:
    known = catalogue(code)
    rule = language(code).locale.plural_form
    chosen = {n: eval(known.plural_expr, {"n": n}) for n in range(1000)}  # noqa: S307 - the header of our own catalogue
    assert {int(index) for index in chosen.values()} == set(range(known.num_plurals))
    pairs = {(rule(n), int(index)) for n, index in chosen.items()}
    assert len(pairs) == known.num_plurals
    assert all(len(said(message)) == known.num_plurals for message in messages(known) if message.pluralizable)


@pytest.mark.parametrize("code", COMPLETE)
def test_labels_fit_where_slack_has_little_room(code: str) -> None:
    say = language(code)
    places = labels()
    assert len(places) > 80
    long = {
        (text, place.most) for place in places if len(text := say.lookup(place.msgid, place.context or "")) > place.most
    }
    assert long == set()


def test_code_that_people_type_is_left_as_it_is_in_french() -> None:
    wrong = [
        text for message, text in translations("fr")
        if len(CODE.findall(text)) != len(CODE.findall(ids(message)[0]))
        or any(found.split()[0] not in ids(message)[0] for found in CODE.findall(text))
    ]  # fmt: skip
    assert wrong == []


def test_french_is_set_as_french_is() -> None:
    prose = [CODE.sub("`", text) for _, text in translations("fr")]
    assert [text for text in prose if "'" in text or "“" in text] == []
    assert [text for text in prose if re.search(rf"(?:^|[^{NARROW}\w])[;!?]|\w[;!?»]|«[^{NARROW}]", text)] == []
    assert [text for text in prose if re.search(r"[ \w*»)}]:(?:\s|\*|$)", text)] == []
