"""Proposals in the search: one text each, on however many agendas it stood since it was put off."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.agenda import AgendaItem
from services.search_index import forget, remember

SOURCE = "proposal"
_KEY = "proposed:"


def key_of(first_id: int | None) -> str:
    """Return the key that the item of a proposal has on every agenda: the id of the first one is in it."""
    return f"{_KEY}{first_id}"


def remember_proposal(session: Session, item: AgendaItem, *, at: datetime) -> None:
    """Make a proposal findable, in the words that it has now."""
    remember(session, source=SOURCE, source_id=_first_id(item), area_id=None, text=text_of(item), at=at)


def forget_proposal(session: Session, item: AgendaItem) -> None:
    """Take a proposal out of the search that was taken back, unless a meeting has taken it up."""
    if session.exec(select(sa.func.count()).where(col(AgendaItem.key) == item.key)).one() == 0:
        forget(session, source=SOURCE, source_id=_first_id(item))


def proposal_found(session: Session, first_id: int) -> AgendaItem:
    """Return a proposal as it stands on the latest agenda that it was put on."""
    rows = select(AgendaItem).where(AgendaItem.key == key_of(first_id)).order_by(col(AgendaItem.id).desc())
    return session.exec(rows.limit(1)).one()


def text_of(item: AgendaItem) -> str:
    """Return all that its proposer wrote."""
    return f"{item.title}\n{item.description}"


def _first_id(item: AgendaItem) -> int:
    return int(item.key.removeprefix(_KEY))
