"""Which area people mean: by key, by name in any of its languages, or by a close misspelling."""

import re
from collections.abc import Iterator

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, Listing, Names
from models.people import Person
from models.structure import Area
from services.directory import Directory
from services.folding import fold_name
from services.rights import may_read, require_reader

SURE, CLEARLY = 0.8, 0.08
"""How alike a misspelling must be to be taken, and how far ahead of the next area."""
NEAR, MOST_OFFERED = 0.55, 4
HALF_NAMED = 0.79
"""What a name is worth of which only some words, or the beginning of one, were typed: never enough to be sure."""
LONGEST_NAME = 9
"""Words at the front of a text that may be an area's name."""

_WORD = re.compile(r"[^\s:：|，、；،؛🟢🟡🔴✅✔]+")
"""Chinese is written without spaces, and phones put a sign of health right behind a word."""
_AFTER_NAME = " \t\n:：-–—,，、；،؛|"


def visible_areas(who: Directory, actor: Person) -> list[Area]:
    """Return the areas that a person may ask about; restricted ones only members see."""
    return [area for area in who.areas if may_read(actor, area)]


def find_area(who: Directory, typed: str, *, actor: Person) -> Area | list[Area]:
    """Return the area that was typed, or the nearest ones, best first, when that is not sure."""
    scored = _by_likeness(who, typed, actor)
    if not scored:
        return []
    best, found = scored[0]
    second = scored[1][0] if len(scored) > 1 else 0.0
    if best == 1 or (best >= SURE and best - second >= CLEARLY):
        return found
    near = [area for score, area in scored if score >= NEAR]
    return (near or [area for _, area in scored])[:MOST_OFFERED]


def is_near(who: Directory, typed: str, *, actor: Person) -> bool:
    """Return whether words resemble the name of some area at all."""
    return any(score >= NEAR for score, _ in _by_likeness(who, typed, actor)[:1])


def require_area(who: Directory, typed: str, *, actor: Person) -> Area:
    """Return the area that was typed. Refuses what is not sure, naming the nearest."""
    found = find_area(who, typed, actor=actor)
    if isinstance(found, Area):
        return found
    raise unknown_area(typed, found)


def unknown_area(typed: str, near: list[Area]) -> Refusal:
    """Make the refusal of a name that no area has."""
    if not near:
        return FieldRefusal("area", N_("There is no area called “{typed}”."), typed=typed)
    return FieldRefusal(
        "area", N_("There is no area called “{typed}”. The nearest are {areas}."),
        typed=typed, areas=Listing(tuple(Names(area.name) for area in near)),
    )  # fmt: skip


def area_chosen(who: Directory, actor: Person, area_id: int | None) -> int | None:
    """Return the area that was chosen. Refuses one that is no longer active, and one that they may not see."""
    if area_id is None:
        return None
    area = who.areas_by_id.get(area_id)
    if area is None or area not in who.areas:
        raise FieldRefusal("area", N_("This is no longer an active area. Choose another one."))
    require_reader(who, actor, area)
    return area_id


def split_area(who: Directory, text: str, *, actor: Person) -> tuple[Area | None, str]:
    """Take an area, of one or several words, off the front of a text. Returns (area or None, the rest).

    An exact name of any length comes before a misspelt one; the longest wins.
    """
    heads = list(_heads(text))
    names = {name: area for area in visible_areas(who, actor) for name in _names(area)}
    for words, end in heads:
        if words in names:
            return names[words], text[end:].lstrip(_AFTER_NAME)
    for words, end in heads:
        found = find_area(who, words, actor=actor) if len(words) > 3 else None  # noqa: PLR2004 - too short to tell
        if isinstance(found, Area):
            return found, text[end:].lstrip(_AFTER_NAME)
    return None, text


def _by_likeness(who: Directory, typed: str, actor: Person) -> list[tuple[float, Area]]:
    wanted = fold_name(typed)
    scored = [(_likeness(wanted, area), area) for area in visible_areas(who, actor)]
    return sorted(scored, key=lambda pair: pair[0], reverse=True)


def _heads(text: str) -> Iterator[tuple[str, int]]:
    """Yield the beginnings of a text, word by word, longest first, with the place where each ends."""
    ends = [match.end() for match in _WORD.finditer(text)][:LONGEST_NAME]
    for end in reversed(ends):
        words = fold_name(text[:end].replace(":", " ").replace("|", " "))
        if words:
            yield words, end


def _names(area: Area) -> list[str]:
    return [fold_name(area.key), *(fold_name(name) for name in area.name.values())]


def _likeness(wanted: str, area: Area) -> float:
    from rapidfuzz import fuzz  # noqa: PLC0415 - three megabytes that most days nobody's spelling needs
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return max(
        max(
            OSA.normalized_similarity(wanted, name),
            HALF_NAMED * fuzz.token_set_ratio(wanted, name) / 100,
            HALF_NAMED * any(word.startswith(wanted) for word in name.split()),
        )
        for name in _names(area)
    )
