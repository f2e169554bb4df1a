"""How a decision that settles no issue is written down: journalled, findable, on the board, copied to whom it must."""

from datetime import datetime

from sqlmodel import Session

from models.agenda import AgendaItem
from models.delivery import NoticeKind
from models.issues import Decision
from models.meetings import Meeting
from models.people import Person
from services.directory import directory, person_id
from services.journal import record
from services.meeting_floor import board_subject
from services.outbox import owe, refresh
from services.rights import chair_stood_for, is_secretariat
from services.search_index import remember
from services.secretariat import News, tell_secretariat
from services.written_in import written_in


def write_decision(
    session: Session, *, actor: Person, decider: Person, now: datetime, text: str, area_id: int | None,
    meeting: Meeting | None = None, item: AgendaItem | None = None, earlier: Decision | None = None,
) -> Decision:  # fmt: skip
    """Write down what `decider` decided; whoever calls it checked the rights and the text.

    `earlier` is the decision in whose place it stands from now on. Whoever of chair and secretariat did not record a
    decision of a meeting gets a copy.
    """
    who = directory(session)
    decision = Decision(
        meeting_id=meeting.id if meeting else None, item_id=item.id if item else None, area_id=area_id, text=text,
        language=written_in(text, by_default=who.reader(actor).language.code),
        supersedes_id=earlier.id if earlier else None, decided_by_id=person_id(decider),
        recorded_by_id=person_id(actor), decided_at=now,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    remember(session, source="decision", source_id=decision.id or 0, area_id=area_id, text=text, at=now)
    record(session, act="decision.record", subject=decision.ref, actor=actor, now=now, area_id=area_id,
           acting_for=decider if decider.id != actor.id else chair_stood_for(who, actor, now=now),
           after={"text": text, **({"replaces": earlier.ref} if earlier else {}),
                  **({"meeting": meeting.ref} if meeting else {}), **({"item": item.key} if item else {})})  # fmt: skip
    _send_copies(session, decision, meeting, actor=actor, now=now)
    if meeting is not None:
        refresh(session, board_subject(meeting.id), now=now)
    return decision


def _send_copies(
    session: Session, decision: Decision, meeting: Meeting | None, *, actor: Person, now: datetime
) -> None:
    who = directory(session)
    if decision.decided_by_id == actor.id:
        if meeting is not None and not is_secretariat(who, actor):
            tell_secretariat(session, News.DECISION_RECORDED, about=decision.ref, now=now, decision_id=decision.id)
        return
    for chair in who.chairs_on_duty(now=now):
        owe(session, NoticeKind.SECRETARIAT, key=f"secretariat:{News.DECISION_RECORDED}:{decision.ref}:{chair.id}",
            subject=f"{News.DECISION_RECORDED}:{decision.ref}", now=now, to=chair,
            refs={"news": News.DECISION_RECORDED.value, "decision_id": decision.id},
            due_at=who.hours_of(chair).next_moment(now) or now)  # fmt: skip
