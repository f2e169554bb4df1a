"""Meetings of the task force: irregular, meant in local wall time."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import instant, long_text, partial_index, words_of


class MeetingState(StrEnum):
    """Where a meeting stands."""

    SCHEDULED = "scheduled"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class Meeting(SQLModel, table=True):
    """A meeting, `MTG-n` for everybody.

    `local_start` (ISO text without offset) and `timezone` are what was agreed; the instants are computed from them,
    anew when the zone's rules change.
    """

    id: int | None = Field(default=None, primary_key=True)
    title: str
    local_start: str
    timezone: str
    starts_at: datetime = instant()
    deadline_at: datetime = instant()
    """Until when updates are asked for: before the start, or the start itself where that was past already."""
    minutes: int = 120
    place: str | None = long_text(default=None)
    link: str | None = long_text(default=None)
    state: MeetingState = words_of(MeetingState, default=MeetingState.SCHEDULED)
    held_at: datetime | None = instant(default=None)
    """When `hold` opened it: the actual start."""
    closed_at: datetime | None = instant(default=None)
    created_by_id: int = Field(foreign_key="person.id")
    created_at: datetime = instant()
    moved_at: datetime | None = instant(default=None)
    """When it was last moved: a deadline that was past by then is the start itself, and missed steps count from it."""
    revision: int = 0
    """Grows when it is moved: messages about another revision are other messages."""

    __table_args__ = (
        sa.Index("ix_meeting_starts", "starts_at"),
        partial_index("ix_meeting_live", "starts_at", where="state = 'scheduled'"),
    )

    @property
    def ref(self) -> str:
        """How people name it."""
        return f"MTG-{self.id}"

    @property
    def actual_start(self) -> datetime:
        """When it began: `hold`, else its scheduled start (SPEC 5)."""
        return self.held_at or self.starts_at
