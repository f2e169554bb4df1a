"""Replicas take turns where two at once would get in each other's way."""

import sqlalchemy as sa
from sqlmodel import Session

DELIVERY = 0x0F0CA1
"""PostgreSQL's advisory lock for claims and pauses: a channel's order holds among replicas too."""


def take_turns(session: Session) -> None:
    """Keep other replicas waiting until this transaction ends; SQLite has one writer anyway."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(DELIVERY)))
