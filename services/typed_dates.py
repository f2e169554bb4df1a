"""Dates that people type (`next Tuesday 14h`, `3 décembre`, `12月3日`), read by a small grammar, never by guessing.

Day comes before month. The reading is always shown back to who typed it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from types import MappingProxyType
from zoneinfo import ZoneInfo

from foundation.durations import is_fold, is_gap, to_utc
from foundation.errors import Refusal
from foundation.language import N_, Day
from services.date_words import NUMBER_END, WORD_END, DateWords, date_words
from services.typed_text import TypedText
from services.typed_times import take_time
from services.typed_zones import take_zone

FIRST_YEAR, LAST_YEAR = 2000, 2100
_NO_PLACES: Mapping[str, str] = MappingProxyType({})
_SHOWN = 60

_BEFORE_DATE = re.compile(rf"\s*(?:(?:on|le|la|el|the|am|в|во|на|يوم){WORD_END})?\s*")
_SEPARATOR = re.compile(r"[\s,،.]*(?:(?:the|le|el){WORD_END}\s*)?")
_NEXT = rf"(?:(?:next|coming|el proximo|proximo|el|следующии|следующая|следующее|следующую|в|во){WORD_END})"
_NEXT_AFTER = rf"(?:(?:prochaine?|proximo|que viene|القادم|المقبل){WORD_END})"
_YEAR = r"(?:\s*(?:de\s+|,\s*|،\s*)?(?P<year>\d{4})(?![\d:])(?:\s*г(?:ода|\.)?)?)?"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: a local day, perhaps a wall time, the IANA zone they are meant in, and the words that follow."""

    date: date
    time: time | None
    zone: str
    rest: str


def read_when(
    text: str, *, now: datetime, zone: str, languages: Sequence[str], places: Mapping[str, str] = _NO_PLACES
) -> Reading:
    """Read a date, perhaps with time and zone, at the beginning of a text.

    `zone` is where the day begins and the time is meant unless the text names another, by IANA name, city, or one of
    `places` (name to zone). `languages` are spoken by the typist, beside the six official ones. A day without a year
    is the next one, today included; a weekday is the next one, today not included; past dates are read as well.

    Refuses what is no date, what is not in the calendar, and a time that the zone's clocks skip or pass twice.
    """
    typed, words = TypedText(text), date_words(tuple(languages))
    today = now.astimezone(ZoneInfo(zone)).date()
    typed.take(_BEFORE_DATE)
    day = _take_day(typed, words, today)
    clock = take_time(typed, words)
    if clock is None:
        return Reading(day, None, zone, typed.rest)
    named = take_zone(typed, places)
    if isinstance(named, timezone):
        return _at_offset(datetime.combine(day, clock, named), zone, typed.rest)
    _refuse_unclear(datetime.combine(day, clock), named or zone)
    return Reading(day, clock, named or zone, typed.rest)


# -- days ----------------------------------------------------------------------------------------------------------


def _take_day(typed: TypedText, words: DateWords, today: date) -> date:
    # A date of the calendar first: “Mar 3” is March, where “mar” alone may be a Tuesday.
    day = _take_calendar_day(typed, words, today)
    if day is not None:
        _skip_own_weekday(typed, words, day)
        return day
    day = _take_weekday(typed, words, today) or _take_relative_day(typed, words, today)
    if day is None:
        raise Refusal(
            N_("I cannot read a date in “{text}”. Write it like 2026-12-03 14:30, 3 December or next Tuesday 14h."),
            text=typed.typed.strip()[:_SHOWN],
        )
    return day


def _take_weekday(typed: TypedText, words: DateWords, today: date) -> date | None:
    """Read a weekday, alone (the next one) or before its date."""
    match = typed.take(_patterns(words).weekday)
    if match is None:
        return None
    weekday, start = words.weekdays[match["weekday"]], typed.at
    typed.take(_SEPARATOR)
    day = _take_calendar_day(typed, words, today)
    if day is None:
        typed.at = start
        return _coming(today, weekday, next_week=bool(match["week"]))
    if day.weekday() != weekday:
        raise Refusal(
            N_("“{typed}” is another day of the week: it is {day}. Correct one of them."),
            typed=typed.read,
            day=Day(day),
        )
    return day


def _take_calendar_day(typed: TypedText, words: DateWords, today: date) -> date | None:
    for pattern in _patterns(words).calendar:
        match = typed.take(pattern)
        if match is None:
            continue
        found = match.groupdict()
        month = int(found["month"]) if found.get("month") else words.months[found["name"]]
        return _calendar_day(typed, found.get("year"), month, int(found["day"]), today)
    return None


