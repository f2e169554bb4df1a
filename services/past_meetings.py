"""Meetings as they stood at a moment: what was agreed by then, and what had become of them, read off the journal."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.durations import to_utc
from foundation.errors import Refusal
from foundation.language import N_, When
from models.journal import JournalEntry
from models.meetings import Meeting, MeetingState
from services.directory import directory
from services.meeting_lookup import AHEAD, BEHIND, find_meeting

_CANCEL = "meeting.cancel"
_AGREED = ("meeting.schedule", "meeting.move", "meeting.recompute", _CANCEL)
"""Acts of the journal that say what was agreed: a cancellation says it of before, the others of after."""


def past_meeting(session: Session, typed: str, *, at: datetime, now: datetime) -> Meeting:
    """Return the meeting that is named, else the one that was the next, as it stood. Refuses one scheduled later."""
    zone = directory(session).task_force.timezone
    if not typed.strip():
        ahead = [m for m in _meetings_at(session, at) if m.state is MeetingState.SCHEDULED and m.starts_at > at]
        if not ahead:
            raise Refusal(N_("No meeting was scheduled on {when}. Name a later day."), when=When(at, zone))
        return ahead[0]
    meeting = find_meeting(session, typed, now=now)
    found = _meetings_at(session, at, meeting_id=meeting.id)
    if not found:
        raise Refusal(N_("{meeting} was not scheduled yet on {when}. Name a later day."),
                      meeting=meeting.ref, when=When(at, zone))  # fmt: skip
    return found[0]


def list_past_meetings(session: Session, *, at: datetime) -> list[Meeting]:
    """Return what lay ahead at a moment, soonest first, and the last few that had begun."""
    meetings = _meetings_at(session, at)
    ahead, behind = ([m for m in meetings if (m.starts_at > at) is later] for later in (True, False))
    return [*ahead[:AHEAD], *reversed(behind[-BEHIND:])]


def _meetings_at(session: Session, at: datetime, *, meeting_id: int | None = None) -> list[Meeting]:
    """Return the meetings that were scheduled by a moment, the earliest first: one seek in the journal each."""
    last = (
        sa.select(col(JournalEntry.id))
        .where(
            col(JournalEntry.subject) == sa.literal("MTG-") + sa.cast(col(Meeting.id), sa.String),
            col(JournalEntry.at) <= at,
            col(JournalEntry.act).in_(_AGREED),
        )
        .order_by(col(JournalEntry.id).desc())
        .limit(1)
        .correlate(Meeting)
        .scalar_subquery()
    )
    wanted = select(Meeting, JournalEntry).join(JournalEntry, col(JournalEntry.id) == last)
    if meeting_id is not None:
        wanted = wanted.where(Meeting.id == meeting_id)
    return sorted((_as_it_stood(*row, at) for row in session.exec(wanted)), key=lambda one: (one.starts_at, one.id))


def _as_it_stood(meeting: Meeting, entry: JournalEntry, at: datetime) -> Meeting:
    """Return a copy of a meeting, never stored, with what was known of it."""
    cancelled = entry.act == _CANCEL
    agreed = entry.before if cancelled else entry.after
    held_at, closed_at = (
        moment if moment and moment <= at else None for moment in (meeting.held_at, meeting.closed_at)
    )
    begun = MeetingState.CLOSED if closed_at else MeetingState.HELD if held_at else MeetingState.SCHEDULED
    known = {
        "title": agreed["title"],
        "local_start": agreed["start"],
        "timezone": agreed["zone"],
        "starts_at": to_utc(datetime.fromisoformat(agreed["start"]), agreed["zone"]),
        "deadline_at": datetime.fromisoformat(agreed["deadline"]),
        "state": MeetingState.CANCELLED if cancelled else begun,
        "held_at": held_at,
        "closed_at": closed_at,
    }
    return Meeting(**(meeting.model_dump() | known))
