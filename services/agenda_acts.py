"""What the secretariat does with an agenda: order, time and presenter, the next meeting, leaving out, putting back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, When
from models.agenda import AgendaItem, ItemKind
from models.meetings import Meeting, MeetingState
from models.people import Person
from services.agenda import own_row
from services.agenda_entries import LATE, Entry, entries_of
from services.directory import directory
from services.issue_rights import member_chosen
from services.journal import record
from services.proposals_found import remember_proposal
from services.rights import require_manager
from services.texts import SHORT, checked

POSITION, MINUTES, PRESENTER = "agenda_position", "agenda_minutes", "agenda_presenter"
LONGEST = 600
"""Minutes that one item may take."""


@dataclass(frozen=True)
class Wish:
    """What an item shall be: its position counted from 1, its time, who presents it; a proposal's own words."""

    position: str
    minutes: str = ""
    presenter: str = ""
    """A Slack id; nothing for nobody."""
    title: str = ""
    description: str = ""


def find_entry(session: Session, meeting: Meeting, key: str, *, actor: Person, now: datetime) -> Entry:
    """Return an item that is on the agenda, for those who order it."""
    require_ordering(session, meeting, actor=actor, now=now)
    return entry_named(_shown(entries_of(session, meeting, moment=now)), meeting, key)


def require_ordering(session: Session, meeting: Meeting, *, actor: Person, now: datetime) -> None:
    """Refuse whoever is neither secretariat nor chair, and what is too late."""
    require_manager(directory(session), actor, now=now)
    require_ahead(meeting, now=now)


def require_ahead(meeting: Meeting, *, now: datetime) -> None:
    """Refuse to change the agenda of a meeting that was held or cancelled, or that nobody held in time."""
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal(N_("{meeting} was cancelled: its items are on the agenda of the next meeting."),
                      meeting=meeting.ref)  # fmt: skip
    if meeting.state is not MeetingState.SCHEDULED or meeting.starts_at <= now - LATE:
        raise Refusal(N_("{meeting} began on {when}, so its agenda does not change any more. "
                         "Use the next meeting, or `meeting propose` without a number."),
                      meeting=meeting.ref, when=When(meeting.actual_start, meeting.timezone))  # fmt: skip


def shift(session: Session, *, actor: Person, meeting_id: int, key: str, by: int, now: datetime) -> Meeting:
    """Move an item one place up (`by` -1) or down (1); at the end it stays."""
    meeting, entries = _to_change(session, meeting_id, actor=actor, now=now)
    shown = _shown(entries)
    at = _index(shown, entry_named(shown, meeting, key))
    _put(session, meeting, entries, key, at + 1 + by, actor=actor, now=now)
    return meeting


def change(session: Session, *, actor: Person, meeting_id: int, key: str, wish: Wish, now: datetime) -> Meeting:
    """Give an item its position, time and presenter, and a proposal its words."""
    meeting, entries = _to_change(session, meeting_id, actor=actor, now=now)
    shown = _shown(entries)
    entry = entry_named(shown, meeting, key)
    row, at = own_row(session, meeting, entry), _index(shown, entry) + 1
    before = _facts(session, row)
    position = _number(wish.position, POSITION, most=len(shown)) or at
    row.minutes = _number(wish.minutes, MINUTES, most=LONGEST)
    row.presenter_id = member_chosen(session, wish.presenter, field=PRESENTER).id if wish.presenter else None
    if entry.kind is ItemKind.PROPOSED:
        row.title = checked(wish.title, "title", limit=SHORT)
        row.description = checked(wish.description, "description", required=False)
        remember_proposal(session, row, at=row.proposed_at or now)
    session.add(row)
    session.flush()
    record(session, act="meeting.change_item", subject=meeting.ref, actor=actor, now=now, before=before,
           after=_facts(session, row))  # fmt: skip
    if position != at:
        # Read anew: by now the item has a row.
        _put(session, meeting, entries_of(session, meeting, moment=now), key, position, actor=actor, now=now)
    return meeting


def postpone(
    session: Session, *, actor: Person, meeting_id: int, key: str, also: bool, now: datetime
) -> tuple[Meeting, Meeting | None]:
    """Move an item to the meeting after this one, or have it there as well (`also`).

    Returns both meetings; no second one where none is scheduled yet: the item waits for it.
    """
    meeting, entries = _to_change(session, meeting_id, actor=actor, now=now)
    entry = entry_named(_shown(entries), meeting, key)
    row = own_row(session, meeting, entry)
    session.flush()
    later = _meeting_after(session, meeting)
    _continue(session, row, later)
    if not also:
        row.left_out_at = now
        session.add(row)
    record(session, act="meeting.postpone_item", subject=meeting.ref, actor=actor, now=now,
           after={"item": named(entry), "to": later.ref if later else ""})  # fmt: skip
    return meeting, later


def leave_out(session: Session, *, actor: Person, meeting_id: int, key: str, now: datetime) -> Meeting:
    """Take an item off the agenda of this meeting; it can be put back."""
    meeting, entries = _to_change(session, meeting_id, actor=actor, now=now)
    entry = entry_named(_shown(entries), meeting, key)
    row = own_row(session, meeting, entry)
    row.left_out_at = now
    record(session, act="meeting.leave_out", subject=meeting.ref, actor=actor, now=now, after={"item": named(entry)})
    return meeting


