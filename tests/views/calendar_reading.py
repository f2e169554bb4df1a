"""Calendars as somebody else's program reads them: `ical`, which shares nothing with what wrote them."""

from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event


def read_calendar(written: bytes) -> Calendar:
    """Read a calendar; every line must be as long as RFC 5545 allows."""
    assert all(len(line) <= 75 for line in written.split(b"\r\n")), "an unfolded line"
    return IcsCalendarStream.calendar_from_ics(written.decode())


def read_event(written: bytes) -> Event:
    """Read the only event of a calendar."""
    [event] = read_calendar(written).events
    return event
