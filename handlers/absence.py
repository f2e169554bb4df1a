"""Absence in Slack: `/isctf away FROM TO [@alternate]`, the form **I'm away**, and taking an absence back."""

from datetime import date
from zoneinfo import ZoneInfo

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_
from handlers.hints import number
from handlers.people_named import begins_with_person, take_people
from handlers.request import Answer, Reply, Request
from models.people import Absence, Person, RoleName
from services import absences as rules
from services.covers import left_alone
from services.directory import Directory, directory
from services.issue_rights import member_chosen
from services.rights import may_manage, require_reader
from services.typed_dates import read_when
from views import absence as views
from views import ids


def command(request: Request) -> Reply:
    """`away`, `away cancel`, `away FROM TO [@alternate]`; for others `away @person …`."""
    with request.reading() as session:
        who = directory(session)
    named, text = take_people(who, request.text)
    person = named[0] if named else request.actor
    if not text:
        return _show(request, person)
    if text.casefold() == "cancel":
        return _cancel(request, person)
    alternates = named[1:] if begins_with_person(request.text) else named
    person = named[0] if begins_with_person(request.text) else request.actor
    first_day, last_day, unread = _days(request, who, person, text)
    if unread or len(alternates) > 1:
        raise Refusal(
            N_("I cannot read “{text}”. Write it like `away 2026-12-20 2027-01-03 @name`."), text=request.text
        )
    return _set(request, person, first_day, last_day, alternates[0] if alternates else None)


def open_form(request: Request) -> Reply:
    """**I'm away** opens the form; the secretariat can choose for whom."""
    with request.reading() as session:
        who = directory(session)
        rules.require_may_set(who, request.actor, request.actor, now=request.now)
        form = views.form(
            reader=request.reader,
            today=request.reader.local_day(request.now),
            alternate=rules.stand_in_of(who, request.actor),
            person=request.actor if may_manage(who, request.actor, now=request.now) else None,
            chair=who.has_role(request.actor, RoleName.CHAIR),
            last=_day(request.value),
        )
    request.open_form(form)
    return None


def submit_form(request: Request) -> Reply:
    """Note the absence as the form gives it."""
    first_day, last_day = request.chosen_day(ids.AWAY_FROM), request.chosen_day(ids.AWAY_TO)
    if first_day is None or last_day is None:
        raise FieldRefusal(ids.AWAY_FROM, N_("Choose the first and the last day."))
    with request.reading() as session:
        chosen, other = request.typed(ids.AWAY_WHO), request.typed(ids.AWAY_ALTERNATE)
        person = member_chosen(session, chosen, field=ids.AWAY_WHO) if chosen else request.actor
        alternate = member_chosen(session, other, field=ids.AWAY_ALTERNATE) if other else None
    return _set(request, person, first_day, last_day, alternate)


def cancel(request: Request) -> Reply:
    """**Cancel the absence**; the value names whose."""
    with request.reading() as session:
        who = directory(session)
    person = who.people_by_id.get(number(request.value))
    return _cancel(request, person or request.actor)


def _set(request: Request, person: Person, first_day: date, last_day: date, alternate: Person | None) -> Reply:
    with request.transaction() as session:
        absence = rules.set_absence(
            session, actor=request.actor, person=person, first_day=first_day, last_day=last_day, alternate=alternate,
            now=request.now,
        )  # fmt: skip
        who = directory(session)
        return Answer(
            views.noted(
                _shown(who, person, absence), person, own=person.id == request.actor.id,
                chair=who.has_role(person, RoleName.CHAIR), reader=request.reader,
                alone=left_alone(who, person, absence, now=request.now),
            )
        )  # fmt: skip


def _show(request: Request, person: Person) -> Reply:
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        shown = [_shown(who, person, each) for each in rules.absences_of(session, person, now=request.now)]
        return Answer(
            views.listing(
                shown, person, own=person.id == request.actor.id, chair=who.has_role(person, RoleName.CHAIR),
                reader=request.reader,
            )
        )  # fmt: skip


def _cancel(request: Request, person: Person) -> Reply:
    with request.transaction() as session:
        rules.cancel_absences(session, actor=request.actor, person=person, now=request.now)
    return Answer(views.cancelled(person, own=person.id == request.actor.id, reader=request.reader))


def _days(request: Request, who: Directory, person: Person, text: str) -> tuple[date, date, str]:
    """Read the two days, as the calendar of the absent has them. Returns them and the words that follow."""
    zone = ZoneInfo(who.zone_of(person)).key
    first = read_when(text.removeprefix("from "), now=request.now, zone=zone, languages=[request.say.code])
    rest = first.rest.removeprefix("to ").removeprefix("- ").removeprefix("– ").strip()
    if not rest:
        raise Refusal(N_("Until when? Write the first day, then the last: `away 2026-12-20 2027-01-03 @name`."))
    last = read_when(rest, now=request.now, zone=zone, languages=[request.say.code])
    return first.date, last.date, last.rest


def _day(value: str) -> date | None:
    """Read the day that a button carries, as a first guess; None for any other value."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _shown(who: Directory, person: Person, absence: Absence) -> views.Shown:
    return views.Shown(absence, rules.stands_in(who, person, absence))


COMMANDS = {"away": command}
ACTIONS = {ids.AWAY_OPEN: open_form, ids.AWAY_CANCEL: cancel}
FORMS = {ids.AWAY_FORM: submit_form}
