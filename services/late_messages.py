"""Messages that Slack did not take in time: they wait for work to begin; what can help no more is given up."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.delivery import Notice, NoticeKind, NoticeState
from models.meetings import Meeting
from models.reminders import Reminder, ReminderKind
from services.directory import directory
from services.outbox import refresh
from services.reminder_plan import Fate
from services.reminder_rows import drop, report_lost

IN_WORKING_TIME = (
    NoticeKind.DESK,
    NoticeKind.SECRETARIAT,
    NoticeKind.CHAIR_ALERT,
    NoticeKind.ISSUE_NEWS,
    NoticeKind.MEETING_NEWS,
)
"""What is said to people in their working time, unless it is urgent."""

_PENDING = sa.literal(NoticeState.PENDING.value, literal_execute=True)
"""Literal, so that the partial index of what is due is used."""


def hold_back(session: Session, *, now: datetime) -> None:
    """Keep what could not be sent in time from going out outside working time: it waits for work to begin."""
    who = directory(session)
    waiting = select(Notice).where(
        col(Notice.kind).in_(IN_WORKING_TIME), ~col(Notice.urgent), col(Notice.state) == _PENDING,
        col(Notice.due_at) <= now,
    )  # fmt: skip
    too_late = []
    for notice in session.exec(waiting):
        person = who.people_by_id.get(notice.person_id or 0)
        if person is None:
            continue
        hours, end = who.hours_of(person), notice.expires_at
        at = hours.next_moment(now) if end is None else hours.next_moment_before(now, end)
        if at is None:
            # News of a meeting help until it begins: at an odd hour they are better than a journey for nothing.
            too_late += [notice] if notice.kind is not NoticeKind.MEETING_NEWS else []
        elif at > now:
            notice.due_at = at
            session.add(notice)
    give_up(session, too_late, now=now)


def give_up(session: Session, notices: Iterable[Notice], *, now: datetime) -> None:
    """End what would come too late. Reminders that nobody heard count for nothing, and the secretariat is told."""
    lost: dict[int, list[Reminder]] = {}
    for notice in notices:
        notice.state, notice.error, notice.refresh_at = NoticeState.EXPIRED, "it would have come too late", None
        session.add(notice)
        if notice.kind is NoticeKind.DESK:
            refresh(session, notice.subject, now=now)
            for row in _updates_asked_for(session, notice):
                drop(session, row, Fate.TOO_LATE)
                row.sent_at = None
                lost.setdefault(row.meeting_id or 0, []).append(row)
    for meeting_id, rows in lost.items():
        report_lost(session, session.get_one(Meeting, meeting_id), rows, now=now)
    session.flush()


def _updates_asked_for(session: Session, notice: Notice) -> list[Reminder]:
    asked = select(Reminder).where(Reminder.notice_id == notice.id, Reminder.kind == ReminderKind.UPDATES)
    return list(session.exec(asked))
