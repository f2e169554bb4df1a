"""Forgets what was only needed to deliver messages, once it is old; records of the task force's work stay."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col

from models.delivery import InboxEntry, Notice, NoticeState, Pause
from models.issues import Issue, IssueState
from models.reminders import Reminder
from services.cycles import current_cycle
from services.secretariat import News

TOLD_ONCE = (News.VACANT_SEAT, News.MEMBER_LEFT)
"""What the secretariat is told once, however long it lasts."""
SETTLED = (IssueState.CLOSED, IssueState.RESOLVED)
OVER = (NoticeState.SENT, NoticeState.DEAD, NoticeState.EXPIRED, NoticeState.SUPERSEDED)


def forget(session: Session, *, before: datetime, now: datetime) -> None:
    """Remove requests, pauses and notices that were settled before a moment and that nothing refers to.

    What was said in this cycle, or of an issue that is not settled, is kept however old: it is edited when events
    overtake it, and what is owed again by the same name was sent already only as long as that is known.
    """
    connection = session.connection()
    connection.execute(sa.delete(InboxEntry).where(col(InboxEntry.at) < before))
    connection.execute(sa.delete(Pause).where(col(Pause.until) < before))
    needed = sa.select(col(Reminder.notice_id)).where(col(Reminder.notice_id).is_not(None))
    parents = sa.select(col(Notice.parent_key)).where(col(Notice.parent_key).is_not(None))
    lasting = sa.select(sa.literal("issue:") + sa.cast(col(Issue.id), sa.String))
    lasting = lasting.where(col(Issue.state).not_in(SETTLED))
    connection.execute(
        sa.delete(Notice)
        .where(col(Notice.state).in_(OVER), col(Notice.created_at) < min(before, current_cycle(session, now).starts_at))
        .where(col(Notice.subject).not_in(lasting))
        .where(*(~col(Notice.subject).startswith(news.value) for news in TOLD_ONCE))
        .where(col(Notice.id).not_in(needed), col(Notice.key).not_in(parents))
    )
