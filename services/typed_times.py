"""The time of day that people type after a date: `14:30`, `14h`, `14h30`, `2pm`, `9`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache

from foundation.errors import Refusal
from foundation.language import N_
from services.date_words import NUMBER_END, WORD_END, DateWords
from services.typed_text import TypedText

_LEAD = re.compile(rf"\s*(?:[,،]\s*|t(?=\d))?(?P<at>(?:(?:at|a las|a la|a|в|um|الساعة){WORD_END}|@)\s*)?")


def take_time(typed: TypedText, words: DateWords) -> time | None:
    """Read a time here and move past it; None, and no move, if none is written.

    A bare number is an hour only after “at” or at the end: elsewhere it belongs to the title. Refuses 25:00.
    """
    start = typed.at
    lead = typed.take(_LEAD)
    patterns = _patterns(words)
    for pattern in [*patterns.times, patterns.hour if lead and lead["at"] else patterns.last_hour]:
        match = typed.take(pattern)
        if match is not None:
            return _time_of_day(typed, words, match.groupdict())
    typed.at = start
    return None


def _time_of_day(typed: TypedText, words: DateWords, found: Mapping[str, str | None]) -> time:
    hour, minute = int(found["hour"] or 0), 30 if found.get("half") else int(found.get("minute") or 0)
    named = found.get("before") or found.get("after")
    if named is not None:
        half = words.half_days[named]
        if half == 0 and hour > 12:  # noqa: PLR2004 - 13 am is no time
            hour = 24
        elif hour <= 12:  # noqa: PLR2004 - 14:30 pm is 14:30
            hour = hour % 12 + half
    try:
        return time(hour, minute)
    except ValueError:
        raise Refusal(N_("There is no such time as in “{typed}”. Write it like 14:30, 14h or 2pm."),
                      typed=typed.read) from None  # fmt: skip


@dataclass(frozen=True)
class _Patterns:
    times: tuple[re.Pattern[str], ...]
    hour: re.Pattern[str]
    last_hour: re.Pattern[str]


@lru_cache(maxsize=64)
def _patterns(words: DateWords) -> _Patterns:
    half, hour = words.half_days.pattern, r"(?P<hour>\d{1,2})"
    return _Patterns(
        times=(
            re.compile(
                rf"(?:(?P<before>{half})\s*)?{hour}:(?P<minute>\d{{2}})(?::\d{{2}}(?:\.\d+)?)?"
                rf"(?:\s*(?P<after>{half}))?(?:\s*(?:h|ч))?{NUMBER_END}"
            ),
            re.compile(rf"{hour}\s*(?:h|ч)\.?\s*(?P<minute>\d{{2}})?{NUMBER_END}"),
            re.compile(rf"{hour}\s*(?P<after>{half}){NUMBER_END}"),
            re.compile(rf"(?:(?P<before>{half})\s*)?{hour}[点點时時](?:(?P<minute>\d{{1,2}})分?|(?P<half>半))?"),
            re.compile(rf"{hour}\.(?P<minute>[0-5]\d){NUMBER_END}"),
        ),
        hour=re.compile(rf"{hour}{NUMBER_END}"),
        last_hour=re.compile(rf"{hour}\s*$"),
    )
