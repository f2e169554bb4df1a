"""Meetings: scheduled, moved, cancelled and held. What was agreed is a wall time in a zone; instants follow from it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from foundation.durations import is_gap, to_utc
from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, When
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.structure import TaskForce
from services import agenda, reminders
from services.area_cards import card_subject, show_on_card
from services.cycles import begin_at_hold
from services.directory import Directory, directory, person_id
from services.journal import record
from services.meeting_floor import board_subject, show_board
from services.meeting_in_hand import meeting_being_held
from services.meeting_news import announce
from services.outbox import mark_homes, refresh
from services.reminder_plan import effective_deadline
from services.rights import require_manager
from services.secretariat import News, tell_secretariat
from services.texts import SHORT, checked

WHEN, TITLE = "meeting_day", "meeting_title"


@dataclass(frozen=True)
class Appointment:
    """What was agreed: a naive wall time in an IANA zone."""

    local_start: datetime
    zone: str


def schedule_meeting(
    session: Session,
    *,
    actor: Person,
    appointment: Appointment,
    title: str,
    now: datetime,
    place: str = "",
    link: str = "",
) -> Meeting:
    """Schedule a meeting, announce it, and plan its reminders. Secretariat and chair; refuses a past moment."""
    _in_turn(session)
    meeting = intended(session, actor=actor, appointment=appointment, title=title, now=now, place=place, link=link)
    session.add(meeting)
    session.flush()
    record(session, act="meeting.schedule", subject=meeting.ref, actor=actor, now=now, after=_facts(meeting))
    announce(session, meeting, news="scheduled", now=now)
    _replan(session, meeting, now=now)
    return meeting


def intended(
    session: Session,
    *,
    actor: Person,
    appointment: Appointment,
    now: datetime,
    title: str = "",
    place: str = "",
    link: str = "",
) -> Meeting:
    """Return a meeting as it would be scheduled, not stored yet. Refuses what scheduling refuses."""
    who = directory(session)
    require_manager(who, actor, now=now)
    starts_at = _future_start(appointment, now=now)
    _refuse_clash(session, starts_at, appointment.zone)
    return Meeting(
        title=checked(title, TITLE, limit=SHORT, required=False) or who.task_force.name,
        local_start=appointment.local_start.isoformat(timespec="minutes"),
        timezone=appointment.zone,
        starts_at=starts_at,
        deadline_at=deadline_of(who, starts_at, now=now),
        minutes=who.task_force.meeting_minutes,
        place=place or None,
        link=link or None,
        created_by_id=person_id(actor),
        created_at=now,
    )


def move_meeting(
    session: Session, *, actor: Person, meeting: Meeting, appointment: Appointment, now: datetime
) -> Meeting:
    """Move a meeting that has not begun. The cycle stays; steps already sent are not repeated."""
    who = directory(session)
    require_manager(who, actor, now=now)
    _in_turn(session)
    meeting = _locked(session, meeting)
    _refuse_unless_ahead(meeting, now=now)
    starts_at = _future_start(appointment, now=now)
    _refuse_clash(session, starts_at, appointment.zone, apart_from=meeting)
    earlier, began_at = _facts(meeting), meeting.starts_at
    meeting.local_start = appointment.local_start.isoformat(timespec="minutes")
    meeting.timezone = appointment.zone
    meeting.starts_at = starts_at
    meeting.deadline_at = deadline_of(who, starts_at, now=now)
    meeting.moved_at = now
    meeting.revision += 1
    session.add(meeting)
    session.flush()
    record(
        session, act="meeting.move", subject=meeting.ref, actor=actor, now=now, before=earlier, after=_facts(meeting)
    )
    announce(session, meeting, news="moved", now=now, instead_of=began_at)
    _replan(session, meeting, now=now)
    return meeting


def cancel_meeting(session: Session, *, actor: Person, meeting: Meeting, now: datetime, reason: str = "") -> Meeting:
    """Cancel a meeting that has not begun, or undo its scheduling; what was owed for it is owed for the next one."""
    require_manager(directory(session), actor, now=now)
    _in_turn(session)
    meeting = _locked(session, meeting)
    _refuse_unless_ahead(meeting, now=now)
    earlier, reason = _facts(meeting), checked(reason, TITLE, required=False)
    meeting.state = MeetingState.CANCELLED
    session.add(meeting)
    session.flush()
    agenda.release(session, meeting)
    record(
        session,
        act="meeting.cancel",
        subject=meeting.ref,
        actor=actor,
        now=now,
        before=earlier,
        after={"state": meeting.state.value, "reason": reason},
    )
    announce(session, meeting, news="cancelled", now=now, reason=reason)
    _replan(session, meeting, now=now)
    return meeting


def hold_meeting(session: Session, *, actor: Person, meeting: Meeting, now: datetime) -> Meeting:
    """Open a meeting: its actual start, and the beginning of a new cycle."""
    who = directory(session)
    require_manager(who, actor, now=now)
    _in_turn(session)
    meeting = _locked(session, meeting)
    if meeting.state is not MeetingState.SCHEDULED:
        raise _not_ahead(meeting)
    if meeting.starts_at - now > timedelta(days=1):
        raise Refusal(
            N_("{meeting} is scheduled for {when}. Move it first with `meeting move {meeting}`, then hold it."),
            meeting=meeting.ref,
            when=When(meeting.starts_at, meeting.timezone),
        )
    other = meeting_being_held(session, now=now)
    if other is not None:
        raise Refusal(
            N_("{other} is still being held. Close it first with `meeting close {other}`, then hold {meeting}."),
            other=other.ref,
            meeting=meeting.ref,
        )
    agenda.fix(session, meeting, now=now)
    meeting.state = MeetingState.HELD
    meeting.held_at = now
    session.add(meeting)
    session.flush()
    for update in begin_at_hold(session, meeting):
        show_on_card(session, who, update, now=now)
        refresh(session, card_subject(update.area_id, meeting.id or 0), now=now)
    record(session, act="meeting.hold", subject=meeting.ref, actor=actor, now=now, after={"held_at": now.isoformat()})
    refresh(session, f"meeting:{meeting.id}", now=now)
    show_board(session, meeting, now=now)
    tell_secretariat(
        session, News.MINUTES_WAIT, about=meeting.ref, now=now, not_before=_next_day(who, now),
        subject=board_subject(meeting.id), meeting_id=meeting.id,
    )  # fmt: skip
    _replan(session, meeting, now=now)
    return meeting


def deadline_of(who: Directory, starts_at: datetime, *, now: datetime) -> datetime:
    """Return until when updates are asked for; the start itself where the rule's deadline is past already (SPEC 6)."""
    return effective_deadline(who.deadline_before(starts_at), meeting_start=starts_at, scheduled_at=now)


