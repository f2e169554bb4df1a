"""Planned silence: until a day nothing is asked about an area or an issue, for a reason that all can read."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import instant, long_text


class Silence(SQLModel, table=True):
    """One silence, over an area with all its issues or over one issue, since it was set."""

    __table_args__ = (sa.CheckConstraint("(area_id IS NULL) <> (issue_id IS NULL)", name="over_one"),)

    id: int | None = Field(default=None, primary_key=True)
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    issue_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    since: datetime = instant()
    until: date
    """The first day on which something is asked again, in the task force's zone."""
    until_at: datetime = instant()
    """When it ends, or has been ended."""
    reason: str = long_text()
    set_by_id: int = Field(foreign_key="person.id")
    by_chair: bool = False
    """Only the chair's holds for urgent issues and for what waits for a decision."""
    ended_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who ended it before its time."""

    def holds(self, moment: datetime) -> bool:
        """Whether nothing is asked at a moment."""
        return self.since <= moment < self.until_at
