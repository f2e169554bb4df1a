"""Who owes which update for the next meeting: derived from seats, updates and the calendar, never stored (SPEC 6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.meetings import Meeting
from models.people import Person
from models.reminders import Disclaimer
from models.structure import Seat
from models.updates import Health, Update
from services.cycles import current_cycle, meeting_before, owed_meeting
from services.directory import Directory, directory, seat_id
from services.update_history import content_of


@dataclass(frozen=True)
class Obligation:
    """One seat that owes an update for the next meeting, and what its unit last said."""

    seat: Seat
    holders: tuple[Person, ...]
    """All its focal points; nobody when it is vacant."""
    last: Update | None
    """The last update or confirmation, of an earlier cycle."""
    disclaimed_by: frozenset[int] = frozenset()
    """Ids of holders who said "Not mine" and wait for the secretariat."""

    @property
    def reminded(self) -> list[Person]:
        """Those who are to hear of it."""
        return [person for person in self.holders if person.id not in self.disclaimed_by]


@dataclass(frozen=True)
class Owed:
    """What one person owes for one seat."""

    area_id: int
    unit_id: int
    seat_id: int
    last: Update | None
    """The last update with content, if there is one: what **No change** would confirm."""
    late: bool
    """The deadline has passed; an update still counts, marked late."""
    disclaimed: bool
    """They said "Not mine" and the secretariat has not settled it yet."""
    stands_in_for: Person | None = None
    """The absent focal point for whom they stand in."""

    @property
    def can_confirm(self) -> bool:
        """Whether **No change** is possible: there is an update to confirm."""
        return self.last is not None


def open_obligations(session: Session, meeting: Meeting | None, now: datetime) -> list[Obligation]:
    """Return every obligation that is open for the next meeting, vacant seats included; none for any other meeting."""
    owed = owed_meeting(session, now)
    if meeting is None or owed is None or owed.id != meeting.id:
        return []
    return _open_of(session, directory(session).seats, current_cycle(session, now).opened_by)


def obligations_if(session: Session, meeting: Meeting, now: datetime) -> list[Obligation]:
    """Return every obligation for a meeting as if it were scheduled and no more were reported before its cycle."""
    earlier = meeting_before(session, meeting, now)
    cycle = earlier.id or 0 if earlier is not None else current_cycle(session, now).opened_by
    return _open_of(session, directory(session).seats, cycle)


def owed_by(session: Session, person: Person, now: datetime) -> list[Owed]:
    """Return what a person owes for the next meeting: for their own seats, then for those they stand in for now."""
    meeting, who = owed_meeting(session, now), directory(session)
    if meeting is None:
        return []
    own = who.seats_by_person.get(person.id or 0, [])
    covered = _covered(who, person, now=now)
    seats = [*own, *(who.seats_by_id[i] for i in covered)]
    return [
        Owed(
            obligation.seat.area_id,
            obligation.seat.unit_id,
            seat_id(obligation.seat),
            content_of(session, obligation.last) if obligation.last else None,
            late=now > meeting.deadline_at,
            disclaimed=person.id in obligation.disclaimed_by,
            stands_in_for=covered.get(seat_id(obligation.seat)),
        )
        for obligation in _open_of(session, seats, current_cycle(session, now).opened_by)
    ]


def is_owed(session: Session, area_id: int, unit_id: int, now: datetime) -> bool:
    """Return whether a unit owes an update on an area for the next meeting."""
    seat = directory(session).seat(area_id, unit_id)
    return (
        seat is not None
        and owed_meeting(session, now) is not None
        and bool(_open_of(session, [seat], current_cycle(session, now).opened_by))
    )


def owes(last: Update | None, cycle: int) -> bool:
    """One update or confirmation in the cycle discharges a seat for all; after `done` it owes nothing."""
    return last is None or (last.cycle != cycle and last.health is not Health.DONE)


def last_words(session: Session, seats: Sequence[Seat]) -> dict[int, Update]:
    """Return the last update or confirmation of each seat by the seat's id, withdrawn ones apart (one seek each)."""
    rows = session.exec(_last_words(), params={"seats": [seat.id for seat in seats]})
    return {seat: update for seat, update in rows if seat is not None}


@cache
def _last_words() -> Any:
    """Build the statement once: every update that is posted asks it."""
    earlier = aliased(Update)
    newest = (
        sa.select(col(earlier.id))
        .where(
            col(earlier.area_id) == Seat.area_id,
            col(earlier.unit_id) == Seat.unit_id,
            col(earlier.withdrawn_at).is_(None),
        )
        .order_by(col(earlier.posted_at).desc(), col(earlier.id).desc())
        .limit(1)
        .correlate(Seat)
        .scalar_subquery()
    )
    wanted = select(Seat.id, Update).join(Update, col(Update.id) == newest)
    return wanted.where(col(Seat.id).in_(sa.bindparam("seats", expanding=True)))


def _open_of(session: Session, seats: Sequence[Seat], cycle: int) -> list[Obligation]:
    who, said, denied = directory(session), last_words(session, seats), _disclaimed(session)
    return [
        Obligation(seat, tuple(who.holders(seat)), last, denied.get(seat_id(seat), frozenset()))
        for seat in seats
        if owes(last := said.get(seat_id(seat)), cycle)
    ]


def _covered(who: Directory, person: Person, *, now: datetime) -> dict[int, Person]:
    """Return the seats for which a person stands in, by id, each with the absent holder."""
    own = {seat.id for seat in who.seats_by_person.get(person.id or 0, [])}
    found: dict[int, Person] = {}
    for absent in who.absences:
        holder = who.people_by_id.get(absent)
        stand_in = who.stand_in(holder, now=now) if holder is not None and holder.here else None
        if holder is not None and stand_in is not None and stand_in.id == person.id:
            seats = who.seats_by_person.get(absent, [])
            found |= {seat_id(seat): holder for seat in seats if seat.id not in own}
    return found


def _disclaimed(session: Session) -> dict[int, frozenset[int]]:
    found: dict[int, frozenset[int]] = {}
    for row in session.exec(select(Disclaimer).where(col(Disclaimer.settled_at).is_(None))):
        found[row.seat_id] = found.get(row.seat_id, frozenset()) | {row.person_id}
    return found
