"""Dates that people type, in six languages: what is read, what is refused, and that nothing else ever happens."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date, format_time
from hypothesis import given
from hypothesis import strategies as st

from foundation.durations import is_fold, is_gap, to_utc
from foundation.errors import Refusal
from foundation.language import LANGUAGES, language
from services.typed_dates import Reading, read_when
from tests.stations import STATIONS

NOW = datetime(2026, 11, 25, 10, tzinfo=UTC)  # a Wednesday
PLACES = {"Geneva": "Europe/Zurich", "Genève": "Europe/Zurich"}


def read(text: str, zone: str = "Europe/Zurich", *, now: datetime = NOW) -> Reading:
    return read_when(text, now=now, zone=zone, languages=("fr",), places=PLACES)


def said(text: str) -> str:
    reading = read(text)
    return f"{reading.date} {reading.time:%H:%M}" if reading.time else str(reading.date)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-03 14:30", "2026-12-03 14:30"),
        ("2026-12-03T14:30", "2026-12-03 14:30"),
        ("3 Dec", "2026-12-03"),
        ("Dec 3", "2026-12-03"),
        ("3rd of December", "2026-12-03"),
        ("3 December 2026 14:30", "2026-12-03 14:30"),
        ("Dec 3, 2026, 2:30 PM", "2026-12-03 14:30"),
        ("Thursday 3 December 2pm", "2026-12-03 14:00"),
        ("3.12.2026", "2026-12-03"),
        ("03/12/2026 14h30", "2026-12-03 14:30"),
        ("3/12", "2026-12-03"),
        ("3.12. 9:00", "2026-12-03 09:00"),
        ("2 May", "2027-05-02"),
        ("29 Feb", "2028-02-29"),
        ("today 17:00", "2026-11-25 17:00"),
        ("TOMORROW", "2026-11-26"),
        ("tomorrow 9", "2026-11-26 09:00"),
        ("tomorrow at 9", "2026-11-26 09:00"),
        ("tomorrow 9.30", "2026-11-26 09:30"),
        ("tomorrow 12am", "2026-11-26 00:00"),
        ("yesterday", "2026-11-24"),
        ("next Tuesday 14h", "2026-12-01 14:00"),
        ("Friday", "2026-11-27"),
        ("Wednesday", "2026-12-02"),
        ("on Friday", "2026-11-27"),
        ("in 2 days", "2026-11-27"),
        ("in 2 weeks at 9am", "2026-12-09 09:00"),
        ("mardi prochain 14h", "2026-12-01 14:00"),
        ("3 décembre", "2026-12-03"),
        ("le 1er décembre à 9h30", "2026-12-01 09:30"),
        ("mar. 1er décembre", "2026-12-01"),
        ("mar 1 décembre", "2026-12-01"),
        ("mar 1/12 9h", "2026-12-01 09:00"),
        ("mar 14h", "2026-12-01 14:00"),
        ("Mar 1", "2027-03-01"),
        ("demain", "2026-11-26"),
        ("aujourd’hui 15h", "2026-11-25 15:00"),
        ("dans 2 jours", "2026-11-27"),
        ("3 de diciembre de 2026 a las 14:30", "2026-12-03 14:30"),
        ("el próximo martes 14:30", "2026-12-01 14:30"),
        ("mañana", "2026-11-26"),
        ("3 декабря 2026 г. в 14:30", "2026-12-03 14:30"),
        ("в следующую среду", "2026-12-02"),
        ("через 2 дня", "2026-11-27"),
        ("12月3日", "2026-12-03"),
        ("2026年12月3日星期四下午2点半", "2026-12-03 14:30"),
        ("下周二14:30", "2026-12-01 14:30"),
        ("明天上午9点", "2026-11-26 09:00"),
        ("٣ ديسمبر", "2026-12-03"),
        ("غداً الساعة 9", "2026-11-26 09:00"),
        ("الثلاثاء القادم 14:30", "2026-12-01 14:30"),
        ("１２月３日", "2026-12-03"),
    ],
)
def test_people_write_dates_as_they_speak(text: str, expected: str) -> None:
    assert said(text) == expected
    assert read(text).rest == ""


@pytest.mark.parametrize(
    ("text", "zone", "rest"),
    [
        ("2026-12-03 14:30 ISC-TF 43", "Europe/Zurich", "ISC-TF 43"),
        ("3 Dec 14:30 Cairo Regional meeting", "Africa/Cairo", "Regional meeting"),
        ("3 Dec 14:30 Genève, Réunion", "Europe/Zurich", "Réunion"),
        ("3 Dec 14:30 addis ababa", "Africa/Addis_Ababa", ""),
        ("3 Dec 14:30 (asia/bangkok) Brief", "Asia/Bangkok", "Brief"),
        ("3 Dec 14:30 UTC Brief", "UTC", "Brief"),
        ("2026-12-03T14:30Z", "UTC", ""),
        ("3 Dec 14:30 Annual review", "Europe/Zurich", "Annual review"),
        ("2026年12月3日14:30会议", "Europe/Zurich", "会议"),
        ("3 Dec 9 points to settle", "Europe/Zurich", "9 points to settle"),
        ("3 Dec Friday group", "Europe/Zurich", "Friday group"),
    ],
)
def test_a_zone_and_a_title_may_follow(text: str, zone: str, rest: str) -> None:
    assert (read(text).zone, read(text).rest) == (zone, rest)


@pytest.mark.parametrize(
    "text", ["", "soon", "hello world", "14:30", "14 days", "3 Decathlon", "2026", "31", "next", "in 2000 days", "—"]
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Refusal, match="cannot read a date"):
        read(text)


@pytest.mark.parametrize(
    "text", ["31 Feb", "31/02/2027", "2026-13-01", "0 Dec", "12月32日", "9999-12-03", "1 Jan 1830"]
)
def test_what_is_not_in_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="not in the calendar"):
        read(text)


@pytest.mark.parametrize("text", ["3 Dec 25:00", "3 Dec 14:61", "tomorrow 13am", "tomorrow 30h", "明天下午25点"])
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="no such time"):
        read(text)


def test_a_weekday_that_is_not_that_days_is_refused_with_the_right_one() -> None:
    with pytest.raises(Refusal) as refused:
        read("Friday 3 December")
    assert "Thursday, 3 December 2026" in refused.value.plain(language("en"))


@pytest.mark.fault(29, on="either")
def test_an_hour_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(Refusal, match="clocks go forward"):
        read("2027-03-28 02:30")


@pytest.mark.fault(29, on="either")
def test_an_hour_that_comes_twice_is_refused_saying_how_to_choose() -> None:
    with pytest.raises(Refusal) as refused:
        read("2027-10-31 02:30")
    assert "Add UTC+2 for the first or UTC+1 for the second" in refused.value.plain(language("en"))


def test_an_offset_chooses_between_the_two() -> None:
    first, second = read("2027-10-31 02:30 UTC+2"), read("2027-10-31 02:30 UTC+1 Title")
    assert (first.time, first.zone) == (time(2, 30), "Europe/Zurich")
    assert (second.time, second.zone, second.rest) == (time(1, 30), "UTC", "Title")


def test_an_offset_is_said_in_the_zone_of_the_task_force() -> None:
    reading = read("3 Dec 23:30 UTC-3:30")
    assert (reading.date, reading.time, reading.zone) == (date(2026, 12, 4), time(4, 0), "Europe/Zurich")


def test_the_day_begins_where_the_person_is() -> None:
    late = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
    assert read("tomorrow", "America/Santiago", now=late).date == date(2026, 11, 26)
    assert read("tomorrow", "Asia/Bangkok", now=late).date == date(2026, 11, 27)


@given(
    day=st.dates(date(2026, 1, 1), date(2035, 12, 31)),
    clock=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)),
    width=st.sampled_from(["full", "long", "medium"]),
    spoken=st.sampled_from(LANGUAGES),
    zone=st.sampled_from([hours.zone for hours in STATIONS.values()]),
)
def test_what_the_languages_write_is_read_back(day: date, clock: time, width: str, spoken: str, zone: str) -> None:
    text = f"{format_date(day, width, locale=spoken)} {format_time(clock, 'short', locale=spoken)}"
    local = datetime.combine(day, clock)
    if is_gap(local, zone) or is_fold(local, zone):
        with pytest.raises(Refusal, match="the clocks go"):
            read(text, zone)
    else:
        assert read(text, zone) == Reading(day, clock, zone, "")


@given(local=st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2035-12-31")))
@pytest.mark.fault(29, on="either")
def test_an_offset_always_says_which_instant_is_meant(local: datetime) -> None:
    local = local.replace(second=0, microsecond=0)
    for hours in (1, 2):
        reading = read(f"{local:%Y-%m-%d %H:%M} UTC+{hours}")
        assert reading.time is not None
        meant = to_utc(datetime.combine(reading.date, reading.time), reading.zone)
        assert meant == to_utc(local, f"Etc/GMT-{hours}")


WESTERN = "3 31 2026 99 0 : - / . Dec mardi next tomorrow 14:30 14h 9 pm UTC + Z Europe/ ( ½ İ"
OTHERS = "月 日 下 周二 点 في غد ٣"
pieces = st.lists(st.sampled_from([*WESTERN.split(), *OTHERS.split(), " ", "\u200f", "\x00"]))


@given(text=st.text() | pieces.map("".join) | pieces.map(" ".join), zone=st.sampled_from(["Europe/Zurich", "UTC"]))
def test_whatever_is_typed_is_read_or_refused(text: str, zone: str) -> None:
    try:
        reading = read(text, zone)
    except Refusal:
        return
    assert 1999 <= reading.date.year <= 2101
    assert ZoneInfo(reading.zone)
