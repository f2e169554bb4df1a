"""What makes up the task force: its rules, units, stations, areas, and the seats of focal points."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import document, instant


class TaskForce(SQLModel, table=True):
    """The one task force that this database serves (id 1), as its file or Slack last set it."""

    __tablename__ = "task_force"

    id: int = Field(default=1, primary_key=True)
    name: str
    title: dict[str, str] = document()
    command: str = "/isctf"
    timezone: str
    language: str = "en"
    channel: str
    channel_id: str | None = None
    """Slack's id of `channel`, once it is known."""
    meeting_minutes: int = 120
    standing_items: list[dict[str, str]] = document(default_factory=list)
    deadline_before_meeting: str = "24h"
    before_deadline: list[str] = document(default_factory=lambda: ["7d", "3d", "1d", "2h"])
    most_per_meeting: int = 4
    ladder: list[dict[str, str]] = document(default_factory=list)
    """`[{"after": "5wd", "to": "deputy"}, …]`; frozen for an issue when it is raised."""
    remind_chair_every: str = "2wd"
    remind_chair_most: int = 3
    positions: list[dict[str, Any]] = document(default_factory=list)
    """`[{"key": "object", "objects": true, "name": {…}}, …]`."""
    first_loaded_at: datetime = instant()
    restored_at: datetime | None = instant(default=None)
    """When these records were last restored from a backup (the real clock): what was due before may have been sent."""
    version: int = 1
    """Grows with every change of structure or people; `services.directory` is as fresh as this number."""
    changed_in_slack: list[str] = document(default_factory=list)
    """Keys of the file that were changed in Slack and that `load` does not undo: `areas.climate.focal_points.BR`."""


class Unit(SQLModel, table=True):
    """A Bureau or the General Secretariat."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: dict[str, str] = document()
    rank: int = 0
    archived_at: datetime | None = instant(default=None)


class Station(SQLModel, table=True):
    """An office with its zone, working week and public holidays."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: str
    timezone: str
    working_days: str = "mon-fri"
    working_hours: str = "09:00-18:00"
    holidays: dict[str, Any] = document(default_factory=dict)
    """`{"country": "CH", "subdivision": "GE", "add": ["2026-12-24"], "drop": []}`."""
    archived_at: datetime | None = instant(default=None)


class Area(SQLModel, table=True):
    """A theme of mutual interest to the Sectors."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    name: dict[str, str] = document()
    resolutions: list[str] = document(default_factory=list)
    public: bool = False
    restricted: bool = False
    channel: str | None = None
    channel_id: str | None = None
    rank: int = 0
    archived_at: datetime | None = instant(default=None)


class Seat(SQLModel, table=True):
    """A unit's place in an area: what owes updates, whether or not somebody holds it."""

    __table_args__ = (sa.UniqueConstraint("area_id", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    unit_id: int = Field(foreign_key="unit.id", index=True)
    archived_at: datetime | None = instant(default=None)


class FocalPoint(SQLModel, table=True):
    """A person who holds a seat, from one day until another."""

    __tablename__ = "focal_point"

    id: int | None = Field(default=None, primary_key=True)
    seat_id: int = Field(foreign_key="seat.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    since: datetime = instant()
    until: datetime | None = instant(default=None)
