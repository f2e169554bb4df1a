"""A meeting while it is held: its items in their order, which one is in hand, and the board that shows it."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_, When, language
from models.agenda import AgendaItem
from models.delivery import NoticeKind
from models.issues import Decision
from models.meetings import Meeting, MeetingState
from models.people import Person
from services.directory import directory
from services.journal import record
from services.outbox import owe, refresh
from services.rights import require_manager


def items_of(session: Session, meeting: Meeting) -> list[AgendaItem]:
    """Return what a meeting takes up, in its order."""
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, col(AgendaItem.left_out_at).is_(None))
    return sorted(session.exec(query), key=lambda item: (item.place is None, item.place or 0, item.id or 0))


def current_item(items: Sequence[AgendaItem]) -> AgendaItem | None:
    """Return the item that the meeting came to last: in hand until it has an outcome."""
    begun = [item for item in items if item.begun_at is not None]
    return max(begun, key=lambda item: (item.begun_at, item.id), default=None)


def following_item(session: Session, items: Sequence[AgendaItem]) -> AgendaItem | None:
    """Return the item after the current one that nobody has dealt with; from the last one on, the first left open."""
    current, decided = current_item(items), _decided(session, items)
    at = items.index(current) + 1 if current is not None else 0
    left = (item for item in [*items[at:], *items[:at]] if item.outcome is None and item.id not in decided)
    return next((item for item in left if item is not current), None)


def _decided(session: Session, items: Sequence[AgendaItem]) -> set[int | None]:
    ids = [item.id for item in items]
    return set(session.exec(select(Decision.item_id).where(col(Decision.item_id).in_(ids)).distinct()))


def board_subject(meeting_id: int | None) -> str:
    """Return by what the messages are found that show a meeting while it is held."""
    return f"board:{meeting_id}"


def show_board(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """Owe the channel the board of a meeting, once; whatever happens in the meeting has it edited in place."""
    task_force, subject = directory(session).task_force, board_subject(meeting.id)
    owe(
        session, NoticeKind.MEETING_BOARD, key=f"meeting_board:{subject}", subject=subject, now=now,
        channel=task_force.channel_id or task_force.channel, refs={"meeting_id": meeting.id},
    )  # fmt: skip
    refresh(session, subject, now=now)


def held_meeting(session: Session, meeting_id: int, *, actor: Person, now: datetime, lock: bool = True) -> Meeting:
    """Return a meeting that is being held, for the secretariat or the chair. Refuses any other.

    Its row is locked for an act, not for a look: two who steer it do so one after the other.
    """
    require_manager(directory(session), actor, now=now)
    return require_held(session.get(Meeting, meeting_id, with_for_update=lock, populate_existing=lock))


def require_held(meeting: Meeting | None) -> Meeting:
    """Refuse a meeting that is not being held, with what to do instead."""
    if meeting is None:
        raise Refusal(N_("This button is from an older message. Ask again to see what is current."))
    if meeting.state is MeetingState.CLOSED and meeting.closed_at is not None:
        raise Refusal(
            N_("{meeting} was closed on {when}. What its minutes lack can be added with `meeting correct {meeting}`."),
            meeting=meeting.ref, when=When(meeting.closed_at, meeting.timezone),
        )  # fmt: skip
    if meeting.state is not MeetingState.HELD:
        raise Refusal(N_("{meeting} is not being held. Open it with `meeting hold {meeting}`."), meeting=meeting.ref)
    return meeting


def item_on_floor(
    session: Session, item_id: int, *, actor: Person, now: datetime, lock: bool = True
) -> tuple[Meeting, AgendaItem]:
    """Return an item of a meeting that is being held, and the meeting, for the secretariat or the chair."""
    require_manager(directory(session), actor, now=now)
    found = session.get(AgendaItem, item_id)
    meeting = held_meeting(session, (found.meeting_id or 0) if found else 0, actor=actor, now=now, lock=lock)
    return meeting, session.get_one(AgendaItem, item_id, populate_existing=lock)


def take_up(session: Session, *, actor: Person, now: datetime, item_id: int) -> AgendaItem:
    """Have the meeting come to an item."""
    meeting, item = item_on_floor(session, item_id, actor=actor, now=now)
    _begin(session, meeting, item, actor=actor, now=now)
    return item


def take_next(session: Session, *, actor: Person, now: datetime, meeting_id: int, after_id: int) -> AgendaItem | None:
    """Have the meeting come to the next item, if it is still at the one that the person saw. None: nothing is left."""
    meeting = held_meeting(session, meeting_id, actor=actor, now=now)
    items = items_of(session, meeting)
    current, following = current_item(items), following_item(session, items)
    if (current.id if current else 0) == after_id and following is not None:
        _begin(session, meeting, following, actor=actor, now=now)
    return following


def _begin(session: Session, meeting: Meeting, item: AgendaItem, *, actor: Person, now: datetime) -> None:
    item.begun_at = now
    session.add(item)
    note(session, meeting, item, act="meeting.take_up", actor=actor, now=now)


def note(
    session: Session, meeting: Meeting, item: AgendaItem, *, act: str, actor: Person, now: datetime,
    before: dict[str, str] | None = None, after: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Write down what became of an item, and have the board show it."""
    session.flush()
    record(session, act=act, subject=meeting.ref, actor=actor, now=now, area_id=item.area_id, before=before,
           after={"item": _called(session, item), **(after or {})})  # fmt: skip
    refresh(session, board_subject(meeting.id), now=now)


def _called(session: Session, item: AgendaItem) -> str:
    area = directory(session).areas_by_id.get(item.area_id or 0)
    issue = f"ISS-{item.issue_id}" if item.issue_id else ""
    return item.title or issue or language("en").of(item.names) or (area.key if area is not None else item.key)
