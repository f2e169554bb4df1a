"""Who is who: the structure and people of the task force as one consistent look, kept in memory while it is current."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.durations import before, parse_duration
from foundation.errors import Refusal
from foundation.language import N_, Names, Reader, language
from foundation.public_holidays import NO_HOLIDAYS, PublicHolidays
from foundation.working_time import WorkingTime, parse_days, parse_hours
from models.people import Absence, Person, Role, RoleName
from models.structure import Area, FocalPoint, Seat, Station, TaskForce, Unit

DEFAULT_DAYS, DEFAULT_HOURS = "mon-fri", "09:00-18:00"


@dataclass(frozen=True)
class Directory:
    """The task force at one version. Its records are read-only: change them through the session, then `touch`.

    The dictionaries by id hold archived records too, for history; the lists hold what is in force.
    """

    task_force: TaskForce
    units_by_id: dict[int, Unit]
    stations_by_id: dict[int, Station]
    areas_by_id: dict[int, Area]
    seats_by_id: dict[int, Seat]
    people_by_id: dict[int, Person]
    """Everyone who was ever a member."""
    roles_by_person: dict[int, frozenset[RoleName]]
    holders_by_seat: dict[int, tuple[int, ...]]
    """Person ids of those who hold a seat and are here, in order."""
    absences: dict[int, tuple[Absence, ...]]
    _hours: dict[int, WorkingTime] = field(default_factory=dict)

    # -- lists in force ------------------------------------------------------------------------------------------

    @cached_property
    def units(self) -> list[Unit]:
        """Units in the file's order."""
        return sorted((u for u in self.units_by_id.values() if u.archived_at is None), key=lambda u: u.rank)

    @cached_property
    def areas(self) -> list[Area]:
        """Areas in the file's order."""
        return sorted((a for a in self.areas_by_id.values() if a.archived_at is None), key=lambda a: a.rank)

    @cached_property
    def seats(self) -> list[Seat]:
        """Seats of active areas and units, by area, then unit."""
        areas = {area.id: area.rank for area in self.areas}
        units = {unit.id: unit.rank for unit in self.units}
        live = (
            s for s in self.seats_by_id.values() if s.archived_at is None and s.area_id in areas and s.unit_id in units
        )
        return sorted(live, key=lambda s: (areas[s.area_id], units[s.unit_id]))

    @cached_property
    def seats_by_area(self) -> dict[int, list[Seat]]:
        """Seats of each active area, in the units' order."""
        grouped: dict[int, list[Seat]] = {area_id(area): [] for area in self.areas}
        for seat in self.seats:
            grouped[seat.area_id].append(seat)
        return grouped

    @cached_property
    def seats_by_person(self) -> dict[int, list[Seat]]:
        """Seats that each person holds."""
        grouped: dict[int, list[Seat]] = {}
        for seat in self.seats:
            for person_id in self.holders_by_seat.get(seat_id(seat), ()):
                grouped.setdefault(person_id, []).append(seat)
        return grouped

    @cached_property
    def members(self) -> list[Person]:
        """Members who are here, by name."""
        here = (p for p in self.people_by_id.values() if p.member and p.here)
        return sorted(here, key=lambda p: p.name.casefold())

    @cached_property
    def _by_slack_id(self) -> dict[str, Person]:
        return {p.slack_id: p for p in self.people_by_id.values()}

    @cached_property
    def _areas_by_key(self) -> dict[str, Area]:
        return {a.key: a for a in self.areas}

    @cached_property
    def _units_by_key(self) -> dict[str, Unit]:
        return {u.key.casefold(): u for u in self.units}

    # -- finding -------------------------------------------------------------------------------------------------

    def by_slack_id(self, slack_id: str) -> Person | None:
        """Return the (former) member with this Slack id."""
        return self._by_slack_id.get(slack_id)

    def area_by_key(self, key: str) -> Area | None:
        """Return the active area with exactly this key; `services.areas` understands what people type."""
        return self._areas_by_key.get(key)

    def unit_by_key(self, key: str) -> Unit | None:
        """Return the active unit with this key, in any case."""
        return self._units_by_key.get(key.strip().casefold())

    def seat(self, area_id: int, unit_id: int) -> Seat | None:
        """Return the live seat of a unit in an area."""
        return next((s for s in self.seats_by_area.get(area_id, []) if s.unit_id == unit_id), None)

    def holders(self, seat: Seat) -> list[Person]:
        """Return the focal points in a seat who are here; an empty list is a vacant seat."""
        return [self.people_by_id[i] for i in self.holders_by_seat.get(seat_id(seat), ())]

    def focal_points(self, area_id: int) -> list[Person]:
        """Return all focal points of an area, each once."""
        found = {person_id(p): p for seat in self.seats_by_area.get(area_id, []) for p in self.holders(seat)}
        return list(found.values())

    def roles(self, person: Person) -> frozenset[RoleName]:
        """Return the roles of a person who is here; nobody else has any."""
        return self.roles_by_person.get(person.id or 0, frozenset()) if person.here else frozenset()

    def has_role(self, person: Person, *roles: RoleName) -> bool:
        """Return whether a person has one of these roles."""
        return not self.roles(person).isdisjoint(roles)

    def with_role(self, role: RoleName, *, unit_id: int | None = None) -> list[Person]:
        """Return the members who have a role; of one unit where that is given."""
        return [p for p in self.members if self.has_role(p, role) and unit_id in (None, p.unit_id)]

    def name_of(self, person_id: int | None) -> str:
        """Return a person's name for a record that keeps only the id."""
        person = self.people_by_id.get(person_id or 0)
        return person.name if person else "?"

    def area_name(self, area_id: int) -> Names:
        """Return an area's name, to be said in the reader's language."""
        return Names(self.areas_by_id[area_id].name)

    def unit_key(self, unit_id: int) -> str:
        """Return a unit's acronym."""
        return self.units_by_id[unit_id].key

    # -- time and language of a person ---------------------------------------------------------------------------

    def zone_of(self, person: Person) -> str:
        """Return the IANA zone that a person lives in."""
        station = self.stations_by_id.get(person.station_id or 0)
        if person.timezone:
            return person.timezone
        if station:
            return station.timezone
        return (person.slack_timezone if not person.member else None) or self.task_force.timezone

    def deadline_before(self, starts_at: datetime) -> datetime:
        """Return until when updates for a meeting are asked for by the rule, in the task force's calendar."""
        return before(starts_at, parse_duration(self.task_force.deadline_before_meeting), self.task_force.timezone)

    def hours_of(self, person: Person) -> WorkingTime:
        """Return a person's working time: their station's, with what they set themselves."""
        known = self._hours.get(person.id or 0)
        if known is None:
            station = self.stations_by_id.get(person.station_id or 0)
            opens, closes = parse_hours(person.working_hours or (station.working_hours if station else DEFAULT_HOURS))
            known = WorkingTime(
                zone=self.zone_of(person),
                days=parse_days(person.working_days or (station.working_days if station else DEFAULT_DAYS)),
                opens=opens,
                closes=closes,
                holidays=_holidays(station),
                quiet=((person.dnd_from, person.dnd_until),) if person.dnd_from and person.dnd_until else (),
            )
            self._hours[person.id or 0] = known
        return known

    def reader(self, person: Person) -> Reader:
        """Return who reads: chosen language, else Slack's, else the task force's; their zone."""
        code = person.language or person.slack_locale or self.task_force.language
        return Reader(language(code), self.zone_of(person))

    def channel_reader(self) -> Reader:
        """Return the reader of the shared channel: the task force's language and zone."""
        return Reader(language(self.task_force.language), self.task_force.timezone)

    # -- absence and standing in ---------------------------------------------------------------------------------

    def absence(self, person: Person, *, now: datetime) -> Absence | None:
        """Return the absence that a person is in, by the calendar of their own zone."""
        absences = self.absences.get(person.id or 0)
        if not absences:
            return None
        today = now.astimezone(ZoneInfo(self.zone_of(person))).date()
        return next((a for a in absences if a.first_day <= today <= a.last_day), None)

    def passes_to(self, person: Person, *, now: datetime) -> tuple[Person, ...]:
        """Return to whom an absent person's matters pass, each who is away too passing them on.

        The last is there, unless nobody stands in for them either, or it is one whom they have passed already.
        """
        line = [person]
        while (absence := self.absence(line[-1], now=now)) is not None:
            following = self.people_by_id.get(absence.alternate_id or line[-1].alternate_id or 0)
            if following is None or not following.can_stand_in:
                break
            line.append(following)
            if following.id in {passed.id for passed in line[:-1]}:
                break
        return tuple(line[1:])

    def stand_in(self, person: Person, *, now: datetime) -> Person | None:
        """Return who is there for an absent person; one who is away too passes it on, never in a circle."""
        line = self.passes_to(person, now=now)
        return line[-1] if line and self.absence(line[-1], now=now) is None else None

    def reachable(self, person: Person, *, now: datetime) -> Person | None:
        """Return the person, or who stands in for them; None when nobody is there."""
        if person.here and self.absence(person, now=now) is None:
            return person
        return self.stand_in(person, now=now)

    def chairs_on_duty(self, *, now: datetime) -> list[Person]:
        """Return who decides now: the chair, or the acting chair named for an absence."""
        found = [self.reachable(chair, now=now) or chair for chair in self.with_role(RoleName.CHAIR)]
        return list({person_id(p): p for p in found}.values())


