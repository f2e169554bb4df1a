"""Public holidays of a station: those of its country and subdivision, with what the task-force file adds or drops."""

import sys
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any


@dataclass(frozen=True, slots=True)
class PublicHolidays:
    """The holidays of one place. `country` and `subdivision` are ISO 3166 codes; no country, no public holidays.

    Raises ValueError for a country or subdivision whose holidays are not known.
    """

    country: str | None = None
    subdivision: str | None = None
    add: frozenset[date] = frozenset()
    drop: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a place that the calendar does not know, when the file is read and not when a reminder is due."""
        if self.country is None:
            return
        subdivisions = _calendar(self.country).subdivisions
        if self.subdivision is not None and self.subdivision not in subdivisions:
            expected = ", ".join(sorted(subdivisions)) or "none"
            message = f"“{self.subdivision}” is no subdivision of {self.country}: expected one of {expected}"
            raise ValueError(message)

    def __contains__(self, day: date) -> bool:
        """Say whether nobody works there on that day."""
        if day in self.drop:
            return False
        return day in self.add or day in _names(self.country, self.subdivision, day.year, "en")

    def name(self, day: date, language: str = "en") -> str | None:
        """Return what a holiday is called, in the language if the calendar speaks it; None for a day the file added."""
        if day in self.drop:
            return None
        return _names(self.country, self.subdivision, day.year, language).get(day)


@lru_cache(maxsize=1024)
def _names(country: str | None, subdivision: str | None, year: int, language: str) -> Mapping[date, str]:
    """Return one year's holidays; a finished dictionary, because the library's own grows while threads read it."""
    if country is None:
        return {}
    calendar = _calendar(country)
    known = calendar.supported_languages
    spoken = sorted(code for code in known if code.split("_")[0] == language)
    english = [code for code in ("en_US",) if code in known]
    chosen = next(iter(spoken + english), None)
    with warnings.catch_warnings(action="ignore"):  # some countries warn that they do not know their far future
        found = calendar(subdiv=subdivision, years=[year], expand=False, language=chosen)
    return dict(found.items())


def _calendar(country: str) -> Any:
    """Return the calendar of one country. Raises ValueError for a code that the library does not know."""
    import holidays  # noqa: PLC0415 - an eighth of a start; most commands need no calendar
    from holidays.registry import EntityLoader  # noqa: PLC0415

    if country not in EntityLoader.get_country_codes(include_aliases=True):
        message = f"no public holidays are known for the country “{country}”: expected a code such as CH"
        raise ValueError(message)
    # The package of the countries imports all of them, 8 MiB, before it gives one: an empty one in its place does not.
    package = ModuleType("holidays.countries")
    package.__path__ = [str(Path(holidays.__file__).parent / "countries")]
    sys.modules.setdefault(package.__name__, package)
    return getattr(holidays, country)


NO_HOLIDAYS = PublicHolidays()
"""For who has told no country: weekends are all that is free."""