def _calendar_day(typed: TypedText, year: str | None, month: int, day: int, today: date) -> date:
    # Without a year the next such day is meant; 29 February may be eight years away.
    if year is None:
        years: Sequence[int] = range(today.year, today.year + 9)
    else:
        years = [int(year) + (2000 if len(year) == 2 else 0)]  # noqa: PLR2004 - '26 is 2026
    for candidate in years:
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if FIRST_YEAR <= found.year <= LAST_YEAR and (year is not None or found >= today):
            return found
    raise Refusal(
        N_("“{typed}” is not in the calendar. Check day, month and year; the day comes first."), typed=typed.read
    )


def _take_relative_day(typed: TypedText, words: DateWords, today: date) -> date | None:
    match = typed.take(_patterns(words).relative)
    if match is not None:
        return today + timedelta(days=words.days_ahead[match["relative"]])
    for pattern, days in words.ahead:
        match = typed.take(pattern)
        if match is not None:
            return today + timedelta(days=int(match[1]) * days)
    return None


def _coming(today: date, weekday: int, *, next_week: bool) -> date:
    if next_week:
        return today + timedelta(days=7 - today.weekday() + weekday)
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _skip_own_weekday(typed: TypedText, words: DateWords, day: date) -> None:
    """Pass over the weekday after a date (`2026年12月3日星期四`), if it is that day's; else it belongs to the title."""
    start = typed.at
    typed.take(_SEPARATOR)
    match = typed.take(_patterns(words).weekday)
    if match is None or words.weekdays[match["weekday"]] != day.weekday():
        typed.at = start


# -- what the clocks do -------------------------------------------------------------------------------------------


def _at_offset(moment: datetime, zone: str, rest: str) -> Reading:
    """Express a time given with its offset (`02:30 UTC+1`) in the zone, or in UTC where that hour comes twice."""
    local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    if to_utc(local, zone) != moment:
        local, zone = moment.astimezone(UTC).replace(tzinfo=None), "UTC"
    return Reading(local.date(), local.time(), zone, rest)


def _refuse_unclear(local: datetime, zone: str) -> None:
    shown = {"time": f"{local:%H:%M}", "day": Day(local.date()), "zone": zone}
    if is_gap(local, zone):
        raise Refusal(N_("There is no {time} on {day} in {zone}: the clocks go forward. Choose another time."), **shown)
    if is_fold(local, zone):
        first, second = (_offset(local.replace(tzinfo=ZoneInfo(zone), fold=fold)) for fold in (0, 1))
        raise Refusal(
            N_("{time} comes twice on {day} in {zone}: the clocks go back. Add {first} for the first or {second} "
               "for the second."),
            first=first, second=second, **shown,
        )  # fmt: skip


def _offset(moment: datetime) -> str:
    offset = moment.utcoffset() or timedelta()
    hours, minutes = divmod(round(abs(offset).total_seconds() / 60), 60)
    sign = "-" if offset < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02d}" if minutes else "")


# -- patterns ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Patterns:
    weekday: re.Pattern[str]
    relative: re.Pattern[str]
    calendar: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=64)
def _patterns(words: DateWords) -> _Patterns:
    weekday, month = words.weekdays.pattern, words.months.pattern
    ordinal = r"(?:st|nd|rd|th|er|o|a|\.|-)?"
    return _Patterns(
        weekday=re.compile(rf"(?:(?P<week>下个?)|{_NEXT}\s+)?(?P<weekday>{weekday}){WORD_END}(?:\s+{_NEXT_AFTER})?"),
        relative=re.compile(rf"(?P<relative>{words.days_ahead.pattern}){WORD_END}"),
        calendar=(
            re.compile(r"(?P<year>\d{4})\s*([-/.])\s*(?P<month>\d{1,2})\s*\2\s*(?P<day>\d{1,2})(?!\d)"),
            re.compile(r"(?:(?P<year>\d{4})\s*年)?\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})(?!\d)[日号]?"),
            re.compile(
                r"(?P<day>\d{1,2})\s*([-/.])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{4}|\d{2})(?![\d:])(?:\s*г\.?)?"
            ),
            re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})(?!\d)"),
            re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?!\d)"),
            re.compile(rf"(?P<day>\d{{1,2}}){ordinal}\s*(?:(?:de|of)\s+)?(?P<name>{month}){WORD_END}{_YEAR}"),
            re.compile(
                rf"(?P<name>{month})\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{NUMBER_END}(?!\s*{month}{WORD_END}|[./-]\d){_YEAR}"
            ),
        ),
    )
