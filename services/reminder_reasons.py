"""Why a reminder is not said when it was asked for: the facts of one person's calendar that views put into words."""

from dataclasses import dataclass
from datetime import datetime

from foundation.working_time import NotWorking, WorkingTime
from models.people import Person
from models.reminders import Reminder
from services.directory import Directory


@dataclass(frozen=True)
class Why:
    """What became of one step, and what that depends on. Without a code it is said when it was asked for."""

    code: str
    asked_at: datetime
    hours: WorkingTime
    """The working time of whoever hears it."""
    office: str | None
    """What their station is called; None where they live by the time of another place."""
    own_days: bool
    """Whether they work on other days than their office, by their own settings."""
    most: int
    """How many reminders for one meeting the task force allows."""
    into: str = ""
    """The step that stands for this one."""

    @property
    def calendar_agrees(self) -> bool:
        """Whether the calendar still gives this reason for that moment, so that details of it can be told."""
        return self.code in set(NotWorking) and self.hours.reason_moved(self.asked_at) == self.code


def why(who: Directory, row: Reminder) -> Why:
    """Return why a reminder is said at another moment than the one it was asked for, or not at all."""
    person = who.people_by_id[row.person_id]
    return Why(
        code=str(row.reason.get("code", "")),
        asked_at=row.asked_at,
        hours=who.hours_of(person),
        office=office_of(who, person),
        own_days=person.working_days is not None,
        most=who.task_force.most_per_meeting,
        into=str(row.reason.get("into") or ""),
    )


def office_of(who: Directory, person: Person) -> str | None:
    """Return what a person's office is called, if they live by its time."""
    station = who.stations_by_id.get(person.station_id or 0)
    return station.name if station is not None and station.timezone == who.zone_of(person) else None
