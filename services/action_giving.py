"""Giving actions out: to whom, by when, in which meeting; another owner, another date. Secretariat and chair."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from foundation.errors import FieldRefusal
from foundation.language import N_
from models.issues import Action
from models.people import Person
from models.reminders import Reminder
from services.actions import find_action, record_action, require_open
from services.areas import area_chosen
from services.decision_register import find_decision
from services.directory import Directory, directory, person_id
from services.due_nags import plan_action_nags
from services.issue_circle import refresh_desks
from services.issue_rights import member_chosen, not_past
from services.journal import record
from services.meeting_floor import board_subject
from services.meeting_in_hand import meeting_being_held
from services.outbox import mark_homes, refresh
from services.rights import chair_stood_for, is_secretariat, require_manager, require_reader
from services.texts import checked


@dataclass(frozen=True)
class Given:
    """What somebody is to do."""

    text: str
    owner_slack_id: str
    due: date | None = None
    area_id: int | None = None
    decision: str = ""
    """The decision because of which, as it was typed: `DEC-3`."""


def give_action(session: Session, *, actor: Person, now: datetime, given: Given) -> Action:
    """Give somebody an action, in the meeting that is being held and of its item in hand, if there is one.

    The owner hears of it: when its meeting is closed, otherwise when they next work.
    """
    who, meeting = directory(session), meeting_being_held(session, now=now, lock=True)
    require_manager(who, actor, now=now)
    owner = member_chosen(session, given.owner_slack_id, field="owner")
    due = not_past(who, actor, given.due, now=now)
    text = checked(given.text, "text")
    decision = find_decision(session, given.decision, actor=actor) if given.decision else None
    area_id = area_chosen(who, actor, given.area_id)
    if meeting is not None:
        refresh(session, board_subject(meeting.id), now=now)
    return record_action(
        session, actor=actor, now=now, text=text, owner=owner, due=due, decision=decision, area_id=area_id,
        meeting=meeting, tell_owner=meeting is None,
    )  # fmt: skip


def assign_action(session: Session, *, actor: Person, now: datetime, action_id: int, owner_slack_id: str) -> Action:
    """Give an open action another owner; what they hear of its date is planned anew."""
    # Whoever closes its meeting tells those who own something then: not while it changes hands.
    meeting_being_held(session, now=now, lock=True)
    action = action_to_steer(session, f"ACT-{action_id}", actor=actor, now=now, lock=True)
    to = member_chosen(session, owner_slack_id, field="person")
    if to.id == action.owner_id:
        raise FieldRefusal("person", N_("{ref} is {name}'s already. Choose somebody else."), ref=action.ref,
                           name=to.name)  # fmt: skip
    hand_over(session, action, to, actor=actor, now=now)
    return action


def hand_over(
    session: Session, action: Action, to: Person, *, actor: Person | None, now: datetime, tell: bool = True
) -> None:
    """Make an action another person's, and tell them, unless another message does; whoever calls it checked rights."""
    who, held = directory(session), meeting_being_held(session, now=now)
    before, action.owner_id = action.owner_id, person_id(to)
    session.add(action)
    told_at_close = held is not None and held.id == action.meeting_id
    plan_action_nags(session, action, now=now, given=tell and not told_at_close)
    record(session, act="action.assign", subject=action.ref, actor=actor, now=now, area_id=action.area_id,
           acting_for=_chair(who, actor, now=now),
           before={"owner": who.name_of(before)}, after={"owner": to.name})  # fmt: skip
    _show_changed(session, action, before, now=now)


def set_action_due(session: Session, *, actor: Person, now: datetime, action_id: int, due: date | None) -> Action:
    """Give an open action another date, or none: what its owner hears, and when it climbs, moves along."""
    action = action_to_steer(session, f"ACT-{action_id}", actor=actor, now=now, lock=True)
    who = directory(session)
    before, action.due = action.due, not_past(who, actor, due, now=now)
    session.add(action)
    plan_action_nags(session, action, now=now)
    record(session, act="action.due", subject=action.ref, actor=actor, now=now, area_id=action.area_id,
           acting_for=_chair(who, actor, now=now),
           before={"due": before.isoformat() if before else None},
           after={"due": due.isoformat() if due else None})  # fmt: skip
    _show_changed(session, action, action.owner_id, now=now)
    return action


def action_to_steer(session: Session, typed: str, *, actor: Person, now: datetime, lock: bool = False) -> Action:
    """Return an open action for whoever may give it another owner or date."""
    who = directory(session)
    require_reader(who, actor)
    action = find_action(session, typed, actor=actor, lock=lock)
    require_manager(who, actor, now=now)
    require_open(who, action)
    return action


def _show_changed(session: Session, action: Action, before: int, *, now: datetime) -> None:
    refresh_desks(session, Reminder.action_id == action.id, now=now)
    mark_homes(session, [before, action.owner_id], now=now)
    if action.issue_id is not None:
        refresh(session, f"issue:{action.issue_id}", now=now)


def _chair(who: Directory, actor: Person | None, *, now: datetime) -> Person | None:
    """Return the chair for whom an acting chair acts."""
    if actor is None or is_secretariat(who, actor):
        return None
    return chair_stood_for(who, actor, now=now)
