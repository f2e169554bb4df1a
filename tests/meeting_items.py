"""What a meeting of a test takes up."""

from typing import Any

from sqlmodel import Session, col, select

from foundation.database import Database
from models.agenda import AgendaItem, ItemKind
from models.structure import Area


def agenda(database: Database, *items: AgendaItem) -> None:
    """Give MTG-1 its items, as `hold` does."""
    with database.transaction() as session:
        for place, item in enumerate(items, start=1):
            item.meeting_id, item.place = 1, place
            session.add(item)


def proposal(title: str, **about: Any) -> AgendaItem:
    return AgendaItem(kind=ItemKind.PROPOSED, key=f"proposed:{title}", title=title, **about)


def area_id(session: Session, key: str) -> int:
    return session.exec(select(Area.id).where(col(Area.key) == key)).one() or 0
