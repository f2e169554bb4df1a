"""Seats: who speaks for a unit in an area, as the secretariat and the chair say; and "Not mine" from who should not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from foundation.errors import Denied, FieldRefusal, Refusal
from foundation.language import N_
from models.people import Person
from models.reminders import Disclaimer
from models.structure import Area, FocalPoint, Seat, Unit
from services import reminders
from services.area_cards import card_subject
from services.cycles import current_cycle, owed_meeting
from services.directory import area_id, directory, person_id, seat_id, touch
from services.journal import record
from services.outbox import mark_homes, refresh
from services.rights import mentions, require_manager, secretariat, speaks_for
from services.secretariat import News, secretariat_ids, tell_secretariat
from services.texts import checked
from services.vacant_seats import show_settled

REASON, PERSON = "reason", "person"


@dataclass(frozen=True)
class Asked:
    """A seat that waits for the secretariat: vacant, or disclaimed by those who hold it."""

    seat: Seat
    area: Area
    unit: Unit
    disclaimers: tuple[Disclaimer, ...]


def set_seat(
    session: Session, *, actor: Person, area: Area, unit: Unit, people: Sequence[Person], now: datetime
) -> Seat:
    """Say who speaks for a unit in an area from now on; nobody makes the seat vacant. Secretariat and chair."""
    require_manager(directory(session), actor, now=now)
    for person in people:
        refuse_stranger(person)
    seat = session.exec(select(Seat).where(Seat.area_id == area.id, Seat.unit_id == unit.id)).one_or_none()
    if seat is None:
        seat = Seat(area_id=area_id(area), unit_id=unit.id or 0)
    seat.archived_at = None
    session.add(seat)
    session.flush()
    give_seat(session, seat, people, actor=actor, now=now)
    return seat


def reassign_seat(session: Session, *, actor: Person, seat_id: int, person: Person, now: datetime) -> Seat:
    """Give a vacant seat, or the place of those who said "Not mine" of it, to somebody. Secretariat and chair."""
    asked = seat_to_reassign(session, actor=actor, seat_id=seat_id, now=now)
    refuse_stranger(person)
    denied = {disclaimer.person_id for disclaimer in asked.disclaimers}
    others = [holder for holder in directory(session).holders(asked.seat) if holder.id not in denied | {person.id}]
    give_seat(session, asked.seat, [*others, person], actor=actor, now=now)
    return asked.seat


def seat_to_reassign(session: Session, *, actor: Person, seat_id: int, now: datetime) -> Asked:
    """Return a seat that waits for the secretariat, and why. Refuses one that has been settled."""
    who = directory(session)
    require_manager(who, actor, now=now)
    seat = session.get(Seat, seat_id)
    if seat is None or seat.archived_at is not None:
        raise Refusal(N_("This seat does not exist any more."))
    disclaimers = tuple(session.exec(_open_disclaimers(seat)))
    if not disclaimers and who.holders(seat):
        raise Refusal(N_("This has been settled already: {people} speaks for it."), people=mentions(who.holders(seat)))
    return Asked(seat, who.areas_by_id[seat.area_id], who.units_by_id[seat.unit_id], disclaimers)


def refuse_stranger(person: Person) -> None:
    """Refuse who cannot hold a seat: who is no member, or has left."""
    if not person.member or not person.here:
        raise FieldRefusal(
            PERSON, N_("{person} is not a member of the task force. Add them first with `member add`."),
            person=person.name,
        )  # fmt: skip


def give_seat(session: Session, seat: Seat, people: Sequence[Person], *, actor: Person | None, now: datetime) -> None:
    """Make exactly these people the holders of a seat, and let everything follow; what was disclaimed is settled."""
    who = directory(session)
    area, unit = who.areas_by_id[seat.area_id], who.units_by_id[seat.unit_id]
    held = select(FocalPoint).where(FocalPoint.seat_id == seat.id, col(FocalPoint.until).is_(None))
    before = {row.person_id: row for row in session.exec(held)}
    wanted = {person_id(person): person for person in people}
    for holder, row in before.items():
        if holder not in wanted:
            row.until = now
            session.add(row)
    for holder in wanted.keys() - before.keys():
        session.add(FocalPoint(seat_id=seat_id(seat), person_id=holder, since=now))
    _settle(session, seat, actor=actor, now=now)
    touch(session, f"areas.{area.key}.focal_points.{unit.key}")
    record(
        session, act="seat.set", subject=area.key, actor=actor, now=now, area_id=area.id,
        before={"unit": unit.key, "people": [who.name_of(holder) for holder in before]},
        after={"unit": unit.key, "people": [person.name for person in people]},
    )  # fmt: skip
    show_settled(session, seat, now=now)
    for holder in {*before, *wanted}:
        reminders.person_changed(session, person_id=holder, now=now)
    mark_homes(session, secretariat_ids(directory(session)), now=now)
    refresh(session, card_subject(seat.area_id, current_cycle(session, now).opened_by), now=now)


def disclaim(session: Session, *, actor: Person, seat_id: int, reason: str, now: datetime) -> Disclaimer:
    """Say "Not mine" of a seat: it stops reminding this person, and the secretariat is asked to reassign it."""
    who = directory(session)
    seat = who.seats_by_id.get(seat_id)
    if seat is None or not speaks_for(who, actor, seat, now=now):
        raise Denied(N_("This is not yours any more, so nothing is asked of you for it."))
    given = checked(reason, REASON)
    known = _open_disclaimers(seat).where(Disclaimer.person_id == actor.id)
    if session.exec(known).first() is not None:
        raise Refusal(N_("The secretariat knows already. Ask {people} how it stands."), people=secretariat(who))
    meeting = owed_meeting(session, now)
    made = Disclaimer(
        person_id=person_id(actor), seat_id=seat_id, meeting_id=meeting.id if meeting else None, reason=given, at=now
    )
    session.add(made)
    session.flush()
    area = who.areas_by_id[seat.area_id]
    record(
        session, act="seat.disclaim", subject=area.key, actor=actor, now=now, area_id=area.id,
        after={"unit": who.unit_key(seat.unit_id), "reason": given},
    )  # fmt: skip
    tell_secretariat(session, News.NOT_MINE, about=str(made.id), now=now, disclaimer_id=made.id)
    reminders.person_changed(session, person_id=person_id(actor), now=now)
    return made


def seat_to_disclaim(session: Session, *, actor: Person, seat_id: int, now: datetime) -> tuple[Area, Unit]:
    """Return what a person is about to disclaim. Refuses what is not theirs."""
    who = directory(session)
    seat = who.seats_by_id.get(seat_id)
    if seat is None or not speaks_for(who, actor, seat, now=now):
        raise Denied(N_("This is not yours any more, so nothing is asked of you for it."))
    return who.areas_by_id[seat.area_id], who.units_by_id[seat.unit_id]


def _settle(session: Session, seat: Seat, *, actor: Person | None, now: datetime) -> None:
    for disclaimer in session.exec(_open_disclaimers(seat)).all():
        disclaimer.settled_at, disclaimer.settled_by_id = now, actor.id if actor else None
        session.add(disclaimer)
        refresh(session, f"{News.NOT_MINE}:{disclaimer.id}", now=now)


def _open_disclaimers(seat: Seat) -> "SelectOfScalar[Disclaimer]":
    return select(Disclaimer).where(Disclaimer.seat_id == seat.id, col(Disclaimer.settled_at).is_(None))
