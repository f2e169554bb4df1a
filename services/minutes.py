"""Minutes: drafted from what was recorded, closed and frozen with their hash; later corrections are dated addenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_, Listing, When
from models.agenda import Addendum, ItemOutcome, Minutes
from models.meetings import Meeting, MeetingState
from models.people import Person
from services.action_news import tell_owners
from services.directory import directory, person_id
from services.journal import record
from services.meeting_floor import board_subject, items_of, require_held
from services.meeting_outcomes import settle
from services.meeting_record import Record, RecordedItem, content_of, hash_of, read_record, record_of, title_of
from services.meeting_shown import Shown
from services.outbox import mark_homes, refresh
from services.rights import require_manager
from services.texts import checked
from services.written_in import written_in

NAMED = 10
"""Items that are named in one sentence."""


class StillOpen(Refusal):
    """A meeting cannot be closed as it is: items without an outcome wait for a word."""

    def __init__(self, meeting: Meeting, items: Sequence[RecordedItem]) -> None:
        listed = Listing(tuple(title_of(item) for item in items[:NAMED]))
        if len(items) > NAMED:
            msgid = N_("{n} items of {meeting} have no outcome yet, among them {items}. Say what became of them, or "
                       "put them on the next agenda: `meeting close {meeting} carry`.")  # fmt: skip
        else:
            msgid = N_("Without an outcome in {meeting}: {items}. Say what became of it, or put it on the next agenda: "
                       "`meeting close {meeting} carry`.")  # fmt: skip
        super().__init__(msgid, meeting=meeting.ref, items=listed, n=len(items))


@dataclass(frozen=True)
class MinutesRead:
    """The minutes of a meeting: closed, or as they would be now."""

    meeting: Meeting
    record: Record
    frozen: Minutes | None
    addenda: tuple[Addendum, ...] = ()

    @property
    def intact(self) -> bool:
        """Whether closed minutes are what was closed."""
        return self.frozen is not None and self.frozen.sha256 == hash_of(self.frozen.content)

    def addenda_for(self, shown: Shown) -> tuple[Addendum, ...]:
        """Return the corrections for who sees that much: each may be of any item, so who cannot see one sees none."""
        return () if shown.hidden else self.addenda


def read_minutes(session: Session, meeting: Meeting) -> MinutesRead:
    """Return the minutes of a meeting that is being held or was closed. Refuses one that has not been held."""
    frozen = session.get(Minutes, meeting.id)
    if frozen is not None:
        addenda = session.exec(select(Addendum).where(Addendum.meeting_id == meeting.id).order_by(col(Addendum.id)))
        return MinutesRead(meeting, record_of(frozen.content), frozen, tuple(addenda))
    if meeting.state not in {MeetingState.HELD, MeetingState.CLOSED}:
        raise Refusal(N_("{meeting} has no minutes: it has not been held."), meeting=meeting.ref)
    return MinutesRead(meeting, read_record(session, meeting), None)


def close_meeting(session: Session, *, actor: Person, meeting: Meeting, now: datetime, carry: bool = False) -> Minutes:
    """Close a meeting that is being held, and freeze its minutes.

    Refuses while items have no outcome, unless they are to be carried over: then they go to the next meeting.
    """
    require_manager(directory(session), actor, now=now)
    meeting = session.get_one(Meeting, meeting.id, with_for_update=True, populate_existing=True)
    if meeting.state is MeetingState.CLOSED and meeting.closed_at is not None:
        raise Refusal(
            N_("{meeting} was closed on {when}."), meeting=meeting.ref, when=When(meeting.closed_at, meeting.timezone)
        )
    require_held(meeting)
    left = {item.id: item for item in read_record(session, meeting).items if item.open}
    if left and not carry:
        raise StillOpen(meeting, list(left.values()))
    for item in items_of(session, meeting):
        if item.id in left:
            settle(session, meeting, item, ItemOutcome.DEFERRED, item.outcome_text, actor=actor, now=now)
    meeting.state, meeting.closed_at = MeetingState.CLOSED, now
    session.add(meeting)
    minutes = _freeze(session, meeting, actor=actor, now=now)
    record(session, act="meeting.close", subject=meeting.ref, actor=actor, now=now,
           after={"state": "closed", "sha256": minutes.sha256})  # fmt: skip
    tell_owners(session, meeting, now=now)
    refresh(session, board_subject(meeting.id), now=now)
    mark_homes(session, [person_id(p) for p in directory(session).members], now=now)
    return minutes


def require_closed(session: Session, meeting: Meeting, *, actor: Person, now: datetime) -> None:
    """Refuse whoever may not add to minutes, and minutes that are still a draft."""
    require_manager(directory(session), actor, now=now)
    if session.get(Minutes, meeting.id) is None:
        raise Refusal(
            N_("The minutes of {meeting} are not closed yet. Correct their draft with `meeting minutes {meeting}`."),
            meeting=meeting.ref,
        )


def add_addendum(session: Session, *, actor: Person, meeting: Meeting, now: datetime, text: str) -> Addendum:
    """Add a dated correction to closed minutes, which themselves stay as they are."""
    require_closed(session, meeting, actor=actor, now=now)
    text = checked(text, "text")
    by_default = directory(session).reader(actor).language.code
    added = Addendum(meeting_id=meeting.id or 0, text=text, language=written_in(text, by_default=by_default),
                     author_id=person_id(actor), at=now)  # fmt: skip
    session.add(added)
    session.flush()
    record(session, act="minutes.add", subject=meeting.ref, actor=actor, now=now, after={"text": text})
    refresh(session, board_subject(meeting.id), now=now)
    return added


def falsified(session: Session) -> list[str]:
    """Name the meetings whose minutes are not what was closed."""
    found = session.exec(select(Meeting, Minutes).join(Minutes, col(Minutes.meeting_id) == Meeting.id))
    return [meeting.ref for meeting, minutes in found if minutes.sha256 != hash_of(minutes.content)]


def _freeze(session: Session, meeting: Meeting, *, actor: Person, now: datetime) -> Minutes:
    session.flush()
    content = content_of(read_record(session, meeting))
    minutes = Minutes(meeting_id=meeting.id or 0, content=content, sha256=hash_of(content), frozen_at=now,
                      frozen_by_id=person_id(actor))  # fmt: skip
    session.add(minutes)
    session.flush()
    return minutes
