"""Decisions that settle no issue: the chair records them at any time, the secretariat those of a meeting being held."""

from datetime import datetime

from sqlmodel import Session

from foundation.errors import Denied, FieldRefusal
from foundation.language import N_
from models.issues import Decision
from models.people import Person
from services.areas import area_chosen
from services.decision_chain import replaced_by
from services.decision_register import find_decision
from services.decision_writing import write_decision
from services.directory import directory
from services.meeting_in_hand import area_of_item, item_in_hand, meeting_being_held
from services.rights import is_chair, is_secretariat, mentions, require_reader
from services.texts import checked


def add_decision(
    session: Session, *, actor: Person, now: datetime, text: str, area_id: int | None = None, replaces: str = ""
) -> Decision:
    """Record what was decided, in the meeting that is being held and on its item in hand, if there is one.

    `replaces` names an earlier decision (`DEC-2`) in whose place it stands from now on.
    """
    who, meeting = directory(session), meeting_being_held(session, now=now, lock=True)
    decider = decider_now(session, actor=actor, now=now)
    text = checked(text, "text")
    earlier = _to_replace(session, replaces, actor=actor) if replaces else None
    item = item_in_hand(session, meeting)
    area_id = area_chosen(who, actor, area_id) or (earlier.area_id if earlier else None) or area_of_item(session, item)
    return write_decision(
        session, actor=actor, decider=decider, now=now, text=text, area_id=area_id, meeting=meeting, item=item,
        earlier=earlier,
    )  # fmt: skip


def decider_now(session: Session, *, actor: Person, now: datetime) -> Person:
    """Return whose decision it is that a person records now. Refuses whoever may not."""
    who = directory(session)
    require_reader(who, actor)
    if is_chair(who, actor, now=now):
        return actor
    chairs = who.chairs_on_duty(now=now)
    if is_secretariat(who, actor):
        if meeting_being_held(session, now=now) is not None and chairs:
            return chairs[0]
        raise Denied(N_("The secretariat records decisions while a meeting is held: begin it with `meeting hold`. "
                        "Ask {people} to record it at another time."), people=mentions(chairs))  # fmt: skip
    raise Denied(N_("Only the chair records decisions, and the secretariat those of a meeting. Ask {people}."),
                 people=mentions(chairs))  # fmt: skip


def _to_replace(session: Session, typed: str, *, actor: Person) -> Decision:
    earlier = find_decision(session, typed, actor=actor, lock=True)
    later = replaced_by(session, earlier)
    if later is not None:
        raise FieldRefusal("replaces", N_("{ref} was replaced by {later} already. Replace that one instead."),
                           ref=earlier.ref, later=later.ref)  # fmt: skip
    return earlier
