"""Writing the task force back as the file that would load it."""

from typing import Any

import yaml
from sqlmodel import Session, col, select

from models.people import Person, Role, RoleName
from models.structure import Area, FocalPoint, Seat, Station, TaskForce, Unit
from services.task_force_file.shape import TaskForceFile


def dump(session: Session) -> str:
    """Return the file, in YAML, that loads back to no difference; empty where nothing was loaded yet."""
    file = describe(session)
    if file is None:
        return ""
    content = file.model_dump(mode="json", exclude_defaults=True)
    for area in content["areas"]:
        for unit, holders in area.get("focal_points", {}).items():
            area["focal_points"][unit] = holders[0] if len(holders) == 1 else holders
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, default_flow_style=None, width=10_000)


def describe(session: Session) -> TaskForceFile | None:
    """Return the task force as its file would state it now; None where nothing was loaded yet."""
    rules = session.get(TaskForce, 1)
    if rules is None:
        return None
    units = session.exec(select(Unit).where(col(Unit.archived_at).is_(None)).order_by(col(Unit.rank))).all()
    stations = session.exec(select(Station).where(col(Station.archived_at).is_(None)).order_by(col(Station.id))).all()
    areas = session.exec(select(Area).where(col(Area.archived_at).is_(None)).order_by(col(Area.rank))).all()
    return TaskForceFile.model_validate(
        {
            **_rules(rules),
            "units": [{"key": unit.key, "name": unit.name} for unit in units],
            "stations": [
                station.model_dump(include={"key", "name", "timezone", "working_days", "working_hours", "holidays"})
                for station in stations
            ],
            "members": _members(session, {u.id: u.key for u in units}, {s.id: s.key for s in stations}),
            "areas": _areas(session, areas, {unit.id: unit.key for unit in units}),
        }
    )


def _rules(rules: TaskForce) -> dict[str, Any]:
    own = {"name", "title", "command", "timezone", "language", "channel", "standing_items", "positions"}
    return rules.model_dump(include=own) | {
        "meeting_duration": f"{rules.meeting_minutes}m",
        "reminders": {
            "deadline_before_meeting": rules.deadline_before_meeting,
            "before_deadline": rules.before_deadline,
            "most_per_meeting": rules.most_per_meeting,
        },
        "escalation": {
            "ladder": rules.ladder,
            "remind_chair": {"every": rules.remind_chair_every, "most": rules.remind_chair_most},
        },
    }


def _here(session: Session) -> list[Person]:
    """Return the members who did not leave; those whom Slack deactivated still hold what the file gives them."""
    members = select(Person).where(col(Person.member), col(Person.left_at).is_(None)).order_by(col(Person.id))
    return list(session.exec(members))


def _members(session: Session, units: dict[int | None, str], stations: dict[int | None, str]) -> list[dict[str, Any]]:
    here = _here(session)
    slack_ids = {person.id: person.slack_id for person in here}
    roles: dict[int, set[RoleName]] = {}
    for role in session.exec(select(Role)):
        roles.setdefault(role.person_id, set()).add(role.name)
    return [
        {
            "slack": person.slack_id,
            "name": person.name,
            "roles": [role for role in RoleName if role in roles.get(person.id or 0, ())],
            "unit": units.get(person.unit_id),
            "station": stations.get(person.station_id),
            "language": person.language,
            "alternate": slack_ids.get(person.alternate_id),
        }
        for person in here
    ]


def _areas(session: Session, areas: Any, units: dict[int | None, str]) -> list[dict[str, Any]]:
    slack_ids = {person.id: person.slack_id for person in _here(session)}
    holders: dict[int, list[str]] = {}
    for held in session.exec(select(FocalPoint).where(col(FocalPoint.until).is_(None)).order_by(col(FocalPoint.id))):
        if held.person_id in slack_ids:
            holders.setdefault(held.seat_id, []).append(slack_ids[held.person_id])
    seats: dict[int, dict[str, list[str]]] = {}
    for seat in session.exec(select(Seat).where(col(Seat.archived_at).is_(None)).order_by(col(Seat.id))):
        if seat.unit_id in units:
            seats.setdefault(seat.area_id, {})[units[seat.unit_id]] = holders.get(seat.id or 0, [])
    own = {"key", "name", "resolutions", "public", "restricted", "channel"}
    return [area.model_dump(include=own) | {"focal_points": seats.get(area.id or 0, {})} for area in areas]
