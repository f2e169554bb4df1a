"""Opens direct messages ahead of time, so that a reminder needs one call and not two."""

import structlog
from sqlmodel import col, select

from delivery.budget import ALL, AUTH, OPEN, rest, resting
from delivery.mailroom import Mailroom
from delivery.outcomes import Done, Limited, Refused, outcome_of
from models.people import Person

log = structlog.get_logger("focal.delivery")

AT_A_TIME = 5


def open_conversations(room: Mailroom) -> int:
    """Open the direct messages of a few members who have none yet; return how many were opened."""
    with room.database.reading() as session:
        if resting(session, real=room.clock.real()) & {ALL, AUTH, OPEN}:
            return 0
        lacking = session.exec(
            select(Person)
            .where(
                col(Person.member), col(Person.dm_channel_id).is_(None), ~col(Person.deactivated),
                col(Person.left_at).is_(None),
            )
            .order_by(col(Person.id))
        ).all()  # fmt: skip
    unopenable: set[str] = room.database.memory.setdefault("unopenable", set())
    todo = [person for person in lacking if person.slack_id not in unopenable][:AT_A_TIME]
    return sum(_open(room, person, unopenable) for person in todo)


def _open(room: Mailroom, person: Person, unopenable: set[str]) -> bool:
    outcome = outcome_of(lambda: room.posting.conversations_open(users=person.slack_id))
    if isinstance(outcome, Done):
        with room.database.transaction() as session:
            session.get_one(Person, person.id).dm_channel_id = outcome.answer["channel"]["id"]
        return True
    if isinstance(outcome, Limited):
        with room.database.transaction() as session:
            rest(session, OPEN, seconds=outcome.seconds, reason="429", real=room.clock.real())
    elif isinstance(outcome, Refused):
        # Whoever cannot be written to is found out when something is owed to them.
        unopenable.add(person.slack_id)
        log.info("conversation.unopened", person=person.id, reason=outcome.reason)
    return False
