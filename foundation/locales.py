"""Languages as CLDR knows them, less what nobody here speaks of: all of it takes 2 MiB, and one more for each."""

import threading
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from babel import Locale, localedata
from babel.core import get_global

_UNSAID = (
    "compact_currency_formats", "compact_decimal_formats", "compound_unit_patterns", "currency_formats",
    "currency_names", "currency_names_plural", "currency_symbols", "currency_unit_patterns", "interval_formats",
    "unit_display_names",
)  # fmt: skip
"""Money and measures; of those only how long something takes is kept."""

_reading = threading.Lock()


@cache
def spoken_locale(identifier: str, sep: str = "_") -> Locale:
    """Return a language's CLDR formats: `fr`, `en_GB`. Raises what `Locale.parse` does."""
    with _reading:
        _forget_the_world()
        locale = Locale.parse(identifier, sep=sep)
        for name in reversed(list(_lineage(str(locale)))):
            _leave_out(localedata.load(name))
    return locale


@cache
def _forget_the_world() -> None:
    """Leave out which money and languages each country has, and to guess at the 7,000 languages without formats."""
    money, languages, likely = (
        cast("dict[str, Any]", found)
        for found in (
            get_global("territory_currencies"),
            get_global("territory_languages"),
            get_global("likely_subtags"),
        )
    )
    money.clear()
    languages.clear()
    formatted = {name.partition("_")[0] for name in localedata.locale_identifiers()}
    kept = {name: full for name, full in likely.items() if name.partition("_")[0] in formatted}
    likely.clear()
    likely.update(kept)


def _lineage(name: str) -> Iterator[str]:
    """Yield a language and those whose formats it takes over, the nearest first."""
    while name != "root":
        yield name
        name = get_global("parent_exceptions").get(name) or name.rpartition("_")[0] or "root"
    yield name


def _leave_out(data: dict[str, Any]) -> None:
    for part in _UNSAID:
        data.pop(part, None)
    measures = data["unit_patterns"]
    data["unit_patterns"] = {name: said for name, said in measures.items() if name.startswith("duration-")}
