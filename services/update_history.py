"""What units said of an area: their latest word, what of it is content, and what was only confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.people import Person
from models.structure import Area, Seat
from models.updates import Health, Update, UpdateVersion
from services.cycles import Cycle
from services.directory import directory

_NEWEST = (col(Update.posted_at).desc(), col(Update.id).desc())
"""Not by id alone: PostgreSQL would then walk its primary key backwards past everybody else's updates."""


class Standing(StrEnum):
    """Where a unit stands in a cycle."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    DONE = "done"
    """It last reported `done`, in an earlier cycle: it owes nothing."""
    AWAY = "away"
    VACANT = "vacant"
    WAITING = "waiting"


@dataclass(frozen=True)
class UnitStanding:
    """One unit of an area in one cycle, with the words that stand for it (they may be of an earlier cycle)."""

    seat: Seat
    standing: Standing
    said: Update | None
    """Its update or confirmation in this cycle."""
    content: Update | None
    """The last update with content: the same, what was confirmed, or what is left from an earlier cycle."""


def latest_content(session: Session, *, area_id: int, unit_id: int, before: datetime | None = None) -> Update | None:
    """Return a unit's last update with content of its own, withdrawn ones apart."""
    wanted = _of(area_id, unit_id).where(col(Update.confirms_id).is_(None), col(Update.withdrawn_at).is_(None))
    if before is not None:
        wanted = wanted.where(col(Update.posted_at) < before)
    return session.exec(wanted.order_by(*_NEWEST).limit(1)).first()


def said_in_cycle(session: Session, *, area_id: int, unit_id: int, cycle: int) -> Update | None:
    """Return what stands for a unit in a cycle: its last update or confirmation there, withdrawn ones apart."""
    wanted = _of(area_id, unit_id).where(Update.cycle == cycle, col(Update.withdrawn_at).is_(None))
    return session.exec(wanted.order_by(*_NEWEST).limit(1)).first()


def confirmations_in_a_row(session: Session, *, area_id: int, unit_id: int, most: int = 3) -> int:
    """Count the confirmations since a unit last said something new (no further than `most`)."""
    wanted = _of(area_id, unit_id).where(col(Update.withdrawn_at).is_(None)).order_by(*_NEWEST)
    in_a_row = 0
    for update in session.exec(wanted.limit(most)):
        if update.confirms_id is None:
            break
        in_a_row += 1
    return in_a_row


def content_of(session: Session, update: Update) -> Update:
    """Return the update with content that an update is, or confirms."""
    confirmed = session.get(Update, update.confirms_id) if update.confirms_id else None
    return confirmed or update


def standings_in_cycle(session: Session, area: Area, cycle: Cycle, *, now: datetime) -> list[UnitStanding]:
    """Return how each unit of an area stands in a cycle, in the units' order."""
    who = directory(session)
    return [_standing(session, seat, cycle, now=now) for seat in who.seats_by_area.get(area.id or 0, [])]


def versions_of(session: Session, update: Update) -> Sequence[UpdateVersion]:
    """Return every version of an update, the first one first."""
    return session.exec(
        select(UpdateVersion).where(UpdateVersion.update_id == update.id).order_by(col(UpdateVersion.version))
    ).all()


def _standing(session: Session, seat: Seat, cycle: Cycle, *, now: datetime) -> UnitStanding:
    said = said_in_cycle(session, area_id=seat.area_id, unit_id=seat.unit_id, cycle=cycle.opened_by)
    if said is not None:
        reported = Standing.REPORTED if said.confirms_id is None else Standing.CONFIRMED
        return UnitStanding(seat, reported, said, content_of(session, said))
    ended = cycle.ends_at if cycle.ends_at and cycle.ends_at <= now else None
    last = latest_content(session, area_id=seat.area_id, unit_id=seat.unit_id, before=ended)
    who = directory(session)
    holders = who.holders(seat)
    if last is not None and last.health is Health.DONE:
        standing = Standing.DONE
    elif not holders:
        standing = Standing.VACANT
    elif all(_away(session, person, now=now) for person in holders):
        standing = Standing.AWAY
    else:
        standing = Standing.WAITING
    return UnitStanding(seat, standing, None, last)


def _away(session: Session, person: Person, *, now: datetime) -> bool:
    return directory(session).absence(person, now=now) is not None


def _of(area_id: int, unit_id: int) -> "SelectOfScalar[Update]":
    return select(Update).where(Update.area_id == area_id, Update.unit_id == unit_id)
