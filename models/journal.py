"""The journal: who did what, to what, when, and how it was before."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import document, instant


class JournalEntry(SQLModel, table=True):
    """One act. Never changed, never deleted."""

    __tablename__ = "journal"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = instant()
    actor_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """Who acted; none for Focal itself."""
    for_id: int | None = Field(default=None, foreign_key="person.id")
    """On whose behalf."""
    act: str
    """`subject.verb`: `update.post`, `issue.escalate`, `meeting.move`, `refused`."""
    subject: str
    """`ISS-4`, `MTG-21`, `climate`, a person's Slack id, `task force`."""
    area_id: int | None = Field(default=None, foreign_key="area.id")
    before: dict[str, Any] = document(default_factory=dict)
    after: dict[str, Any] = document(default_factory=dict)

    __table_args__ = (sa.Index("ix_journal_subject", "subject", "id"), sa.Index("ix_journal_area", "area_id", "id"))
