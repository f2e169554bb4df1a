"""The words in which people type dates: CLDR's names of months and days, and the few words that CLDR lacks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from babel import UnknownLocaleError
from babel.dates import format_timedelta, get_day_names, get_month_names, get_period_names

from foundation.language import LANGUAGES
from foundation.locales import spoken_locale
from services.typed_text import fold

CJK = r"\u3040-\u30ff\u3400-\u9fff"
WORD_END = rf"(?![^\W\d_{CJK}])"
"""Where a word ends; Chinese and Japanese write on without a space."""
NUMBER_END = rf"(?![\d:])(?!(?!z\b)[^\W\d_{CJK}])"
"""Where a number ends: not within a longer one or a word, but perhaps before the Z of UTC."""

_DAYS_AHEAD = {
    "today": 0, "aujourd'hui": 0, "hoy": 0, "сегодня": 0, "今天": 0, "اليوم": 0,
    "tomorrow": 1, "demain": 1, "mañana": 1, "завтра": 1, "明天": 1, "غدا": 1,
    "day after tomorrow": 2, "après-demain": 2, "après demain": 2, "pasado mañana": 2, "послезавтра": 2, "后天": 2,
    "بعد غد": 2,
    "yesterday": -1, "hier": -1, "ayer": -1, "вчера": -1, "昨天": -1, "أمس": -1,
}  # fmt: skip
_MORE_WEEKDAYS = {
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3, "среду": 2, "пятницу": 4, "субботу": 5, "星期天": 6, "周天": 6,
}  # fmt: skip
_MORE_AHEAD = (("en {0} días", 1), ("بعد {0} يوم", 1), ("بعد {0} أيام", 1), ("en {0} semanas", 7), ("{0}周后", 7))
_COUNTS = (1, 2, 3, 5, 11, 21, 25, 100)
"""Numbers that between them take every plural form of the six languages."""


class Names:
    """Names with what each means, and a regular expression (`pattern`) that matches any of them, the longest first."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        folded = {fold(name).strip(" ."): number for name, number in names}
        self._meanings = {_key(name): number for name, number in folded.items()}
        self.pattern = "(?:" + "|".join(_loosely(name) for name in sorted(folded, key=lambda n: (-len(n), n))) + ")"

    def __getitem__(self, matched: str) -> int:
        """Return what a matched name means."""
        return self._meanings[_key(matched)]


@dataclass(frozen=True)
class DateWords:
    """The vocabulary of some languages."""

    months: Names
    """January is 1."""
    weekdays: Names
    """Monday is 0."""
    days_ahead: Names
    """Today is 0, tomorrow 1."""
    half_days: Names
    """`am` and its likes are 0, `pm` is 12."""
    ahead: tuple[tuple[re.Pattern[str], int], ...]
    """Patterns such as “in 2 days” with the days that one of it takes."""


@lru_cache(maxsize=64)
def date_words(languages: tuple[str, ...]) -> DateWords:
    """Return the words of these languages and of the six official ones."""
    locales = list(dict.fromkeys(_locales([*languages, *LANGUAGES])))
    return DateWords(
        months=Names(
            (name, number)
            for locale in locales
            for width in ("wide", "abbreviated")
            for context in ("format", "stand-alone")
            for number, name in get_month_names(width, context, locale).items()
        ),
        weekdays=Names([pair for locale in locales for pair in _weekday_names(locale)] + list(_MORE_WEEKDAYS.items())),
        days_ahead=Names(_DAYS_AHEAD.items()),
        half_days=Names(
            [("am", 0), ("pm", 12), ("a.m.", 0), ("p.m.", 12), ("上午", 0), ("下午", 12), ("晚上", 12), ("早上", 0)]
            + [pair for locale in locales for pair in _half_day_names(locale)]
        ),
        ahead=tuple(_ahead(locales)),
    )


def _locales(languages: Iterable[str]) -> Iterable[str]:
    for language in languages:
        try:
            yield str(spoken_locale(language, sep="-" if "-" in language else "_"))
        except (ValueError, UnknownLocaleError):
            continue


def _weekday_names(locale: str) -> list[tuple[str, int]]:
    widths, contexts = ("wide", "abbreviated"), ("format", "stand-alone")
    return [
        (name, day)
        for width in widths
        for context in contexts
        for day, name in get_day_names(width, context, locale).items()  # type: ignore[arg-type] # babel's literals
    ]


def _half_day_names(locale: str) -> list[tuple[str, int]]:
    names = get_period_names("abbreviated", "format", locale)
    return [(names[half], hours) for half, hours in (("am", 0), ("pm", 12)) if half in names]


def _ahead(locales: Iterable[str]) -> Iterable[tuple[re.Pattern[str], int]]:
    """Turn CLDR's phrases (“in 5 days”) into patterns, by saying some numbers and looking where they stand."""
    phrases = dict(_MORE_AHEAD)
    for locale in locales:
        for unit, days in (("day", 1), ("week", 7)):
            for count in _COUNTS:
                said = format_timedelta(
                    timedelta(days=count * days),
                    granularity=unit,  # type: ignore[arg-type] # babel's literals
                    threshold=10_000,
                    add_direction=True,
                    locale=locale,
                )
                phrases[fold(said).replace(str(count), "{0}")] = days
    for phrase, days in phrases.items():
        before, number, after = fold(phrase).partition("{0}")
        if number:
            yield re.compile(rf"{_spaced(before)}(\d{{1,3}}){_spaced(after)}{WORD_END}"), days


def _key(name: str) -> str:
    return re.sub(r"[\s.]", "", name)


def _loosely(name: str) -> str:
    """Match a name with the spaces and dots that people put into it or leave out: `a. m.` is `am`."""
    return r"[\s.]*".join(re.escape(part) for part in re.split(r"[\s.]+", name)) + r"\.?"


def _spaced(phrase: str) -> str:
    return r"\s*".join(re.escape(part) for part in re.split(r"\s+", phrase))
