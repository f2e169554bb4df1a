"""Status updates: what a unit says about an area, every version kept; and notes beneath them."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import instant, long_text, words_of


class Health(StrEnum):
    """How an area stands for a unit."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    DONE = "done"


class Update(SQLModel, table=True):
    """One update of a unit in an area, or the confirmation that the last one still holds ("No change").

    The text of the current version stands here; `UpdateVersion` has every version, this one included.
    """

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    unit_id: int = Field(foreign_key="unit.id")
    cycle: int
    """The meeting that opened the cycle it belongs to (its id), 0 in the first cycle."""
    author_id: int = Field(foreign_key="person.id", index=True)
    for_id: int | None = Field(default=None, foreign_key="person.id")
    """The focal point on whose behalf the secretariat posted it."""
    health: Health = words_of(Health)
    changed: str = long_text()
    next_steps: str = long_text(default="")
    help_needed: str = long_text(default="")
    language: str = "en"
    confirms_id: int | None = Field(default=None, foreign_key="update.id")
    """The update with real content that this "No change" confirms (never another confirmation)."""
    late: bool = False
    permalink: str | None = long_text(default=None)
    """The message it was made of, when it came by the message shortcut."""
    posted_at: datetime = instant()
    version: int = 1
    edited_at: datetime | None = instant(default=None)
    withdrawn_at: datetime | None = instant(default=None)

    __table_args__ = (
        sa.Index("ix_update_latest", "area_id", "unit_id", "id"),
        # What stood at a moment is a seek as well, however much was said since.
        sa.Index("ix_update_as_of", "area_id", "unit_id", "posted_at", "id"),
        sa.Index("ix_update_cycle", "cycle", "area_id", "unit_id"),
    )


class UpdateVersion(SQLModel, table=True):
    """One version of an update's text."""

    __tablename__ = "update_version"
    __table_args__ = (sa.UniqueConstraint("update_id", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    update_id: int = Field(foreign_key="update.id")
    version: int
    author_id: int = Field(foreign_key="person.id")
    health: Health = words_of(Health)
    changed: str = long_text()
    next_steps: str = long_text(default="")
    help_needed: str = long_text(default="")
    at: datetime = instant()


class Note(SQLModel, table=True):
    """A member's word beneath an area's updates; it owes and discharges nothing."""

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    author_id: int = Field(foreign_key="person.id")
    text: str = long_text()
    at: datetime = instant()

    __table_args__ = (sa.Index("ix_note_area", "area_id", "id"),)


class Draft(SQLModel, table=True):
    """What the bot understood from a message, until its writer posts or discards it."""

    id: int | None = Field(default=None, primary_key=True)
    author_id: int = Field(foreign_key="person.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    for_id: int | None = Field(default=None, foreign_key="person.id")
    """The focal point on whose behalf the secretariat writes."""
    health: Health | None = words_of(Health, default=None, nullable=True)
    changed: str = long_text(default="")
    next_steps: str = long_text(default="")
    help_needed: str = long_text(default="")
    permalink: str | None = long_text(default=None)
    channel_id: str | None = None
    thread_ts: str | None = None
    at: datetime = instant()
    settled_at: datetime | None = instant(default=None)
    update_id: int | None = Field(default=None, foreign_key="update.id")
    """What it became; none while it is open, and when it was discarded."""
