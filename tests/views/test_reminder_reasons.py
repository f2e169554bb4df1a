"""Every reminder says why it comes when it comes: from when it was moved, and what stood in the way at that place."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from foundation.durations import to_utc
from foundation.language import LANGUAGES, language
from foundation.public_holidays import PublicHolidays
from foundation.working_time import NotWorking, WorkingTime
from services.reminder_hearers import AWAY
from services.reminder_plan import Fate, Moved
from services.reminder_reasons import Why
from tests.stations import STATIONS
from views.reminder_reasons import reason_words

EASTER_MONDAY = "2027-03-29 14:30"


GENEVA = STATIONS["Geneva"]
OWN_DAY = PublicHolidays(add=frozenset([date(2026, 12, 24)]))


def because(code: str, wall_time: str, station: str = "Geneva", hours: WorkingTime = GENEVA) -> Why:
    """Give why something asked for at a station's wall time is said at another one; `hours` are somebody's own."""
    working = hours if station == "Geneva" else STATIONS[station]
    asked_at = to_utc(datetime.fromisoformat(wall_time), working.zone)
    return Why(code, asked_at, working, station, own_days=hours.days != GENEVA.days, most=4)


@pytest.mark.parametrize("code", [*NotWorking, *Moved, AWAY, *sorted(set(Fate) - {Fate.PLANNED, Fate.SENT})])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_every_reason_has_its_words(code: str, spoken: str) -> None:
    working = replace(because(str(code), "2026-12-01 14:30"), into="1d")
    assert "{" not in reason_words(language(spoken), working)
    assert reason_words(language(spoken), working)


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        (
            because(NotWorking.WEEKEND, "2026-11-28 09:00", "Cairo"),
            "moved from Sat 28 Nov, 09:00: weekend in Cairo",
        ),
        (
            because(NotWorking.HOLIDAY, EASTER_MONDAY),
            "moved from Mon 29 Mar, 14:30: public holiday in Switzerland: Easter Monday",
        ),
        (
            because(NotWorking.BEFORE_WORK, "2026-12-02 08:30", "Santiago"),
            "moved from Wed 2 Dec, 08:30: quiet hours, work begins at 09:00",
        ),
        (
            because(NotWorking.AFTER_WORK, "2026-12-01 20:30", "Bangkok"),
            "moved from Tue 1 Dec, 20:30: quiet hours, work ends at 18:00",
        ),
        (
            because(NotWorking.WEEKEND, "2026-12-04 10:00", hours=replace(GENEVA, days=frozenset(range(4)))),
            "moved from Fri 4 Dec, 10:00: no working day, by personal settings",
        ),
        (
            because(NotWorking.HOLIDAY, "2026-12-24 10:00", hours=replace(GENEVA, holidays=OWN_DAY)),
            "moved from Thu 24 Dec, 10:00: no work in Geneva that day",
        ),
        (
            because(NotWorking.BEFORE_WORK, "2026-12-02 08:30", hours=replace(GENEVA, opens=time(8))),
            "moved: before working hours",
        ),
    ],
    ids=["weekend", "holiday", "before work", "after work", "quiet day", "the body's own day", "hours changed since"],
)  # fmt: skip
def test_what_stood_in_the_way_is_named_with_its_place(why: Why, expected: str) -> None:
    assert reason_words(language("en"), why) == expected


def test_a_holiday_is_said_in_the_reader_s_language() -> None:
    said = reason_words(language("fr"), because(NotWorking.HOLIDAY, EASTER_MONDAY))
    assert "lun. 29 mars" in said
    assert "Suisse" in said
    assert "Lundi de Pâques" in said


def test_whoever_lives_by_another_place_s_time_is_told_of_that_place() -> None:
    why = replace(because(NotWorking.WEEKEND, "2026-11-28 09:00", "Cairo"), office=None)
    assert "weekend in Cairo" in reason_words(language("en"), why)
    assert "Le Caire" in reason_words(language("fr"), why)


def test_nothing_is_said_of_what_comes_when_it_was_asked_for() -> None:
    why = Why("", datetime(2026, 12, 1, 13, 30, tzinfo=UTC), STATIONS["Geneva"], "Geneva", own_days=False, most=4)
    assert not reason_words(language("en"), why)
