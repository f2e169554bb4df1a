"""Erasing a person: a pseudonym takes the place of their name everywhere, and the journal stays whole."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_
from models.issues import LadderStep
from models.journal import JournalEntry
from models.people import Person
from services.directory import person_id, touch
from services.journal import record


def erase_person(session: Session, person: Person, *, actor: Person | None, now: datetime) -> str:
    """Put a pseudonym in the place of somebody who has left, and return it. What they wrote for the task force stays.

    Refuses a member who is still here: they would be written to as nobody.
    """
    if person.member and person.here:
        raise Refusal(N_("{person} is still a member. Take them out of the task force first."), person=person.name)
    number = person_id(person)
    pseudonym, former = f"Former member {number}", {person.slack_id: f"ERASED{number}"}
    _rename(session, former | {person.name: pseudonym}, about=person)
    _rename_reached(session, person.name, pseudonym)
    person.sqlmodel_update(
        {
            "slack_id": former[person.slack_id], "name": pseudonym,
            "deactivated": True, "left_at": person.left_at or now,
            "language": None, "timezone": None, "working_days": None, "working_hours": None,
            "slack_locale": None, "slack_timezone": None, "dm_channel_id": None, "seen_at": None,
            "dnd_from": None, "dnd_until": None,
        }
    )  # fmt: skip
    session.add(person)
    record(session, act="person.erase", subject=person.slack_id, actor=actor, now=now)
    touch(session)
    return pseudonym


def _rename(session: Session, words: dict[str, str], *, about: Person) -> None:
    """Put the pseudonym into the journal: entries stay, in number and order, and say the same of somebody else."""
    texts = (sa.cast(col(JournalEntry.before), sa.Text), sa.cast(col(JournalEntry.after), sa.Text))
    named = [
        text.contains(json.dumps(word, ensure_ascii=False)[1:-1], autoescape=True) for text in texts for word in words
    ]
    found = sa.or_(col(JournalEntry.subject) == about.slack_id, *named)
    for entry in session.exec(select(JournalEntry).where(found)):
        entry.subject = words.get(entry.subject, entry.subject)
        entry.before, entry.after = _replaced(entry.before, words), _replaced(entry.after, words)
        session.add(entry)


def _rename_reached(session: Session, name: str, pseudonym: str) -> None:
    """Put the pseudonym among those whom issues reached, who are kept by their names."""
    named = sa.cast(col(LadderStep.reached), sa.Text).contains(json.dumps(name, ensure_ascii=False), autoescape=True)
    for step in session.exec(select(LadderStep).where(named)):
        step.reached = [pseudonym if each == name else each for each in step.reached]
        session.add(step)


def _replaced(content: Any, words: dict[str, str]) -> Any:
    if isinstance(content, dict):
        return {key: _replaced(value, words) for key, value in content.items()}
    if isinstance(content, list):
        return [_replaced(value, words) for value in content]
    if isinstance(content, str):
        for word, instead in words.items():
            content = content.replace(word, instead)
    return content
