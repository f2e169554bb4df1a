"""Entering a checked file into the records, part by part; each function makes its part what the file says."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from foundation.durations import parse_duration
from models.people import Person, Role
from models.structure import Area, FocalPoint, Seat, Station, TaskForce, Unit
from services.task_force_file.shape import AreaEntry, MemberEntry, TaskForceFile

Ids = dict[str, int]
"""The ids of records by their key in the file."""


def enter_rules(session: Session, file: TaskForceFile, *, now: datetime) -> None:
    """Enter the task force's own rules; the first load begins its first cycle."""
    length = parse_duration(file.meeting_duration)
    values = file.model_dump(mode="json", include={"name", "title", "command", "timezone", "language", "channel",
                                                   "standing_items"}) | {
        "meeting_minutes": length.amount * (60 if length.unit == "h" else 1),
        "deadline_before_meeting": file.reminders.deadline_before_meeting,
        "before_deadline": file.reminders.before_deadline,
        "most_per_meeting": file.reminders.most_per_meeting,
        "ladder": [step.model_dump() for step in file.escalation.ladder],
        "remind_chair_every": file.escalation.remind_chair.every,
        "remind_chair_most": file.escalation.remind_chair.most,
        "positions": [position.model_dump(exclude_none=True) for position in file.positions],
    }  # fmt: skip
    rules = session.get(TaskForce, 1)
    if rules is None:
        rules = TaskForce(**values, first_loaded_at=now)
    if rules.channel != file.channel or rules.channel_id is None:
        rules.channel_id = _channel_id(file.channel)
    rules.sqlmodel_update(values)
    session.add(rules)


def enter_units(session: Session, file: TaskForceFile, *, now: datetime) -> Ids:
    """Enter the units in the file's order, and archive the others."""
    known = {unit.key: unit for unit in session.exec(select(Unit))}
    for rank, entry in enumerate(file.units):
        unit = known.pop(entry.key, None) or Unit(key=entry.key, name=entry.name)
        unit.sqlmodel_update({"name": entry.name, "rank": rank, "archived_at": None})
        session.add(unit)
    _archive(session, known.values(), now=now)
    session.flush()
    return {unit.key: unit.id or 0 for unit in session.exec(select(Unit))}


def enter_stations(session: Session, file: TaskForceFile, *, now: datetime) -> Ids:
    """Enter the stations, and archive the others."""
    known = {station.key: station for station in session.exec(select(Station))}
    for entry in file.stations:
        values = entry.model_dump(mode="json", exclude={"holidays"}) | {
            "holidays": entry.holidays.model_dump(mode="json", exclude_defaults=True),
            "archived_at": None,
        }
        station = known.pop(entry.key, None) or Station(key=entry.key, name=entry.name, timezone=entry.timezone)
        station.sqlmodel_update(values)
        session.add(station)
    _archive(session, known.values(), now=now)
    session.flush()
    return {station.key: station.id or 0 for station in session.exec(select(Station))}


def enter_members(session: Session, file: TaskForceFile, *, units: Ids, stations: Ids, now: datetime) -> Ids:
    """Enter the members with their roles: whoever was only a visitor becomes one, whoever is not named has left."""
    known = {person.slack_id: person for person in session.exec(select(Person))}
    named = {entry.slack for entry in file.members}
    for entry in file.members:
        person = known.setdefault(entry.slack, Person(slack_id=entry.slack, name=entry.name))
        person.sqlmodel_update(
            {
                "name": entry.name, "member": True, "left_at": None, "language": entry.language,
                "unit_id": units[entry.unit] if entry.unit else None,
                "station_id": stations[entry.station] if entry.station else None,
            }
        )  # fmt: skip
        session.add(person)
    for person in known.values():
        if person.member and person.left_at is None and person.slack_id not in named:
            person.left_at = now
            session.add(person)
    session.flush()
    ids = {slack_id: person.id or 0 for slack_id, person in known.items()}
    for entry in file.members:
        known[entry.slack].alternate_id = ids[entry.alternate] if entry.alternate else None
        _enter_roles(session, entry, ids[entry.slack])
    session.flush()
    return ids


def _enter_roles(session: Session, entry: MemberEntry, person_id: int) -> None:
    held = {role.name: role for role in session.exec(select(Role).where(Role.person_id == person_id))}
    for name in entry.roles:
        if name not in held:
            session.add(Role(person_id=person_id, name=name))
    for name, role in held.items():
        if name not in entry.roles:
            session.delete(role)  # who had it, and until when, is in the journal


def enter_areas(session: Session, file: TaskForceFile, *, units: Ids, people: Ids, now: datetime) -> Ids:
    """Enter the areas in the file's order with their seats, and archive the others."""
    known = {area.key: area for area in session.exec(select(Area))}
    for rank, entry in enumerate(file.areas):
        area = known.pop(entry.key, None) or Area(key=entry.key, name=entry.name)
        if area.channel != entry.channel or area.channel_id is None:
            area.channel_id = _channel_id(entry.channel)
        area.sqlmodel_update(entry.model_dump(exclude={"focal_points"}) | {"rank": rank, "archived_at": None})
        session.add(area)
        session.flush()
        _enter_seats(session, entry, area.id or 0, units=units, people=people, now=now)
    for area in known.values():
        _end_seats(session, session.exec(select(Seat).where(Seat.area_id == area.id)), now=now)
    _archive(session, known.values(), now=now)
    session.flush()
    return {area.key: area.id or 0 for area in session.exec(select(Area))}


def _enter_seats(
    session: Session, entry: AreaEntry, area_id: int, *, units: Ids, people: Ids, now: datetime
) -> None:  # fmt: skip
    known = {seat.unit_id: seat for seat in session.exec(select(Seat).where(Seat.area_id == area_id))}
    for unit, holders in entry.focal_points.items():
        seat = known.pop(units[unit], None) or Seat(area_id=area_id, unit_id=units[unit])
        seat.archived_at = None
        session.add(seat)
        session.flush()
        _seat(session, seat, [people[holder] for holder in holders], now=now)
    _end_seats(session, known.values(), now=now)


def _seat(session: Session, seat: Seat, holders: list[int], *, now: datetime) -> None:
    """Let exactly these people hold a seat from now on; who held it before stays on record."""
    current = {held.person_id: held for held in session.exec(
        select(FocalPoint).where(FocalPoint.seat_id == seat.id, col(FocalPoint.until).is_(None))
    )}  # fmt: skip
    for person_id in holders:
        if person_id not in current:
            session.add(FocalPoint(seat_id=seat.id or 0, person_id=person_id, since=now))
    for person_id, held in current.items():
        if person_id not in holders:
            held.until = now
            session.add(held)
    session.flush()


def _end_seats(session: Session, seats: Iterable[Seat], *, now: datetime) -> None:
    seats = list(seats)
    for seat in seats:
        _seat(session, seat, [], now=now)
    _archive(session, seats, now=now)


def _archive(session: Session, records: Iterable[Unit | Station | Area | Seat], *, now: datetime) -> None:
    for each in records:
        each.archived_at = each.archived_at or now
        session.add(each)


def _channel_id(channel: str | None) -> str | None:
    """Return the id where the file gives one; a #name is looked up once Slack is there."""
    return channel if channel and not channel.startswith("#") else None
