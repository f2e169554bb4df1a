"""For which unit somebody speaks in an area: the focal points, their alternates, the secretariat on behalf of one."""

from dataclasses import dataclass
from datetime import datetime

from foundation.errors import Denied, FieldDenied, FieldRefusal
from foundation.language import N_, Listing, Names
from models.people import Person
from models.structure import Area, Unit
from services.directory import Directory, area_id
from services.rights import is_secretariat, mentions, require_reader, seats_spoken_for, secretariat, speaks_for

AREA, UNIT, FOR = "area", "unit", "for_whom"


@dataclass(frozen=True)
class Voice:
    """A unit, and the focal point on whose behalf the secretariat speaks (else None)."""

    unit: Unit
    on_behalf: Person | None = None


def areas_to_report(who: Directory, actor: Person, *, now: datetime) -> list[Area]:
    """Return the areas in which a person may post updates, their own first; the secretariat may in all."""
    own = [who.areas_by_id[seat.area_id] for seat in seats_spoken_for(who, actor, now=now)]
    return list({a.id: a for a in [*own, *(who.areas if is_secretariat(who, actor) else [])]}.values())


def own_areas(who: Directory, actor: Person, *, now: datetime) -> list[Area]:
    """Return the areas in which a person speaks for a unit."""
    return list({s.area_id: who.areas_by_id[s.area_id] for s in seats_spoken_for(who, actor, now=now)}.values())


def units_spoken_for(who: Directory, actor: Person, area: Area, *, now: datetime) -> list[Unit]:
    """Return the units for which a person speaks in an area."""
    seats = who.seats_by_area.get(area_id(area), [])
    return [who.units_by_id[seat.unit_id] for seat in seats if speaks_for(who, actor, seat, now=now)]


def units_to_report(who: Directory, actor: Person, area: Area, *, now: datetime) -> list[Unit]:
    """Return the units among which a person chooses: their own, or for the secretariat all that have a seat."""
    own = units_spoken_for(who, actor, area, now=now)
    if own or not is_secretariat(who, actor):
        return own
    return units_seated(who, area)


def units_seated(who: Directory, area: Area) -> list[Unit]:
    """Return the units that have a seat in an area, vacant or not."""
    return [who.units_by_id[seat.unit_id] for seat in who.seats_by_area.get(area_id(area), [])]


def require_some_area(who: Directory, actor: Person, wanted: Area | None, *, now: datetime) -> list[Area]:
    """Return the areas in which a person posts updates. Refuses who posts none, or none in the area that is wanted."""
    require_reader(who, actor, wanted)
    areas = areas_to_report(who, actor, now=now)
    if not areas:
        raise Denied(
            N_("Focal points post status updates, and you are not one now. Ask {people}, or add a note: `note …`."),
            people=secretariat(who),
        )
    if wanted is not None and wanted.id not in {area.id for area in areas}:
        raise _not_theirs(who, wanted, None)
    return areas


def voice_of(
    who: Directory, actor: Person, area: Area, *, unit: Unit | None, on_behalf: Person | None, now: datetime
) -> Voice:
    """Return for which unit a person speaks. Refuses who may not, and asks where it is not clear."""
    require_reader(who, actor, area)
    if area_id(area) not in who.seats_by_area:
        raise FieldRefusal(AREA, N_("{area} is no longer an active area."), area=Names(area.name))
    if on_behalf is not None and on_behalf.id != actor.id:
        return _on_behalf(who, actor, area, unit=unit, on_behalf=on_behalf, now=now)
    own = units_spoken_for(who, actor, area, now=now)
    if unit is None and len(own) == 1:
        return Voice(own[0])
    if unit is not None and unit.id in {u.id for u in own}:
        return Voice(unit)
    if not own and is_secretariat(who, actor):
        raise FieldRefusal(
            FOR if unit else UNIT,
            N_("The secretariat posts for focal points. Say for which unit and whom: `--unit TSB --for @name`."),
        )
    if unit is None and own:
        raise _choose_among(own, area)
    raise _not_theirs(who, area, unit)


def _on_behalf(
    who: Directory, actor: Person, area: Area, *, unit: Unit | None, on_behalf: Person, now: datetime
) -> Voice:
    if not is_secretariat(who, actor):
        raise FieldDenied(
            FOR, N_("Only the secretariat posts on behalf of others. Ask {people}."), people=secretariat(who)
        )
    if not on_behalf.here:
        raise FieldRefusal(FOR, N_("{person} has left. Name somebody who is here."), person=on_behalf.name)
    theirs = units_spoken_for(who, on_behalf, area, now=now)
    if unit is None and len(theirs) == 1:
        return Voice(theirs[0], on_behalf)
    if unit is not None and unit.id in {u.id for u in theirs}:
        return Voice(unit, on_behalf)
    if unit is None and theirs:
        raise _choose_among(theirs, area)
    raise FieldRefusal(
        FOR, N_("{person} does not speak for this unit in {area}."), person=on_behalf.name, area=Names(area.name)
    )


def _choose_among(units: list[Unit], area: Area) -> FieldRefusal:
    return FieldRefusal(
        UNIT, N_("In {area} you can post for {units}. Say for which, for example `--unit {example}`."),
        area=Names(area.name), units=Listing(tuple(u.key for u in units)), example=units[0].key,
    )  # fmt: skip


def _not_theirs(who: Directory, area: Area, unit: Unit | None) -> FieldRefusal:
    seats = [s for s in who.seats_by_area.get(area_id(area), []) if unit is None or s.unit_id == unit.id]
    people = list({p.id: p for seat in seats for p in who.holders(seat)}.values())
    if unit is not None and not seats:
        return FieldRefusal(UNIT, N_("{unit} has no seat in {area}."), unit=unit.key, area=Names(area.name))
    if not people:
        return FieldDenied(
            AREA, N_("Only focal points post updates on {area}, and the seat is vacant. Ask {people}."),
            area=Names(area.name), people=secretariat(who),
        )  # fmt: skip
    return FieldDenied(
        AREA, N_("Only focal points post updates on {area}: {people}. You can add a note instead: `note {key} …`."),
        area=Names(area.name), people=mentions(people), key=area.key,
    )  # fmt: skip
