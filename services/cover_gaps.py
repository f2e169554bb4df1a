"""Gaps in who covers whom that nobody could refuse (somebody left, a file was loaded): the secretariat is told."""

from datetime import datetime

from sqlmodel import Session

from models.people import Absence, Person, RoleName
from services.covers import coming, telling_moments
from services.directory import Directory, directory
from services.outbox import refresh
from services.secretariat import News, no_chair_subject, tell_secretariat


def report_gaps(session: Session, *, now: datetime) -> None:
    """Tell once of each time without a chair or an acting chair, and of each alternate who cannot stand in any more."""
    who = directory(session)
    if not who.with_role(RoleName.CHAIR):
        former = sorted(person for person, roles in who.roles_by_person.items() if RoleName.CHAIR in roles)
        tell_secretariat(session, News.NO_CHAIR, about=f"none:{former}", now=now, absence_id=None)
    for chair in who.with_role(RoleName.CHAIR):
        for absence in coming(who, chair, now=now):
            since = without_chair_since(who, chair, absence, now=now)
            subject = no_chair_subject(absence.id)
            if since is None:
                refresh(session, subject, now=now)
            else:
                tell_secretariat(session, News.NO_CHAIR, about=f"{absence.id}:{since.date()}", subject=subject, now=now,
                                 absence_id=absence.id)  # fmt: skip
    for person, alternate in _gone(who, now=now):
        tell_secretariat(session, News.ALTERNATE_GONE, about=f"{person.id}:{alternate.id}", now=now,
                         person_id=person.id, alternate_id=alternate.id)  # fmt: skip


def without_chair_since(who: Directory, chair: Person, absence: Absence, *, now: datetime) -> datetime | None:
    """Return the first moment of a chair's absence at which no chair is there, and no acting one either."""
    chairs = who.with_role(RoleName.CHAIR)
    moments = telling_moments(who, chair, absence, now=now)
    return next((at for at in moments if all(who.reachable(each, now=at) is None for each in chairs)), None)


def _gone(who: Directory, *, now: datetime) -> list[tuple[Person, Person]]:
    """Return the members whose alternate, standing or for an absence to come, can stand in for nobody."""
    named = [(person, alternate) for person in who.members for alternate in _alternates(who, person, now=now)]
    return [(person, alternate) for person, alternate in named if not alternate.can_stand_in]


def _alternates(who: Directory, person: Person, *, now: datetime) -> list[Person]:
    ids = {person.alternate_id, *(absence.alternate_id for absence in coming(who, person, now=now))}
    return [who.people_by_id[each] for each in ids if each in who.people_by_id]
