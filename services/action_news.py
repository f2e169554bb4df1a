"""What a meeting gave people to do: each is told once, of all of it, when the minutes are closed."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.delivery import NoticeKind
from models.issues import Action, Decision
from models.meetings import Meeting
from models.people import Person
from services.covers import there_at
from services.directory import directory
from services.meeting_floor import board_subject
from services.outbox import owe


def actions_given(session: Session, meeting_id: int, person_id: int) -> list[Action]:
    """Return what one person has to do because of a meeting, and was not told with the decision on an issue."""
    by_issue = select(Decision.id).where(col(Decision.issue_id).is_not(None))
    query = select(Action).where(
        Action.meeting_id == meeting_id, Action.owner_id == person_id, col(Action.dropped_at).is_(None),
        col(Action.decision_id).is_(None) | col(Action.decision_id).not_in(by_issue),
    )  # fmt: skip
    return list(session.exec(query.order_by(col(Action.id))))


def tell_owners(session: Session, meeting: Meeting, *, now: datetime) -> None:
    """Owe everybody with an open action from a meeting one message, in their working time.

    Whoever is away hears of it when they are back, and who stands in for them at once.
    """
    who = directory(session)
    owners = select(Action.owner_id).where(Action.meeting_id == meeting.id, col(Action.done_at).is_(None)).distinct()
    for owner_id in sorted(session.exec(owners)):
        person = who.people_by_id[owner_id]
        if person.here and any(each.done_at is None for each in actions_given(session, meeting.id or 0, owner_id)):
            at = who.hours_of(person).next_moment(now) or now
            _tell(session, meeting, person, now=now, at=there_at(who, person, now=now))
            stand_in = who.stand_in(person, now=at)
            if stand_in is not None:
                at = who.hours_of(stand_in).next_moment(now) or now
                _tell(session, meeting, stand_in, now=now, at=at, covers=person)


def _tell(
    session: Session, meeting: Meeting, hearer: Person, *, now: datetime, at: datetime, covers: Person | None = None
) -> None:  # fmt: skip
    about = f"{meeting.id}:{hearer.id}" if covers is None else f"{meeting.id}:{hearer.id}:for:{covers.id}"
    owe(
        session, NoticeKind.ACTIONS_GIVEN, key=f"actions_given:{about}", subject=board_subject(meeting.id), now=now,
        to=hearer, refs={"meeting_id": meeting.id, **({"covers_id": covers.id} if covers else {})}, due_at=at,
    )  # fmt: skip
