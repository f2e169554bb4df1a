"""What becomes of an item in its meeting: discussed, decided, referred or put off to the next one."""

from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_
from models.agenda import AgendaItem, ItemKind, ItemOutcome
from models.issues import Action, Decision
from models.meetings import Meeting
from models.people import Person
from services.directory import person_id
from services.meeting_floor import item_on_floor, note
from services.texts import checked

DERIVED = frozenset({ItemKind.STANDING, ItemKind.ISSUE, ItemKind.ACTIONS})
"""They come to the next agenda by themselves, as long as they are not settled."""


def conclude(
    session: Session, *, actor: Person, now: datetime, item_id: int, outcome: ItemOutcome, text: str | None = None
) -> AgendaItem:
    """Say what became of an item that was not decided. Until the minutes are closed it may be said anew.

    Without a `text`, as with one click, what the draft says of it stays.
    """
    meeting, item = item_on_floor(session, item_id, actor=actor, now=now)
    decision = next((each for each in session.exec(select(Decision).where(Decision.item_id == item.id))
                     if each.area_id in {None, item.area_id} or item.issue_id is not None), None)  # fmt: skip
    if decision is not None:
        raise Refusal(
            N_("{decision} was taken on this item. Record another decision that replaces it, or correct its words "
               "with `meeting minutes {meeting}`."), decision=decision.ref, meeting=meeting.ref,
        )  # fmt: skip
    text = item.outcome_text if text is None else checked(text, "text", required=outcome is ItemOutcome.REFERRED)
    settle(session, meeting, item, outcome, text, actor=actor, now=now)
    return item


def settle(
    session: Session, meeting: Meeting, item: AgendaItem, outcome: ItemOutcome, text: str, *, actor: Person,
    now: datetime,
) -> None:  # fmt: skip
    """Note an outcome in place of an earlier one; what was put off comes back, or is put off, accordingly."""
    before = {"outcome": item.outcome.value, "text": item.outcome_text} if item.outcome else None
    item.outcome, item.outcome_text = outcome, text
    item.outcome_at, item.outcome_by_id = now, person_id(actor)
    session.add(item)
    if outcome is ItemOutcome.DEFERRED:
        _carry(session, item)
    else:
        _take_back(session, item)
    note(session, meeting, item, act="meeting.outcome", actor=actor, now=now, before=before,
         after={"outcome": outcome.value, "text": text})  # fmt: skip


def note_decision(session: Session, meeting: Meeting, decision: Decision, *, actor: Person, now: datetime) -> None:
    """Tie the decision on an issue, and the action that it gives, to the meeting's item about that issue."""
    item = session.exec(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.issue_id == decision.issue_id)
    ).first()
    actions = session.exec(select(Action).where(Action.decision_id == decision.id)).all()
    recorded: list[Decision | Action] = [decision, *actions]
    for row in recorded:
        row.meeting_id, row.item_id = meeting.id, item.id if item else row.item_id
        session.add(row)
    if item is not None:
        settle(session, meeting, item, ItemOutcome.DECIDED, item.outcome_text, actor=actor, now=now)


def _carry(session: Session, item: AgendaItem) -> None:
    """Put an item on the next agenda, unless it comes there by itself or stands there already."""
    of_itself = item.kind in DERIVED and not (item.title or item.description)
    waiting = select(AgendaItem).where(col(AgendaItem.meeting_id).is_(None), AgendaItem.key == item.key)
    if of_itself or session.exec(waiting).first() is not None:
        return
    session.add(
        AgendaItem(
            kind=item.kind, key=item.key, names=item.names, issue_id=item.issue_id, area_id=item.area_id,
            title=item.title, description=item.description, language=item.language, permalink=item.permalink,
            proposed_by_id=item.proposed_by_id, proposed_at=item.proposed_at, carried_from_id=item.id,
            minutes=item.minutes, presenter_id=item.presenter_id,
        )
    )  # fmt: skip


def _take_back(session: Session, item: AgendaItem) -> None:
    """Take an item off the next agenda to which it was put off, as long as no meeting has taken it up."""
    carried = select(AgendaItem).where(col(AgendaItem.meeting_id).is_(None), AgendaItem.carried_from_id == item.id)
    for row in session.exec(carried):
        session.delete(row)
