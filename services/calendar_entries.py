"""The meetings as calendars keep them: which entry each of them is for ever, and which version of it is the newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlmodel import Session, col, select

from models.journal import JournalEntry
from models.meetings import Meeting, MeetingState
from services.directory import directory

OURS = uuid5(NAMESPACE_URL, "focal:meeting")
KEPT = timedelta(days=366)
"""How long after it began a meeting stays in the feed: whoever subscribes late sees the last year."""


@dataclass(frozen=True)
class CalendarEntry:
    """One meeting in a calendar. Calendars replace what has the same `uid` and a lower `sequence`."""

    meeting: Meeting
    uid: UUID
    sequence: int
    """Grows when the meeting moves or is cancelled; that it began later than scheduled changes no entry."""
    changed_at: datetime
    """When it was scheduled, last moved, or cancelled."""

    @property
    def cancelled(self) -> bool:
        """Whether the meeting does not take place."""
        return self.meeting.state is MeetingState.CANCELLED

    @property
    def ends_at(self) -> datetime:
        """The scheduled end."""
        return self.meeting.starts_at + timedelta(minutes=self.meeting.minutes)


def entry_of(session: Session, meeting: Meeting) -> CalendarEntry:
    """Return the entry of one meeting."""
    return _entries(session, [meeting])[0]


def entries_ahead(session: Session, *, now: datetime) -> list[CalendarEntry]:
    """Return what is scheduled and has not begun, soonest first."""
    ahead = select(Meeting).where(Meeting.starts_at > now, Meeting.state == MeetingState.SCHEDULED)
    return _entries(session, session.exec(ahead.order_by(col(Meeting.starts_at), col(Meeting.id))).all())


def entries_published(session: Session, *, now: datetime) -> list[CalendarEntry]:
    """Return what the feed tells: everything ahead and of the last year. What was cancelled must be taken back."""
    recent = select(Meeting).where(Meeting.starts_at > now - KEPT)
    return _entries(session, session.exec(recent.order_by(col(Meeting.starts_at), col(Meeting.id))).all())


def _entries(session: Session, meetings: Sequence[Meeting]) -> list[CalendarEntry]:
    # Neither the host nor the name of the task force is in it: both may change, and the entries must not.
    body = directory(session).task_force.first_loaded_at.isoformat()
    cancelled_at = _cancellations(session, meetings)
    return [
        CalendarEntry(
            meeting=meeting,
            uid=uuid5(OURS, f"{body} {meeting.id}"),
            sequence=meeting.revision + (meeting.state is MeetingState.CANCELLED),
            changed_at=cancelled_at.get(meeting.ref) or meeting.moved_at or meeting.created_at,
        )
        for meeting in meetings
    ]


def _cancellations(session: Session, meetings: Sequence[Meeting]) -> dict[str, datetime]:
    named = [meeting.ref for meeting in meetings if meeting.state is MeetingState.CANCELLED]
    if not named:
        return {}
    acts = select(JournalEntry).where(col(JournalEntry.subject).in_(named), JournalEntry.act == "meeting.cancel")
    return {entry.subject: entry.at for entry in session.exec(acts)}
