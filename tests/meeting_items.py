"""What a meeting of a test takes up."""

from typing import Any

from sqlmodel import Session, col, select

from foundation.database import Database
from models.agenda import AgendaItem, ItemKind
from models.structure import Area
from services.meeting_floor import board_subject
from services.outbox import refresh
from tests.fixtures_task_force import LOADED_AT


def agenda(database: Database, *items: AgendaItem) -> None:
    """Give MTG-1, which is being held, these items and no others."""
    with database.transaction() as session:
        take_up_only(session, *items)
        refresh(session, board_subject(1), now=LOADED_AT)


def take_up_only(session: Session, *items: AgendaItem) -> None:
    """Put these in place of what stood on the agenda of MTG-1 when it was opened."""
    for written in session.exec(select(AgendaItem).where(AgendaItem.meeting_id == 1)):
        session.delete(written)
    session.flush()
    for place, item in enumerate(items, start=1):
        item.meeting_id, item.place = 1, place
        session.add(item)
    session.flush()


def proposal(title: str, **about: Any) -> AgendaItem:
    """Return an item that somebody proposed."""
    return AgendaItem(kind=ItemKind.PROPOSED, key=f"proposed:{title}", title=title, **about)


def area_id(session: Session, key: str) -> int:
    """Return the id of an area."""
    return session.exec(select(Area.id).where(col(Area.key) == key)).one() or 0
