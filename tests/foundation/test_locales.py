"""CLDR's data: what is left out is nothing that Focal says."""

import subprocess
import sys
from pathlib import Path

import pytest
from babel import UnknownLocaleError

from foundation.locales import spoken_locale

HOUSE = Path(__file__).resolve().parent.parent.parent
SAY_EVERYTHING = """
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo
from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal
from foundation.locales import spoken_locale

on = datetime(2026, 12, 3, 14, 30)
for code in ("en_GB", "en", "fr", "es", "ru", "zh_Hans", "zh", "ar"):
    locale = READ(code)
    print(*(format_date(on, width, locale) for width in ("full", "medium")), format_time(on, "short", locale=locale))
    print(format_skeleton("MMMEd", on, locale=locale), format_list("abc", locale=locale))
    print(format_decimal(12345, locale=locale), locale.get_display_name(locale), locale.languages["ar"])
    for n in (1, 2, 8, 400):
        print(format_timedelta(timedelta(days=-n), add_direction=True, threshold=1, locale=locale))
    for zone in ("Asia/Kolkata", "America/Barbados", "Etc/UTC"):
        print(get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True))
    print(locale.territories["CH"])
"""


def everything_said(read: str) -> str:
    program = SAY_EVERYTHING.replace("READ", read)
    return subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program], cwd=HOUSE, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def test_everything_is_said_as_cldr_says_it() -> None:
    assert everything_said("spoken_locale") == everything_said("Locale.parse")


def test_a_language_of_a_region_is_still_found_by_what_is_likely() -> None:
    assert str(spoken_locale("zh-TW", sep="-")) == "zh_Hant_TW"


def test_a_language_without_formats_is_refused() -> None:
    with pytest.raises(UnknownLocaleError):
        spoken_locale("xx")
