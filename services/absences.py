"""Absences: who is away, and who hears and acts for them meanwhile; the chair's names the acting chair (SPEC 6)."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_
from models.people import Absence, Person
from services import reminders
from services.absence_news import show_cancelled, tell_those_who_stand_in
from services.absence_refusals import WHO, refuse_alternate, refuse_days, refuse_gaps
from services.area_cards import card_subject
from services.covers import coming
from services.cycles import current_cycle
from services.directory import Directory, directory, person_id, touch
from services.journal import record
from services.outbox import mark_homes, refresh
from services.rights import require_manager, require_reader, secretariat
from services.secretariat import secretariat_ids


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
    refuse_days(who, person, first_day, last_day, now=now)
    refuse_alternate(person, alternate)
    absence = Absence(
        person_id=person_id(person),
        first_day=first_day,
        last_day=last_day,
        alternate_id=alternate.id if alternate else None,
        set_by_id=person_id(actor),
    )
    session.add(absence)
    touch(session)
    refuse_gaps(directory(session), person, absence, now=now)
    _follow(session, "away.set", [absence], person, actor, now=now)
    tell_those_who_stand_in(session, absence, person, besides=actor, now=now)
    return absence


def cancel_absences(session: Session, *, actor: Person, person: Person, now: datetime) -> list[Absence]:
    """Cancel every absence of a person that is not over. Refuses when there is none."""
    who = directory(session)
    require_may_set(who, actor, person, now=now)
    absences = absences_of(session, person, now=now)
    if not absences:
        raise Refusal(N_("No absence of {person} is noted, so there is nothing to cancel."), person=person.name)
    for absence in absences:
        alternate = stands_in(who, person, absence)
        mark_homes(session, [person_id(alternate)] if alternate else [], now=now)
        show_cancelled(session, absence, now=now)
        absence.cancelled_at = now
        session.add(absence)
    _follow(session, "away.cancel", absences, person, actor, now=now)
    return absences


def absences_of(session: Session, person: Person, *, now: datetime) -> list[Absence]:
    """Return the absences of a person that are not over, the earliest first."""
    known = [absence.id for absence in coming(directory(session), person, now=now)]
    wanted = select(Absence).where(col(Absence.id).in_(known))
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


def stand_in_of(who: Directory, person: Person) -> Person | None:
    """Return a person's standing alternate, while that one is here."""
    alternate = who.people_by_id.get(person.alternate_id or 0)
    return alternate if alternate is not None and alternate.here else None


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
    mark_homes(session, secretariat_ids(who), now=now)
    refresh(session, f"status:{person.id}", now=now)
    reminders.person_changed(session, person_id=person_id(person), now=now)
    cycle = current_cycle(session, now).opened_by
    for seat in who.seats_by_person.get(person_id(person), []):
        refresh(session, card_subject(seat.area_id, cycle), now=now)
