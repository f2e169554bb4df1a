"""How long ago something was is said in whole units."""

from datetime import UTC, datetime, timedelta

import pytest

from foundation.language import language

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=-5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_an_age_is_said_in_whole_units(ago: timedelta, said: str) -> None:
    assert language("en").age(NOW - ago, NOW) == said
