"""What Focal owes: notices are written down here with their cause, in one transaction, and sent by `delivery` alone."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from models.delivery import HomeMark, Notice, NoticeKind, NoticeState
from models.people import Person

WAITING = (NoticeState.PENDING,)
RESTORED_AT = "restored_at"
"""What the database's memory calls the moment of the last restore."""

ON_ITS_WAY = (NoticeState.SENDING, NoticeState.UNKNOWN, NoticeState.CHECKING)


def owe(
    session: Session,
    kind: NoticeKind,
    *,
    key: str,
    subject: str,
    now: datetime,
    to: Person | None = None,
    channel: str | None = None,
    refs: Mapping[str, Any] | None = None,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
    parent_key: str | None = None,
    urgent: bool = False,
) -> Notice:
    """Owe one message, to a person (DM) or a channel, once for its key; owing it again returns the same notice.

    `key` is `kind:subject:occurrence:revision:recipient:step`, `subject` is what later events find it by (`issue:4`).
    """
    known = session.exec(select(Notice).where(Notice.key == key)).one_or_none()
    if known is not None:
        return known
    notice = Notice(
        key=key,
        kind=kind,
        subject=subject,
        refs=dict(refs or {}),
        urgent=urgent,
        parent_key=parent_key,
        expires_at=expires_at,
        person_id=to.id if to else None,
        channel=channel,
        due_at=due_at or now,
        created_at=now,
    )
    _doubt_if_restored(notice, session.info["memory"].get(RESTORED_AT), to)
    try:
        with session.begin_nested():
            session.add(notice)
    except IntegrityError:
        # Another replica, or another thread, owed the same a moment ago.
        return session.exec(select(Notice).where(Notice.key == key)).one()
    session.info["owed"] = True
    return notice


def notice_at(session: Session, channel: str | None, ts: str | None) -> Notice | None:
    """Return what Slack shows at a place, if it came from here."""
    return session.exec(select(Notice).where(Notice.channel == channel, Notice.ts == ts)).first() if ts else None


def _doubt_if_restored(notice: Notice, restored_at: datetime | None, to: Person | None) -> None:
    """What was due before a backup was restored may have been sent after it was made: look for it before sending it."""
    channel = notice.channel or (to.dm_channel_id if to else None)
    if restored_at is not None and notice.due_at <= restored_at and channel:
        notice.sqlmodel_update({"state": NoticeState.UNKNOWN, "channel": channel, "first_tried_at": notice.due_at})


def refresh(session: Session, subject: str, *, now: datetime, kinds: Iterable[NoticeKind] | None = None) -> None:
    """Have every message about a subject rendered anew: sent ones are edited, those on their way afterwards."""
    wanted = (NoticeState.SENT, *WAITING, *ON_ITS_WAY)
    session.connection().execute(sa.update(Notice).where(*_about(subject, wanted, kinds)).values(refresh_at=now))
    session.info["owed"] = True


def withdraw(
    session: Session, subject: str, *, reason: str, now: datetime, kinds: Iterable[NoticeKind] | None = None
) -> None:
    """Withdraw what is still pending about a subject (`reason` for the record), and refresh what was sent."""
    session.connection().execute(
        sa.update(Notice).where(*_about(subject, WAITING, kinds)).values(state=NoticeState.SUPERSEDED, error=reason)
    )
    refresh(session, subject, now=now, kinds=kinds)


def was_said(session: Session, subject: str) -> bool:
    """Whether any message about a subject stands in Slack, or may."""
    said = select(Notice.id).where(*_about(subject, (NoticeState.SENT, *ON_ITS_WAY), None)).limit(1)
    return session.exec(said).first() is not None


def mark_homes(session: Session, people: Iterable[int], *, now: datetime) -> None:
    """Note that the App Home of these people no longer shows how things stand; `delivery` publishes it within 30 s."""
    session.connection().execute(
        sa.update(HomeMark)
        .where(col(HomeMark.person_id).in_(list(people)), col(HomeMark.marked_at).is_(None))
        .values(marked_at=now)
    )
    session.info["owed"] = True


def _about(
    subject: str, states: Iterable[NoticeState], kinds: Iterable[NoticeKind] | None
) -> list[sa.ColumnElement[bool]]:
    conditions: list[sa.ColumnElement[bool]] = [col(Notice.subject) == subject, col(Notice.state).in_(list(states))]
    if kinds is not None:
        conditions.append(col(Notice.kind).in_(list(kinds)))
    return conditions
