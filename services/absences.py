"""Absences: who is away, and who hears and acts for them meanwhile; the chair's names the acting chair (SPEC 6)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, Day
from models.people import Absence, Person, RoleName
from services import reminders
from services.area_cards import card_subject
from services.cycles import current_cycle
from services.directory import Directory, directory, person_id, touch
from services.journal import record
from services.outbox import mark_homes, refresh
from services.rights import require_manager, require_reader, secretariat

FROM, TO, ALTERNATE, WHO = "away_from", "away_to", "away_alternate", "away_who"


def set_absence(
    session: Session,
    *,
    actor: Person,
    person: Person,
    first_day: date,
    last_day: date,
    alternate: Person | None,
    now: datetime,
) -> Absence:
    """Note the days (both included, in their own zone) on which a person is away, and who stands in for them.

    Without an alternate their standing one serves. People set their own; the secretariat and the chair for others.
    """
    who = directory(session)
    require_may_set(who, actor, person, now=now)
    _refuse_impossible(who, person, first_day, last_day, now=now)
    _refuse_alternate(who, person, alternate)
    absence = Absence(
        person_id=person_id(person),
        first_day=first_day,
        last_day=last_day,
        alternate_id=alternate.id if alternate else None,
        set_by_id=person_id(actor),
    )
    session.add(absence)
    _follow(session, "away.set", [absence], person, actor, now=now)
    return absence


def cancel_absences(session: Session, *, actor: Person, person: Person, now: datetime) -> list[Absence]:
    """Cancel every absence of a person that is not over. Refuses when there is none."""
    who = directory(session)
    require_may_set(who, actor, person, now=now)
    absences = absences_of(session, person, now=now)
    if not absences:
        raise Refusal(N_("No absence of {person} is noted, so there is nothing to cancel."), person=person.name)
    for absence in absences:
        absence.cancelled_at = now
        session.add(absence)
    _follow(session, "away.cancel", absences, person, actor, now=now)
    return absences


def absences_of(session: Session, person: Person, *, now: datetime) -> list[Absence]:
    """Return the absences of a person that are not over, the earliest first."""
    today = _today(directory(session), person, now)
    wanted = select(Absence).where(
        Absence.person_id == person.id, col(Absence.cancelled_at).is_(None), col(Absence.last_day) >= today
    )
    return list(session.exec(wanted.order_by(col(Absence.first_day), col(Absence.id))))


def stands_in(who: Directory, person: Person, absence: Absence) -> Person | None:
    """Return who stands in during an absence: whom it names, else the person's own alternate."""
    return who.people_by_id.get(absence.alternate_id or person.alternate_id or 0)


def require_may_set(who: Directory, actor: Person, person: Person, *, now: datetime) -> None:
    """Refuse whoever may not note an absence of this person, and absences of who is no member."""
    require_reader(who, actor)
    if actor.id != person.id:
        require_manager(who, actor, now=now)
    if not (person.member and person.here):
        raise FieldRefusal(
            WHO, N_("{person} is not a member of the task force. Ask {people}."), person=person.name,
            people=secretariat(who),
        )  # fmt: skip


def _refuse_impossible(who: Directory, person: Person, first_day: date, last_day: date, *, now: datetime) -> None:
    if last_day < first_day:
        raise FieldRefusal(
            TO, N_("{last} comes before {first}. Give the first day, then the last."), first=Day(first_day),
            last=Day(last_day),
        )  # fmt: skip
    if last_day < _today(who, person, now):
        raise FieldRefusal(TO, N_("{last} is past. Give days that lie ahead."), last=Day(last_day))


def _refuse_alternate(who: Directory, person: Person, alternate: Person | None) -> None:
    if alternate is None:
        if who.has_role(person, RoleName.CHAIR) and stand_in_of(who, person) is None:
            raise FieldRefusal(ALTERNATE, N_("Name who acts as chair on these days: decisions do not wait."))
        return
    if alternate.id == person.id:
        raise FieldRefusal(
            ALTERNATE, N_("{person} cannot stand in for themselves. Name somebody else."), person=person.name
        )
    if not alternate.here:
        raise FieldRefusal(ALTERNATE, N_("{person} has left. Name somebody who is here."), person=alternate.name)
    if not alternate.member or alternate.guest:
        raise FieldRefusal(
            ALTERNATE, N_("{person} is not a member of the task force. Name somebody who is."), person=alternate.name
        )


def stand_in_of(who: Directory, person: Person) -> Person | None:
    """Return a person's standing alternate, while that one is here."""
    alternate = who.people_by_id.get(person.alternate_id or 0)
    return alternate if alternate is not None and alternate.here else None


def _today(who: Directory, person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(who.zone_of(person))).date()


def _follow(
    session: Session, act: str, absences: list[Absence], person: Person, actor: Person, *, now: datetime
) -> None:
    """Carry the consequences: journal, who is reminded, and the cards and App Homes that show who is away."""
    session.flush()
    touch(session)
    who = directory(session)
    for absence in absences:
        alternate = stands_in(who, person, absence)
        record(
            session, act=act, subject=person.slack_id, actor=actor, now=now,
            acting_for=person if actor.id != person.id else None,
            after={
                "from": absence.first_day.isoformat(),
                "to": absence.last_day.isoformat(),
                "alternate": alternate.slack_id if alternate else None,
            },
        )  # fmt: skip
        if alternate is not None:
            mark_homes(session, [person_id(alternate)], now=now)
    reminders.person_changed(session, person_id=person_id(person), now=now)
    cycle = current_cycle(session, now).opened_by
    for seat in who.seats_by_person.get(person_id(person), []):
        refresh(session, card_subject(seat.area_id, cycle), now=now)
