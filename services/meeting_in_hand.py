"""The meeting that is being held, and its item in hand: what is decided or given out now belongs to them."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.agenda import AgendaItem
from models.issues import Issue
from models.meetings import Meeting, MeetingState

LONGEST_MEETING = timedelta(days=1)
"""A meeting that nobody closed is over by then."""


def meeting_being_held(session: Session, *, now: datetime, lock: bool = False) -> Meeting | None:
    """Return the meeting that was opened within the last day and is not closed yet.

    `lock` its row before any other, for what is to stand in its minutes: whoever closes it meanwhile comes after.
    """
    query = select(Meeting).where(Meeting.state == MeetingState.HELD, col(Meeting.held_at) > now - LONGEST_MEETING)
    if lock:
        query = query.with_for_update().execution_options(populate_existing=True)
    return session.exec(query.order_by(col(Meeting.starts_at).desc())).first()


def item_in_hand(session: Session, meeting: Meeting | None) -> AgendaItem | None:
    """Return the item that a meeting is at: the last one that was begun and has no outcome yet."""
    if meeting is None:
        return None
    begun = select(AgendaItem).where(
        AgendaItem.meeting_id == meeting.id, col(AgendaItem.begun_at).is_not(None), col(AgendaItem.outcome).is_(None)
    )
    return session.exec(begun.order_by(col(AgendaItem.begun_at).desc(), col(AgendaItem.id).desc())).first()


def area_of_item(session: Session, item: AgendaItem | None) -> int | None:
    """Return the area that an item is about, by itself or through its issue: what is recorded on it is about that."""
    if item is None or item.issue_id is None:
        return item.area_id if item else None
    return item.area_id or session.get_one(Issue, item.issue_id).area_id
