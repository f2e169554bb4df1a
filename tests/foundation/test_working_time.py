"""Working time: hours, days and holidays of the stations, and counting in working days."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from holidays.registry import EntityLoader
from hypothesis import given
from hypothesis import strategies as st

from foundation.public_holidays import PublicHolidays
from foundation.working_time import NotWorking, WorkingTime, parse_days, parse_hours
from tests.stations import STATIONS, at, moments, wall

GENEVA = STATIONS["Geneva"]
stations = st.sampled_from(list(STATIONS.values()))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("sun-thu", {6, 0, 1, 2, 3}),
        ("mon,wed-fri", {0, 2, 3, 4}),
        ("Sat – Wed", {5, 6, 0, 1, 2}),
        ("fri", {4}),
    ],
)
def test_ranges_of_days_may_wrap(text: str, days: set[int]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "monday", "mon-", "mon-xyz", "mon,,tue", "1-5"])
def test_what_are_no_days_is_named_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected such as mon-fri"):
        parse_days(text)


def test_hours_are_read_as_a_span() -> None:
    assert parse_hours("9:00 - 18:30") == (time(9), time(18, 30))


@pytest.mark.parametrize("text", ["", "9-18", "09:00", "25:00-26:00", "09:00-24:00", "22:00-06:00", "09:00-09:00"])
def test_empty_overnight_and_impossible_hours_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="are no working hours"):
        parse_hours(text)


def test_nobody_works_a_week_without_days_or_a_day_without_hours() -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        WorkingTime("UTC", days=frozenset())
    with pytest.raises(ValueError, match="must end after they begin"):
        WorkingTime("UTC", opens=time(18), closes=time(9))


def test_an_unknown_country_or_canton_is_refused_when_it_is_named() -> None:
    with pytest.raises(ValueError, match="XX"):
        PublicHolidays("XX")
    with pytest.raises(ValueError, match="no subdivision of CH"):
        PublicHolidays("CH", "QQ")


def test_every_country_of_the_calendar_can_be_named() -> None:
    for country in EntityLoader.get_country_codes(include_aliases=True):
        assert date(2026, 6, 3) not in PublicHolidays(country, drop=frozenset({date(2026, 6, 3)}))


def test_no_country_is_loaded_that_no_station_names() -> None:
    asked = "import sys, foundation.public_holidays as h; h.PublicHolidays('CH', 'GE'); print('\\n'.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in loaded if name.startswith("holidays.countries.")] == ["holidays.countries.switzerland"]


def test_the_file_may_add_and_drop_holidays() -> None:
    holidays = PublicHolidays("CH", "GE", add=frozenset({date(2026, 12, 24)}), drop=frozenset({date(2026, 9, 10)}))
    assert date(2026, 12, 24) in holidays
    assert date(2026, 9, 10) not in holidays
    assert date(2026, 9, 10) in PublicHolidays("CH", "GE")


def test_a_holiday_is_named_in_the_readers_language_where_the_calendar_speaks_it() -> None:
    geneva = PublicHolidays("CH", "GE")
    assert geneva.name(date(2027, 3, 29), "fr") == "Lundi de Pâques"
    assert geneva.name(date(2027, 3, 29), "zh") == "Easter Monday"
    assert geneva.name(date(2027, 3, 30)) is None


@pytest.mark.parametrize(
    ("station", "moment", "following", "reason"),
    [
        ("Geneva", "2026-12-03 14:30", "Thu 3 Dec 14:30", None),
        ("Geneva", "2026-12-03 08:59", "Thu 3 Dec 09:00", NotWorking.BEFORE_WORK),
        ("Geneva", "2026-12-03 18:00", "Fri 4 Dec 09:00", NotWorking.AFTER_WORK),
        ("Geneva", "2026-12-05 10:00", "Mon 7 Dec 09:00", NotWorking.WEEKEND),
        ("Geneva", "2027-03-29 10:00", "Tue 30 Mar 09:00", NotWorking.HOLIDAY),
        ("Cairo", "2026-12-04 10:00", "Sun 6 Dec 09:00", NotWorking.WEEKEND),
    ],
)
def test_a_moment_outside_work_moves_to_the_next_opening(
    station: str, moment: str, following: str, reason: NotWorking | None
) -> None:
    hours = STATIONS[station]
    assert wall(station, hours.next_moment(at(station, moment))) == following
    assert hours.reason_moved(at(station, moment)) is reason


def test_do_not_disturb_is_outside_working_time() -> None:
    quiet = replace(GENEVA, quiet=((at("Geneva", "2026-12-03 09:00"), at("Geneva", "2026-12-03 11:00")),))
    assert wall("Geneva", quiet.next_moment(at("Geneva", "2026-12-03 08:00"))) == "Thu 3 Dec 11:00"
    assert quiet.reason_moved(at("Geneva", "2026-12-03 10:00")) is NotWorking.DND
    assert not quiet.is_working(at("Geneva", "2026-12-03 10:59"))


def test_quiet_time_is_a_hint_that_leaves_a_moment_before_the_end() -> None:
    quiet = replace(GENEVA, quiet=((at("Geneva", "2026-12-03 09:00"), at("Geneva", "2026-12-03 17:00")),))
    begins = at("Geneva", "2026-12-03 10:00")
    assert quiet.next_moment_before(begins, at("Geneva", "2026-12-03 17:30")) == at("Geneva", "2026-12-03 17:00")
    assert quiet.next_moment_before(begins, at("Geneva", "2026-12-03 16:00")) == begins
    assert quiet.next_moment_before(at("Geneva", "2026-12-03 18:00"), at("Geneva", "2026-12-04 09:00")) is None


def test_a_persons_own_day_off_is_no_working_day() -> None:
    free = replace(GENEVA, days_off=frozenset({date(2026, 12, 3)}))
    assert wall("Geneva", free.next_moment(at("Geneva", "2026-12-03 10:00"))) == "Fri 4 Dec 09:00"
    assert free.reason_moved(at("Geneva", "2026-12-03 10:00")) is NotWorking.DAY_OFF


def test_who_never_works_within_two_years_has_no_next_moment() -> None:
    start = date(2026, 1, 1)
    never = WorkingTime("UTC", days_off=frozenset(start + timedelta(days=n) for n in range(-900, 900)))
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert never.next_moment(noon) is None
    assert never.period_start_before(noon) is None
    with pytest.raises(ValueError, match="nobody works"):
        never.add_working_days(noon, 1)


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        ("2026-12-13 09:30", "Fri 11 Dec 09:00"),
        ("2026-12-11 14:00", "Fri 11 Dec 09:00"),
        ("2026-12-11 09:00", "Thu 10 Dec 09:00"),
    ],
)
def test_the_last_period_before_a_moment_begins_before_it(moment: str, start: str) -> None:
    assert wall("Geneva", GENEVA.period_start_before(at("Geneva", moment))) == start


@pytest.mark.parametrize(
    ("station", "count", "reached"),
    [
        ("Geneva", 4, "Thu 10 Dec 16:00"),
        ("Geneva", 10, "Fri 18 Dec 16:00"),
        ("Cairo", 0, "Sun 6 Dec 09:00"),
        ("Cairo", 5, "Sun 13 Dec 09:00"),
        ("Cairo", 10, "Sun 20 Dec 09:00"),
    ],
)
def test_working_days_keep_the_wall_time_and_begin_on_a_working_day(station: str, count: int, reached: str) -> None:
    raised = at("Geneva", "2026-12-04 16:00")
    assert wall(station, STATIONS[station].add_working_days(raised, count)) == reached


def test_working_days_are_not_counted_backwards() -> None:
    with pytest.raises(ValueError, match="counted forward"):
        GENEVA.add_working_days(at("Geneva", "2026-12-04 16:00"), -1)


@given(hours=stations, moment=moments)
@pytest.mark.fault(29, on="either")
def test_the_next_moment_is_a_working_one_and_none_lies_between(hours: WorkingTime, moment: datetime) -> None:
    found = hours.next_moment(moment)
    assert found is not None
    assert found >= moment
    assert hours.reason_moved(found) is None
    if found > moment:
        assert hours.reason_moved(moment) is not None
        assert hours.reason_moved(found - timedelta(microseconds=1)) is not None
        assert hours.next_moment(moment + (found - moment) / 2) == found


@given(hours=stations, moment=moments)
def test_a_period_begins_before_the_moment_and_is_the_last_that_does(hours: WorkingTime, moment: datetime) -> None:
    start = hours.period_start_before(moment)
    assert start is not None
    assert start < moment
    assert hours.is_working(start)
    following = hours.next_moment(start + timedelta(hours=9))  # every station closes nine hours after it opens
    assert following is not None
    assert following >= moment


@given(hours=stations, moment=moments, count=st.integers(1, 15))
@pytest.mark.fault(29, on="either")
def test_as_many_working_days_lie_between_as_were_counted(hours: WorkingTime, moment: datetime, count: int) -> None:
    reached = hours.add_working_days(moment, count)
    first, last = hours.working_day(hours.add_working_days(moment, 0)), hours.working_day(reached)
    between = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    assert sum(hours.is_working_day(day) for day in between) == count
    assert hours.working_day(hours.working_day_before(reached)) == hours.working_day(
        hours.add_working_days(moment, count - 1)
    )
