"""The agenda of a meeting: read from the records until it is held, written then, given on if it is cancelled."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.agenda import AgendaItem, ItemKind
from models.meetings import Meeting
from models.people import Person
from services.agenda_entries import LATE, Entry, current_meeting, entries_of
from services.directory import directory
from services.meeting_lookup import find_meeting
from services.rights import require_reader


@dataclass(frozen=True)
class Agenda:
    """What one reader sees of a meeting's agenda."""

    meeting: Meeting
    """One without a number where none is scheduled."""
    items: tuple[Entry, ...]
    left_out: tuple[Entry, ...]
    """What the secretariat took off, with a way back."""
    moment: datetime
    past: bool = False
    """Whether it is shown as it stood, not as it stands."""

    @property
    def minutes(self) -> int:
        """What the items come to, as far as somebody said how long they take."""
        return sum(item.minutes or 0 for item in self.items)

    @property
    def untimed(self) -> int:
        """How many items nobody said that of."""
        return sum(item.minutes is None for item in self.items)

    def position(self, key: str) -> int | None:
        """Return where an item stands, counted from 1."""
        return next((at for at, item in enumerate(self.items, start=1) if item.key == key), None)


def read_agenda(
    session: Session, meeting: Meeting, *, actor: Person, now: datetime, at: datetime | None = None
) -> Agenda:
    """Return a meeting's agenda as it stands `now`, or as it stood `at` a moment, for whoever asks.

    Derived items are current for the next meeting only; a later one shows standing items, issues, and what was put
    off until it. A meeting that was held has what was written when it was opened.
    """
    require_reader(directory(session), actor)
    moment = at or now
    entries = [
        seen for e in entries_of(session, meeting, moment=moment, past=at is not None) if (seen := e.seen_by(actor))
    ]
    return Agenda(
        meeting, tuple(e for e in entries if not e.left_out), tuple(e for e in entries if e.left_out), moment,
        past=at is not None,
    )  # fmt: skip


def meeting_of_agenda(session: Session, typed: str, *, now: datetime) -> Meeting:
    """Return the meeting that is named, else the one that is being held at a moment, else the next one then.

    While none is scheduled, what stands for it.
    """
    if typed.strip():
        return find_meeting(session, typed, now=now)
    held = select(Meeting).where(
        col(Meeting.held_at) <= now, col(Meeting.held_at) > now - LATE,
        sa.or_(col(Meeting.closed_at).is_(None), col(Meeting.closed_at) > now),
    )  # fmt: skip
    held_now = session.exec(held.order_by(col(Meeting.held_at).desc()).limit(1)).first()
    return held_now or current_meeting(session, now) or unscheduled(now)


def unscheduled(moment: datetime) -> Meeting:
    """Return what stands for the next meeting while none is scheduled, as if it were tomorrow; it is never stored."""
    return Meeting(title="", local_start="", timezone="UTC", starts_at=moment + LATE, deadline_at=moment + LATE,
                   created_by_id=0, created_at=moment)  # fmt: skip


def fix(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """Give every item its row, in the order that people saw: the meeting is about to be opened.

    What waited for the next meeting is this one's now; what is about the same is taken up once.
    """
    entries = entries_of(session, meeting, moment=now, take_up=True)
    for place, entry in enumerate(entries, start=1):
        row = own_row(session, meeting, entry)
        row.place = place
        for waiting in entry.shadowed:
            row.carried_from_id = row.carried_from_id or waiting.carried_from_id
            _settle(session, waiting, now=now)
    session.flush()
    taken = {entry.key for entry in entries}
    for row in session.exec(select(AgendaItem).where(_of_nobody_else(meeting))):
        # What was ordered once and stands here no longer: its issue is settled, its actions are done.
        if row.meeting_id is None or row.key not in taken:
            _settle(session, row, now=now)
    session.flush()


def _of_nobody_else(meeting: Meeting) -> sa.ColumnElement[bool]:
    """The rows of a meeting, and those that waited for the next one only because somebody had ordered them."""
    derived = sa.and_(
        col(AgendaItem.meeting_id).is_(None), col(AgendaItem.kind) != ItemKind.PROPOSED,
        col(AgendaItem.carried_from_id).is_(None),
    )  # fmt: skip
    return sa.or_(col(AgendaItem.meeting_id) == meeting.id, derived)


def _settle(session: Session, row: AgendaItem, *, now: datetime) -> None:
    """Take up a row no longer. That of a meeting stays with it, because others may go on from it."""
    if row.meeting_id is None:
        session.delete(row)
    elif row.left_out_at is None:
        row.left_out_at = now
        session.add(row)


def release(session: Session, meeting: Meeting) -> None:
    """Give the items of a cancelled meeting to the next one. What was put off from it already stays where it went."""
    rows = session.exec(select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)).all()
    ids = [row.id for row in rows]
    going_on = set(session.exec(select(AgendaItem.carried_from_id).where(col(AgendaItem.carried_from_id).in_(ids))))
    waiting = set(session.exec(select(AgendaItem.key).where(col(AgendaItem.meeting_id).is_(None))))
    for row in rows:
        if row.id not in going_on and row.key not in waiting:
            row.meeting_id = None
            session.add(row)
    session.flush()


def own_row(session: Session, meeting: Meeting, entry: Entry) -> AgendaItem:
    """Return the row of an item of this meeting, which takes it up if it has not yet."""
    row = entry.row or AgendaItem(
        kind=entry.kind, key=entry.key, names=dict(entry.names), issue_id=entry.issue.id if entry.issue else None,
        area_id=entry.area.id if entry.area and entry.kind is ItemKind.AREA else None,
    )  # fmt: skip
    if row.meeting_id != meeting.id:
        row.meeting_id, row.place = meeting.id, entry.place
    session.add(row)
    return row
