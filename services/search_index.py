"""What search finds: every text that somebody wrote, folded, one passage each."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.search import Passage
from services.folding import fold


def remember(session: Session, *, source: str, source_id: int, area_id: int | None, text: str, at: datetime) -> None:
    """Make a text findable, in place of what it said before. `source` is one of those that `Passage` names."""
    known = session.exec(select(Passage).where(Passage.source == source, Passage.source_id == source_id)).one_or_none()
    passage = known or Passage(source=source, source_id=source_id, folded="", at=at)
    passage.area_id, passage.folded, passage.at = area_id, fold(text), at
    session.add(passage)


def forget(session: Session, *, source: str, source_id: int) -> None:
    """Take a text out of the search: it was withdrawn."""
    session.connection().execute(
        sa.delete(Passage).where(col(Passage.source) == source, col(Passage.source_id) == source_id)
    )
