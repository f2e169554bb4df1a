"""What can be searched: one row of folded text for every thing somebody wrote, and the index that finds parts of it."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import Field, SQLModel

from models.base import instant, long_text


class Passage(SQLModel, table=True):
    """The searchable text of one update, note, issue, comment, decision, action or proposal, folded (accents, case)."""

    __table_args__ = (sa.UniqueConstraint("source", "source_id"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    """`update`, `note`, `issue`, `comment`, `decision`, `action`, `proposal`."""
    source_id: int
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    folded: str = long_text()
    at: datetime = instant()


FULL_TEXT = "passage_fts"
"""SQLite's full-text table; its shadow tables begin with the same name."""
TRIGRAMS = "ix_passage_folded"
"""PostgreSQL's index of three-letter groups: LIKE uses it by itself."""
FIRST_TRIGRAM = (3, 34)
"""The SQLite that brought the trigram tokenizer, which finds parts of words in any script."""

_SQLITE = (
    "CREATE VIRTUAL TABLE passage_fts USING fts5(folded, content='passage', content_rowid='id', tokenize='trigram')",
    """CREATE TRIGGER passage_written AFTER INSERT ON passage BEGIN
    INSERT INTO passage_fts (rowid, folded) VALUES (new.id, new.folded); END""",
    """CREATE TRIGGER passage_removed AFTER DELETE ON passage BEGIN
    INSERT INTO passage_fts (passage_fts, rowid, folded) VALUES ('delete', old.id, old.folded); END""",
    """CREATE TRIGGER passage_rewritten AFTER UPDATE OF folded ON passage BEGIN
    INSERT INTO passage_fts (passage_fts, rowid, folded) VALUES ('delete', old.id, old.folded);
    INSERT INTO passage_fts (rowid, folded) VALUES (new.id, new.folded); END""",
)


def make_searchable(connection: sa.Connection) -> None:
    """Give the passages their index, where the database has the means; search works without, more slowly.

    The first migration calls this as well: whoever changes it writes a migration.
    """
    if connection.dialect.name == "sqlite":
        if _has_trigrams(connection):
            for statement in _SQLITE:
                connection.exec_driver_sql(statement)
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.exec_driver_sql(f"CREATE INDEX {TRIGRAMS} ON passage USING gin (folded gin_trgm_ops)")
    except DBAPIError:
        # The extension is not installed, or this role may not add it.
        return


def _has_trigrams(connection: sa.Connection) -> bool:
    version: tuple[int, ...] = getattr(connection.dialect.dbapi, "sqlite_version_info", (0,))
    return version >= FIRST_TRIGRAM and bool(
        connection.exec_driver_sql("SELECT sqlite_compileoption_used('ENABLE_FTS5')").scalar()
    )


@event.listens_for(sa.inspect(Passage).local_table, "after_create")
def _index_too(_table: sa.Table, connection: sa.Connection, **_about: Any) -> None:
    make_searchable(connection)
