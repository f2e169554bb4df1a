"""The latest word of every unit on every area, now or as it stood at a moment: one statement that seeks, never scans.

Its cost grows with the seats, not with the updates: each seat is one descent in an index (DESIGN 2).
"""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from models.structure import Seat
from models.updates import Health, Update, UpdateVersion

MOMENT = "moment"


class Word(NamedTuple):
    """What stands for a unit: its last update or confirmation that was not withdrawn."""

    update_id: int
    content_id: int
    """The update whose words stand: itself, or what it confirms."""
    health: Health
    cycle: int
    confirms: bool
    posted_at: datetime
    content_at: datetime
    """When its words were written; a confirmation carries the date of what it confirms."""


def latest_words(session: Session, *, at: datetime | None = None) -> dict[tuple[int, int], Word]:
    """Return the latest word by (area id, unit id), as it stands or as it stood `at` a moment."""
    connection = session.connection()
    statement = _statement(lateral=connection.dialect.name == "postgresql", past=at is not None)
    rows = connection.execute(statement, {MOMENT: at} if at is not None else {})
    return {
        (area, unit): Word(own, confirmed or own, health, cycle, confirmed is not None, posted, content_at or posted)
        for area, unit, own, confirmed, health, cycle, posted, content_at in rows
    }


@cache
def _statement(*, lateral: bool, past: bool) -> sa.Select[Any]:
    """Build the statement once. PostgreSQL seeks by LATERAL; SQLite by a correlated subquery for the id."""
    said, confirmed = aliased(Update), aliased(Update)
    newest = sa.select(said).where(col(said.area_id) == col(Seat.area_id), col(said.unit_id) == col(Seat.unit_id))
    # Not by id alone: PostgreSQL would then walk its primary key backwards past everybody else's updates.
    newest = newest.order_by(col(said.posted_at).desc(), col(said.id).desc())
    if past:
        moment = sa.bindparam(MOMENT, type_=sa.inspect(Update).columns["posted_at"].type)
        # Withdrawn since then counts: it stood.
        newest = newest.where(
            col(said.posted_at) <= moment, sa.or_(col(said.withdrawn_at).is_(None), col(said.withdrawn_at) > moment)
        )
    else:
        newest = newest.where(col(said.withdrawn_at).is_(None))
    newest = newest.limit(1)
    word: Any = Update
    if lateral:
        word = aliased(Update, newest.correlate(Seat).lateral())
        source = sa.join(Seat, word, sa.true())
    else:
        only_id = newest.with_only_columns(col(said.id)).correlate(Seat).scalar_subquery()
        source = sa.join(Seat, word, word.id == only_id)
    source = sa.outerjoin(source, confirmed, confirmed.id == word.confirms_id)
    health = word.health
    if past:
        health = (
            sa.select(col(UpdateVersion.health))
            .where(
                col(UpdateVersion.update_id) == sa.func.coalesce(word.confirms_id, word.id),
                col(UpdateVersion.at) <= sa.bindparam(MOMENT, type_=sa.inspect(Update).columns["posted_at"].type),
            )
            .order_by(col(UpdateVersion.version).desc())
            .limit(1)
            .scalar_subquery()
        )
    return sa.select(
        col(Seat.area_id),
        col(Seat.unit_id),
        word.id,
        word.confirms_id,
        health,
        word.cycle,
        word.posted_at,
        col(confirmed.posted_at),
    ).select_from(source)
