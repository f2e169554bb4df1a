"""Decisions and actions on the items of a meeting that is being held; those on issues are `services.decisions`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from foundation.errors import Denied, Refusal
from foundation.language import N_, When
from models.agenda import ItemOutcome
from models.issues import Action, Decision, Issue
from models.meetings import Meeting
from models.people import Person
from services.actions import record_action
from services.decision_writing import write_decision
from services.directory import directory
from services.issue_rights import member_chosen, not_past
from services.meeting_floor import item_on_floor, note
from services.meeting_in_hand import meeting_being_held
from services.meeting_outcomes import settle
from services.rights import is_chair, mentions
from services.texts import checked


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
    decision = write_decision(
        session, actor=actor, decider=decider, now=now, text=text, area_id=item.area_id, meeting=meeting, item=item
    )
    if owner is not None:
        record_action(
            session, actor=actor, now=now, text=text, owner=owner, due=due, decision=decision, area_id=item.area_id,
            meeting=meeting, item=item,
        )  # fmt: skip
    settle(session, meeting, item, ItemOutcome.DECIDED, item.outcome_text, actor=actor, now=now)
    return decision


def add_action(session: Session, *, actor: Person, now: datetime, item_id: int, given: Given) -> Action:
    """Write down what somebody is to do because of an item."""
    meeting, item = item_on_floor(session, item_id, actor=actor, now=now)
    text = checked(given.text, "text")
    owner = member_chosen(session, given.owner_slack_id, field="owner")
    due = not_past(directory(session), actor, given.due, now=now)
    issue = session.get(Issue, item.issue_id) if item.issue_id else None
    action = record_action(
        session, actor=actor, now=now, text=text, owner=owner, due=due, issue=issue, area_id=item.area_id,
        meeting=meeting, item=item,
    )  # fmt: skip
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


def _owner(session: Session, given: Given) -> Person | None:
    return member_chosen(session, given.owner_slack_id, field="owner") if given.owner_slack_id else None
