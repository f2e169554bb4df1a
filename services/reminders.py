"""Fair reminders: the plan is kept in step with who owes, and what is due goes out as one message a person (SPEC 6)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from itertools import groupby

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.working_time import WorkingTime
from models.delivery import Notice, NoticeKind, NoticeState, Pulse
from models.issues import Action, Issue, LadderStep
from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services.cover_gaps import report_gaps
from services.cycles import current_cycle, owed_meeting
from services.directory import directory, person_id
from services.late_messages import hold_back
from services.obligations import owed_by
from services.outbox import mark_homes, owe, refresh, withdraw
from services.quiet import QUIET, quiet_action, quiet_issue, silences_in_force
from services.reminder_bursts import bring_forward
from services.reminder_hearers import AWAY
from services.reminder_plan import Fate
from services.reminder_rows import PLANNED, close_others, drop, is_due, lock_plan, plan_meeting
from services.secretariat import News, tell_secretariat

PLANNED_FOR = "reminders.plan"
"""The pulse that says for which meeting, and which state of people and structure, the plan was made."""


# -- keeping the plan in step --------------------------------------------------------------------------------------


def meeting_changed(session: Session, *, meeting: Meeting, now: datetime) -> None:
    """A meeting was scheduled, moved, cancelled or held: plan anew, and have its reminders say how it stands."""
    _plan(session, now=now)
    _refresh_letters(session, meeting.id or 0, now=now)


def obligations_changed(session: Session, *, area_id: int, unit_id: int, now: datetime) -> None:
    """An update was posted or withdrawn: who owed it owes it no more, or again; every reminder of it shows that."""
    who, meeting = directory(session), owed_meeting(session, now)
    seat = who.seat(area_id, unit_id)
    if meeting is None or seat is None:
        return
    holders = who.holders(seat)
    stood_in_for = any(holder.id in who.absences for holder in holders)
    plan_meeting(session, meeting, now=now, only=None if stood_in_for else {person_id(p) for p in holders})
    for notice in _letters(session, meeting.id or 0):
        if seat.id in notice.refs.get("seat_ids", ()):
            refresh(session, notice.subject, now=now)


def person_changed(session: Session, *, person_id: int, now: datetime) -> None:
    """A person's seats, hours, absence or presence changed: plan anew, and have their reminders show it."""
    _plan(session, now=now)
    for subject in {letter.subject for letter in _letters_to(session, person_id)}:
        refresh(session, subject, now=now)
    mark_homes(session, [person_id], now=now)


def plan_due(session: Session, now: datetime) -> None:
    """Plan anew when the next meeting is another one, or when people or structure have changed since."""
    if not in_step(session, now):
        _plan(session, now=now)


def in_step(session: Session, now: datetime) -> bool:
    """Whether the plan was made for the next meeting as it stands, and for people and structure as they are."""
    planned = session.get(Pulse, PLANNED_FOR)
    return planned is not None and planned.detail == _state(session, now)


def _plan(session: Session, *, now: datetime) -> None:
    meeting = owed_meeting(session, now)
    if meeting is not None:
        lock_plan(session, meeting)
    planned = session.get(Pulse, PLANNED_FOR, populate_existing=True)
    concerned = close_others(session, meeting.id if meeting else None, now=now)
    before = int(planned.detail.split(":")[0]) if planned else 0
    if before and (meeting is None or meeting.id != before):
        concerned.add(before)
    if meeting is not None:
        plan_meeting(session, meeting, now=now)
        concerned.add(meeting.id or 0)
    for meeting_id in concerned:
        _refresh_letters(session, meeting_id, now=now)
    report_gaps(session, now=now)
    planned = planned or _first_pulse(session, now)
    planned.at, planned.detail = now, _state(session, now)
    session.add(planned)


def _first_pulse(session: Session, now: datetime) -> Pulse:
    """Make the pulse, or take the one that somebody else has made meanwhile: without a meeting nothing is locked."""
    # Only the one that is spoken: the other's words would take 2 MiB.
    dialect = import_module(f"sqlalchemy.dialects.{session.get_bind().dialect.name}")
    made = dialect.insert(Pulse).values(name=PLANNED_FOR, at=now).on_conflict_do_nothing()
    session.connection().execute(made)
    return session.get_one(Pulse, PLANNED_FOR)


def _state(session: Session, now: datetime) -> str:
    meeting, version = owed_meeting(session, now), directory(session).task_force.version
    if meeting is None:
        return f"0:{version}"
    return f"{meeting.id}:{version}:{meeting.revision}:{meeting.deadline_at.isoformat()}"


# -- saying what is due --------------------------------------------------------------------------------------------


