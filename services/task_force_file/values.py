"""The kinds of value in a task-force file: zones, days, hours, durations, ids; each says what it expected instead."""

import difflib
import re
from datetime import date
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import AfterValidator, BeforeValidator

from foundation.durations import Duration, parse_duration
from foundation.language import LANGUAGES
from foundation.working_time import parse_days, parse_hours

LONGEST_NAME = 150


def _matching(pattern: str, expected: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise ValueError(f"{value!r}: expected {expected}")
        return value

    return AfterValidator(check)


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = difflib.get_close_matches(value, available_timezones(), n=1)
        hint = f"; did you mean {near[0]}?" if near else ", such as Europe/Zurich"
        raise ValueError(f"{value!r} is not an IANA time zone{hint}") from None
    return value


def _days(value: str) -> str:
    parse_days(value)
    return value


def _day(value: Any) -> Any:
    """Take a day only as it is written in the file: 20261224 would pass for a number of seconds since 1970."""
    if isinstance(value, str):
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(f"{value!r}: expected a day such as 2026-12-24")
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{value!r} is no day of the calendar: expected such as 2026-12-24") from None
    return value


def _hours(value: str) -> str:
    parse_hours(value)
    return value


def _duration(units: str, *, least: int) -> AfterValidator:
    def check(value: str) -> str:
        duration = parse_duration(value)
        if duration.unit not in units.split():
            raise ValueError(f"{value!r}: expected a duration in {' or '.join(units.split())}")
        if duration.amount < least:
            raise ValueError(f"{value!r}: expected more than nothing")
        return str(duration)

    return AfterValidator(check)


def _minutes(value: str) -> str:
    """Say a duration in hours where it is whole hours, so that the same length is always written the same way."""
    duration = parse_duration(value)
    return str(Duration(duration.amount // 60, "h")) if duration.unit == "m" and not duration.amount % 60 else value


def _text(value: str) -> str:
    if not value.strip() or len(value) > LONGEST_NAME:
        raise ValueError(f"{value[:40]!r}: expected a text of 1 to {LONGEST_NAME} characters")
    return value.strip()


def _names(value: dict[str, str]) -> dict[str, str]:
    strange = sorted(value.keys() - set(LANGUAGES))
    if strange:
        raise ValueError(f"{strange[0]!r} is none of the languages {', '.join(LANGUAGES)}")
    if not value:
        raise ValueError("expected a name in at least one language, such as {en: Climate change}")
    return value


def _language(value: str) -> str:
    if value not in LANGUAGES:
        raise ValueError(f"{value!r}: expected one of {', '.join(LANGUAGES)}")
    return value


def _several(value: Any) -> Any:
    """One may be written without brackets, none as nothing."""
    if value is None:
        return []
    return [value] if isinstance(value, str) else value


KEY = r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}"
Key = Annotated[str, _matching(KEY, "letters, digits, - and _, at most 40, such as climate")]
SlackId = Annotated[str, _matching(r"[UW][A-Z0-9]{2,20}", "a Slack member id such as U012AB3CD")]
Channel = Annotated[
    str, _matching(r"[CG][A-Z0-9]{2,20}|#[^\s#]{1,80}", "a channel's id such as C012AB3CD, or its #name")
]
Command = Annotated[str, _matching(r"/[a-z0-9_-]{1,31}", "a slash command such as /isctf, at most 32 characters")]
Text = Annotated[str, AfterValidator(_text)]
Zone = Annotated[str, AfterValidator(_zone)]
Days = Annotated[str, AfterValidator(_days)]
Day = Annotated[date, BeforeValidator(_day)]
Hours = Annotated[str, AfterValidator(_hours)]
Names = Annotated[dict[str, Text], AfterValidator(_names)]
LanguageCode = Annotated[str, AfterValidator(_language)]
Length = Annotated[str, _duration("m h", least=1), AfterValidator(_minutes)]
Offset = Annotated[str, _duration("m h d", least=1)]
Wait = Annotated[str, _duration("m h d wd", least=0)]
Interval = Annotated[str, _duration("m h d wd", least=1)]
Holders = Annotated[list[SlackId], BeforeValidator(_several)]
