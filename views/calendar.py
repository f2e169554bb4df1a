"""Meetings as calendar files (iCalendar, RFC 5545): what any calendar can open, or subscribe to."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vDDDLists, vDuration, vText, vUri

from foundation.language import Language, Reader
from services.calendar_entries import CalendarEntry
from views.blocks import File

MAKER = "-//Focal//Meetings of the task force//EN"
AROUND = timedelta(days=400)
"""So far before the first entry and after the last the rules of their zones are told."""
ASKED_AGAIN = timedelta(hours=1)
"""How often subscribers are asked to look."""

_ADDRESS = re.compile(r"https?://[!-~]+")


def calendar_file(entries: Sequence[CalendarEntry], *, reader: Reader) -> File:
    """Return meetings as a file, named after the only one, or `meetings`."""
    name = entries[0].meeting.ref if len(entries) == 1 else "meetings"
    return File(f"{name}.ics", _calendar(entries, reader).to_ical())


def calendar_feed(entries: Sequence[CalendarEntry], *, name: str, reader: Reader) -> bytes:
    """Return meetings as a calendar to subscribe to; `name` is what it is called there."""
    calendar = _calendar(entries, reader)
    # The names that calendars asked for before RFC 7986 stay in use.
    calendar.add("NAME", vText(name))
    calendar.add("X-WR-CALNAME", vText(name))
    calendar.add("REFRESH-INTERVAL", vDuration(ASKED_AGAIN), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", vDuration(ASKED_AGAIN))
    made: bytes = calendar.to_ical()
    return made


def _calendar(entries: Sequence[CalendarEntry], reader: Reader) -> Calendar:
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", MAKER)
    calendar.add("CALSCALE", "GREGORIAN")
    # An invitation (REQUEST, CANCEL) would need an organizer with an address to answer to; this tells what is known.
    calendar.add("METHOD", "PUBLISH")
    for zone in sorted({entry.meeting.timezone for entry in entries}):
        there = [entry for entry in entries if entry.meeting.timezone == zone]
        first, last = (choose(each.meeting.starts_at for each in there) for choose in (min, max))
        calendar.add_component(_zone(ZoneInfo(zone), first - AROUND, last + AROUND))
    for entry in entries:
        calendar.add_component(_event(entry, reader))
    return calendar


def _event(entry: CalendarEntry, reader: Reader) -> Event:
    meeting, say = entry.meeting, reader.language
    begins, ends = _on_the_wall(entry)
    event = Event()
    event.add("UID", str(entry.uid))
    event.add("SEQUENCE", entry.sequence)
    event.add("DTSTAMP", entry.changed_at)
    event.add("CREATED", meeting.created_at)
    event.add("LAST-MODIFIED", entry.changed_at)
    event.add("DTSTART", begins)
    event.add("DTEND", ends)
    event.add("SUMMARY", say.t("{meeting} · {title}", meeting=meeting.ref, title=meeting.title))
    event.add("DESCRIPTION", "\n".join(_description(entry, reader, say)))
    event.add("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("TRANSP", "TRANSPARENT" if entry.cancelled else "OPAQUE")
    if meeting.place:
        event.add("LOCATION", meeting.place)
    if meeting.link and _ADDRESS.fullmatch(meeting.link):
        event.add("CONFERENCE", vUri(meeting.link), parameters={"VALUE": "URI"})
    return event


def _description(entry: CalendarEntry, reader: Reader, say: Language) -> list[str]:
    meeting = entry.meeting
    if entry.cancelled:
        return [say.t("This meeting is cancelled.")]
    lines = [say.t("Updates are asked for until {deadline}.", deadline=reader.when(meeting.deadline_at))]
    return [*lines, *([say.t("Remotely: {link}", link=meeting.link)] if meeting.link else [])]


def _on_the_wall(entry: CalendarEntry) -> list[datetime]:
    """Return beginning and end as the zone's clocks show them; in UTC where those pass an hour for the second time.

    What a clock shows twice means the first time to every calendar.
    """
    zone = ZoneInfo(entry.meeting.timezone)
    moments = [entry.meeting.starts_at, entry.ends_at]
    shown = [moment.astimezone(zone) for moment in moments]
    return moments if any(each.fold for each in shown) else shown


def _zone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Return the zone's own data, change by change: a calendar may know it by other rules, or not at all.

    The library can do this as well, but tells of changes to summer time an hour late.
    """
    told = Timezone()
    told.add("TZID", zone.key)
    changes = [first, *_changes(zone, first, last)]
    for before, at in pairwise([first, *changes]):
        was, local = before.astimezone(zone), at.astimezone(zone)
        onset = (at.astimezone(UTC) + (was.utcoffset() or timedelta())).replace(tzinfo=None)
        part = TimezoneDaylight() if local.dst() else TimezoneStandard()
        part.add("DTSTART", onset)
        # Its first day counts anyway; some look for nothing but rules and dates.
        part.add("RDATE", vDDDLists([onset]))
        part.add("TZNAME", local.tzname())
        part.TZOFFSETFROM, part.TZOFFSETTO = was.utcoffset(), local.utcoffset()
        told.add_component(part)
    return told


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[datetime]:
    """Return the instants between two at which the zone's clocks are put forward or back."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [_change_between(zone, *two) for two in pairwise(days) if _differ(zone, *two)]


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Halve the time until the second of the change is found."""
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        before, after = (before, middle) if _differ(zone, before, middle) else (middle, after)
    return after.replace(microsecond=0)


def _differ(zone: ZoneInfo, one: datetime, other: datetime) -> bool:
    return one.astimezone(zone).utcoffset() != other.astimezone(zone).utcoffset()
