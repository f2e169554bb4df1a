"""A calendar file says what the records say, to a program that knows nothing of them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.language import Reader, language
from models.meetings import Meeting, MeetingState
from services.calendar_entries import CalendarEntry
from tests.stations import STATIONS
from tests.views.calendar_reading import read_calendar, read_event
from views.calendar import calendar_feed, calendar_file

READER = Reader(language("en"), "Europe/Zurich")
MADE = datetime(2026, 1, 1, tzinfo=UTC)
AFTERNOON = datetime(2026, 12, 3, 13, 30, tzinfo=UTC)
ZONES = sorted({station.zone for station in STATIONS.values()})
ELSEWHERE = "Elsewhere/Unknown"
"""No program knows this zone: it must go by the rules that the file brings along."""


def entry(starts_at: datetime = AFTERNOON, *, number: int = 21, **given: Any) -> CalendarEntry:
    facts = {"title": "ISC-TF 43", "timezone": "Europe/Zurich"} | given
    meeting = Meeting(
        id=number, local_start="", starts_at=starts_at, deadline_at=starts_at - timedelta(days=1), created_by_id=1,
        created_at=MADE, **facts,
    )  # fmt: skip
    return CalendarEntry(meeting, UUID(int=number), sequence=meeting.revision, changed_at=MADE)


def changes_of(zone: str) -> list[datetime]:
    """The instants of ten years at which a zone's clocks change, to the hour."""
    hours = (MADE + timedelta(hours=n) for n in range(24 * 365 * 10))
    known, found = MADE.astimezone(ZoneInfo(zone)).utcoffset(), []
    for hour in hours:
        offset = hour.astimezone(ZoneInfo(zone)).utcoffset()
        if offset != known:
            found.append(hour)
            known = offset
    return found


CHANGES = {zone: changes_of(zone) for zone in ZONES}
moments = st.sampled_from(ZONES).flatmap(
    lambda zone: st.tuples(
        st.just(zone),
        st.builds(
            lambda near, minutes: near + timedelta(minutes=minutes),
            st.sampled_from(CHANGES[zone] or [AFTERNOON]), st.integers(-60 * 30, 60 * 30),
        ),
    )
)  # fmt: skip


@given(moments)
def test_at_every_station_it_begins_and_ends_at_the_instant_that_is_meant_also_when_clocks_change(
    at: tuple[str, datetime],
) -> None:
    zone, starts_at = at
    event = read_event(calendar_file([entry(starts_at, timezone=zone)], reader=READER).content)
    assert isinstance(event.dtstart, datetime)
    assert isinstance(event.dtend, datetime)
    assert (event.dtstart.astimezone(UTC), event.dtend.astimezone(UTC)) == (starts_at, starts_at + timedelta(hours=2))


@given(moments)
def test_a_program_that_does_not_know_the_zone_finds_its_rules_in_the_file(at: tuple[str, datetime]) -> None:
    zone, starts_at = at
    written = calendar_file([entry(starts_at, timezone=zone)], reader=READER).content
    event = read_event(written.replace(zone.encode(), ELSEWHERE.encode()))
    assert isinstance(event.dtstart, datetime)
    assert event.dtstart - (event.dtstart.utcoffset() or timedelta()) == starts_at.replace(tzinfo=event.dtstart.tzinfo)


def test_the_wall_time_that_was_agreed_is_what_it_shows() -> None:
    written = calendar_file([entry()], reader=READER).content
    assert b"DTSTART;TZID=Europe/Zurich:20261203T143000\r\n" in written
    assert b"DTEND;TZID=Europe/Zurich:20261203T163000\r\n" in written


def test_summer_time_begins_when_the_clocks_are_put_forward_and_not_an_hour_later() -> None:
    assert b"BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\n" in calendar_file([entry()], reader=READER).content


words = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=200).filter(
    lambda text: text == text.strip()
)


@given(title=words, place=words)
def test_any_title_and_place_are_read_back_as_they_were_written(title: str, place: str) -> None:
    event = read_event(calendar_file([entry(title=title, place=place)], reader=READER).content)
    assert (event.summary, event.location) == (f"MTG-21 · {title}", place)


@pytest.mark.parametrize(
    "title", ["气候变化" * 40, "اجتماع، المجموعة؛ " * 20, "One, two; three\\n \\, four", "Zeile\nBEGIN:VALARM\nX:1"]
)
def test_long_foreign_and_hostile_titles_are_folded_and_escaped(title: str) -> None:
    event = read_event(calendar_file([entry(title=title)], reader=READER).content)
    assert event.summary == f"MTG-21 · {title}"
    assert event.alarm == []


def test_the_description_has_the_deadline_and_the_way_in_and_the_link_is_also_for_programs() -> None:
    event = read_event(calendar_file([entry(link="https://meet.example/a?b=1,2;3")], reader=READER).content)
    assert event.description == (
        "Updates are asked for until Wednesday, 2 December 2026, 14:30 (Zurich time).\n"
        "Remotely: https://meet.example/a?b=1,2;3"
    )
    assert [each.uri for each in event.conference] == ["https://meet.example/a?b=1,2;3"]


@pytest.mark.parametrize("link", ["Room 5, code 12 34", "https://meet.example\nX-EVIL:1", "javascript:alert(1)"])
def test_what_is_no_address_is_only_told(link: str) -> None:
    event = read_event(calendar_file([entry(link=link)], reader=READER).content)
    assert event.conference == []
    assert link in (event.description or "")


def test_a_cancelled_meeting_says_so_and_keeps_nobodys_time() -> None:
    event = read_event(calendar_file([entry(state=MeetingState.CANCELLED)], reader=READER).content)
    assert (event.status, event.transparency, event.description) == (
        "CANCELLED", "TRANSPARENT", "This meeting is cancelled.",
    )  # fmt: skip


def test_a_file_speaks_the_language_of_its_reader() -> None:
    french = Reader(language("fr"), "Europe/Zurich")
    event = read_event(calendar_file([entry()], reader=french).content)
    assert "2 décembre 2026" in (event.description or "")


def test_a_feed_has_a_name_and_every_zone_once() -> None:
    entries = [entry(), entry(number=22), entry(number=23, timezone="Asia/Bangkok")]
    written = calendar_feed(entries, name="ISC-TF; the task force", reader=READER)
    calendar = read_calendar(written)
    assert [zone.tz_id for zone in calendar.timezones] == ["Asia/Bangkok", "Europe/Zurich"]
    assert len(calendar.events) == 3
    assert rb"X-WR-CALNAME:ISC-TF\; the task force" in written
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in written


def test_a_feed_of_nothing_is_a_calendar_too() -> None:
    assert read_calendar(calendar_feed([], name="ISC-TF", reader=READER)).events == []
