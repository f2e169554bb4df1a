"""The records as a whole: looked at before and after an act, and put back as they were."""

from collections.abc import Mapping
from pathlib import Path

from sqlmodel import SQLModel

from foundation.database import Database, sqlite_version

Rows = Mapping[str, list[tuple[object, ...]]]
ASIDE = {"journal", "inbox"}
"""What an attempt may add to: the journal is compared by itself, the inbox knows requests, not facts."""


class Records:
    """Everything that is stored, beside the app that writes it."""

    def __init__(self, database: Database, original: Path) -> None:
        self.database = database
        module, _ = sqlite_version()
        self.own = module.connect(str(database.url.database), check_same_thread=False)
        self.original = module.connect(str(original))
        self.tables = sorted(SQLModel.metadata.tables.keys() - ASIDE)

    def facts(self) -> Rows:
        """Return all rows of all tables but those aside."""
        return {table: self.own.execute(f'SELECT * FROM "{table}"').fetchall() for table in self.tables}  # noqa: S608

    def journal(self) -> list[tuple[str, int]]:
        """Return who did what, oldest first."""
        return list(self.own.execute("SELECT act, actor_id FROM journal ORDER BY id"))

    def put_back(self) -> None:
        """Make the records again what they were at first."""
        self.original.backup(self.own)
        self.database.memory.clear()
        self.database._as_of = object()

    def close(self) -> None:
        """Let go of the files."""
        self.own.close()
        self.original.close()
