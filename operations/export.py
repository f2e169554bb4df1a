"""The journal as CSV, safe to open in a spreadsheet."""

import json
from collections.abc import Iterator

from sqlmodel import Session, col, select

from foundation.spreadsheets import row
from models.journal import JournalEntry
from models.people import Person

COLUMNS = ("id", "at", "actor", "for", "act", "subject", "before", "after")
PAGE = 1000


def journal_csv(session: Session) -> Iterator[str]:
    """Give the journal as lines of CSV, oldest first."""
    names: dict[int | None, str] = {p.id: f"{p.name} ({p.slack_id})" for p in session.exec(select(Person))}
    yield _line(COLUMNS)
    last = 0
    while True:
        statement = select(JournalEntry).where(col(JournalEntry.id) > last).order_by(col(JournalEntry.id)).limit(PAGE)
        entries = session.exec(statement.execution_options(populate_existing=True)).all()
        for entry in entries:
            yield _line(
                (
                    str(entry.id), entry.at.isoformat(), names.get(entry.actor_id, ""), names.get(entry.for_id, ""),
                    entry.act, entry.subject, _document(entry.before), _document(entry.after),
                )
            )  # fmt: skip
        if len(entries) < PAGE:
            return
        last = entries[-1].id or 0
        session.expunge_all()


def _document(content: object) -> str:
    return json.dumps(content, ensure_ascii=False) if content else ""


def _line(cells: tuple[str, ...]) -> str:
    return f"{row(cells)}\n"
