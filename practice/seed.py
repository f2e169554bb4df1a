"""The world that a practice workspace begins with: the task force's sample members, and some who are not in it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from practice import clock
from practice.refusals import Json
from practice.world import BOT_USER, Channel, Person, World

LOCALES = {"ar": "ar-EG", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
CHANNEL_ID = "C0TASKFORCE"

CAST: list[Json] = [
    {"slack": "U0CHAIR", "name": "Chair", "roles": ["chair"], "language": "fr", "tz": "Europe/Zurich"},
    {"slack": "U0SEC", "name": "Secretariat", "roles": ["secretariat"], "tz": "Europe/Zurich"},
    {"slack": "U0DEPR", "name": "Deputy (BR)", "roles": ["deputy"], "tz": "Europe/Zurich"},
    {"slack": "U0DEPT", "name": "Deputy (TSB)", "roles": ["deputy"], "tz": "Europe/Zurich"},
    {"slack": "U0DEPD", "name": "Deputy (BDT)", "roles": ["deputy"], "tz": "Europe/Zurich"},
    {"slack": "U0AMA", "name": "Ama (BR)", "tz": "Europe/Zurich"},
    {"slack": "U0BEN", "name": "Ben (BR)", "tz": "Europe/Zurich"},
    {"slack": "U0BO", "name": "Bo (TSB)", "tz": "Europe/Zurich"},
    {"slack": "U0CY", "name": "Cy (BDT)", "tz": "Africa/Cairo", "language": "ar"},
    {"slack": "U0DI", "name": "Di (GS)", "tz": "Europe/Zurich"},
    {"slack": "U0EL", "name": "El (GS)", "tz": "Asia/Bangkok"},
]
"""Who plays when there is no task-force file."""

OUTSIDERS = (
    Person("U0GUEST", "guest", "Gus (guest, sample)", "Guest", is_guest=True),
    Person("U0NEWS", "news", "Nia (newsroom, sample)", "Not in the task force"),
    Person("U0GONE", "gone", "Otto (left, sample)", "Deactivated", deleted=True),
)


def seed_world(task_force_file: Path | None, *, begins: datetime | None = None) -> World:
    """A fresh world, whose clock begins at a moment or now; without a readable file the built-in cast plays."""
    source = _read(task_force_file)
    world = World(team_name=f"{source.get('name', 'ISC-TF')} practice")
    world.offset = (begins - clock.real()).total_seconds() if begins else 0.0
    world.people[BOT_USER] = Person(BOT_USER, "focal", "Focal", "App", is_bot=True)
    members = [_person(member, source) for member in source["members"]]
    # Copies: what happens to somebody in one workspace does not happen in the next.
    for person in [*members, *map(replace, OUTSIDERS)]:
        world.people.setdefault(person.id, person)
    _open_channels(world, source, [each.id for each in members])
    return world


def _read(path: Path | None) -> dict[str, Any]:
    if path is not None and path.exists():
        source = yaml.safe_load(path.read_text(encoding="utf-8"))
        if isinstance(source, dict) and isinstance(source.get("members"), list):
            return source
    return {"name": "ISC-TF", "members": CAST}


def _person(member: Json, source: Json) -> Person:
    stations = {each["key"]: each for each in source.get("stations", [])}
    station = stations.get(member.get("station"), {})
    zone = member.get("tz") or station.get("timezone") or source.get("timezone") or "Europe/Zurich"
    name = str(member.get("name", member["slack"]))
    roles = ", ".join(str(role).replace("_", " ") for role in member.get("roles", []))
    place = [member.get("unit"), station.get("name")]
    title = ", ".join(str(part) for part in [roles or "focal point", *place] if part)
    return Person(
        id=member["slack"],
        handle=str(member["slack"]).removeprefix("U0").lower(),
        name=name if "sample" in name.lower() else f"{name} (sample)",
        title=title[:1].upper() + title[1:],
        tz=zone,
        locale=LOCALES.get(member.get("language") or source.get("language") or "en", "en-GB"),
    )


def _open_channels(world: World, source: Json, members: list[str]) -> None:
    """The task force's channel with the bot in it, #general without, and those of restricted areas."""
    name = "isc-tf"
    wanted = str(source.get("channel") or CHANNEL_ID)
    identity = CHANNEL_ID if wanted.startswith("#") else wanted
    if wanted.startswith("#"):
        name = wanted.removeprefix("#")
    inside = [*members, "U0GUEST", BOT_USER]
    world.channels[identity] = Channel(identity, name, members=inside, topic="Inter-sector coordination")
    everyone = [person.id for person in world.people.values() if not (person.is_bot or person.is_guest)]
    world.channels["C0GENERAL"] = Channel("C0GENERAL", "general", members=everyone)
    for area in source.get("areas", []):
        own = str(area.get("channel") or "")
        if own and world.channel(own) is None:
            world.channels[own] = Channel(own, str(area["key"]), kind="private", members=[*members, BOT_USER])
    for person in world.people.values():
        if not person.is_bot:
            world.direct(person.id)
