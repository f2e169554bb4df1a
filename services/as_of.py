"""Which moment people mean by `--at`: the end of a day in the task force's zone, or the start of a meeting."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from foundation.durations import to_utc
from foundation.errors import Refusal
from foundation.language import N_, When
from models.meetings import MeetingState
from services.directory import directory
from services.meeting_lookup import find_meeting
from services.typed_dates import read_when

_MEETING = re.compile(r"mtg[\s\-‐-―]*[0-9]+", re.IGNORECASE)


def read_moment(session: Session, typed: str, *, now: datetime, languages: Sequence[str]) -> datetime:
    """Return the moment that was typed (`2026-05-12`, `MTG-21`). Refuses what is none, or is not recorded."""
    zone = directory(session).task_force.timezone
    if _MEETING.fullmatch(typed.strip()):
        moment = _start_of(session, typed, now=now)
    else:
        reading = read_when(typed, now=now, zone=zone, languages=languages)
        if reading.date == now.astimezone(ZoneInfo(zone)).date() and reading.time is None:
            return now
        wall = datetime.combine(reading.date, reading.time) if reading.time else _end_of_day(reading.date)
        moment = to_utc(wall, reading.zone)
    if moment > now:
        raise Refusal(
            N_("{when} is still to come. Leave `--at` out to see how things stand now."), when=When(moment, zone)
        )
    begun = directory(session).task_force.first_loaded_at
    if moment < begun:
        raise Refusal(N_("Nothing is recorded before {when}. Name a later day."), when=When(begun, zone))
    return moment


def _start_of(session: Session, typed: str, *, now: datetime) -> datetime:
    meeting = find_meeting(session, typed, now=now)
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal(N_("{meeting} was cancelled, so it had no start. Name a day instead."), meeting=meeting.ref)
    return meeting.actual_start


def _end_of_day(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min) - timedelta(microseconds=1)
