"""The draft of minutes, put into other words by the secretariat before they are closed."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from models.agenda import AgendaItem, ItemOutcome
from models.issues import Action, Decision
from models.people import Person
from services.actions import remember_action
from services.directory import directory, person_id
from services.journal import record
from services.meeting_floor import item_on_floor, note
from services.outbox import refresh
from services.search_index import remember
from services.secretariat import News
from services.texts import checked
from services.written_in import written_in


def decisions_to_correct(session: Session, item: AgendaItem) -> list[Decision]:
    """Return the decisions on an item whose words can still be corrected: those on issues were told already."""
    query = select(Decision).where(Decision.item_id == item.id, col(Decision.issue_id).is_(None))
    return list(session.exec(query.order_by(col(Decision.id))))


def correct_item(
    session: Session, *, actor: Person, now: datetime, item_id: int, text: str,
    decided: Mapping[int, str] | None = None,
) -> AgendaItem:  # fmt: skip
    """Put what the draft says of an item, and its decisions by their ids, into other words."""
    meeting, item = item_on_floor(session, item_id, actor=actor, now=now)
    text = checked(text, "text", required=item.outcome is ItemOutcome.REFERRED)
    for decision in decisions_to_correct(session, item):
        words = (decided or {}).get(decision.id or 0, decision.text)
        if words != decision.text:
            _correct(session, decision, words, actor=actor, now=now)
    before, item.outcome_text = item.outcome_text, text
    item.outcome_by_id = person_id(actor)
    session.add(item)
    note(session, meeting, item, act="minutes.correct", actor=actor, now=now, before={"text": before},
         after={"text": text})  # fmt: skip
    return item


def _correct(session: Session, decision: Decision, words: str, *, actor: Person, now: datetime) -> None:
    """Correct a decision, and the action that has its words."""
    words = checked(words, f"decided.{decision.id}")
    language = written_in(words, by_default=directory(session).reader(actor).language.code)
    record(session, act="decision.correct", subject=decision.ref, actor=actor, now=now, area_id=decision.area_id,
           before={"text": decision.text}, after={"text": words})  # fmt: skip
    same = select(Action).where(
        Action.decision_id == decision.id, Action.text == decision.text, col(Action.done_at).is_(None)
    )
    actions = session.exec(same).all()
    recorded: list[Decision | Action] = [decision, *actions]
    for row in recorded:
        row.text, row.language = words, language
        session.add(row)
    for action in actions:
        remember_action(session, action)
    remember(session, source="decision", source_id=decision.id or 0, area_id=decision.area_id, text=words,
             at=decision.decided_at)  # fmt: skip
    refresh(session, f"{News.DECISION_RECORDED}:{decision.ref}", now=now)
