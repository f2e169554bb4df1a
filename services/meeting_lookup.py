"""Meetings found by what people type, listed, and what their reminders come to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_
from models.meetings import Meeting, MeetingState
from models.reminders import Reminder, ReminderState

AHEAD, BEHIND = 20, 5
"""How many meetings a list shows of those ahead, and of those that have begun."""


@dataclass(frozen=True)
class RemindersCaused:
    """What the plan of a meeting's reminders comes to."""

    messages: int
    people: int
    first_at: datetime | None
    waits_for: Meeting | None = None
    """The next meeting, where this one comes after it: only that one is reminded of now."""


def reminders_caused(session: Session, meeting: Meeting, *, now: datetime) -> RemindersCaused:
    """Count the reminders that are planned for a meeting, as things stand: whoever posts before hears nothing."""
    following = next_meeting(session, now=now)
    if following is not None and following.starts_at < meeting.starts_at:
        return RemindersCaused(0, 0, None, waits_for=following)
    messages, people, first_at = session.exec(
        select(
            sa.func.count(), sa.func.count(sa.distinct(col(Reminder.person_id))), sa.func.min(col(Reminder.due_at))
        ).where(Reminder.meeting_id == meeting.id, Reminder.state == ReminderState.PLANNED)
    ).one()
    return RemindersCaused(messages, people, first_at)


def find_meeting(session: Session, typed: str, *, now: datetime) -> Meeting:
    """Find a meeting by what people type: `MTG-21`, `mtg21`, `21`; nothing means the next one. Refuses what is none."""
    digits = "".join(c for c in typed if c.isdecimal())
    if not typed.strip():
        found = next_meeting(session, now=now)
        if found is None:
            raise Refusal(N_("No meeting is scheduled. The secretariat schedules one with `meeting schedule`."))
        return found
    found = session.get(Meeting, int(digits)) if digits and len(digits) < 10 else None  # noqa: PLR2004 - an id's digits
    if found is None:
        raise Refusal(N_("There is no meeting {typed}. `meeting list` shows them all."), typed=typed)
    return found


def meeting_to_hold(session: Session, typed: str, *, now: datetime) -> Meeting:
    """Return the meeting that is named, else the earliest that is scheduled and was not held (it may be due)."""
    if typed.strip():
        return find_meeting(session, typed, now=now)
    recent = now - timedelta(days=1)
    due = session.exec(
        select(Meeting)
        .where(Meeting.state == MeetingState.SCHEDULED, Meeting.starts_at > recent)
        .order_by(col(Meeting.starts_at))
        .limit(1)
    ).first()
    return due or find_meeting(session, "", now=now)


def meeting_to_close(session: Session, typed: str, *, now: datetime) -> Meeting:
    """Return the meeting that is named, else the one that is being held."""
    held = select(Meeting).where(Meeting.state == MeetingState.HELD).order_by(col(Meeting.held_at).desc()).limit(1)
    found = None if typed.strip() else session.exec(held).first()
    return found or find_meeting(session, typed, now=now)


def meeting_with_minutes(session: Session, typed: str, *, now: datetime) -> Meeting:
    """Return the meeting that is named, else the one that was held last: it may still be open."""
    begun = select(Meeting).where(col(Meeting.state).in_([MeetingState.HELD, MeetingState.CLOSED]))
    last = None if typed.strip() else session.exec(begun.order_by(col(Meeting.held_at).desc()).limit(1)).first()
    return last or find_meeting(session, typed, now=now)


def next_meeting(session: Session, *, now: datetime) -> Meeting | None:
    """Return the next scheduled meeting that has not begun."""
    return session.exec(
        select(Meeting)
        .where(Meeting.state == MeetingState.SCHEDULED, Meeting.starts_at > now)
        .order_by(col(Meeting.starts_at))
        .limit(1)
    ).first()


def list_meetings(session: Session, *, now: datetime) -> list[Meeting]:
    """Return what lies ahead, soonest first, and the last few that have begun."""
    ahead = session.exec(
        select(Meeting).where(Meeting.starts_at > now).order_by(col(Meeting.starts_at)).limit(AHEAD)
    ).all()
    behind = session.exec(
        select(Meeting).where(Meeting.starts_at <= now).order_by(col(Meeting.starts_at).desc()).limit(BEHIND)
    ).all()
    return [*ahead, *behind]