def person_id(person: Person) -> int:
    """Return the id of a stored person."""
    assert person.id is not None, "the person is not stored yet"  # noqa: S101 - a programming error, not input
    return person.id


def area_id(area: Area) -> int:
    """Return the id of a stored area."""
    assert area.id is not None, "the area is not stored yet"  # noqa: S101
    return area.id


def seat_id(seat: Seat) -> int:
    """Return the id of a stored seat."""
    assert seat.id is not None, "the seat is not stored yet"  # noqa: S101
    return seat.id


_VERSION: sa.Select[int] = (
    sa.select(sa.column("version", sa.Integer)).select_from(sa.table("task_force")).where(sa.column("id") == 1)
)


def directory(session: Session) -> Directory:
    """Return the task force as this session sees it. Raises `Refusal` when no task-force file was loaded yet."""
    seen: Directory | None = session.info.get("directory")
    if seen is None:
        seen = session.info["directory"] = _look(session)
    return seen


def _look(session: Session) -> Directory:
    session.flush()
    version = session.connection().execute(_VERSION).scalar()
    if version is None:
        raise Refusal(N_("No task force is set up here yet. Ask whoever runs Focal to load the task-force file."))
    if session.info.get("touched"):
        # What is not committed yet may still be rolled back: nobody else may see it under this version.
        return _read(session)
    memory = session.info["memory"]
    known: Directory | None = memory.get("directory")
    if known is None or known.task_force.version != version:
        known = memory["directory"] = _read(session)
    return known


