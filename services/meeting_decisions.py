"""Decisions and actions on the items of a meeting that is being held; those on issues are `services.decisions`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from foundation.errors import Denied, Refusal
from foundation.language import N_, When
from models.agenda import AgendaItem, ItemOutcome
from models.delivery import NoticeKind
from models.issues import Action, Decision, Issue
from models.meetings import Meeting
from models.people import Person
from services.actions import record_action
from services.directory import directory, person_id
from services.issue_rights import member_chosen, not_past
from services.journal import record
from services.meeting_floor import item_on_floor, note
from services.meeting_in_hand import meeting_being_held
from services.meeting_outcomes import settle
from services.outbox import owe
from services.rights import is_chair, mentions
from services.search_index import remember
from services.secretariat import News, tell_secretariat
from services.texts import checked
from services.written_in import written_in


@dataclass(frozen=True)
class Given:
    """What the form holds: the words, and who does it by when."""

    text: str
    owner_slack_id: str = ""
    due: date | None = None


def decide_item(session: Session, *, actor: Person, now: datetime, item_id: int, given: Given) -> Decision:
    """Record what the meeting decided on an item: the chair's decision, whoever writes it down."""
    meeting, item = item_on_floor(session, item_id, actor=actor, now=now)
    if item.issue_id is not None:
        raise Refusal(N_("This item is about an issue: decide it there."))
    decider = decider_on(session, meeting, actor=actor, now=now)
    text = checked(given.text, "text")
    owner, due = _owner(session, given), not_past(directory(session), actor, given.due, now=now)
    decision = Decision(
        meeting_id=meeting.id, item_id=item.id, area_id=item.area_id, text=text,
        language=_language(session, actor, text), decided_by_id=person_id(decider), recorded_by_id=person_id(actor),
        decided_at=now,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    remember(session, source="decision", source_id=decision.id or 0, area_id=item.area_id, text=text, at=now)
    record(session, act="decision.record", subject=decision.ref, actor=actor, now=now, area_id=item.area_id,
           acting_for=decider if decider.id != actor.id else None,
           after={"meeting": meeting.ref, "item": item.key, "text": text})  # fmt: skip
    if owner is not None:
        action = record_action(session, actor=actor, now=now, text=text, owner=owner, due=due, decision=decision)
        _tie(session, action, item, actor=actor)
    settle(session, meeting, item, ItemOutcome.DECIDED, item.outcome_text, actor=actor, now=now)
    _copy(session, decision, actor=actor, now=now)
    return decision


def add_action(session: Session, *, actor: Person, now: datetime, item_id: int, given: Given) -> Action:
    """Write down what somebody is to do because of an item."""
    meeting, item = item_on_floor(session, item_id, actor=actor, now=now)
    text = checked(given.text, "text")
    owner = member_chosen(session, given.owner_slack_id, field="owner")
    due = not_past(directory(session), actor, given.due, now=now)
    issue = session.get(Issue, item.issue_id) if item.issue_id else None
    action = record_action(session, actor=actor, now=now, text=text, owner=owner, due=due, issue=issue)
    action.area_id = issue.area_id if issue else None
    _tie(session, action, item, actor=actor)
    note(session, meeting, item, act="meeting.action", actor=actor, now=now, after={"action": action.ref})
    return action


def decider_on(session: Session, meeting: Meeting, *, actor: Person, now: datetime) -> Person:
    """Return whose decision is recorded in a meeting. Once it is long over, only the chair still records one."""
    who = directory(session)
    if is_chair(who, actor, now=now):
        return actor
    chairs, current = who.chairs_on_duty(now=now), meeting_being_held(session, now=now)
    if not chairs or current is None or current.id != meeting.id:
        raise Denied(
            N_("{meeting} began on {when}: only {people} can still record a decision of it. Note the item as "
               "discussed, or referred, instead."),
            meeting=meeting.ref, when=When(meeting.actual_start, meeting.timezone), people=mentions(chairs),
        )  # fmt: skip
    return chairs[0]


def _tie(session: Session, action: Action, item: AgendaItem, *, actor: Person) -> None:
    """Tie an action to the item that gave it."""
    action.meeting_id, action.item_id, action.area_id = item.meeting_id, item.id, item.area_id or action.area_id
    action.language, action.created_by_id = _language(session, actor, action.text), person_id(actor)
    session.add(action)


def _owner(session: Session, given: Given) -> Person | None:
    return member_chosen(session, given.owner_slack_id, field="owner") if given.owner_slack_id else None


def _language(session: Session, actor: Person, text: str) -> str:
    return written_in(text, by_default=directory(session).reader(actor).language.code)


def _copy(session: Session, decision: Decision, *, actor: Person, now: datetime) -> None:
    """Send the chair a copy of what another one recorded, and the secretariat one of what the chair did."""
    who = directory(session)
    if is_chair(who, actor, now=now):
        tell_secretariat(session, News.DECISION_RECORDED, about=decision.ref, now=now, decision_id=decision.id)
        return
    for chair in who.chairs_on_duty(now=now):
        owe(
            session, NoticeKind.SECRETARIAT, key=f"decision_copy:{decision.ref}:{chair.id}",
            subject=f"{News.DECISION_RECORDED}:{decision.ref}", now=now, to=chair,
            refs={"news": News.DECISION_RECORDED.value, "decision_id": decision.id},
            due_at=who.hours_of(chair).next_moment(now) or now,
        )  # fmt: skip
