"""An update as it is typed: `climate at-risk Venue not confirmed | next: … | help: …`, in a command or to the bot."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from foundation.language import LANGUAGES, language
from models.people import Person
from models.structure import Area
from models.updates import Health
from services.areas import find_area, is_near, split_area
from services.directory import Directory
from services.folding import fold_name
from services.health_words import find_health, split_health

LONGEST_HEAD = 6
"""Words before a health or a colon that may be meant as an area."""

_AROUND = " \t\n:：-–—,，、；،؛|"
_PARTS = re.compile(r"(\s*[|｜]\s*|\s*\n\s*)")
_COLON = re.compile(r"[:：]")


@dataclass(frozen=True)
class TypedUpdate:
    """What was understood. Nothing is guessed: what is not there is None or empty."""

    area: Area | None
    health: Health | None
    changed: str
    next_steps: str = ""
    help_needed: str = ""
    named: str = ""
    """Words that were meant as an area and are no sure name of one."""
    near: tuple[Area, ...] = ()
    """The areas that these words may mean, the nearest first."""


def read_update(who: Directory, text: str, *, actor: Person, prose: bool) -> TypedUpdate:
    """Read an area, a health, and the three texts, in this order, off a typed text.

    In `prose`, written to the bot, a first word that resembles no area is part of the text; in a command it names one.
    """
    named = ""
    area, health, rest = _health_first(who, text, actor)
    if health is None:
        area, rest = split_area(who, text, actor=actor)
    if area is None and health is None:
        named, rest = _meant_as_area(who, text, actor, prose=prose)
    if health is None and (area or named):
        health, rest = split_health(rest)
    texts = _split_texts(rest)
    near: tuple[Area, ...] = ()
    if named:
        found = find_area(who, named, actor=actor)
        area, near = (found, ()) if isinstance(found, Area) else (None, tuple(found))
    return TypedUpdate(area, health, texts["changed"], texts["next"], texts["help"], "" if area else named, near)


def _health_first(who: Directory, text: str, actor: Person) -> tuple[Area | None, Health | None, str]:
    """Read `🟡 climate: venue not confirmed`."""
    health, rest = split_health(text)
    if health is None:
        return None, None, text
    area, after = split_area(who, rest, actor=actor)
    return area, health, after


def _meant_as_area(who: Directory, text: str, actor: Person, *, prose: bool) -> tuple[str, str]:
    """Return the words before a health or a colon that were meant as an area, and the rest."""
    health = find_health(text, within=LONGEST_HEAD)
    colon = _COLON.search(text)
    at = health
    if at is None and colon and fold_name(text[: colon.start()]) not in _markers():
        at = colon.start()
    before = (text if at is None else text[:at]).rstrip()
    head = before.strip(_AROUND)
    words = len(head.split())
    if not 0 < words <= LONGEST_HEAD or (at is None and words > 1):
        return "", text
    if prose:
        # A sentence may say "at risk" or hold a colon: all of it is kept, unless its shape or the name is plain.
        plain = (health is not None and before[-1:] in _AROUND) or isinstance(find_area(who, head, actor=actor), Area)
        meant = is_near(who, head, actor=actor) and (plain or at is None)
    else:
        meant = words == 1 or is_near(who, head, actor=actor)
    return (head, "" if at is None else text[at:].lstrip(_AROUND)) if meant else ("", text)


def _split_texts(text: str) -> Mapping[str, str]:
    """Divide a text by its markers; what stands before any is what changed."""
    markers = _markers()
    texts = {"changed": "", "next": "", "help": ""}
    current, joint = "changed", ""
    for index, part in enumerate(_PARTS.split(text.strip())):
        if index % 2:
            joint = "\n" if "\n" in part else part
            continue
        label, colon, after = _at_colon(part)
        marked = markers.get(fold_name(label)) if colon else None
        if marked:
            current, part, joint = marked, after.strip(), "\n"  # noqa: PLW2901 - the marker is no part of the text
        texts[current] = f"{texts[current]}{joint}{part}" if texts[current] and part else texts[current] or part
    return texts


def _at_colon(part: str) -> tuple[str, str, str]:
    found = _COLON.search(part)
    return (part[: found.start()], ":", part[found.end() :]) if found else (part, "", "")


@cache
def _markers() -> dict[str, str]:
    """Return the words that mark a text, in every language, folded."""
    known: dict[str, str] = {}
    for spoken in map(language, LANGUAGES):
        known[fold_name(spoken.tc("typed before the next steps of an update", "next"))] = "next"
        known[fold_name(spoken.tc("typed before the help needed in an update", "help"))] = "help"
        known[fold_name(spoken.t("What changed"))] = "changed"
        known[fold_name(spoken.t("Next steps"))] = "next"
        known[fold_name(spoken.t("Help needed"))] = "help"
    return known
