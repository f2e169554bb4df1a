"""What people set for themselves: their language, their zone, and the hours in which they may be reminded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, available_timezones

from sqlmodel import Session

from foundation.errors import FieldRefusal, Refusal
from foundation.language import LANGUAGES, N_, Listing
from foundation.locales import spoken_locale
from foundation.working_time import parse_days, parse_hours
from models.people import Person
from services import reminders
from services.directory import Directory, directory, person_id, touch
from services.folding import fold_name
from services.journal import record
from services.outbox import mark_homes
from services.rights import require_reader

LANGUAGE, ZONE, DAYS, HOURS = "language", "zone", "days", "hours_from"


@dataclass(frozen=True)
class Wishes:
    """What somebody chose; None: as it is without a choice (Slack's language, the station's zone and hours)."""

    language: str | None
    zone: str | None
    days: str | None
    hours: str | None


def wishes_of(person: Person) -> Wishes:
    """Return what a person chose."""
    return Wishes(person.language, person.timezone, person.working_days, person.working_hours)


def change_settings(session: Session, *, actor: Person, wishes: Wishes, now: datetime) -> Person:
    """Write down what somebody chose for themselves; their reminders follow. Refuses at the field what is none."""
    require_reader(directory(session), actor)
    person = session.get(Person, actor.id) if actor.id is not None else None
    if person is None:
        raise Refusal(N_("Slack does not say who you are right now. Please try again in a minute."))
    _check(wishes)
    before = _facts(person)
    person.language, person.timezone = wishes.language, wishes.zone
    person.working_days, person.working_hours = wishes.days, wishes.hours
    if _facts(person) == before:
        return person
    session.add(person)
    changed = [key for key, value in _facts(person).items() if before[key] != value]
    record(
        session,
        act="person.settings",
        subject=person.slack_id,
        actor=actor,
        now=now,
        before=before,
        after=_facts(person),
    )
    if person.member:
        touch(session, *(f"members.{person.slack_id}.{key}" for key in changed))
        _refuse_if_never_at_work(directory(session), person, now=now)
        reminders.person_changed(session, person_id=person.id or 0, now=now)
    mark_homes(session, [person.id or 0], now=now)
    return person


def language_named(typed: str) -> str:
    """Return the code of the language that was typed: by its code (`fr`, `fr-CH`) or its name in any of the six."""
    wanted = fold_name(typed)
    named = {
        fold_name(spoken_locale(spoken).languages.get(code, code)): code for code in LANGUAGES for spoken in LANGUAGES
    }
    return named.get(wanted) or (wanted.split() or [""])[0]


def zone_named(who: Directory, typed: str) -> str:
    """Return the IANA zone that was typed, by its name, its city, or one of the task force's stations."""
    wanted = fold_name(typed)
    stations = {fold_name(s.name): s.timezone for s in who.stations_by_id.values()}
    cities = {
        fold_name(key.rpartition("/")[2]): key for key in sorted(available_timezones(), reverse=True) if "/" in key
    }
    keys = {fold_name(key): key for key in available_timezones()}
    found = keys.get(wanted) or stations.get(wanted) or cities.get(wanted)
    if found is None:
        raise FieldRefusal(ZONE, N_("I do not know the time zone “{typed}”. Write it like Europe/Zurich."), typed=typed)
    return found


def _check(wishes: Wishes) -> None:
    if wishes.language is not None and wishes.language not in LANGUAGES:
        raise FieldRefusal(
            LANGUAGE,
            N_("“{typed}” is not one of the languages {languages}."),
            typed=wishes.language,
            languages=Listing(LANGUAGES),
        )
    if wishes.zone is not None:
        try:
            ZoneInfo(wishes.zone)
        except (ValueError, OSError) as error:
            raise FieldRefusal(
                ZONE, N_("I do not know the time zone “{typed}”. Write it like Europe/Zurich."), typed=wishes.zone
            ) from error
    if wishes.days is not None:
        _read(parse_days, wishes.days, DAYS, N_("“{typed}” are no working days. Write them like mon-fri or sun-thu."))
    if wishes.hours is not None:
        _read(
            parse_hours,
            wishes.hours,
            HOURS,
            N_("“{typed}” are no working hours. They end after they begin, on the same day, like 09:00-18:00."),
        )


def _refuse_if_never_at_work(who: Directory, person: Person, *, now: datetime) -> None:
    if who.hours_of(who.people_by_id[person_id(person)]).next_moment(now) is None:
        raise FieldRefusal(
            DAYS,
            N_("Your office is closed on all these days, and no reminder would ever come. Choose one when it works."),
        )


def _read(reader: Callable[[str], object], typed: str, field: str, refusal: str) -> None:
    try:
        reader(typed)
    except ValueError as error:
        raise FieldRefusal(field, refusal, typed=typed) from error


def _facts(person: Person) -> dict[str, str | None]:
    return {
        "language": person.language,
        "timezone": person.timezone,
        "working_days": person.working_days,
        "working_hours": person.working_hours,
    }
