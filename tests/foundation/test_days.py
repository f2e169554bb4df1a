"""Days are said as each language writes them."""

from datetime import date

import pytest

from foundation.language import language


@pytest.mark.parametrize(
    ("code", "day", "said", "short"),
    [
        ("fr", 1, "mardi 1er décembre 2026", "1er déc. 2026"),
        ("fr", 21, "lundi 21 décembre 2026", "21 déc. 2026"),
        ("fr", 11, "vendredi 11 décembre 2026", "11 déc. 2026"),
        ("en", 1, "Tuesday, 1 December 2026", "1 Dec 2026"),
    ],
)
def test_the_first_of_a_month_is_an_ordinal_in_french(code: str, day: int, said: str, short: str) -> None:
    on = date(2026, 12, day)
    assert (language(code).day(on), language(code).short_day(on)) == (said, short)
