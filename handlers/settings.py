"""`settings`: the form, or one setting typed: `settings language fr`, `settings zone Asia/Tokyo`."""

from collections.abc import Callable
from dataclasses import replace

from sqlmodel import Session

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_
from handlers.request import Answer, Reply, Request
from handlers.typing_forgiven import first_word
from services.directory import Directory, directory
from services.rights import require_reader
from services.settings import Wishes, change_settings, language_named, wishes_of, zone_named
from views import ids
from views import settings as views
from views.settings import AS_BEFORE


def command(request: Request) -> Reply:
    """Open the form, or change the one setting that was typed; `-` goes back to what it is without a choice."""
    if not request.text:
        return open_form(request)
    word, value = first_word(request.text)
    change = TYPED.get(word.casefold())
    if change is None or not value:
        raise Refusal(
            N_("Write what to set: {examples}, or `settings` alone for the form."),
            examples="language fr, zone Asia/Tokyo, hours 09:00-18:00, days sun-thu",
        )
    with request.transaction() as session:
        wishes = change(directory(session), wishes_of(request.actor), value)
        return _change(request, session, wishes)


def open_form(request: Request) -> Reply:
    """Open the form with what is set now."""
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        person = request.actor
        stations = [s.timezone for s in who.stations_by_id.values() if s.archived_at is None]
        zones = [z for z in (person.slack_timezone, who.task_force.timezone, *stations) if z]
        view = views.form(person, who.hours_of(person), request.reader, zones=zones, now=request.now)
    request.open_form(view)
    return None


def submit(request: Request) -> Reply:
    """The form was submitted. What is as the office has it stays the office's, so that its changes are followed."""
    with request.transaction() as session:
        who, person = directory(session), request.actor
        wishes = replace(
            wishes_of(person),
            language=_chosen(request.typed(ids.LANGUAGE)),
            zone=_chosen(request.typed(ids.ZONE)),
        )
        if person.member:
            days = request.chosen_several(ids.DAYS)
            if not days:
                raise FieldRefusal(ids.DAYS, N_("Choose at least one working day."))
            hours = f"{request.typed(ids.HOURS_FROM)}-{request.typed(ids.HOURS_TO)}"
            now_set = who.hours_of(person)
            if frozenset(map(views.DAY_KEYS.index, days)) != now_set.days:
                wishes = replace(wishes, days=",".join(days))
            if hours != f"{now_set.opens:%H:%M}-{now_set.closes:%H:%M}":
                wishes = replace(wishes, hours=hours)
        return _change(request, session, wishes)


def _change(request: Request, session: Session, wishes: Wishes) -> Reply:
    person = change_settings(session, actor=request.actor, wishes=wishes, now=request.now)
    who = directory(session)
    current = who.people_by_id.get(person.id or 0, person)
    return Answer(views.saved(current, who.hours_of(current), who.reader(current)))


def _chosen(value: str) -> str | None:
    return None if value in {"", AS_BEFORE} else value


TYPED: dict[str, Callable[[Directory, Wishes, str], Wishes]] = {
    "language": lambda _who, wishes, value: replace(wishes, language=language_named(value) if _chosen(value) else None),
    "zone": lambda who, wishes, value: replace(wishes, zone=zone_named(who, value) if _chosen(value) else None),
    "hours": lambda _who, wishes, value: replace(wishes, hours=_chosen(value.replace("–", "-"))),
    "days": lambda _who, wishes, value: replace(wishes, days=_chosen(value.casefold())),
}
COMMANDS = {"settings": command}
ACTIONS = {ids.SETTINGS_OPEN: open_form}
FORMS = {ids.SETTINGS_FORM: submit}
