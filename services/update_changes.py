"""Who may still change an update: its author until the cycle ends; the secretariat may withdraw any on their behalf."""

from datetime import datetime

from sqlmodel import Session

from foundation.errors import Denied, FieldDenied, Refusal
from foundation.language import N_, Names
from models.people import Person
from models.updates import Update
from services.cycles import current_cycle
from services.directory import Directory, directory
from services.rights import is_secretariat, secretariat
from services.speaking import units_spoken_for


def changeable_update(
    session: Session, *, actor: Person, update_id: int, now: datetime, lock: bool = False, withdraws: bool = False
) -> Update:
    """Return an update that a person may edit or withdraw now (`lock` it to do so). Refuses others, with the reason."""
    who = directory(session)
    update = session.get(Update, update_id, with_for_update=lock)
    if update is None:
        raise Refusal(N_("This update does not exist any more."))
    theirs = actor.id in (update.author_id, update.for_id)
    if not theirs and not (withdraws and is_secretariat(who, actor)):
        raise Denied(N_("Only {person} can change this update. {people} can withdraw it."),
                     person=who.name_of(update.author_id), people=secretariat(who))  # fmt: skip
    if update.withdrawn_at is not None:
        raise Refusal(N_("This update was withdrawn. Post a new one instead."))
    if update.cycle != current_cycle(session, now).opened_by:
        raise Refusal(N_("The cycle of this update has ended, so it stays as it is. Post a new one instead."))
    if theirs:
        _require_still_theirs(who, actor, update, now=now)
    return update


def acting_for(who: Directory, actor: Person, update: Update) -> Person | None:
    """Return on whose behalf somebody acts: of the one for whom it was posted, of the author for the secretariat."""
    by_secretariat = actor.id != update.author_id and is_secretariat(who, actor)
    return who.people_by_id.get(update.for_id or (update.author_id if by_secretariat else 0))


def _require_still_theirs(who: Directory, actor: Person, update: Update, *, now: datetime) -> None:
    area = who.areas_by_id[update.area_id]
    for_others = update.for_id is not None and is_secretariat(who, actor)
    if not for_others and update.unit_id not in {u.id for u in units_spoken_for(who, actor, area, now=now)}:
        raise FieldDenied("changed", N_("You no longer speak for {unit} in {area}, so this update stays as it is."),
                           unit=who.unit_key(update.unit_id), area=Names(area.name))  # fmt: skip
