"""Who covers whom: every absence that is not over, and to whom the matters of the absent pass meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from foundation.durations import to_utc
from models.people import Absence, Person, RoleName
from services.directory import Directory

NOON = time(12)


@dataclass(frozen=True)
class Cover:
    """One absence, as it is now or as it will be on its first day."""

    person: Person
    absence: Absence
    line: tuple[Person, ...]
    """To whom their matters pass, each who is away too passing them on."""
    by: Person | None
    """Who is there for them: the last of the line, if that one is there."""
    begun: bool
    chair: bool


def covers(who: Directory, *, now: datetime) -> list[Cover]:
    """Return the absences that are not over of members who are here: those that have begun first, then by day."""
    found = [_cover(who, person, absence, now) for person in who.members for absence in coming(who, person, now=now)]
    return sorted(found, key=lambda cover: (not cover.begun, cover.absence.first_day, cover.person.name.casefold()))


def covered_by(who: Directory, person: Person, *, now: datetime) -> list[Cover]:
    """Return the absences, now or later, during which a person is there for somebody."""
    return [cover for cover in covers(who, now=now) if cover.by is not None and cover.by.id == person.id]


def away_now(who: Directory, *, now: datetime) -> dict[int, Cover]:
    """Return who is away now, by the person's id, with who is there for them."""
    return {cover.person.id or 0: cover for cover in covers(who, now=now) if cover.begun}


def coming(who: Directory, person: Person, *, now: datetime) -> list[Absence]:
    """Return the absences of a person that are not over, the earliest first."""
    known, today = who.absences.get(person.id or 0, ()), _today(who, person, now)
    return sorted((each for each in known if each.last_day >= today), key=lambda each: each.first_day)


def there_at(who: Directory, person: Person, *, now: datetime) -> datetime:
    """Return a person's first working moment, from now on, of a day on which they are not away."""
    hours = who.hours_of(person)
    at = hours.next_moment(now) or now
    while (absence := who.absence(person, now=at)) is not None:
        back = to_utc(datetime.combine(absence.last_day + timedelta(days=1), time.min), who.zone_of(person))
        at = hours.next_moment(back) or back
    return at


def telling_moments(who: Directory, person: Person, absence: Absence, *, now: datetime) -> list[datetime]:
    """Return the noons of those days to come of an absence on which others begin or cease to be there; its first too.

    Between two of them nothing changes.
    """
    first = max(absence.first_day, _today(who, person, now))
    edges = {first, *(edge for others in who.absences.values() for each in others for edge in _edges(each))}
    inside = sorted(edge for edge in edges if first <= edge <= absence.last_day)
    return [_noon(who, person, day) for day in inside]


def everybody_there(who: Directory, person: Person, moments: Iterable[datetime]) -> list[Person]:
    """Return everybody who is there for a person at one of these moments, each once."""
    found = (who.stand_in(person, now=moment) for moment in moments)
    return list({each.id: each for each in found if each is not None}.values())


def left_alone(who: Directory, person: Person, absence: Absence, *, now: datetime) -> list[Person]:
    """Return for whom nobody is there at some time of an absence: the absent, and those whose matters pass to them."""
    found: dict[int, Person] = {}
    for moment in telling_moments(who, person, absence, now=now):
        for other in (who.people_by_id[i] for i in who.absences if i in who.people_by_id):
            passed = who.passes_to(other, now=moment) if other.here else ()
            concerned = person.id in {other.id, *(each.id for each in passed)}
            if passed and concerned and who.stand_in(other, now=moment) is None:
                found[other.id or 0] = other
    return list(found.values())


def _cover(who: Directory, person: Person, absence: Absence, now: datetime) -> Cover:
    begun = absence.first_day <= _today(who, person, now)
    at = now if begun else _noon(who, person, absence.first_day)
    return Cover(
        person, absence, who.passes_to(person, now=at), who.stand_in(person, now=at), begun=begun,
        chair=who.has_role(person, RoleName.CHAIR),
    )  # fmt: skip


def _today(who: Directory, person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(who.zone_of(person))).date()


def _noon(who: Directory, person: Person, day: date) -> datetime:
    return to_utc(datetime.combine(day, NOON), who.zone_of(person))


def _edges(absence: Absence) -> tuple[date, date]:
    return absence.first_day, absence.last_day + timedelta(days=1)
