"""Absences that cannot be: past days, days that are noted already, and alternates who would not be there."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from foundation.errors import FieldRefusal
from foundation.language import N_, Day
from models.people import Absence, Person, RoleName
from services.covers import coming, telling_moments
from services.directory import Directory

FROM, TO, ALTERNATE, WHO = "away_from", "away_to", "away_alternate", "away_who"


def refuse_days(who: Directory, person: Person, first_day: date, last_day: date, *, now: datetime) -> None:
    """Refuse days that are over, that end before they begin, or on some of which the person is away already."""
    if last_day < first_day:
        raise FieldRefusal(
            TO, N_("{last} comes before {first}. Give the first day, then the last."), first=Day(first_day),
            last=Day(last_day),
        )  # fmt: skip
    if last_day < now.astimezone(ZoneInfo(who.zone_of(person))).date():
        raise FieldRefusal(TO, N_("{last} is past. Give days that lie ahead."), last=Day(last_day))
    for known in coming(who, person, now=now):
        if known.first_day <= last_day and first_day <= known.last_day:
            raise FieldRefusal(
                FROM, N_("{person} is noted as away from {first} to {last} already. Cancel that with `away cancel`, "
                         "or give other days."),
                person=person.name, first=Day(known.first_day), last=Day(known.last_day),
            )  # fmt: skip


def refuse_alternate(person: Person, alternate: Person | None) -> None:
    """Refuse an alternate who cannot stand in on any day."""
    if alternate is None:
        return
    if alternate.id == person.id:
        raise FieldRefusal(
            ALTERNATE, N_("{person} cannot stand in for themselves. Name somebody else."), person=person.name
        )
    if not alternate.here:
        raise FieldRefusal(ALTERNATE, N_("{person} has left. Name somebody who is here."), person=alternate.name)
    if not alternate.can_stand_in:
        raise FieldRefusal(
            ALTERNATE, N_("{person} is not a member of the task force. Name somebody who is."), person=alternate.name
        )


def refuse_gaps(who: Directory, person: Person, absence: Absence, *, now: datetime) -> None:
    """Refuse an absence, as it has just been noted, that would come back to the absent, or leave nobody as chair.

    Otherwise somebody may be away with nobody there: whoever is ill says so, and the secretariat sees it.
    """
    moments = telling_moments(who, person, absence, now=now)
    if absence.alternate_id is not None:
        _refuse_circle(who, person, moments)
    if who.has_role(person, RoleName.CHAIR) and any(who.stand_in(person, now=moment) is None for moment in moments):
        raise FieldRefusal(
            ALTERNATE, N_("Name who acts as chair on these days, and is not away too: decisions do not wait.")
        )
    for chair in who.with_role(RoleName.CHAIR):
        if any(_left_alone(who, chair, person, moment) for moment in moments):
            raise FieldRefusal(
                ALTERNATE, N_("{person} acts as chair for {chair} on these days. Name who does it meanwhile."),
                person=person.name, chair=chair.name,
            )  # fmt: skip


def _refuse_circle(who: Directory, person: Person, moments: Sequence[datetime]) -> None:
    for moment in moments:
        line = who.passes_to(person, now=moment)
        if line and line[-1].id in {person.id, *(passed.id for passed in line[:-1])}:
            raise FieldRefusal(
                ALTERNATE, N_("On {day} {alternate} is away too, and it would come back to {person}. "
                              "Name somebody who is there."),
                day=Day(moment.astimezone(ZoneInfo(who.zone_of(person))).date()), alternate=line[0].name,
                person=line[-1].name,
            )  # fmt: skip


def _left_alone(who: Directory, chair: Person, person: Person, moment: datetime) -> bool:
    """Whether the chair's matters pass to a person, who is away, and to nobody who is there."""
    passed = {each.id for each in who.passes_to(chair, now=moment)}
    return person.id in passed and who.stand_in(chair, now=moment) is None
