"""What a meeting gave people to do: each is told once, of all of it, when the minutes are closed."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.delivery import NoticeKind
from models.issues import Action, Decision
from models.meetings import Meeting
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
    """Owe everybody with an open action from a meeting one message, in their working time."""
    who = directory(session)
    owners = select(Action.owner_id).where(Action.meeting_id == meeting.id, col(Action.done_at).is_(None)).distinct()
    for owner_id in sorted(session.exec(owners)):
        person = who.people_by_id[owner_id]
        if person.here and any(each.done_at is None for each in actions_given(session, meeting.id or 0, owner_id)):
            owe(
                session, NoticeKind.ACTIONS_GIVEN, key=f"actions_given:{meeting.id}:{owner_id}",
                subject=board_subject(meeting.id), now=now, to=person, refs={"meeting_id": meeting.id},
                due_at=who.hours_of(person).next_moment(now) or now,
            )  # fmt: skip
