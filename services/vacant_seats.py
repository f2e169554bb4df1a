"""Vacant seats: the secretariat is told once of each time that one falls vacant; several at once come together."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.delivery import Notice
from models.structure import FocalPoint, Seat
from services.directory import directory, seat_id
from services.outbox import refresh
from services.secretariat import News, member_left_subject, tell_secretariat

SUBJECT = News.VACANT_SEAT.value
"""One for all: whatever becomes of a seat, the message that names it is shown anew."""


def report_vacant(session: Session, seats: Iterable[Seat], *, now: datetime) -> None:
    """Tell the secretariat of the vacant ones among these seats, unless it was told since they fell vacant.

    Seats of somebody who left are named in the news of their leaving.
    """
    who = directory(session)
    vacant = [seat for seat in seats if not who.holders(seat)]
    if not vacant:
        return
    last = _last_held(session, vacant)
    told, left = _told(session), _told_of_leaving(session, last.values())
    fresh = {
        f"{seat.id}:{held.id if held else 0}": seat_id(seat)
        for seat in vacant
        if (held := last.get(seat_id(seat))) is None or held.person_id not in left
    }
    fresh = {vacancy: seat for vacancy, seat in fresh.items() if vacancy not in told}
    if fresh:
        tell_secretariat(
            session, News.VACANT_SEAT, about=next(iter(fresh)), subject=SUBJECT, now=now, vacancies=list(fresh),
            seat_ids=list(fresh.values()),
        )  # fmt: skip


def show_settled(session: Session, seat: Seat, *, now: datetime) -> None:
    """Have what the secretariat was told of a seat shown as it stands: it was vacant, or somebody who left held it."""
    refresh(session, SUBJECT, now=now)
    held = select(FocalPoint.person_id).where(FocalPoint.seat_id == seat.id).distinct()
    for person in session.exec(held).all():
        refresh(session, member_left_subject(person), now=now)


def _last_held(session: Session, seats: Iterable[Seat]) -> dict[int, FocalPoint]:
    """Return who held each seat last, by the seat's id."""
    newest = (
        select(sa.func.max(col(FocalPoint.id)))
        .where(col(FocalPoint.seat_id).in_([seat.id for seat in seats]))
        .group_by(col(FocalPoint.seat_id))
    )
    return {held.seat_id: held for held in session.exec(select(FocalPoint).where(col(FocalPoint.id).in_(newest)))}


def _told(session: Session) -> set[str]:
    digests = session.exec(select(Notice.refs).where(Notice.subject == SUBJECT))
    return {vacancy for refs in digests for vacancy in refs["vacancies"]}


def _told_of_leaving(session: Session, held: Iterable[FocalPoint]) -> set[int]:
    subjects = {member_left_subject(each.person_id): each.person_id for each in held}
    found = session.exec(select(Notice.subject).where(col(Notice.subject).in_(subjects)).distinct())
    people = directory(session).people_by_id
    gone = {subjects[subject] for subject in found}
    return {person for person in gone if person not in people or not people[person].here}
