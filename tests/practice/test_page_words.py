"""The page's own words: every language says everything, with the same placeholders and its own plurals."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from practice.server import PAGE, PracticeServer
from tests.browser import browser, window
from tests.practice.pages import AMA, server

__all__ = ["browser", "server"]

LANGUAGES = ["ar", "en", "es", "fr", "ru", "zh"]
Words = dict[str, str | dict[str, str]]


@pytest.fixture
def page(browser: Browser, server: PracticeServer) -> Iterator[Page]:
    page = window(browser, f"{server.url}/?as={AMA}")
    yield page
    page.context.close()


def read(page: Page, file: str, name: str) -> dict[str, Words]:
    words: dict[str, Words] = page.evaluate(
        "async ([file, name]) => (await import(`/page/${file}`))[name]", [file, name]
    )
    return words


def words_of(page: Page) -> dict[str, Words]:
    own, tour = read(page, "words.js", "WORDS"), read(page, "tour_words.js", "TOUR")
    assert own.keys() == tour.keys()
    return {language: own[language] | tour[language] for language in own}


def forms(said: str | dict[str, str]) -> dict[str, str]:
    return {"": said} if isinstance(said, str) else said


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_language_has_every_word_with_its_places(page: Page) -> None:
    words = words_of(page)
    assert sorted(words) == LANGUAGES
    for language in LANGUAGES:
        assert words[language].keys() == words["en"].keys()
        for key, said in words[language].items():
            wanted = places(next(reversed(forms(words["en"][key]).values())))
            for form, text in forms(said).items():
                assert text.strip(), (language, key)
                one_in_words = form in ("zero", "one", "two") and "count" in wanted
                assert places(text) == wanted or (one_in_words and places(text) == wanted - {"count"}), (language, key)


def test_what_is_counted_has_each_form_that_its_language_uses(page: Page) -> None:
    wanted = page.evaluate(
        """languages => Object.fromEntries(languages.map((language) => {
            const rules = new Intl.PluralRules(language);
            return [language, [...new Set([...Array(1001).keys()].map((n) => rules.select(n)))]];
        }))""",
        LANGUAGES,
    )
    for language, words in words_of(page).items():
        for key, said in words.items():
            if isinstance(said, dict):
                assert set(wanted[language]) | {"other"} == said.keys(), (language, key)


def test_every_word_that_the_page_asks_for_exists_and_none_is_left_over(page: Page) -> None:
    files = [file for file in sorted(PAGE.glob("*.js")) if not file.stem.endswith("words")]
    code = "\n".join(file.read_text(encoding="utf-8") for file in files)
    asked = set(re.findall(r'\bword\("(\w+)"', code))
    assert asked <= words_of(page)["en"].keys()
    own = {key for key in read(page, "words.js", "WORDS")["en"] if not key.startswith("refused_")}
    assert {key for key in own if not re.search(rf"\b{key}\b", code)} == set()
