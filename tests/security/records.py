"""The records as a whole: looked at before and after an act, and put back as they were."""

from collections.abc import Mapping
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.types.json import set_json_loads
from sqlmodel import SQLModel

from foundation.database import Database, sqlite_version

Rows = Mapping[str, list[tuple[object, ...]]]
ASIDE = {"journal", "inbox"}
"""What an attempt may add to: the journal is compared by itself, the inbox knows requests, not facts."""
ORIGINAL = "original"
"""The schema that keeps every table as it was at first."""


class Records:
    """Everything that is stored, beside the app that writes it."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.own = connected(database.url)
        for table in SQLModel.metadata.tables:
            self.own.execute(f'CREATE TABLE {ORIGINAL}."{table}" AS SELECT * FROM "{table}"')  # noqa: S608
        self._at_first = self._rows(*SQLModel.metadata.tables)

    def facts(self) -> Rows:
        """Return all rows of all tables but those aside."""
        return self._rows(*SQLModel.metadata.tables.keys() - ASIDE)

    def journal(self) -> list[tuple[str, int]]:
        """Return who did what, oldest first."""
        return [tuple(row) for row in self.own.execute("SELECT act, actor_id FROM journal ORDER BY id")]

    def put_back(self) -> None:
        """Make the records again what they were at first."""
        now = self._rows(*SQLModel.metadata.tables)
        self.own.execute("BEGIN")
        for table in now:
            if now[table] != self._at_first[table]:
                self.own.execute(f'DELETE FROM "{table}"')  # noqa: S608
                self.own.execute(f'INSERT INTO "{table}" SELECT * FROM {ORIGINAL}."{table}"')  # noqa: S608
        self.own.execute("COMMIT")
        self.database.memory.clear()
        if self.database.is_sqlite:
            self.database._as_of = object()

    def close(self) -> None:
        """Let go of the database."""
        self.own.close()

    def _rows(self, *tables: str) -> Rows:
        keys = {name: ", ".join(SQLModel.metadata.tables[name].primary_key.columns.keys()) for name in tables}
        return {
            name: self.own.execute(f'SELECT * FROM "{name}" ORDER BY {key}').fetchall()  # noqa: S608
            for name, key in keys.items()
        }


def connected(url: sa.URL) -> Any:
    """Connect beside the app; how rows refer to each other is not checked while they are put back."""
    if url.get_backend_name() == "sqlite":
        module, _ = sqlite_version()
        file = module.connect(str(url.database), check_same_thread=False, isolation_level=None)
        file.execute(f"ATTACH ':memory:' AS {ORIGINAL}")
        return file
    server = psycopg.connect(
        dbname=url.database, user=url.username, host=str(url.query["host"]), autocommit=True, prepare_threshold=1
    )
    set_json_loads(lambda text: str(text, "utf-8") if isinstance(text, bytes) else text, server)
    server.execute("SET session_replication_role = replica")
    server.execute(f"CREATE SCHEMA {ORIGINAL}")
    return server