def send_due(session: Session, now: datetime) -> None:
    """Owe one message to each person for whom something is due, whatever it is about, in their working time.

    What was missed collapses to the most urgent step; what can no longer help is dropped, and the secretariat told.
    """
    hold_back(session, now=now)
    meeting = owed_meeting(session, now)
    if meeting is not None:
        lock_plan(session, meeting)
        bring_forward(session, meeting, now=now)
    rows = _due(session, now)
    if meeting is not None:
        _collapse(session, meeting, rows, now=now)
    for row in rows:
        if row.kind is not ReminderKind.UPDATES:
            _hand_over(session, row, now=now)
    for hearer, own in groupby(_due(session, now), key=lambda row: row.person_id):
        _say(session, directory(session).people_by_id[hearer], list(own), meeting, now=now)


def next_due(session: Session, after: datetime) -> datetime | None:
    """Return the next instant after `after` at which something is said: a moved clock stops there."""
    moment = sa.select(sa.func.min(col(Reminder.due_at))).where(
        col(Reminder.state) == PLANNED, col(Reminder.due_at) > after
    )
    return session.connection().execute(moment).scalar()


def _due(session: Session, now: datetime) -> Sequence[Reminder]:
    session.flush()
    due = session.exec(select(Reminder).where(col(Reminder.state) == PLANNED, col(Reminder.due_at) <= now)).all()
    # Sorted here: asked for this order, SQLite reads the index on people and with it every reminder there ever was.
    return sorted(due, key=lambda row: (row.person_id, row.id or 0))


def _collapse(session: Session, meeting: Meeting, rows: Sequence[Reminder], *, now: datetime) -> None:
    """Plan anew for those whose step was missed or is not theirs to hear today, all at once: one report tells of it."""
    who = directory(session)
    due = [row for row in rows if row.meeting_id == meeting.id]
    if any(
        who.reachable(who.people_by_id[row.person_id], now=now) is not who.people_by_id[row.person_id] for row in due
    ):
        plan_meeting(session, meeting, now=now)
        return
    several = Counter(row.person_id for row in due)
    missed = {
        row.person_id
        for row in due
        if several[row.person_id] > 1 or _is_missed(who.hours_of(who.people_by_id[row.person_id]), row, meeting, now)
    }
    if missed:
        plan_meeting(session, meeting, now=now, only=missed)


def _is_missed(hours: WorkingTime, row: Reminder, meeting: Meeting, now: datetime) -> bool:
    same_day = hours.working_day(row.due_at or now) == hours.working_day(now)
    return not same_day or not hours.is_working(now) or now >= meeting.deadline_at


def _hand_over(session: Session, row: Reminder, *, now: datetime) -> None:
    """Give what is due to somebody who is away, or gone, to who stands in."""
    who = directory(session)
    person = who.people_by_id[row.person_id]
    hearer = who.reachable(person, now=now)
    if hearer is None:
        drop(session, row, AWAY)
    elif hearer.id != person.id:
        row.person_id, row.covers_id = person_id(hearer), row.covers_id or person.id
        session.add(row)


def _say(session: Session, person: Person, rows: list[Reminder], meeting: Meeting | None, *, now: datetime) -> None:
    said = [row for row in rows if meeting is not None and row.meeting_id == meeting.id]
    said += _others_due(session, person, [row for row in rows if row.kind is not ReminderKind.UPDATES], now=now)
    if said:
        _send(session, person, [*said, *_take_over(session, person, said, meeting, now=now)], now=now)


def _others_due(session: Session, person: Person, rows: list[Reminder], *, now: datetime) -> list[Reminder]:
    """Return what is due about issues and dates, or move it to the next working moment while that still helps."""
    hours = directory(session).hours_of(person)
    for row in rows:
        over, quiet_until = _overtaken_at(session, row), _quiet_until(session, row, now=now)
        from_ = quiet_until or now
        at = hours.next_moment(from_) if over is None else hours.next_moment_before(from_, over)
        if at is None:
            drop(session, row, Fate.TOO_LATE)
            tell_secretariat(session, News.REMINDERS_DROPPED, about=f"0:{row.id}", now=now, meeting_id=None,
                             reminder_ids=[row.id])  # fmt: skip
        elif at > now:
            moved = QUIET if quiet_until else hours.reason_moved(now)
            row.due_at, row.reason = at, {"code": str(moved)} if moved else row.reason
            session.add(row)
    return [row for row in rows if is_due(row, now)]


