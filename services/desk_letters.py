"""What one reminder says now: the areas it asked about and how they stand, for whom, and whether it still counts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from models.delivery import Notice, NoticeKind, NoticeState
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from models.updates import Update
from services.cycles import put_before
from services.directory import directory
from services.obligations import Owed, last_words, owed_by, owes
from services.update_history import content_of

_NEVER_SAID = (NoticeState.SUPERSEDED, NoticeState.EXPIRED, NoticeState.DEAD)


class RowState(StrEnum):
    """How one area of a reminder stands."""

    OPEN = "open"
    DONE = "done"
    DISCLAIMED = "disclaimed"
    NOT_THEIRS = "not_theirs"
    """Reassigned since, or the area is archived."""


@dataclass(frozen=True)
class LetterRow:
    """One area of a reminder."""

    area_id: int
    unit_id: int
    seat_id: int
    state: RowState
    said: Update | None = None
    """What discharged it, once it is done."""
    last: Update | None = None
    """The last update with content, while it is open."""
    stands_in_for: Person | None = None


@dataclass(frozen=True)
class DeskLetter:
    """One reminder as it stands now."""

    meeting: Meeting | None
    rows: tuple[LetterRow, ...]
    standing_in: tuple[tuple[Person, date], ...]
    """The absent for whom this person stands in, and their last day away."""
    newest: bool
    """Whether no later reminder of the same meeting stands below it: only then it has buttons."""
    moved: bool
    over: bool
    """The meeting has begun."""
    waits_for: Meeting | None
    """A meeting that was put before it: only that one is owed for."""
    snoozed_until: datetime | None
    others: tuple[Reminder, ...]
    """What it says of issues and dates."""

    @property
    def cancelled(self) -> bool:
        """Whether the meeting was cancelled."""
        return self.meeting is not None and self.meeting.state is MeetingState.CANCELLED

    @property
    def open_rows(self) -> tuple[LetterRow, ...]:
        """What is still owed."""
        return tuple(row for row in self.rows if row.state is RowState.OPEN)


def read_letter(session: Session, notice: Notice, person: Person, now: datetime) -> DeskLetter:
    """Return what a reminder says now. Rows keep the order in which it was sent."""
    meeting_id = notice.refs.get("meeting_id")
    meeting = session.get(Meeting, meeting_id) if meeting_id else None
    others = select(Reminder).where(
        col(Reminder.id).in_(notice.refs["reminder_ids"]), col(Reminder.kind) != ReminderKind.UPDATES
    )
    rows = _rows(session, notice, person, now) if meeting is not None else ()
    return DeskLetter(
        meeting=meeting,
        rows=rows,
        standing_in=_standing_in(session, rows, now),
        newest=_is_newest(session, notice),
        moved=meeting is not None and meeting.revision != notice.refs.get("revision"),
        over=meeting is not None and (meeting.held_at is not None or meeting.starts_at <= now),
        waits_for=put_before(session, meeting, now) if meeting is not None else None,
        snoozed_until=_snoozed_until(session, person, meeting),
        others=tuple(session.exec(others.order_by(col(Reminder.id)))),
    )


def _rows(session: Session, notice: Notice, person: Person, now: datetime) -> tuple[LetterRow, ...]:
    who, cycle = directory(session), notice.refs.get("cycle", 0)
    asked = [who.seats_by_id[seat_id] for seat_id in notice.refs.get("seat_ids", ())]
    said = last_words(session, asked)
    owed = {one.seat_id: one for one in owed_by(session, person, now)}
    live = {seat.id for seat in who.seats}
    found = []
    for seat in asked:
        own_id, last = seat.id or 0, said.get(seat.id or 0)
        if own_id in owed:
            found.append(_open_row(owed[own_id]))
        elif last is not None and not owes(last, cycle) and own_id in live:
            content = content_of(session, last)
            found.append(LetterRow(seat.area_id, seat.unit_id, own_id, RowState.DONE, said=last, last=content))
        else:
            found.append(LetterRow(seat.area_id, seat.unit_id, own_id, RowState.NOT_THEIRS))
    return tuple(found)


def _open_row(owed: Owed) -> LetterRow:
    state = RowState.DISCLAIMED if owed.disclaimed else RowState.OPEN
    return LetterRow(owed.area_id, owed.unit_id, owed.seat_id, state, last=owed.last, stands_in_for=owed.stands_in_for)


def _standing_in(session: Session, rows: tuple[LetterRow, ...], now: datetime) -> tuple[tuple[Person, date], ...]:
    who = directory(session)
    absent = {row.stands_in_for.id: row.stands_in_for for row in rows if row.stands_in_for is not None}
    found = ((person, who.absence(person, now=now)) for person in absent.values())
    return tuple((person, absence.last_day) for person, absence in found if absence is not None)


def _is_newest(session: Session, notice: Notice) -> bool:
    if notice.refs.get("meeting_id") is None:
        return True
    later = select(Notice.id).where(
        Notice.subject == notice.subject,
        Notice.kind == NoticeKind.DESK,
        col(Notice.id) > notice.id,
        col(Notice.state).not_in(_NEVER_SAID),
    )
    return session.exec(later.limit(1)).first() is None


def _snoozed_until(session: Session, person: Person, meeting: Meeting | None) -> datetime | None:
    if meeting is None:
        return None
    wished = select(Reminder.due_at).where(
        Reminder.person_id == person.id,
        Reminder.meeting_id == meeting.id,
        Reminder.state == ReminderState.PLANNED,
        col(Reminder.step).like("snooze-%"),
    )
    return session.exec(wished).first()
