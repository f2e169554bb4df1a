"""The messages of a brief: when they go out, to whom, and until when they are kept as things stand."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_, When
from models.delivery import Notice, NoticeKind, NoticeState, Pulse
from models.journal import JournalEntry
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.structure import Area
from services.board import areas_for, areas_for_channel
from services.brief import Brief, Part, has_begun, read_brief
from services.cycles import put_before
from services.directory import Directory, directory, person_id
from services.journal import record
from services.outbox import owe, refresh
from services.rights import require_manager

HEAD = "head"
"""The part of a brief that stands alone; the sections follow in its thread."""
SHOWN, ASKED = "brief shown:", "brief asked:"
"""The pulses that say what a brief last showed, and for which revision of the meeting it was asked for early."""
OVER = timedelta(days=1)
"""After this a meeting that has begun is looked at no more."""
RECENT = 100
"""Entries of the journal that are counted: one with a smaller number may become visible after the newest one."""


def goes_out_at(session: Session, meeting: Meeting) -> datetime:
    """Return when a brief goes out: at the deadline, or sooner where that was asked for.

    Where the rule's deadline was past at scheduling, updates count until the start: the brief goes out at once then.
    """
    asked = session.get(Pulse, f"{ASKED}{meeting.id}")
    if asked is not None and asked.detail == str(meeting.revision):
        return asked.at
    by_rule = directory(session).deadline_before(meeting.starts_at)
    return by_rule if meeting.deadline_at == meeting.starts_at else min(meeting.deadline_at, meeting.actual_start)


def keep_current(session: Session, now: datetime) -> None:
    """Owe each brief when it is due, and have it edited when something changed, until its meeting has begun."""
    shown = {p.name: p for p in session.exec(select(Pulse).where(col(Pulse.name).startswith(SHOWN)))}
    known = [int(name.removeprefix(SHOWN)) for name in shown]
    ahead = sa.and_(
        col(Meeting.state).in_((MeetingState.SCHEDULED, MeetingState.HELD)), col(Meeting.starts_at) > now - OVER
    )
    for meeting in session.exec(select(Meeting).where(sa.or_(ahead, col(Meeting.id).in_(known)))).all():
        _keep(session, meeting, shown.get(f"{SHOWN}{meeting.id}"), now=now)


def send_now(session: Session, *, actor: Person, meeting: Meeting, now: datetime) -> None:
    """Have a brief go out before its deadline; once. Secretariat and chair."""
    require_manager(directory(session), actor, now=now)
    if meeting.state is MeetingState.CANCELLED:
        raise needless(meeting)
    if has_begun(meeting, now):
        raise Refusal(N_("{meeting} has begun on {when}. Its brief stays as it was then."), meeting=meeting.ref,
                      when=When(meeting.actual_start, meeting.timezone))  # fmt: skip
    if was_sent(session, meeting) and goes_out_at(session, meeting) <= now:
        raise Refusal(N_("The brief of {meeting} is in the channel already, and shows how things stand."),
                      meeting=meeting.ref)  # fmt: skip
    session.merge(Pulse(name=f"{ASKED}{meeting.id}", at=now, detail=str(meeting.revision)))
    session.flush()
    record(session, act="meeting.brief", subject=meeting.ref, actor=actor, now=now, after={"at": now.isoformat()})
    _owe_all(session, meeting, now=now)
    refresh(session, subject_of(meeting), now=now)


def needless(meeting: Meeting) -> Refusal:
    """Return the refusal for a meeting that was cancelled."""
    return Refusal(N_("{meeting} was cancelled, so it needs no brief."), meeting=meeting.ref)


def was_sent(session: Session, meeting: Meeting) -> bool:
    """Whether the brief of a meeting was owed before."""
    return session.exec(select(Notice.id).where(Notice.subject == subject_of(meeting)).limit(1)).first() is not None


def subject_of(meeting: Meeting) -> str:
    """Return the name by which the messages of a brief are found; nothing else refreshes them."""
    return f"brief:{meeting.id}"


def state_of(session: Session, meeting: Meeting, *, now: datetime) -> str:
    """Return what tells whether a brief has to be looked at anew: the journal, and each hour what time changes."""
    if meeting.state is MeetingState.CANCELLED:
        return meeting.state.value
    if has_begun(meeting, now):
        return f"begun {meeting.actual_start.isoformat()}"
    last = sa.select(sa.func.max(col(JournalEntry.id))).scalar_subquery()
    recent = sa.select(last, sa.func.count()).where(col(JournalEntry.id) > last - RECENT)
    newest, count = session.connection().execute(recent).one()
    return f"{newest}:{count}:{now:%Y-%m-%dT%H}:{goes_out_at(session, meeting) <= now}"


def _keep(session: Session, meeting: Meeting, shown: Pulse | None, *, now: datetime) -> None:
    due = _is_due(session, meeting, now=now)
    if shown is None and not due:
        return
    state = state_of(session, meeting, now=now)
    over = meeting.state is MeetingState.CANCELLED or now > meeting.actual_start + OVER
    if over:
        _forget(session, meeting)
    if shown is not None and shown.detail == state:
        return
    if due:
        _owe_all(session, meeting, now=now)
    else:
        _wait(session, meeting, now=now)
    if not over:
        session.merge(Pulse(name=f"{SHOWN}{meeting.id}", at=now, detail=state))
    refresh(session, subject_of(meeting), now=now)


def _is_due(session: Session, meeting: Meeting, *, now: datetime) -> bool:
    """Whether a brief is to be out. One that downtime kept back still helps while its meeting lasts."""
    if meeting.state not in (MeetingState.SCHEDULED, MeetingState.HELD) or put_before(session, meeting, now):
        return False
    return goes_out_at(session, meeting) <= now < meeting.actual_start + timedelta(minutes=meeting.minutes)


def _forget(session: Session, meeting: Meeting) -> None:
    for name in (SHOWN, ASKED):
        pulse = session.get(Pulse, f"{name}{meeting.id}")
        if pulse is not None:
            session.delete(pulse)


def _wait(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """Let what was not sent yet wait for the new deadline of a meeting that was moved."""
    due_at = goes_out_at(session, meeting)
    if due_at <= now:
        return
    waiting = select(Notice).where(Notice.subject == subject_of(meeting), col(Notice.state) == NoticeState.PENDING)
    for notice in session.exec(waiting):
        notice.due_at = due_at
        session.add(notice)


def _owe_all(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """Owe the brief to the channel and to each chair on duty, with its sections in the thread."""
    who = directory(session)
    channel = who.task_force.channel_id or who.task_force.channel
    if channel:
        brief = read_brief(session, meeting, lambda at: areas_for_channel(who, channel, at=at), now=now)
        _owe_to(session, brief, "channel", channel=channel, to=None, due_at=now, now=now)
    for chair in who.chairs_on_duty(now=now):
        brief = read_brief(session, meeting, _areas_for(who, chair), now=now)
        due_at = who.hours_of(chair).next_moment_before(now, meeting.starts_at) or now
        _owe_to(session, brief, str(person_id(chair)), channel=None, to=chair, due_at=due_at, now=now)


def _areas_for(who: Directory, person: Person) -> Callable[[datetime | None], Sequence[Area]]:
    return lambda at: areas_for(who, person, at=at)


def _owe_to(
    session: Session, brief: Brief, place: str, *, channel: str | None, to: Person | None, due_at: datetime,
    now: datetime,
) -> None:  # fmt: skip
    subject, head = subject_of(brief.meeting), None
    pages = [(HEAD, 1), *((part, number) for part in Part for number in range(1, brief.pages(part) + 1))]
    for part, number in pages:
        notice = owe(
            session, NoticeKind.BRIEF, key=f"{subject}:{place}:{part}:{number}", subject=subject, now=now,
            channel=channel, to=to, parent_key=head, due_at=due_at,
            refs={"meeting_id": brief.meeting.id, "part": str(part), "page": number},
        )  # fmt: skip
        head = head or notice.key
        if notice.state is NoticeState.PENDING and notice.due_at > due_at:
            # It waited for a later deadline, from which the meeting was moved back.
            notice.due_at = due_at
            session.add(notice)
