"""Public holidays of a station: those of its country and subdivision, with what the task-force file adds or drops."""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


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
        import holidays  # noqa: PLC0415 - an eighth of a start; most commands need no calendar

        known = holidays.list_supported_countries(include_aliases=True)
        if self.country not in known:
            message = f"no public holidays are known for the country “{self.country}”: expected a code such as CH"
            raise ValueError(message)
        subdivisions = known[self.country]
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
    import holidays  # noqa: PLC0415 - see above

    known = holidays.country_holidays(country).supported_languages
    spoken = sorted(code for code in known if code.split("_")[0] == language)
    english = [code for code in ("en_US",) if code in known]
    chosen = next(iter(spoken + english), None)
    with warnings.catch_warnings(action="ignore"):  # some countries warn that they do not know their far future
        found = holidays.country_holidays(country, subdiv=subdivision, years=[year], expand=False, language=chosen)
    return dict(found.items())


NO_HOLIDAYS = PublicHolidays()
"""For who has told no country: weekends are all that is free."""
