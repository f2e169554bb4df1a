"""Who stands in is told when they are named, not only with the first message that they get for somebody else."""

from datetime import datetime, time, timedelta

from sqlmodel import Session

from foundation.durations import to_utc
from models.delivery import NoticeKind
from models.people import Absence, Person
from services.covers import Cover, covers, everybody_there, telling_moments
from services.directory import Directory, directory, person_id
from services.outbox import mark_homes, owe, refresh
from services.secretariat import no_chair_subject

NAMED = "named"
"""Somebody stands in during an absence. refs: absence_id"""


def subject_of(absence: Absence) -> str:
    """Return by what the messages about an absence are found."""
    return f"absence:{absence.id}"


def tell_those_who_stand_in(
    session: Session, absence: Absence, person: Person, *, besides: Person, now: datetime
) -> None:
    """Owe everybody who is there for an absent person at some time the word that they are, in their working time.

    Whoever is named but away too is not told before they are back. `besides` is who noted it and knows.
    """
    who = directory(session)
    hearers = everybody_there(who, person, telling_moments(who, person, absence, now=now))
    mark_homes(session, [person_id(hearer) for hearer in hearers], now=now)
    for hearer in hearers:
        if hearer.id != besides.id:
            owe(
                session, NoticeKind.ABSENCE, key=f"{subject_of(absence)}:{NAMED}:{hearer.id}",
                subject=subject_of(absence), now=now, to=hearer, refs={"news": NAMED, "absence_id": absence.id},
                due_at=who.hours_of(hearer).next_moment(now) or now, expires_at=_end(who, person, absence),
            )  # fmt: skip


def show_cancelled(session: Session, absence: Absence, *, now: datetime) -> None:
    """Have the messages about an absence say that it is cancelled; what is not sent yet is not sent."""
    refresh(session, subject_of(absence), now=now)
    refresh(session, no_chair_subject(absence.id), now=now)


def also_covered(who: Directory, hearer: Person, absence: Absence, *, now: datetime) -> list[Cover]:
    """Return the other absences for which somebody is there only because this absent person passes them on."""
    return [
        cover
        for cover in covers(who, now=now)
        if cover.absence.id != absence.id
        and cover.by is not None
        and cover.by.id == hearer.id
        and any(passed.id == absence.person_id for passed in cover.line)
    ]


def _end(who: Directory, person: Person, absence: Absence) -> datetime:
    return to_utc(datetime.combine(absence.last_day + timedelta(days=1), time.min), who.zone_of(person))
