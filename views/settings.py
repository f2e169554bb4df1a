"""The form in which people set their language, zone and working hours."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_day_names

from foundation.language import LANGUAGES, Language, Reader
from foundation.locales import spoken_locale
from foundation.working_time import WorkingTime
from models.people import Person
from views import ids
from views.blocks import (
    Block,
    Element,
    Message,
    context,
    field_block,
    modal,
    option,
    section,
    select,
    time_picker,
)

AS_BEFORE = "-"
"""The choice of no choice: what Slack, the station or the task force says."""
DAY_KEYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def form(person: Person, hours: WorkingTime, reader: Reader, *, zones: Sequence[str], now: datetime) -> Block:
    """Show what is set now; whoever owes nothing has no working hours to set."""
    say = reader.language
    blocks = [
        field_block(ids.LANGUAGE, say.t("Language"), _languages(person, say)),
        field_block(
            ids.ZONE,
            say.t("Time zone"),
            _zones(person, zones, say),
            hint=say.t("Another one can be typed: settings zone Asia/Tokyo"),
        ),
        context(say.m("By this it is {when} for you now.", when=reader.when(now))),
    ]
    if person.member:
        blocks += [
            field_block(ids.DAYS, say.t("Working days"), _days(hours, say)),
            field_block(
                ids.HOURS_FROM, say.t("Working hours from"), time_picker(ids.HOURS_FROM, chosen=f"{hours.opens:%H:%M}")
            ),
            field_block(ids.HOURS_TO, say.t("until"), time_picker(ids.HOURS_TO, chosen=f"{hours.closes:%H:%M}")),
            context(say.m("Reminders reach you only in these hours, never on public holidays of your office.")),
        ]
    return modal(ids.SETTINGS_FORM, title=say.t("Settings"), say=say, blocks=blocks, submit=say.t("Save"))


def saved(person: Person, hours: WorkingTime, reader: Reader) -> Message:
    """Say what is set now, in the language that was chosen."""
    say = reader.language
    lines = [
        say.m("*Language:* {language}", language=language_name(say.code)),
        say.m("*Time zone:* {city} ({zone})", city=say.place(reader.zone), zone=reader.zone),
    ]
    if person.member:
        lines.append(
            say.m(
                "*Working time:* {days}, {opens}–{closes}",
                days=say.listing(_day_names(hours.days, say)),
                opens=say.clock_time(hours.opens),
                closes=say.clock_time(hours.closes),
            )
        )
    head = say.m("Your settings are:")
    return Message("\n".join([head, *lines]), [section("\n".join([head, *lines]))])


def language_name(code: str) -> str:
    """Return a language's name in that language."""
    return (spoken_locale(code).get_display_name(code) or code).capitalize()


def _languages(person: Person, say: Language) -> Element:
    automatic = option(say.t("As in Slack"), AS_BEFORE)
    named = [option(language_name(code), code) for code in LANGUAGES]
    return select(ids.LANGUAGE, [automatic, *named], chosen=person.language or AS_BEFORE)


def _zones(person: Person, zones: Sequence[str], say: Language) -> Element:
    every = dict.fromkeys([*([person.timezone] if person.timezone else []), *zones])
    automatic = option(say.t("That of my office"), AS_BEFORE)
    named = [option(f"{say.place(ZoneInfo(zone).key)} ({zone})", zone) for zone in every]
    return select(ids.ZONE, [automatic, *named], chosen=person.timezone or AS_BEFORE)


def _days(hours: WorkingTime, say: Language) -> Element:
    names = get_day_names("wide", locale=say.locale)
    options = [option(names[day].capitalize(), key) for day, key in enumerate(DAY_KEYS)]
    chosen = [each for day, each in enumerate(options) if day in hours.days]
    return {"type": "checkboxes", "action_id": ids.DAYS, "options": options, "initial_options": chosen}


def _day_names(days: frozenset[int], say: Language) -> list[str]:
    names = get_day_names("wide", locale=say.locale)
    return [str(names[day]) for day in sorted(days)]
