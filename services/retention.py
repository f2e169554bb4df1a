"""Forgets what was only needed to deliver messages, once it is old; records of the task force's work stay."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.delivery import InboxEntry, Notice, NoticeState, Pause
from models.reminders import Reminder

OVER = (NoticeState.SENT, NoticeState.DEAD, NoticeState.EXPIRED, NoticeState.SUPERSEDED)


def forget(session: Session, *, before: datetime) -> None:
    """Remove requests, pauses and notices that were settled before a moment and that nothing refers to."""
    connection = session.connection()
    connection.execute(sa.delete(InboxEntry).where(col(InboxEntry.at) < before))
    connection.execute(sa.delete(Pause).where(col(Pause.until) < before))
    needed = sa.select(col(Reminder.notice_id)).where(col(Reminder.notice_id).is_not(None))
    parents = sa.select(col(Notice.parent_key)).where(col(Notice.parent_key).is_not(None))
    connection.execute(
        sa.delete(Notice)
        .where(col(Notice.state).in_(OVER), col(Notice.created_at) < before)
        .where(col(Notice.id).not_in(needed), col(Notice.key).not_in(parents))
    )
