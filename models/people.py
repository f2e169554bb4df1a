"""People: the members of the task force and everyone else who speaks to the bot; their roles and absences."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import instant, long_text, words_of


class RoleName(StrEnum):
    """The roles that a task-force file may give (SPEC 1)."""

    CHAIR = "chair"
    SECRETARIAT = "secretariat"
    DEPUTY = "deputy"
    REGIONAL_DIRECTOR = "regional_director"
    DEPARTMENT_CHIEF = "department_chief"
    OBSERVER = "observer"
    INVITED = "invited"


class Person(SQLModel, table=True):
    """Somebody in the workspace. Members are those whom the task-force file names."""

    id: int | None = Field(default=None, primary_key=True)
    slack_id: str = Field(unique=True)
    name: str
    member: bool = False
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    station_id: int | None = Field(default=None, foreign_key="station.id")
    alternate_id: int | None = Field(default=None, foreign_key="person.id")
    language: str | None = None
    """Chosen by the person or set in the file; else Slack's locale, else the task force's language."""
    timezone: str | None = None
    """Chosen by the person; else the station's."""
    working_days: str | None = None
    working_hours: str | None = None
    slack_locale: str | None = None
    slack_timezone: str | None = None
    guest: bool = False
    deactivated: bool = False
    left_at: datetime | None = instant(default=None)
    """When they left the task force (`member leave`, deactivated, or no longer in the file)."""
    dm_channel_id: str | None = None
    seen_at: datetime | None = instant(default=None)
    """When Slack last said who they are (the movable clock)."""
    dnd_from: datetime | None = instant(default=None)
    """Their next "do not disturb" in Slack, where it falls into their working time; a hint."""
    dnd_until: datetime | None = instant(default=None)

    @property
    def here(self) -> bool:
        """Whether they can act and be written to."""
        return not self.deactivated and self.left_at is None

    @property
    def can_stand_in(self) -> bool:
        """Whether they can be there for somebody else: a guest's account can do nothing here."""
        return self.member and self.here and not self.guest


class Role(SQLModel, table=True):
    """A role that a person has."""

    __table_args__ = (sa.UniqueConstraint("person_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    name: RoleName = words_of(RoleName)


class Absence(SQLModel, table=True):
    """Days on which a person is away (both included, in their own zone), and who stands in."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    first_day: date
    last_day: date
    alternate_id: int | None = Field(default=None, foreign_key="person.id")
    """The stand-in for this absence; else the person's own alternate. For the chair: the acting chair."""
    set_by_id: int = Field(foreign_key="person.id")
    reason: str | None = long_text(default=None)
    cancelled_at: datetime | None = instant(default=None)
