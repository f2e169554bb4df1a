"""How what was owed has ended: met, excused, or known to the secretariat; anything else was forgotten."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from models.delivery import Notice, NoticeKind
from models.issues import Issue, IssueState, LadderState, LadderStep
from models.meetings import Meeting
from models.reminders import Reminder, ReminderKind, ReminderState
from services.directory import directory, person_id
from services.obligations import Obligation
from services.reminder_overview import Overview
from services.secretariat import News

DONE, EXCUSED, LISTED, MISSED = "done", "excused: away", "on the secretariat's list", "missed"


def how_it_ends(session: Session, owed: Obligation, meeting: Meeting, shown: Overview) -> str:
    """Say how an obligation has ended that nobody met, as its meeting begins.

    Nobody met it, but nobody was forgotten either: they were reminded, or the secretariat was told why not.
    """
    who = directory(session)
    if not owed.holders:
        return LISTED if owed.seat in shown.vacant else MISSED
    if not owed.reminded:
        return LISTED if _told(session, News.NOT_MINE) else MISSED
    if all(who.absence(person, now=meeting.deadline_at) is not None for person in owed.reminded):
        return EXCUSED
    listed = any(owed.seat in plan.seats for plan in shown.people)
    return LISTED if listed and _was_heard_or_told(session, owed, meeting) else MISSED


def _was_heard_or_told(session: Session, owed: Obligation, meeting: Meeting) -> bool:
    """Whether somebody was reminded of it, or the secretariat told that nobody could be."""
    holders = [person_id(person) for person in owed.reminded]
    about = select(Reminder).where(Reminder.meeting_id == meeting.id, Reminder.kind == ReminderKind.UPDATES)
    theirs = (col(Reminder.person_id).in_(holders)) | (col(Reminder.covers_id).in_(holders))
    rows = session.exec(about.where(theirs)).all()
    if any(row.state is ReminderState.SENT for row in rows):
        return True
    dropped = {row.id for row in rows if row.state is ReminderState.DROPPED}
    told = [refs for refs in _told(session, News.REMINDERS_DROPPED) if dropped & set(refs["reminder_ids"])]
    told += [refs for refs in _told(session, News.NOBODY_REACHABLE) if refs["meeting_id"] == meeting.id]
    return bool(told)


def _told(session: Session, news: News) -> list[Mapping[str, Any]]:
    told = session.exec(select(Notice.refs).where(Notice.kind == NoticeKind.SECRETARIAT))
    return [refs for refs in told if refs["news"] == news]


def is_forgotten(session: Session, issue: Issue) -> bool:
    """Whether an issue waits for something that will never come: no step ahead, no reminder, no word to anybody."""
    if issue.state is IssueState.OPEN:
        waiting = select(LadderStep.id).where(
            LadderStep.issue_id == issue.id, LadderStep.round == issue.round, LadderStep.state == LadderState.WAITING
        )
        return session.exec(waiting).first() is None
    if issue.state is IssueState.ESCALATED:
        silent = any(refs["issue_id"] == issue.id for refs in _told(session, News.CHAIR_SILENT))
        return issue.chair_next_at is None and not silent
    return False
