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
from services.ladder import PlannedLadderStep, due_passes_at
from services.quiet import after_silences, silences_over_action


class Nag(StrEnum):
    """When the owner is told."""

    BEFORE = "before"
    """At the beginning of the last working day before the date."""
    DAY = "day"
    """On the date, when work begins."""
    OVER = "over"
    """When work begins after it; an issue climbs then instead, an action a working day later."""


GIVEN = "given"
"""Beginning of the step that tells an owner of an action that it is theirs; their id follows."""


def plan_issue_nags(session: Session, issue: Issue, *, now: datetime) -> None:
    """Plan what the owner of an open issue hears of its due date, in place of what was planned before."""
    withdraw_nags(session, issue_id=issue.id)
    if issue.due is not None and issue.state is IssueState.OPEN:
        owner = waited_for(directory(session), issue)
        _plan(session, owner, issue.due, (Nag.BEFORE, Nag.DAY), now=now, issue_id=issue.id)


def plan_action_nags(session: Session, action: Action, *, now: datetime, given: bool = False) -> None:
    """Plan what the owner of an action hears of its due date, in place of what was planned before, and its climbing.

    `given`: the owner is told that it is theirs, unless another message has said so or is about to.
    """
    withdraw_nags(session, action_id=action.id, keep=f"{GIVEN}.{action.owner_id}")
    plan_climbing(session, action, now=now)
    if not action.open:
        return
    owner = directory(session).people_by_id[action.owner_id]
    if action.due is not None:
        _plan(session, owner, action.due, tuple(Nag), now=now, action_id=action.id)
    if given:
        _plan_given(session, action, owner, now=now)


def plan_climbing(session: Session, action: Action, *, now: datetime | None = None) -> None:
    """Say when an action is raised as an issue: a working day after its owner heard that its date has passed.

    Planned silence over its area holds it back as it holds ladders. Whoever gets it when it is overdue (`now`) has
    a working day as well. It climbs once.
    """
    action.climbs_at = None
    if action.due is not None and action.open and action.climbed_as_id is None:
        who = directory(session)
        hours = who.hours_of(who.people_by_id[action.owner_id])
        heard = due_passes_at(action.due, hours)
        heard = max(heard, hours.next_moment(now) or now) if now is not None else heard
        step = PlannedLadderStep(1, "", hours.add_working_days(heard, 1), None)
        silences = silences_over_action(session, action)
        action.climbs_at = after_silences([step], silences, round_at=heard, hours=hours)[0].at
    session.add(action)


def withdraw_nags(session: Session, *, keep: str | None = None, **about: int | None) -> None:
    """Withdraw what was planned about the date of an issue (`issue_id`) or an action (`action_id`), but one step."""
    for row in session.exec(_nags(about).where(Reminder.state == ReminderState.PLANNED)):
        if row.step != keep:
            row.state, row.due_at = ReminderState.WITHDRAWN, None
            session.add(row)


def _plan_given(session: Session, action: Action, owner: Person, *, now: datetime) -> None:
    """Tell an owner once that an action is theirs; a nag of the same moment says it as well."""
    hours, step = directory(session).hours_of(owner), f"{GIVEN}.{owner.id}"
    at = hours.next_moment(now) or now
    rows = session.exec(_nags({"action_id": action.id})).all()
    alive = [row for row in rows if row.state in {ReminderState.PLANNED, ReminderState.SENT}]
    if any(row.step == step or row.due_at == at for row in alive):
        return
    moved = hours.reason_moved(now)
    session.add(Reminder(
        person_id=person_id(owner), kind=ReminderKind.DUE, step=step, asked_at=now, due_at=at,
        reason={"code": moved.value} if moved else {}, action_id=action.id,
    ))  # fmt: skip
    session.flush()


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
