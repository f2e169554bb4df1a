"""The time zone that people type after a time: `Europe/Zurich`, `Geneva`, `UTC`, `UTC+2`."""

import re
from collections.abc import Mapping
from datetime import timedelta, timezone
from functools import lru_cache
from zoneinfo import available_timezones

from services.typed_text import TypedText, fold

_REGIONS = frozenset({"Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})
_NO_CITIES = frozenset({"act", "easter", "lhi", "midway", "north", "nsw", "south", "wake", "west"})
_OFFSET = re.compile(r"\s*\(?(?:(?:utc|gmt)\s*)?([+-])\s*(\d{1,2})(?::?(\d{2}))?\)?(?![\w:])")
_UTC = re.compile(r"\s*(?:z|\(?(?:utc|gmt)\)?)(?![\w/])")
_LIKE_A_KEY = re.compile(r"\s*\(?([a-z]+(?:/[a-z0-9_+-]+)+)\)?")
_MOST_WORDS = 4
_MOST_OFFSET = timedelta(hours=14)


def take_zone(typed: TypedText, places: Mapping[str, str]) -> str | timezone | None:
    """Read a zone here and move past it: an IANA name, a fixed offset, or None if none is written.

    `places` are the task force's own names of zones, such as its stations.
    """
    start = typed.at
    offset = _take_offset(typed)
    if offset is not None:
        return offset
    if typed.take(_UTC):
        return "UTC"
    match = typed.take(_LIKE_A_KEY)
    if match is not None and match[1] in _keys():
        return _keys()[match[1]]
    typed.at = start
    return _take_place(typed, {fold(name): zone for name, zone in places.items()})


def _take_offset(typed: TypedText) -> timezone | None:
    start = typed.at
    match = typed.take(_OFFSET)
    if match is None:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > _MOST_OFFSET:
        typed.at = start
        return None
    return timezone(-offset if match[1] == "-" else offset)


def _take_place(typed: TypedText, places: Mapping[str, str]) -> str | None:
    start = typed.at
    for count in range(_MOST_WORDS, 0, -1):
        match = typed.take(_words(count))
        if match is not None:
            name = re.sub(r"\s+", " ", match[1])
            zone = places.get(name) or _cities().get(name)
            if zone is not None:
                return zone
            typed.at = start
    return None


@lru_cache(maxsize=_MOST_WORDS)
def _words(count: int) -> re.Pattern[str]:
    word = r"[^\s,;()]+"
    return re.compile(rf"\s*\(?({word}(?:\s+{word}){{{count - 1}}})\)?(?=[\s,;]|$)")


@lru_cache(maxsize=1)
def _keys() -> Mapping[str, str]:
    return {fold(key): key for key in available_timezones() if "/" in key}


@lru_cache(maxsize=1)
def _cities() -> Mapping[str, str]:
    """Return the zones by the city that names them; names that are no cities would swallow a meeting's title."""
    cities = {}
    for key in sorted(available_timezones()):
        region, _, city = key.partition("/")
        name = fold(city.replace("_", " "))
        if region in _REGIONS and "/" not in city and name not in _NO_CITIES:
            cities[name] = key
    return cities