def put_back(session: Session, *, actor: Person, meeting_id: int, key: str, now: datetime) -> Meeting:
    """Have an item on the agenda again; where it was moved to the next meeting, it is there no longer."""
    meeting, entries = _to_change(session, meeting_id, actor=actor, now=now)
    entry = entry_named([entry for entry in entries if entry.left_out], meeting, key)
    row = own_row(session, meeting, entry)
    row.left_out_at = None
    _end_what_goes_on(session, row)
    record(session, act="meeting.put_back", subject=meeting.ref, actor=actor, now=now, after={"item": named(entry)})
    return meeting


def named(entry: Entry) -> str:
    """Name an item in the journal, in the words of the task force's file or of whoever wrote it."""
    if entry.issue is not None:
        return entry.issue.ref
    if entry.area is not None:
        return entry.area.key
    if entry.row is not None and entry.row.title:
        return entry.row.title
    return next(iter(entry.names.values()), entry.key)


def entry_named(entries: Sequence[Entry], meeting: Meeting, key: str) -> Entry:
    """Return the item of that key. Refuses what stands there no longer."""
    found = next((entry for entry in entries if entry.key == key), None)
    if found is None and meeting.id is None:
        raise Refusal(N_("This item stands here no longer. Ask for `agenda` to see what does."))
    if found is None:
        raise Refusal(N_("This item stands here no longer. Ask for `meeting agenda {meeting}` to see what does."),
                      meeting=meeting.ref)  # fmt: skip
    return found


# -- within ----------------------------------------------------------------------------------------------------------


def _to_change(session: Session, meeting_id: int, *, actor: Person, now: datetime) -> tuple[Meeting, list[Entry]]:
    """Return a meeting, locked so that two who order its agenda do so one after the other, and all of its items."""
    meeting = session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    if meeting is None:
        require_manager(directory(session), actor, now=now)
        raise Refusal(N_("This meeting does not exist any more. `meeting list` shows them all."))
    require_ordering(session, meeting, actor=actor, now=now)
    return meeting, entries_of(session, meeting, moment=now)


def _shown(entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if not entry.left_out]


def _index(entries: Sequence[Entry], entry: Entry) -> int:
    return next(at for at, each in enumerate(entries) if each.key == entry.key)


def _put(
    session: Session, meeting: Meeting, entries: Sequence[Entry], key: str, position: int, *, actor: Person,
    now: datetime,
) -> None:  # fmt: skip
    """Put an item at a position among those that are shown; from now on all of them are where somebody put them."""
    entry = entry_named(entries, meeting, key)
    shown = _shown(entries)
    before, others = _index(shown, entry) + 1, [each for each in entries if each.key != key]
    position = max(1, min(position, len(shown)))
    beside = [each for each in shown if each.key != key]
    at = _index(others, beside[position - 1]) if position <= len(beside) else len(others)
    order = [*others[:at], entry, *others[at:]]
    for place, each in enumerate(order, start=1):
        own_row(session, meeting, each).place = place
    session.flush()
    record(session, act="meeting.order_item", subject=meeting.ref, actor=actor, now=now,
           before={"item": named(entry), "position": before}, after={"item": named(entry), "position": position}
           )  # fmt: skip


def _meeting_after(session: Session, meeting: Meeting) -> Meeting | None:
    later = select(Meeting).where(Meeting.state == MeetingState.SCHEDULED, Meeting.starts_at > meeting.starts_at)
    return session.exec(later.order_by(col(Meeting.starts_at)).limit(1)).first()


def _continue(session: Session, row: AgendaItem, later: Meeting | None) -> None:
    """Let an item go on in a later meeting, or in the one after this one, whenever that will be; once."""
    same = select(AgendaItem).where(AgendaItem.key == row.key)
    there = session.exec(
        same.where(AgendaItem.meeting_id == later.id) if later else same.where(AgendaItem.carried_from_id == row.id)
    ).first()
    going_on = there or AgendaItem(
        meeting_id=later.id if later else None, kind=row.kind, key=row.key, names=row.names, issue_id=row.issue_id,
        area_id=row.area_id, title=row.title, description=row.description, language=row.language,
        permalink=row.permalink, proposed_by_id=row.proposed_by_id, proposed_at=row.proposed_at,
        minutes=row.minutes, presenter_id=row.presenter_id, carried_from_id=row.id,
    )  # fmt: skip
    going_on.left_out_at = None
    session.add(going_on)
    session.flush()


def _end_what_goes_on(session: Session, row: AgendaItem) -> None:
    """Take an item off the later meetings to which it was put off, the last one first: each goes on from another."""
    for later in session.exec(select(AgendaItem).where(AgendaItem.carried_from_id == row.id)).all():
        _end_what_goes_on(session, later)
        session.delete(later)
        session.flush()


def _number(typed: str, field: str, *, most: int) -> int | None:
    """Read a whole number from 1 to `most`; nothing typed is None."""
    text = typed.strip()
    if not text:
        return None
    number = int(text) if text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 - more than any limit
    if not 1 <= number <= most:
        raise FieldRefusal(field, N_("Please write a whole number from 1 to {most}."), most=most)
    return number


def _facts(session: Session, row: AgendaItem) -> dict[str, object]:
    who = directory(session)
    return {
        "item": row.title or row.key,
        "minutes": row.minutes,
        "presenter": who.name_of(row.presenter_id) if row.presenter_id else None,
        "text": row.description,
    }
