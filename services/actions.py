"""Actions: what somebody has to do because of a decision, until a word of evidence says that it is done."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Denied, Refusal
from foundation.language import N_
from models.agenda import AgendaItem
from models.issues import Action, Decision, Issue, IssueState
from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder
from services import issues
from services.action_evidence import evidence_named, show_evidence
from services.directory import Directory, directory, person_id
from services.due_nags import plan_action_nags, withdraw_nags
from services.issue_circle import IssueNews, concerned, refresh_desks, show_changed, tell
from services.issue_comments import keep_comment
from services.issue_lookup import read_number
from services.journal import record
from services.meeting_in_hand import area_of_item, item_in_hand
from services.outbox import mark_homes
from services.rights import is_secretariat, may_read, mentions, require_reader
from services.search_index import remember
from services.texts import checked
from services.written_in import written_in


def record_action(
    session: Session, *, actor: Person, now: datetime, text: str, owner: Person, due: date | None,
    decision: Decision | None = None, issue: Issue | None = None, area_id: int | None = None,
    meeting: Meeting | None = None, item: AgendaItem | None = None, tell_owner: bool = False,
) -> Action:  # fmt: skip
    """Write down an action; whoever calls it checked the right to give it, and sees that its owner hears of it.

    Without `item` it belongs to the one that the meeting has in hand, and is about its area unless another is named.
    """
    item = item or item_in_hand(session, meeting)
    area_id = area_id or _area_of_cause(session, issue, decision, item)
    action = Action(
        text=text, owner_id=person_id(owner), due=due, created_at=now, created_by_id=actor.id,
        language=written_in(text, by_default=directory(session).reader(actor).language.code),
        decision_id=decision.id if decision else None, issue_id=issue.id if issue else None,
        area_id=area_id, meeting_id=meeting.id if meeting else None, item_id=item.id if item else None,
    )  # fmt: skip
    session.add(action)
    session.flush()
    remember_action(session, action)
    record(session, act="action.record", subject=action.ref, actor=actor, now=now, area_id=action.area_id,
           after={"text": text, "owner": owner.name, "due": due.isoformat() if due else None,
                  **({"decision": decision.ref} if decision else {})})  # fmt: skip
    plan_action_nags(session, action, now=now, given=tell_owner)
    mark_homes(session, [person_id(owner)], now=now)
    return action


def _area_of_cause(
    session: Session, issue: Issue | None, decision: Decision | None, item: AgendaItem | None
) -> int | None:
    if issue is not None:
        return issue.area_id
    return (decision.area_id if decision else None) or area_of_item(session, item)


def finish_action(
    session: Session, *, actor: Person, now: datetime, action_id: int, evidence: str, update_id: int | None = None
) -> Action:
    """Say that an action is done: its owner or the secretariat. The issue that waited for it is closed.

    The issue as which it climbs, because its date passed, is resolved by it; one before the chair stays the chair's.
    """
    action = action_to_finish(session, f"ACT-{action_id}", actor=actor, lock=True)
    issue = session.get(Issue, action.issue_id, with_for_update=True) if action.issue_id else None
    action.evidence = checked(evidence, "evidence")
    update = evidence_named(session, action, actor, update_id) if update_id else None
    action.update_id = update.id if update else None
    action.done_at, action.done_by_id, action.climbs_at = now, actor.id, None
    session.add(action)
    remember_action(session, action)
    withdraw_nags(session, action_id=action.id)
    refresh_desks(session, Reminder.action_id == action.id, now=now)
    show_evidence(session, update, now=now)
    record(session, act="action.done", subject=action.ref, actor=actor, now=now, area_id=action.area_id,
           after={"evidence": action.evidence, **({"update": update.id} if update else {})})  # fmt: skip
    mark_homes(session, [action.owner_id], now=now)
    if issue is not None and issue.state is IssueState.DECIDED and not _still_open(session, issue):
        _close(session, issue, action, actor=actor, now=now)
    if action.climbed_as_id is not None:
        _settle_climbed(session, action, actor=actor, now=now)
    return action


def find_action(session: Session, typed: str, *, actor: Person, lock: bool = False) -> Action:
    """Return the action that a person means. Refuses what is none and what they may not see, alike."""
    who = directory(session)
    require_reader(who, actor)
    action = session.get(Action, read_number(typed, "ACT") or 0, with_for_update=lock, populate_existing=lock)
    if action is None or not may_see_action(who, actor, action):
        refusal = Refusal if action is None else Denied
        raise refusal(N_("There is no action “{typed}”. Type {command} to see those there are."),
                      typed=typed[:40], command=f"{who.task_force.command} action list")  # fmt: skip
    return action


def may_see_action(who: Directory, actor: Person, action: Action) -> bool:
    """Say whether a person may read an action: its area decides."""
    return may_read(actor, who.areas_by_id.get(action.area_id or 0))


def may_finish(who: Directory, actor: Person, action: Action) -> bool:
    """Say whether a person may say that an action is done: its owner and the secretariat."""
    return actor.id == action.owner_id or is_secretariat(who, actor)


def action_to_finish(session: Session, typed: str, *, actor: Person, lock: bool = False) -> Action:
    """Return the action that a person means, if it is theirs to finish."""
    who, action = directory(session), find_action(session, typed, actor=actor, lock=lock)
    if not may_finish(who, actor, action):
        raise Denied(N_("Only {owner} or the secretariat can say that {ref} is done."), ref=action.ref,
                      owner=mentions([who.people_by_id[action.owner_id]]))  # fmt: skip
    require_open(who, action)
    return action


def require_open(who: Directory, action: Action) -> None:
    """Refuse what is about an action that is done or dropped, with who said so."""
    if action.done_at is not None:
        raise Refusal(N_("{ref} is done already: {name} said so."), ref=action.ref, name=who.name_of(action.done_by_id))
    if action.dropped_at is not None:
        raise Refusal(N_("{ref} is no longer asked for: its issue was reopened."), ref=action.ref)


def list_actions(
    session: Session, *, actor: Person, mine: bool = False, owner_id: int | None = None, area_id: int | None = None,
    overdue: bool = False, at: datetime | None = None, now: datetime | None = None,
) -> list[Action]:  # fmt: skip
    """Return the actions that are to be done, or were at a moment, and that a person may see, the most pressing first.

    `overdue`: only those whose date has passed by then where their owner lives.
    """
    who = directory(session)
    require_reader(who, actor)
    query = select(Action).where(*_open_at(at))
    if mine or owner_id is not None:
        query = query.where(Action.owner_id == (actor.id if mine else owner_id))
    if area_id is not None:
        query = query.where(Action.area_id == area_id)
    moment = at or now
    seen = [a for a in session.exec(query.order_by(col(Action.id))) if may_see_action(who, actor, a)]
    if overdue and moment is not None:
        seen = [action for action in seen if is_overdue(who, action, now=moment)]
    return sorted(seen, key=lambda action: action.due or date.max)


def is_overdue(who: Directory, action: Action, *, now: datetime) -> bool:
    """Say whether the date of an action has passed where its owner lives."""
    zone = ZoneInfo(who.zone_of(who.people_by_id[action.owner_id]))
    return action.due is not None and action.due < now.astimezone(zone).date()


def _open_at(at: datetime | None) -> list[sa.ColumnElement[bool]]:
    if at is None:
        return [col(Action.done_at).is_(None), col(Action.dropped_at).is_(None)]
    done, dropped = col(Action.done_at), col(Action.dropped_at)
    return [col(Action.created_at) <= at, done.is_(None) | (done > at), dropped.is_(None) | (dropped > at)]


def _still_open(session: Session, issue: Issue) -> bool:
    query = select(Action.id).where(Action.issue_id == issue.id, *_open_at(None))
    return session.exec(query).first() is not None


def _settle_climbed(session: Session, action: Action, *, actor: Person, now: datetime) -> None:
    """Let the issue as which an action climbs hear that it is done: it is resolved by that, unless the chair has it."""
    issue = session.get_one(Issue, action.climbed_as_id, with_for_update=True)
    if issue.state is IssueState.OPEN:
        issues.settle(session, issue, actor=actor, now=now, text=action.evidence, action=action.ref)
    elif issue.state is IssueState.ESCALATED:
        keep_comment(session, issue, author_id=person_id(actor), text=f"{action.ref}: {action.evidence}", at=now)
        record(session, act="issue.comment", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
               after={"text": action.evidence, "action": action.ref})  # fmt: skip
        show_changed(session, issue, now=now)


def _close(session: Session, issue: Issue, action: Action, *, actor: Person, now: datetime) -> None:
    issue.state, issue.settled_at, issue.settled_by_id = IssueState.CLOSED, now, actor.id
    session.add(issue)
    record(session, act="issue.close", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"state": IssueState.DECIDED.value}, after={"state": issue.state.value, "action": action.ref}
           )  # fmt: skip
    decision = session.get(Decision, action.decision_id) if action.decision_id else None
    decider = directory(session).people_by_id.get(decision.decided_by_id) if decision else None
    people = [*concerned(session, issue, now=now), *([decider] if decider is not None and decider.here else [])]
    tell(session, issue, IssueNews.DONE, people, occasion=str(action.id), now=now, besides=actor,
         action_id=action.id)  # fmt: skip
    show_changed(session, issue, now=now)


def remember_action(session: Session, action: Action) -> None:
    """Have the search find an action by its number, its words and its evidence."""
    parts = (action.ref, action.text, action.evidence)
    remember(session, source="action", source_id=action.id or 0, area_id=action.area_id, at=action.created_at,
             text="\n".join(part for part in parts if part))  # fmt: skip
