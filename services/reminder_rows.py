"""The plan of reminders as it is stored: rows are replaced while they are planned, and never touched once sent."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.meetings import Meeting, MeetingState
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services.directory import Directory, directory, person_id
from services.obligations import open_obligations
from services.reminder_hearers import Hearing, Schedule, hearers, schedule_of
from services.reminder_plan import LATE_STEP, Fate, PlannedStep, Sent, Snooze, plan_steps
from services.secretariat import News, tell_secretariat
from services.vacant_seats import report_vacant

PLANNED = sa.literal(ReminderState.PLANNED.value, literal_execute=True)
"""Literal, so that the partial index of what is due is used."""
LIVE = (ReminderState.PLANNED, ReminderState.MERGED)
_STATE = {
    Fate.PLANNED: ReminderState.PLANNED,
    Fate.MERGED: ReminderState.MERGED,
    Fate.SNOOZED: ReminderState.MERGED,
    Fate.PAST: ReminderState.MERGED,
    Fate.CAPPED: ReminderState.DROPPED,
    Fate.TOO_LATE: ReminderState.DROPPED,
}


def plan_meeting(session: Session, meeting: Meeting, *, now: datetime, only: Collection[int] | None = None) -> None:
    """Bring the rows of the next meeting in step with who owes; `only` for these people where no other is affected."""
    lock_plan(session, meeting)
    schedule, obligations = schedule_of(session, meeting), open_obligations(session, meeting, now)
    rows = _rows(session, meeting, only)
    wanted = hearers(session, schedule, obligations, _missed(rows, now), now=now)
    heard = heard_of_others(session, meeting, now=now)
    lost: list[Reminder] = []
    for hearing in wanted.by_person.values():
        if only is None or hearing.person.id in only:
            about = rows.get(person_id(hearing.person), {})
            steps = steps_for(session, schedule, hearing, about, heard.get(person_id(hearing.person), ()), now=now)
            own = rows.setdefault(person_id(hearing.person), {})
            lost += _store(session, meeting, hearing, steps, own)
    for person, unheard in wanted.unheard.items():
        if only is None or person in only:
            _store_unheard(session, schedule, person, unheard, rows.setdefault(person, {}))
            ahead = any(step == LATE_STEP or schedule.asked[step] > now for step in unheard)
            if ahead and person in wanted.silent:
                _report_silence(session, meeting, person, now=now)
    for person in set(rows) - set(wanted.by_person):
        unheard = wanted.unheard.get(person, {})
        withdraw_rows(session, [row for row in rows[person].values() if row.step not in unheard])
    report_lost(session, meeting, lost, now=now)
    if only is None:
        report_vacant(session, [obligation.seat for obligation in obligations], now=now)


def lock_plan(session: Session, meeting: Meeting) -> None:
    """Let one transaction at a time plan and send for a meeting; SQLite has one writer anyway."""
    session.exec(select(Meeting.id).where(Meeting.id == meeting.id).with_for_update())


def close_others(session: Session, keep: int | None, *, now: datetime) -> set[int]:
    """End what is planned for other meetings than the next one. Returns the ids of the meetings concerned.

    What should have been said before a meeting that has begun meanwhile was missed: the secretariat is told.
    """
    rows = session.exec(
        select(Reminder).where(
            Reminder.kind == ReminderKind.UPDATES,
            col(Reminder.state).in_(LIVE),
            col(Reminder.meeting_id) != (keep or 0),
        )
    ).all()
    for meeting_id in (concerned := {row.meeting_id for row in rows if row.meeting_id is not None}):
        meeting = session.get(Meeting, meeting_id)
        own = [row for row in rows if row.meeting_id == meeting_id]
        if meeting is None or meeting.state is MeetingState.CANCELLED or meeting.actual_start > now:
            withdraw_rows(session, own)
            continue
        missed = [row for row in own if is_due(row, now)]
        withdraw_rows(session, [row for row in own if row not in missed])
        for row in missed:
            drop(session, row, Fate.TOO_LATE)
        report_lost(session, meeting, missed, now=now)
    return concerned


def withdraw_rows(session: Session, rows: Iterable[Reminder]) -> None:
    """End what was planned and is no longer owed."""
    for row in rows:
        if row.state in LIVE:
            row.state, row.due_at = ReminderState.WITHDRAWN, None
            session.add(row)


def is_due(row: Reminder, now: datetime) -> bool:
    """Whether a row is to be said now, or was to be said before."""
    return row.state is ReminderState.PLANNED and row.due_at is not None and row.due_at <= now


def drop(session: Session, row: Reminder, code: str) -> None:
    """End a row that can no longer help, with the reason."""
    row.state, row.due_at, row.reason = ReminderState.DROPPED, None, {**row.reason, "code": str(code)}
    session.add(row)


def report_lost(session: Session, meeting: Meeting, lost: list[Reminder], *, now: datetime) -> None:
    """Tell the secretariat which reminders can no longer help."""
    if lost:
        session.flush()
        numbers = sorted(row.id or 0 for row in lost)
        tell_secretariat(
            session, News.REMINDERS_DROPPED, about=f"{meeting.id}:{numbers[0]}", now=now, meeting_id=meeting.id,
            reminder_ids=numbers,
        )  # fmt: skip


def _rows(session: Session, meeting: Meeting, only: Collection[int] | None) -> dict[int, dict[str, Reminder]]:
    found: dict[int, dict[str, Reminder]] = {}
    stored = select(Reminder).where(Reminder.meeting_id == meeting.id, Reminder.kind == ReminderKind.UPDATES)
    if only is not None:
        stored = stored.where(col(Reminder.person_id).in_(only))
    for row in session.exec(stored.order_by(col(Reminder.id))):
        found.setdefault(row.person_id, {})[row.step] = row
    return found


def _missed(rows: dict[int, dict[str, Reminder]], now: datetime) -> set[tuple[int, str]]:
    """Return the steps (person, name) that were to be said by now and are not: what is due, with all it stands for."""
    late = [own for own in rows.values() if any(is_due(row, now) for row in own.values())]
    return {
        (row.person_id, row.step)
        for own in late
        for row in own.values()
        if is_due(row, now) or (row.sent_at is None and row.asked_at <= now)
    }


def heard_of_others(session: Session, meeting: Meeting, *, now: datetime) -> dict[int, list[datetime]]:
    """Return when people were last reminded of another meeting, by the person's id: a day has one reminder at most."""
    yesterday = now - timedelta(days=1)
    others = select(Meeting.id).where(Meeting.id != meeting.id, Meeting.starts_at > yesterday)
    sent = select(Reminder.person_id, Reminder.sent_at).where(
        col(Reminder.meeting_id).in_(others), Reminder.kind == ReminderKind.UPDATES, col(Reminder.sent_at) > yesterday
    )
    found: dict[int, list[datetime]] = {}
    for person, at in session.exec(sent):
        if at is not None:
            found.setdefault(person, []).append(at)
    return found


