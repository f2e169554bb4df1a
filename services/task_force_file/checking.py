"""What must agree across a task-force file, and what is allowed in it but worth a word."""

from collections.abc import Iterable, Iterator

from foundation.durations import parse_duration
from foundation.public_holidays import PublicHolidays
from models.people import RoleName
from services.task_force_file.shape import FOCAL_POINTS, LADDER_WORDS, OWNER, TaskForceFile

KeyPath = tuple[str | int, ...]
Found = tuple[KeyPath, str]


def mistakes_across(file: TaskForceFile) -> Iterator[Found]:
    """Give each mistake that only shows when several parts of the file are seen together."""
    yield from _twice("units", [unit.key for unit in file.units])
    yield from _twice("stations", [station.key for station in file.stations])
    yield from _twice("areas", [area.key for area in file.areas])
    yield from _twice("positions", [position.key for position in file.positions])
    yield from _twice("members", [member.slack for member in file.members], name="slack")
    yield from _holidays(file)
    yield from _members(file)
    yield from _areas(file)
    yield from _ladder(file)


def warnings_about(file: TaskForceFile) -> Iterator[str]:
    """Give a line for whatever the file leaves empty: vacant seats, and steps of the ladder that meet nobody."""
    for area in file.areas:
        for unit in (unit for unit, holders in area.focal_points.items() if not holders):
            yield f"areas.{area.key}.focal_points.{unit}: vacant"
        if area.channel and not area.restricted:
            yield f"areas.{area.key}.channel: not used, because the area is not restricted"
    for step in file.escalation.ladder:
        yield from _nobody_at(file, step.to, step.after)
    if not any(file.with_role(RoleName.SECRETARIAT)):
        yield "members: nobody has the role secretariat; the chair hears what the secretariat would"


def _nobody_at(file: TaskForceFile, to: str, after: str) -> Iterator[str]:
    if to == RoleName.DEPUTY:
        manned = {member.unit for member in file.with_role(RoleName.DEPUTY)}
        for unit in (unit.key for unit in file.units if unit.key not in manned):
            yield f"escalation.ladder: {unit} has no deputy; the step after {after} is skipped for it"
    elif to not in (FOCAL_POINTS, OWNER) and not any(file.with_role(to)):
        yield f"escalation.ladder: nobody has the role {to}; the step after {after} is skipped"


def _twice(part: str, keys: Iterable[str], *, name: str = "key") -> Iterator[Found]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key.casefold() in seen:
            yield (part, index, name), f"{key!r} is there twice; expected each {name} once"
        seen.add(key.casefold())


def _holidays(file: TaskForceFile) -> Iterator[Found]:
    for index, station in enumerate(file.stations):
        place = station.holidays
        try:
            PublicHolidays(place.country, place.subdivision)
        except ValueError as error:
            yield ("stations", index, "holidays"), str(error)
        if place.subdivision is not None and place.country is None:
            yield ("stations", index, "holidays", "subdivision"), f"{place.subdivision!r}: expected its country as well"
        for day in sorted({*place.add} & {*place.drop}):
            yield ("stations", index, "holidays", "drop"), f"{day} is added as well: expected one of the two"


def _members(file: TaskForceFile) -> Iterator[Found]:
    known = {
        "unit": {unit.key for unit in file.units},
        "station": {station.key for station in file.stations},
        "alternate": {member.slack for member in file.members},
    }
    for index, member in enumerate(file.members):
        for name, keys in known.items():
            value = getattr(member, name)
            if value is not None and value not in keys:
                problem = _no_member(value) if name == "alternate" else _none_of(value, f"{name}s", keys)
                yield ("members", index, name), problem
        if member.alternate == member.slack:
            yield ("members", index, "alternate"), f"{member.slack!r}: expected somebody else than the member"
        if RoleName.DEPUTY in member.roles and member.unit is None:
            yield ("members", index, "unit"), "is missing: a deputy is the deputy of a unit's Director"
        if len(set(member.roles)) < len(member.roles):
            yield ("members", index, "roles"), "has a role twice; expected each once"
    if not any(file.with_role(RoleName.CHAIR)):
        yield ("members",), "nobody has the role chair; expected at least one member with roles: [chair]"


def _areas(file: TaskForceFile) -> Iterator[Found]:
    ids, units = {member.slack for member in file.members}, {unit.key for unit in file.units}
    for index, area in enumerate(file.areas):
        if area.public and area.restricted:
            yield ("areas", index, "public"), "'true': an area that is restricted cannot be public"
        for unit, holders in area.focal_points.items():
            where = ("areas", index, "focal_points", unit)
            if unit not in units:
                yield where, _none_of(unit, "units", units)
            for holder in holders:
                if holder not in ids:
                    yield where, _no_member(holder)
            if len(set(holders)) < len(holders):
                yield where, "has a person twice; expected each once"


def _ladder(file: TaskForceFile) -> Iterator[Found]:
    where, steps = ("escalation", "ladder"), file.escalation.ladder
    for index, step in enumerate(steps):
        if step.to not in LADDER_WORDS:
            yield (*where, index, "to"), f"{step.to!r}: expected one of {', '.join(LADDER_WORDS)}"
        before, now = parse_duration(steps[index - 1].after), parse_duration(step.after)
        if index and before.unit == now.unit and now.amount <= before.amount:
            yield (*where, index, "after"), f"{step.after!r}: expected later than the step before it ({before})"
    if not any(step.to == RoleName.CHAIR for step in steps):
        yield where, "never reaches the chair; expected a step such as {after: 10wd, to: chair}"


def _none_of(key: str, part: str, known: set[str]) -> str:
    return f"{key!r} is none of the {part}: expected one of {', '.join(sorted(known)) or 'those listed'}"


def _no_member(slack_id: str) -> str:
    return f"{slack_id!r} is not among the members: expected the id of one of them"
