"""The shape of a task-force file (SPEC 1): its keys, their defaults, and what each may hold."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from models.people import RoleName
from services.task_force_file.values import (
    Channel,
    Command,
    Day,
    Days,
    Holders,
    Hours,
    Interval,
    Key,
    LanguageCode,
    Length,
    Names,
    Offset,
    SlackId,
    Text,
    Wait,
    Zone,
)  # fmt: skip

FOCAL_POINTS, OWNER = "focal_points", "owner"
LADDER_WORDS = (FOCAL_POINTS, OWNER, *(role.value for role in RoleName))


class Part(BaseModel):
    """A part of the file: a key that nobody knows is a mistake, not something to overlook."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitEntry(Part):
    """A Bureau or the General Secretariat."""

    key: Key
    name: Names


class HolidayEntry(Part):
    """Whose public holidays a station keeps (ISO 3166 codes), with days added and dropped."""

    country: str | None = None
    subdivision: str | None = None
    add: list[Day] = []
    drop: list[Day] = []


class StationEntry(Part):
    """An office."""

    key: Key
    name: Text
    timezone: Zone
    working_days: Days = "mon-fri"
    working_hours: Hours = "09:00-18:00"
    holidays: HolidayEntry = HolidayEntry()


class MemberEntry(Part):
    """Somebody who takes part."""

    slack: SlackId
    name: Text
    roles: list[RoleName] = []
    unit: str | None = None
    station: str | None = None
    language: LanguageCode | None = None
    alternate: SlackId | None = None


class AreaEntry(Part):
    """A theme of mutual interest, with the focal points of each unit. A unit with nobody is a vacant seat."""

    key: Key
    name: Names
    resolutions: list[Text] = []
    public: bool = False
    restricted: bool = False
    channel: Channel | None = None
    focal_points: dict[str, Holders] = {}


class ReminderRules(Part):
    """When updates are due, and when those who owe one hear of it."""

    deadline_before_meeting: Offset = "24h"
    before_deadline: list[Offset] = ["7d", "3d", "1d", "2h"]
    most_per_meeting: Annotated[int, Field(ge=1, le=20)] = 4


class LadderEntry(Part):
    """One step of the way up."""

    after: Wait
    to: str


class ChairReminders(Part):
    """How often a chair who does not answer is reminded."""

    every: Interval = "2wd"
    most: Annotated[int, Field(ge=0, le=20)] = 3


class Escalation(Part):
    """What becomes of issues that nobody settles."""

    ladder: Annotated[list[LadderEntry], Field(min_length=1)] = [
        LadderEntry(after="0d", to=FOCAL_POINTS),
        LadderEntry(after="5wd", to=RoleName.DEPUTY),
        LadderEntry(after="10wd", to=RoleName.CHAIR),
    ]
    remind_chair: ChairReminders = ChairReminders()


class PositionEntry(Part):
    """One of the answers that a unit can give to an issue."""

    key: Key
    objects: bool = False
    name: Names | None = None


class TaskForceFile(Part):
    """The whole file."""

    name: Text
    title: Names
    command: Command = "/isctf"
    timezone: Zone
    language: LanguageCode = "en"
    channel: Channel
    meeting_duration: Length = "2h"
    standing_items: list[Names] = []
    units: list[UnitEntry]
    stations: list[StationEntry] = []
    members: list[MemberEntry]
    areas: list[AreaEntry]
    reminders: ReminderRules = ReminderRules()
    escalation: Escalation = Escalation()
    positions: Annotated[list[PositionEntry], Field(min_length=1)] = [
        PositionEntry(key="agree"), PositionEntry(key="object", objects=True), PositionEntry(key="comment"),
    ]  # fmt: skip

    def with_role(self, role: str) -> Iterator[MemberEntry]:
        """Give the members who have a role."""
        return (member for member in self.members if role in member.roles)
