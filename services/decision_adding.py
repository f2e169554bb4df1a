"""Decisions that settle no issue: the chair records them at any time, the secretariat those of a meeting being held."""

from datetime import datetime

from sqlmodel import Session

from foundation.errors import Denied, FieldRefusal
from foundation.language import N_
from models.delivery import NoticeKind
from models.issues import Decision
from models.meetings import Meeting
from models.people import Person
from services.action_giving import area_chosen
from services.decision_chain import replaced_by
from services.decision_register import find_decision
from services.directory import Directory, directory, person_id
from services.journal import record
from services.meeting_floor import board_subject
from services.meeting_in_hand import item_in_hand, meeting_being_held
from services.outbox import owe, refresh
from services.rights import chair_stood_for, is_chair, is_secretariat, mentions, require_reader
from services.search_index import remember
from services.secretariat import News, tell_secretariat
from services.texts import checked
from services.written_in import written_in


def add_decision(
    session: Session, *, actor: Person, now: datetime, text: str, area_id: int | None = None, replaces: str = ""
) -> Decision:
    """Record what was decided, in the meeting that is being held and on its item in hand, if there is one.

    `replaces` names an earlier decision (`DEC-2`) in whose place it stands from now on. Whoever of chair and
    secretariat did not record a decision of a meeting gets a copy.
    """
    who, meeting = directory(session), meeting_being_held(session, now=now)
    decider = decider_now(session, actor=actor, now=now)
    text = checked(text, "text")
    earlier = _to_replace(session, replaces, actor=actor) if replaces else None
    item = item_in_hand(session, meeting)
    decision = Decision(
        meeting_id=meeting.id if meeting else None, item_id=item.id if item else None,
        area_id=area_chosen(who, actor, area_id) or (earlier.area_id if earlier else None), text=text,
        language=written_in(text, by_default=who.reader(actor).language.code),
        supersedes_id=earlier.id if earlier else None, decided_by_id=person_id(decider),
        recorded_by_id=person_id(actor), decided_at=now,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    remember(session, source="decision", source_id=decision.id or 0, area_id=decision.area_id, text=text, at=now)
    record(session, act="decision.record", subject=decision.ref, actor=actor, now=now, area_id=decision.area_id,
           acting_for=decider if decider.id != actor.id else chair_stood_for(who, actor, now=now),
           after={"text": text, **({"replaces": earlier.ref} if earlier else {}),
                  **({"meeting": meeting.ref} if meeting else {})})  # fmt: skip
    _send_copies(session, who, decision, meeting, actor=actor, now=now)
    if meeting is not None:
        refresh(session, board_subject(meeting.id), now=now)
    return decision


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


def _send_copies(
    session: Session, who: Directory, decision: Decision, meeting: Meeting | None, *, actor: Person, now: datetime
) -> None:
    """Send the chair a copy of what the secretariat recorded, and the secretariat one of what the chair did."""
    if decision.decided_by_id == actor.id:
        if meeting is not None and not is_secretariat(who, actor):
            tell_secretariat(session, News.DECISION_RECORDED, about=decision.ref, now=now, decision_id=decision.id)
        return
    for chair in who.chairs_on_duty(now=now):
        owe(session, NoticeKind.SECRETARIAT, key=f"secretariat:{News.DECISION_RECORDED}:{decision.ref}:{chair.id}",
            subject=f"{News.DECISION_RECORDED}:{decision.ref}", now=now, to=chair,
            refs={"news": News.DECISION_RECORDED.value, "decision_id": decision.id},
            due_at=who.hours_of(chair).next_moment(now) or now)  # fmt: skip
