"""Publishes App Homes that no longer show how things stand, at most once in 30 seconds each."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from delivery.budget import ALL, AUTH, HOME, rest, resting, ripe
from delivery.mailroom import Mailroom, lock_out
from delivery.outcomes import Done, Limited, LockedOut, Refused, outcome_of
from delivery.turns import take_turns
from models.delivery import HomeMark
from models.people import Person
from views.blocks import Block

log = structlog.get_logger("focal.delivery")

HomeComposer = Callable[[Session, Person, datetime], Block]
"""Renders one person's App Home as things stand (session, person, now)."""

MOST = 4
"""Pages made in one go: whoever types meanwhile must not wait for all of them."""


def publish_homes(room: Mailroom, compose: HomeComposer) -> int:
    """Publish what is marked; return how many were tried."""
    people = _claim_homes(room)
    for person_id in people:
        _publish(room, compose, person_id)
    return len(people)


def mark_all_homes(room: Mailroom) -> None:
    """Mark every App Home: what was being published when the bot stopped may never have arrived."""
    with room.database.transaction() as session:
        for mark in session.exec(select(HomeMark).where(col(HomeMark.marked_at).is_(None))):
            mark.marked_at = room.clock.now()


def homes_due(room: Mailroom, *, real: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of an App Home that is to be published."""
    return (
        col(HomeMark.marked_at).is_not(None),
        ripe(col(HomeMark.published_at), real - room.timing.home_interval),
    )


def _claim_homes(room: Mailroom) -> list[int]:
    real = room.clock.real()
    due = homes_due(room, real=real)
    with room.database.reading() as session:
        if session.exec(select(HomeMark.person_id).where(*due).limit(1)).first() is None:
            return []
    with room.database.transaction() as session:
        take_turns(session)
        if resting(session, real=real) & {ALL, AUTH, HOME}:
            return []
        marks = session.exec(select(HomeMark).where(*due).order_by(col(HomeMark.marked_at)).limit(MOST)).all()
        with room.budget.spending(session, real=real) as purse:
            affordable = [mark for mark in marks if purse.takes(HOME)]
        for mark in affordable:
            # Unmarked before it is rendered: what changes meanwhile marks it again.
            mark.marked_at, mark.published_at = None, real
        return [mark.person_id for mark in affordable]


def _publish(room: Mailroom, compose: HomeComposer, person_id: int) -> None:
    try:
        with room.database.reading() as session:
            person = session.get_one(Person, person_id)
            view = compose(session, person, room.clock.now())
    except Exception:
        log.exception("home.unrenderable", person=person_id)
        return
    outcome = outcome_of(partial(room.reading.views_publish, user_id=person.slack_id, view=view))
    if isinstance(outcome, Done):
        return
    if isinstance(outcome, Refused):
        log.warning("home.refused", person=person_id, reason=outcome.reason)
        return
    if isinstance(outcome, LockedOut):
        lock_out(room, outcome.reason)
    with room.database.transaction() as session:
        if isinstance(outcome, Limited):
            rest(session, HOME, seconds=outcome.seconds, reason="429", real=room.clock.real())
        session.get_one(HomeMark, person_id).marked_at = room.clock.now()