def follow_zone_rules(session: Session, *, now: datetime) -> None:
    """Recompute the instants of scheduled meetings: when a zone's rules change, the wall time is kept (DESIGN 3)."""
    who = directory(session)
    for meeting in session.exec(select(Meeting).where(Meeting.state == MeetingState.SCHEDULED)):
        starts_at = to_utc(datetime.fromisoformat(meeting.local_start), meeting.timezone)
        if starts_at == meeting.starts_at:
            continue
        meeting.starts_at = starts_at
        agreed_at = meeting.moved_at or meeting.created_at
        meeting.deadline_at = deadline_of(who, starts_at, now=agreed_at)
        session.add(meeting)
        record(session, act="meeting.recompute", subject=meeting.ref, actor=None, now=now, after=_facts(meeting))
        refresh(session, f"meeting:{meeting.id}", now=now)
        _replan(session, meeting, now=now)


def moments_after(session: Session, after: datetime) -> datetime | None:
    """Return when the next meeting begins or its deadline passes: a moved clock stops there."""
    meetings = session.exec(select(Meeting).where(Meeting.state == MeetingState.SCHEDULED, Meeting.starts_at > after))
    return min((m for meeting in meetings for m in (meeting.deadline_at, meeting.starts_at) if m > after), default=None)


def _in_turn(session: Session) -> None:
    """Wait for whoever else schedules, moves, cancels or opens any meeting: each looks at what the others did."""
    session.exec(select(TaskForce.id).with_for_update()).one()


def _locked(session: Session, meeting: Meeting) -> Meeting:
    """Return a meeting as it is now, locked: two who hold, move or cancel it do so one after the other."""
    return session.get_one(Meeting, meeting.id, with_for_update=True, populate_existing=True)


def _next_day(who: Directory, now: datetime) -> datetime:
    zone = who.task_force.timezone
    tomorrow = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    return to_utc(datetime.combine(tomorrow, time.min), zone)


def _future_start(appointment: Appointment, *, now: datetime) -> datetime:
    if is_gap(appointment.local_start, appointment.zone):
        raise FieldRefusal(
            WHEN,
            N_("The clocks skip {time} on that day in {zone}. Choose another time."),
            time=appointment.local_start.strftime("%H:%M"),
            zone=appointment.zone,
        )
    starts_at = to_utc(appointment.local_start, appointment.zone)
    if starts_at <= now:
        raise FieldRefusal(
            WHEN, N_("{when} is past. Give a day and time that lie ahead."), when=When(starts_at, appointment.zone)
        )
    return starts_at


def _refuse_clash(session: Session, starts_at: datetime, zone: str, *, apart_from: Meeting | None = None) -> None:
    other = session.exec(
        select(Meeting).where(Meeting.state == MeetingState.SCHEDULED, Meeting.starts_at == starts_at)
    ).first()
    if other is not None and other is not apart_from:
        raise FieldRefusal(
            WHEN,
            N_("{meeting} is already scheduled for {when}. Choose another time, or move it."),
            meeting=other.ref,
            when=When(starts_at, zone),
        )


def _refuse_unless_ahead(meeting: Meeting, *, now: datetime) -> None:
    if meeting.state is not MeetingState.SCHEDULED or meeting.starts_at <= now:
        raise _not_ahead(meeting)


def _not_ahead(meeting: Meeting) -> Refusal:
    if meeting.state is MeetingState.CANCELLED:
        return Refusal(N_("{meeting} was cancelled. Schedule a new one with `meeting schedule`."), meeting=meeting.ref)
    return Refusal(
        N_("{meeting} has begun on {when}. Schedule a new one with `meeting schedule`."),
        meeting=meeting.ref,
        when=When(meeting.actual_start, meeting.timezone),
    )


def _replan(session: Session, meeting: Meeting, *, now: datetime) -> None:
    reminders.meeting_changed(session, meeting=meeting, now=now)
    mark_homes(session, [person_id(p) for p in directory(session).members], now=now)


def _facts(meeting: Meeting) -> dict[str, str]:
    return {
        "title": meeting.title,
        "start": meeting.local_start,
        "zone": meeting.timezone,
        "state": meeting.state.value,
        "deadline": meeting.deadline_at.isoformat(),
    }