def _quiet_until(session: Session, row: Reminder, *, now: datetime) -> datetime | None:
    """Return until when planned silence holds over the issue or action that a row is about."""
    issue = session.get(Issue, row.issue_id) if row.issue_id is not None else None
    action = session.get(Action, row.action_id) if row.action_id is not None else None
    silence = quiet_issue(session, issue, now=now) if issue is not None else None
    silence = quiet_action(session, action, now=now) if action is not None else silence
    return silence.until_at if silence is not None else None


def _overtaken_at(session: Session, row: Reminder) -> datetime | None:
    """Return when the step that a row announces is taken: from then on the announcement helps nobody."""
    if row.kind is not ReminderKind.ANNOUNCED:
        return None
    round_, _, n = row.step.partition(".")
    step = select(LadderStep.at).where(
        LadderStep.issue_id == row.issue_id, LadderStep.round == int(round_), LadderStep.n == int(n)
    )
    return session.exec(step).first()


def _send(session: Session, person: Person, rows: list[Reminder], *, now: datetime) -> None:
    """Owe the one message of this moment. Older ones lose their buttons; what never went out joins this one."""
    meeting_id = next((row.meeting_id for row in rows if row.kind is ReminderKind.UPDATES), None)
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    subject = f"desk:{person.id}:{meeting_id or 0}"
    if meeting is not None:
        withdraw(session, subject, reason="a newer reminder says it", now=now, kinds=[NoticeKind.DESK])
    only_updates = all(row.kind is ReminderKind.UPDATES for row in rows)
    # A step that was given up and is asked for anew, because the meeting moved, is another message.
    again = f":{rows[0].notice_id}" if rows[0].notice_id else ""
    notice = owe(
        session, NoticeKind.DESK, key=f"desk:{person.id}:{rows[0].id}{again}", subject=subject, now=now, to=person,
        refs={
            "reminder_ids": [row.id for row in rows],
            "meeting_id": meeting_id,
            "revision": meeting.revision if meeting else 0,
            "cycle": current_cycle(session, now).opened_by,
            "seat_ids": _asked_now(session, person, now=now) if meeting else [],
        },
        expires_at=meeting.deadline_at if meeting is not None and only_updates else None,
    )  # fmt: skip
    for row in rows:
        row.state, row.sent_at, row.notice_id = ReminderState.SENT, row.sent_at or now, notice.id
        session.add(row)
    mark_homes(session, [person_id(person)], now=now)


def _asked_now(session: Session, person: Person, *, now: datetime) -> list[int]:
    """Return the seats for which a person owes and is asked now: planned silence holds over the others."""
    quiet = {silence.area_id for silence in silences_in_force(session, now=now)}
    return [owed.seat_id for owed in owed_by(session, person, now) if owed.area_id not in quiet]


def _take_over(
    session: Session, person: Person, said: list[Reminder], meeting: Meeting | None, *, now: datetime
) -> list[Reminder]:
    """Take over what older messages that still wait to be sent say: one message says it all, and they are withdrawn."""
    pending = sa.literal(NoticeState.PENDING.value, literal_execute=True)
    mine = (Notice.kind == NoticeKind.DESK, Notice.person_id == person.id, col(Notice.state) == pending)
    about = {None, meeting.id if meeting is not None else None}
    waiting = [
        notice.id
        for notice in session.exec(select(Notice).where(*mine).with_for_update())
        if notice.refs.get("meeting_id") in about and (notice.expires_at is None or notice.expires_at > now)
    ]
    if not waiting:
        return []
    given_up = sa.update(Notice).where(col(Notice.id).in_(waiting))
    values = {"state": NoticeState.SUPERSEDED, "error": "a newer reminder says it", "refresh_at": None}
    session.connection().execute(given_up.values(values))
    found = session.exec(select(Reminder).where(col(Reminder.notice_id).in_(waiting)).order_by(col(Reminder.id)))
    asks = any(row.kind is ReminderKind.UPDATES for row in said)
    return [row for row in found if row not in said and not (asks and row.kind is ReminderKind.UPDATES)]


# -- the messages that stand already -------------------------------------------------------------------------------


def _letters(session: Session, meeting_id: int) -> Sequence[Notice]:
    subjects = [f"desk:{person}:{meeting_id}" for person in directory(session).people_by_id]
    return session.exec(select(Notice).where(Notice.kind == NoticeKind.DESK, col(Notice.subject).in_(subjects))).all()


def _letters_to(session: Session, person: int) -> Sequence[Notice]:
    return session.exec(select(Notice).where(Notice.kind == NoticeKind.DESK, Notice.person_id == person)).all()


def _refresh_letters(session: Session, meeting_id: int, *, now: datetime) -> None:
    for subject in {letter.subject for letter in _letters(session, meeting_id)}:
        refresh(session, subject, now=now)