def touch(session: Session, *keys: str) -> None:
    """Tell everybody that structure or people changed; `keys` name what was changed in Slack, so that `load` keeps it.

    The current transaction's own changes are flushed, so that `directory(session)` sees them at once.
    """
    task_force = session.exec(select(TaskForce).where(TaskForce.id == 1).with_for_update()).one()
    task_force.version += 1
    if keys:
        task_force.changed_in_slack = sorted({*task_force.changed_in_slack, *keys})
    session.add(task_force)
    session.flush()
    session.info["touched"] = True
    session.info.pop("directory", None)


def person_of(session: Session, slack_id: str) -> Person | None:
    """Return anybody whom Focal has met, member or not."""
    return (
        directory(session).by_slack_id(slack_id)
        or session.exec(select(Person).where(Person.slack_id == slack_id)).one_or_none()
    )


def _read(session: Session) -> Directory:
    """Read everything in one look, as records of its own that no session changes."""
    with Session(session.connection(), expire_on_commit=False) as own:
        people = own.exec(select(Person).where(col(Person.member))).all()
        seats = {seat_id(seat): seat for seat in own.exec(select(Seat))}
        here = {p.id for p in people if p.here}
        holders: dict[int, tuple[int, ...]] = {}
        for held in own.exec(select(FocalPoint).where(col(FocalPoint.until).is_(None)).order_by(col(FocalPoint.id))):
            if held.person_id in here:
                holders[held.seat_id] = (*holders.get(held.seat_id, ()), held.person_id)
        roles: dict[int, set[RoleName]] = {}
        for role in own.exec(select(Role)):
            roles.setdefault(role.person_id, set()).add(role.name)
        absences: dict[int, tuple[Absence, ...]] = {}
        for absence in own.exec(
            select(Absence).where(col(Absence.cancelled_at).is_(None)).order_by(col(Absence.id).desc())
        ):
            absences[absence.person_id] = (*absences.get(absence.person_id, ()), absence)
        found = Directory(
            task_force=own.exec(select(TaskForce)).one(),
            units_by_id={u.id or 0: u for u in own.exec(select(Unit))},
            stations_by_id={s.id or 0: s for s in own.exec(select(Station))},
            areas_by_id={area_id(a): a for a in own.exec(select(Area))},
            seats_by_id=seats,
            people_by_id={person_id(p): p for p in people},
            roles_by_person={key: frozenset(names) for key, names in roles.items()},
            holders_by_seat=holders,
            absences=absences,
        )
        own.expunge_all()
        return found


def _holidays(station: Station | None) -> PublicHolidays:
    given = station.holidays if station else {}
    if not given:
        return NO_HOLIDAYS
    return PublicHolidays(
        country=given.get("country"),
        subdivision=given.get("subdivision"),
        add=frozenset(date.fromisoformat(day) for day in given.get("add", ())),
        drop=frozenset(date.fromisoformat(day) for day in given.get("drop", ())),
    )
