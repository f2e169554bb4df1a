"""Dates that near: who owns an issue or action is told in working time, the working day before and on the day."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, select

from foundation.durations import to_utc
from foundation.working_time import WorkingTime
from models.issues import Action, Issue, IssueState
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services.directory import directory, person_id
from services.issue_circle import waited_for
from services.ladder import due_passes_at


class Nag(StrEnum):
    """When the owner is told."""

    BEFORE = "before"
    """At the beginning of the last working day before the date."""
    DAY = "day"
    """On the date, when work begins."""
    OVER = "over"
    """When work begins after it; an issue climbs then instead."""


def plan_issue_nags(session: Session, issue: Issue, *, now: datetime) -> None:
    """Plan what the owner of an open issue hears of its due date, in place of what was planned before."""
    withdraw_nags(session, issue_id=issue.id)
    if issue.due is not None and issue.state is IssueState.OPEN:
        owner = waited_for(directory(session), issue)
        _plan(session, owner, issue.due, (Nag.BEFORE, Nag.DAY), now=now, issue_id=issue.id)


def plan_action_nags(session: Session, action: Action, *, now: datetime) -> None:
    """Plan what the owner of an action hears of its due date, in place of what was planned before."""
    withdraw_nags(session, action_id=action.id)
    if action.due is not None and action.done_at is None and action.dropped_at is None:
        owner = directory(session).people_by_id[action.owner_id]
        _plan(session, owner, action.due, tuple(Nag), now=now, action_id=action.id)


def withdraw_nags(session: Session, **about: int | None) -> None:
    """Withdraw what was planned about the date of an issue (`issue_id`) or an action (`action_id`)."""
    for row in session.exec(_nags(about).where(Reminder.state == ReminderState.PLANNED)):
        row.state, row.due_at = ReminderState.WITHDRAWN, None
        session.add(row)


def _plan(
    session: Session, owner: Person, due: date, nags: tuple[Nag, ...], *, now: datetime, **about: int | None
) -> None:
    hours = directory(session).hours_of(owner)
    said = {row.step for row in session.exec(_nags(about).where(Reminder.state == ReminderState.SENT))}
    for nag in nags:
        step, asked = f"{due.isoformat()}.{nag}", _asked_at(nag, due, hours)
        at = hours.next_moment(asked)
        # A nag whose day is over helps no more; on a day without work the one before it has said it.
        if step in said or at is None or at < now or (nag is Nag.DAY and at >= due_passes_at(due, hours)):
            continue
        moved = hours.reason_moved(asked)
        row = Reminder(
            person_id=person_id(owner), kind=ReminderKind.DUE, step=step, asked_at=asked, due_at=at,
            reason={"code": moved.value} if moved else {},
            issue_id=about.get("issue_id"), action_id=about.get("action_id"),
        )  # fmt: skip
        session.add(row)
    session.flush()


def _asked_at(nag: Nag, due: date, hours: WorkingTime) -> datetime:
    begins = to_utc(datetime.combine(due, hours.opens), hours.zone)
    match nag:
        case Nag.BEFORE:
            return hours.working_day_before(begins)
        case Nag.DAY:
            return begins
        case Nag.OVER:
            return due_passes_at(due, hours)


def _nags(about: dict[str, int | None]) -> Any:
    same: list[sa.ColumnElement[bool]] = [sa.inspect(Reminder).columns[name] == value for name, value in about.items()]
    return select(Reminder).where(Reminder.kind == ReminderKind.DUE, *same)
