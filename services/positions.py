"""Where the units stand on an issue: the last position of a unit stands, all are kept."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from foundation.errors import Denied, FieldDenied, FieldRefusal
from foundation.language import N_, Listing
from models.issues import Issue, Position, stances
from models.people import Person, RoleName
from models.structure import Unit
from services.directory import Directory, directory
from services.folding import fold_name
from services.issue_circle import audience, once, show_changed
from services.issue_family import family_ids
from services.issue_lookup import issue_to_change, require_undecided
from services.journal import record
from services.rights import mentions, require_contributor, speaks_for
from services.texts import checked

LONGEST_STANCE = 3
"""Words of a stance's name that are looked at."""
_AFTER_STANCE = " .,:;!-–—|"


def units_for(who: Directory, actor: Person, issue: Issue, *, now: datetime) -> list[Unit]:
    """Return the units whose position a person may state (focal point, alternate, deputy), their own first.

    Without an area every seat of theirs counts.
    """
    seats = who.seats if issue.area_id is None else who.seats_by_area.get(issue.area_id, [])
    ids = {seat.unit_id for seat in seats if speaks_for(who, actor, seat, now=now)}
    if actor.unit_id is not None and who.has_role(actor, RoleName.DEPUTY):
        ids.add(actor.unit_id)
    return sorted((unit for unit in who.units if unit.id in ids), key=lambda unit: unit.id != actor.unit_id)


def state_position(
    session: Session, *, actor: Person, now: datetime, issue_id: int, stance: str, text: str, unit_id: int | None = None
) -> Position:
    """State a unit's position. An objection needs its reason."""
    issue = issue_to_change(session, issue_id, actor=actor)
    who = directory(session)
    unit = _chosen(require_units(session, issue, actor=actor, now=now), unit_id)
    known = stances(who.task_force.positions)
    if stance not in known:
        raise FieldRefusal("stance", N_("“{stance}” is no position. Choose one of {stances}."),
                           stance=stance, stances=Listing(tuple(known)))  # fmt: skip
    text = checked(text, "text", required=needs_reason(stance))
    before = last_positions(session, issue).get(unit.id or 0)
    position = Position(
        issue_id=issue_id, unit_id=unit.id or 0, author_id=actor.id or 0, stance=stance, text=text, at=now
    )
    session.add(position)
    session.flush()
    record(session, act="issue.position", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"unit": unit.key, "stance": before.stance, "text": before.text} if before else {},
           after={"unit": unit.key, "stance": stance, "text": text})  # fmt: skip
    show_changed(session, issue, now=now)
    return position


def split_stance(positions: Sequence[Mapping[str, Any]], text: str) -> tuple[str | None, str]:
    """Take a stance, by its key or its name in any language, off the front of a text. Returns (key or None, the rest).

    What is no stance is never taken for one: the text then stays whole.
    """
    named = {
        fold_name(name): str(one["key"])
        for one in positions
        for name in (str(one["key"]), *(one.get("name") or {}).values())
    }
    for end in reversed([word.end() for word in re.finditer(r"\S+", text)][:LONGEST_STANCE]):
        stance = named.get(fold_name(text[:end].rstrip(_AFTER_STANCE)))
        if stance is not None:
            return stance, text[end:].lstrip(_AFTER_STANCE)
    return None, text


def needs_reason(stance: str) -> bool:
    """Say whether a stance says too little by itself: all but plain agreement do."""
    return stance != "agree"


def last_positions(session: Session, issue: Issue) -> dict[int, Position]:
    """Return the position that stands for each unit: of this issue, else of one merged into it."""
    ids = family_ids(session, issue)
    stated = session.exec(select(Position).where(col(Position.issue_id).in_(ids)).order_by(col(Position.id)))
    in_order = sorted(stated, key=lambda position: position.issue_id == issue.id)
    return {position.unit_id: position for position in in_order}


def require_units(session: Session, issue: Issue, *, actor: Person, now: datetime) -> list[Unit]:
    """Return the units for which a person may state a position now; refuse who speaks for none, and a settled issue."""
    who = directory(session)
    require_undecided(session, issue)
    require_contributor(who, actor)
    units = units_for(who, actor, issue, now=now)
    if not units:
        people = once([*who.focal_points(issue.area_id or 0), *audience(who, issue, "deputy", now=now)])
        raise Denied(N_("A unit's focal points, alternates and deputy state its position on {ref}: "
                         "{people}. You can add a comment instead."),
                      ref=issue.ref, people=mentions(people))  # fmt: skip
    return units


def _chosen(units: list[Unit], unit_id: int | None) -> Unit:
    if unit_id is None:
        return units[0]
    chosen = next((unit for unit in units if unit.id == unit_id), None)
    if chosen is None:
        raise FieldDenied("unit", N_("You do not speak for this unit. Choose {units}."),
                           units=Listing(tuple(unit.key for unit in units)))  # fmt: skip
    return chosen
