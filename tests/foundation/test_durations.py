"""Durations and wall time: what the task-force file writes, and what clocks do to it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.durations import Duration, after, before, is_fold, is_gap, parse_duration, to_utc
from tests.stations import STATIONS

zones = st.sampled_from([hours.zone for hours in STATIONS.values()])
walls = st.datetimes(min_value=datetime.fromisoformat("2026-01-01"), max_value=datetime.fromisoformat("2035-12-31"))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["7d", "24h", "30m", "5wd", "0d"])
def test_a_duration_reads_back_as_it_is_written(text: str) -> None:
    assert str(parse_duration(text)) == text


def test_capitals_and_spaces_are_forgiven() -> None:
    assert parse_duration(" 5 WD ") == Duration(5, "wd")


@pytest.mark.parametrize("text", ["", "7", "d", "-1d", "1.5h", "7 days", "7w", "99999d"])
def test_what_is_no_duration_is_named_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected a number and a unit"):
        parse_duration(text)


def test_hours_elapse_while_days_keep_the_wall_time_across_dst() -> None:
    eve = utc("2027-03-27T13:30")  # 14:30 CET; the clocks go forward that night
    assert after(eve, Duration(24, "h"), "Europe/Zurich") == utc("2027-03-28T13:30")
    assert after(eve, Duration(1, "d"), "Europe/Zurich") == utc("2027-03-28T12:30")


def test_minutes_elapse() -> None:
    assert before(utc("2027-03-27T13:30"), Duration(30, "m"), "Europe/Zurich") == utc("2027-03-27T13:00")


def test_days_before_a_deadline_keep_its_wall_time() -> None:
    deadline = to_utc(datetime.fromisoformat("2027-03-30 14:30"), "Europe/Zurich")
    assert before(deadline, Duration(7, "d"), "Europe/Zurich") == utc("2027-03-23T13:30")


def test_a_day_that_lands_in_the_skipped_hour_moves_forward() -> None:
    assert after(utc("2027-03-27T01:30"), Duration(1, "d"), "Europe/Zurich") == utc("2027-03-28T01:30")


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    assert to_utc(datetime.fromisoformat("2027-10-31 02:30"), "Europe/Zurich") == utc("2027-10-31T00:30")


def test_working_days_need_a_station() -> None:
    with pytest.raises(ValueError, match="working time of a station"):
        after(utc("2027-01-01T00:00"), Duration(5, "wd"), "Europe/Zurich")


def test_skipped_and_repeated_hours_are_told_apart() -> None:
    skipped, repeated = datetime.fromisoformat("2027-03-28 02:30"), datetime.fromisoformat("2027-10-31 02:30")
    assert (is_gap(skipped, "Europe/Zurich"), is_fold(skipped, "Europe/Zurich")) == (True, False)
    assert (is_gap(repeated, "Europe/Zurich"), is_fold(repeated, "Europe/Zurich")) == (False, True)


@given(local=walls, zone=zones)
def test_a_wall_time_survives_the_way_through_utc_unless_the_clocks_skip_it(local: datetime, zone: str) -> None:
    there = to_utc(local, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    assert (there == local) is not is_gap(local, zone)
    assert there >= local


@given(local=walls, zone=zones, days=st.integers(0, 400))
def test_calendar_days_keep_the_wall_time_in_every_zone(local: datetime, zone: str, days: int) -> None:
    start = to_utc(local, zone)
    there = after(start, Duration(days, "d"), zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)
    wanted = start.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) + timedelta(days=days)
    assert there == wanted or is_gap(wanted, zone)