def steps_for(
    session: Session,
    schedule: Schedule,
    hearing: Hearing,
    rows: dict[str, Reminder],
    heard: Collection[datetime],
    *,
    now: datetime,
) -> list[PlannedStep]:
    """Plan the steps of one person; `rows` are those that they have already, `heard` when another meeting was said."""
    who = directory(session)
    return plan_steps(
        deadline=schedule.deadline,
        meeting_start=schedule.meeting.starts_at,
        scheduled_at=schedule.agreed_at,
        now=now,
        offsets=[offset for offset in schedule.offsets if str(offset) in hearing.steps],
        zone=schedule.zone,
        hours=who.hours_of(hearing.person),
        heard=heard,
        most=who.task_force.most_per_meeting,
        sent=[Sent(row.step, row.sent_at) for row in rows.values() if row.sent_at is not None],
        snoozes=_snoozes(who, schedule, hearing.person, rows),
    )


def _snoozes(who: Directory, schedule: Schedule, person: Person, rows: dict[str, Reminder]) -> list[Snooze]:
    """Return a person's snoozes: one that would end while they are away is no wish any more."""
    hours, found = who.hours_of(person), []
    for row in rows.values():
        if "wished_at" in row.reason:
            ends = hours.next_moment_before(row.asked_at, schedule.ends_at) or row.asked_at
            if row.sent_at is not None or who.absence(person, now=ends) is None:
                number = int(row.step.removeprefix("snooze-"))
                found.append(Snooze(datetime.fromisoformat(row.reason["wished_at"]), row.asked_at, number))
    return found


def _store(
    session: Session, meeting: Meeting, hearing: Hearing, steps: list[PlannedStep], rows: dict[str, Reminder]
) -> list[Reminder]:
    """Write a person's steps down. Returns those that have just been lost."""
    lost = []
    for step in steps:
        row = rows.get(step.step)
        if step.fate is Fate.SENT or (row is not None and row.state is ReminderState.SENT):
            continue
        known = row is not None and row.state is ReminderState.DROPPED and row.reason.get("code") == Fate.TOO_LATE
        row = _put(session, row, meeting, hearing.person, step.step, **values_of(hearing, step))
        if step.fate is Fate.TOO_LATE and not known:
            lost.append(row)
    named = {step.step for step in steps}
    withdraw_rows(session, [row for row in rows.values() if row.step not in named])
    return lost


def values_of(hearing: Hearing, step: PlannedStep) -> dict[str, Any]:
    """Return what is written down of a step besides whose and which it is."""
    absent = hearing.absent(step.step)
    return {
        "asked_at": step.asked_at,
        "due_at": step.at,
        "state": _STATE[step.fate],
        "reason": _reason(step),
        "covers_id": absent.id if absent else None,
    }


def _store_unheard(
    session: Session, schedule: Schedule, person: int, steps: dict[str, str], rows: dict[str, Reminder]
) -> None:
    """Keep the steps that somebody does not hear, and nobody in their place, for the secretariat to see why."""
    absent = directory(session).people_by_id[person]
    for step, why in steps.items():
        row = rows.get(step)
        if row is None or row.state is not ReminderState.SENT:
            _put(
                session, row, schedule.meeting, absent, step, asked_at=schedule.asked[step], due_at=None,
                state=ReminderState.DROPPED, reason={"code": why}, covers_id=None,
            )  # fmt: skip


def _report_silence(session: Session, meeting: Meeting, person: int, *, now: datetime) -> None:
    """Tell the secretariat once that somebody is away and nobody hears what they owe."""
    tell_secretariat(
        session, News.NOBODY_REACHABLE, about=f"{person}:{meeting.id}", now=now, person_id=person,
        meeting_id=meeting.id,
    )  # fmt: skip


def _put(
    session: Session,
    row: Reminder | None,
    meeting: Meeting,
    person: Person,
    step: str,
    *,
    asked_at: datetime,
    **values: Any,
) -> Reminder:
    row = row or Reminder(
        person_id=person_id(person), kind=ReminderKind.UPDATES, meeting_id=meeting.id, step=step, asked_at=asked_at
    )
    if "wished_at" in row.reason:
        values["reason"] = {**values["reason"], "wished_at": row.reason["wished_at"]}
    for name, value in {"asked_at": asked_at, **values}.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    session.add(row)
    return row


def _reason(step: PlannedStep) -> dict[str, Any]:
    if step.fate is Fate.PLANNED:
        return {"code": step.moved.value} if step.moved else {}
    return {"code": step.fate.value} | ({"into": step.into} if step.into else {})
