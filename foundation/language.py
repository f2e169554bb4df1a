"""Languages: the catalogues, and how dates, numbers and lists are said to one reader.

Catalogues are gettext files in `locales/`; the English text is the message id. The extraction keywords are `N_` (mark
only), `t`, `m` (plain, mrkdwn), `tn`, `mn` (with plural), `tc`, `mc` (a context for the translator comes first).
"""

import gettext
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_timezone_location
from babel.lists import format_list
from babel.numbers import format_decimal

from foundation.locales import spoken_locale

LOCALES = Path(__file__).resolve().parent.parent / "locales"
LANGUAGES = ("en", "fr", "es", "ru", "zh", "ar")
"""The six official languages of the United Nations; a catalogue that does not exist yet falls back to English."""

# Characters that change how the text around them is shown, or that no database or screen should meet.
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ud800-\udfff]")

_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing (a Korean filler, an empty Braille cell)."""


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name for "mark only"
    """Mark a message for the catalogues without translating it yet."""
    return msgid


def escape(text: str) -> str:
    """Make text inert in mrkdwn: no mention, no link, no channel alarm can come out of it (Slack's own rule)."""
    # Twenty times as fast as `translate` on long texts in any script; "&" must be the first.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(text: str) -> str:
    """Return what a person typed without control characters, overrides and lone surrogates, trimmed.

    Nothing is left of a text in which nothing can be seen.
    """
    kept = _UNSAFE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()
    return kept if any(c.isprintable() and not c.isspace() and c not in _BLANK for c in kept) else ""


@runtime_checkable
class Speakable(Protocol):
    """Something that is said differently to each reader."""

    def said(self, language: "Language", *, mrkdwn: bool) -> str:
        """Return the words for one reader, already inert when `mrkdwn`."""
        ...


@dataclass(frozen=True, slots=True)
class Mrkdwn:
    """Text that is mrkdwn already and must not be escaped again."""

    text: str

    def said(self, language: "Language", *, mrkdwn: bool) -> str:  # noqa: ARG002
        """Return the text as it is."""
        return self.text


@dataclass(frozen=True, slots=True)
class Mention:
    """A person: a live mention in messages, the bare name where mentions do not work."""

    slack_id: str
    name: str

    def said(self, language: "Language", *, mrkdwn: bool) -> str:  # noqa: ARG002
        """Return `<@U…>` or the name."""
        return f"<@{self.slack_id}>" if mrkdwn else self.name


@dataclass(frozen=True)
class Words:
    """A message of the catalogue that is part of another one."""

    msgid: str
    params: Mapping[str, object]
    context: str = ""

    def said(self, language: "Language", *, mrkdwn: bool) -> str:
        """Return the translated message."""
        return language.fill(language.lookup(self.msgid, self.context), self.params, mrkdwn=mrkdwn)


@dataclass(frozen=True)
class Names:
    """The name of an area, unit or item in the languages the task-force file gives."""

    by_language: Mapping[str, str]

    def said(self, language: "Language", *, mrkdwn: bool) -> str:
        """Return the name in the reader's language, else in English, else in any."""
        name = language.of(self.by_language)
        return escape(name) if mrkdwn else name


@dataclass(frozen=True)
class When:
    """An instant (aware) as wall time in one IANA zone, the zone named."""

    at: datetime
    zone: str

    def said(self, language: "Language", *, mrkdwn: bool) -> str:  # noqa: ARG002
        """Return day, time and zone."""
        return language.moment(self.at, self.zone)


@dataclass(frozen=True)
class Day:
    """A calendar day."""

    on: date

    def said(self, language: "Language", *, mrkdwn: bool) -> str:  # noqa: ARG002
        """Return the day with its weekday."""
        return language.day(self.on)


@dataclass(frozen=True)
class Listing:
    """Several things in one sentence: "A, B and C"."""

    items: tuple[object, ...]

    def said(self, language: "Language", *, mrkdwn: bool) -> str:
        """Return the items joined as the language joins them."""
        return language.listing([language.say(item, mrkdwn=mrkdwn) for item in self.items])


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Language:
    """One of the catalogues with its CLDR formats. Get it with `language(code)`."""

    def __init__(self, code: str) -> None:
        self.code = code
        # Until a language has its catalogue its dates are said in English too: half of each scrambles a sentence.
        spoken = code if (LOCALES / code).exists() else "en"
        self.locale = spoken_locale({"en": "en_GB", "zh": "zh_Hans"}.get(spoken, spoken))
        self.catalogue = _catalogue(code)

    # -- words ---------------------------------------------------------------------------------------------------

    def lookup(self, msgid: str, context: str = "") -> str:
        """Return the translation of a message id, or the id itself."""
        return self.catalogue.pgettext(context, msgid) if context else self.catalogue.gettext(msgid)

    def t(self, msgid: str, **params: object) -> str:
        """Say a message where text is shown as it is (`plain_text`, files, the terminal)."""
        return self.fill(self.catalogue.gettext(msgid), params, mrkdwn=False)

    def m(self, msgid: str, **params: object) -> str:
        """Say a message in mrkdwn; parameters are made inert."""
        return self.fill(self.catalogue.gettext(msgid), params, mrkdwn=True)

    def tn(self, one: str, many: str, n: int, **params: object) -> str:
        """Say a counted message in plain text; `{n}` is the number."""
        return self.fill(self.catalogue.ngettext(one, many, n), {"n": n, **params}, mrkdwn=False)

    def mn(self, one: str, many: str, n: int, **params: object) -> str:
        """Say a counted message in mrkdwn; `{n}` is the number."""
        return self.fill(self.catalogue.ngettext(one, many, n), {"n": n, **params}, mrkdwn=True)

    def tc(self, context: str, msgid: str, **params: object) -> str:
        """Say a message whose meaning depends on its context, in plain text."""
        return self.fill(self.catalogue.pgettext(context, msgid), params, mrkdwn=False)

    def mc(self, context: str, msgid: str, **params: object) -> str:
        """Say a message whose meaning depends on its context, in mrkdwn."""
        return self.fill(self.catalogue.pgettext(context, msgid), params, mrkdwn=True)

    def fill(self, template: str, params: Mapping[str, object], *, mrkdwn: bool) -> str:
        """Put parameters into a translated message."""
        if not params:
            return template
        return template.format_map(_Blank({key: self.say(value, mrkdwn=mrkdwn) for key, value in params.items()}))

    def say(self, value: object, *, mrkdwn: bool) -> str:
        """Say one value: text is made inert in mrkdwn, numbers are grouped, Speakables speak for themselves."""
        if isinstance(value, str):
            return escape(value) if mrkdwn else value
        if isinstance(value, int):
            return self.number(value)
        # Asking `isinstance(value, Speakable)` costs ten times as much, for every word of every message.
        said = getattr(value, "said", None)
        if said is not None:
            return str(said(self, mrkdwn=mrkdwn))
        message = f"{type(value).__name__} cannot be said: give str, int or a Speakable"
        raise TypeError(message)

    def of(self, names: Mapping[str, str]) -> str:
        """Choose the reader's language among the names that the task-force file gives."""
        return names.get(self.code) or names.get("en") or next(iter(names.values()), "")

    # -- dates, numbers, lists -----------------------------------------------------------------------------------

    def number(self, value: int) -> str:
        """Return a number with the language's grouping."""
        return str(value) if -1000 < value < 1000 else format_decimal(value, locale=self.locale)  # noqa: PLR2004

    def listing(self, items: Iterable[str]) -> str:
        """Join items as the language does: "A, B and C"."""
        return _listed(tuple(items), self.locale)

    def day(self, on: date) -> str:
        """Return a day with its weekday and year."""
        return self._as_ordinal(on, format_date(on, "full", locale=self.locale))

    def short_day(self, on: date) -> str:
        """Return a day without its weekday, for tables and board lines."""
        return self._as_ordinal(on, format_date(on, "medium", locale=self.locale))

    def _as_ordinal(self, on: date, said: str) -> str:
        """French writes the first of a month as an ordinal, which CLDR's formats do not know."""
        return said.replace("1 ", "1er ", 1) if self.code == "fr" and on.day == 1 else said

    def clock_time(self, at: time | datetime) -> str:
        """Return hours and minutes of a local time."""
        return format_time(at, "short", locale=self.locale)

    def place(self, zone: str) -> str:
        """Return the city that names a zone: `Europe/Zurich` is "Zurich"."""
        return get_timezone_location(ZoneInfo(zone), locale=self.locale, return_city=True)

    def moment(self, at: datetime, zone: str) -> str:
        """Return an instant as day, wall time and the zone's city."""
        return _moment(self, at.replace(second=0, microsecond=0), zone)

    def near(self, at: datetime, zone: str) -> str:
        """Return an instant as weekday, day and wall time in short, where year and zone are plain around it."""
        local = at.astimezone(ZoneInfo(zone))
        day = self._as_ordinal(local.date(), format_skeleton("MMMEd", local, locale=self.locale))
        return self.tc("a moment in short", "{day}, {time}", day=day, time=self.clock_time(local))

    def country(self, code: str) -> str:
        """Return the name of a country by its ISO 3166 code."""
        return str(self.locale.territories.get(code, code))

    def age(self, since: datetime, now: datetime) -> str:
        """Return how long ago something was, in whole units: "3 days ago"; less than a minute is "just now"."""
        if now - since < timedelta(minutes=1):
            return self.t("just now")
        return _ago((now - since) // timedelta(minutes=1), self.locale)


# CLDR's formats are slow for what a board says dozens of times over; the same few are asked for again and again.


@lru_cache(maxsize=4096)
def _listed(items: tuple[str, ...], locale: Locale) -> str:
    return format_list(items, locale=locale)


@lru_cache(maxsize=4096)
def _ago(minutes: int, locale: Locale) -> str:
    return format_timedelta(timedelta(minutes=-minutes), add_direction=True, threshold=1, locale=locale)


@lru_cache(maxsize=4096)
def _moment(say: Language, at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return say.tc(
        "a moment; {city} names the time zone",
        "{day}, {time} ({city} time)",
        day=say.day(local.date()),
        time=say.clock_time(local),
        city=say.place(zone),
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: their language and the IANA zone they live in."""

    language: Language
    zone: str

    def moment(self, at: datetime) -> str:
        """Return an instant in the reader's own time, the zone named."""
        return self.language.moment(at, self.zone)

    def when(self, at: datetime) -> When:
        """Return the same as a parameter of a message."""
        return When(at, self.zone)

    def local_day(self, at: datetime) -> date:
        """Return the calendar day of an instant where the reader is."""
        return at.astimezone(ZoneInfo(self.zone)).date()


@cache
def language(code: str | None) -> Language:
    """Return the language for a code such as `fr`, `fr-CH` or `fr_FR`; English for what is not spoken here."""
    base = (code or "en").replace("_", "-").split("-")[0].lower()
    return Language(base if base in LANGUAGES else "en")


def _catalogue(code: str) -> gettext.NullTranslations:
    """Load a compiled catalogue, or compile the text one in memory when there is none or it is newer."""
    folder = LOCALES / code / "LC_MESSAGES"
    compiled, source = folder / "focal.mo", folder / "focal.po"
    if compiled.exists() and (not source.exists() or compiled.stat().st_mtime >= source.stat().st_mtime):
        with compiled.open("rb") as file:
            return gettext.GNUTranslations(file)
    if not source.exists():
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - only where nothing was compiled
    from babel.messages.pofile import read_po  # noqa: PLC0415

    buffer = io.BytesIO()
    with source.open("rb") as file:
        write_mo(buffer, read_po(file, locale=code))
    buffer.seek(0)
    return gettext.GNUTranslations(buffer)
