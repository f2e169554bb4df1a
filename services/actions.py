"""Actions: what somebody has to do because of a decision, until a word of evidence says that it is done."""

from datetime import date, datetime

from sqlmodel import Session, col, select

from foundation.errors import Denied, Refusal
from foundation.language import N_
from models.issues import Action, Decision, Issue, IssueState
from models.people import Person
from models.reminders import Reminder
from services.directory import directory, person_id
from services.due_nags import plan_action_nags, withdraw_nags
from services.issue_circle import IssueNews, concerned, refresh_desks, show_changed, tell
from services.issue_lookup import may_see, read_number
from services.journal import record
from services.outbox import mark_homes
from services.rights import is_secretariat, mentions, require_reader
from services.texts import checked


def record_action(
    session: Session, *, actor: Person, now: datetime, text: str, owner: Person, due: date | None,
    decision: Decision | None = None, issue: Issue | None = None,
) -> Action:  # fmt: skip
    """Write down an action; whoever calls it checked the right to decide."""
    action = Action(
        text=text, owner_id=person_id(owner), due=due, created_at=now, decision_id=decision.id if decision else None,
        issue_id=issue.id if issue else None,
    )  # fmt: skip
    session.add(action)
    session.flush()
    record(session, act="action.record", subject=action.ref, actor=actor, now=now,
           area_id=issue.area_id if issue else None,
           after={"text": text, "owner": owner.name, "due": due.isoformat() if due else None})  # fmt: skip
    plan_action_nags(session, action, now=now)
    mark_homes(session, [person_id(owner)], now=now)
    return action


def finish_action(session: Session, *, actor: Person, now: datetime, action_id: int, evidence: str) -> Action:
    """Say that an action is done: its owner or the secretariat. The issue that waited for it is closed."""
    action = action_to_finish(session, f"ACT-{action_id}", actor=actor, lock=True)
    issue = session.get(Issue, action.issue_id, with_for_update=True) if action.issue_id else None
    action.evidence = checked(evidence, "evidence")
    action.done_at, action.done_by_id = now, actor.id
    session.add(action)
    withdraw_nags(session, action_id=action.id)
    refresh_desks(session, Reminder.action_id == action.id, now=now)
    record(session, act="action.done", subject=action.ref, actor=actor, now=now,
           area_id=issue.area_id if issue else None, after={"evidence": action.evidence})  # fmt: skip
    mark_homes(session, [action.owner_id], now=now)
    if issue is not None and issue.state is IssueState.DECIDED and not _still_open(session, issue):
        _close(session, issue, action, actor=actor, now=now)
    return action


def action_to_finish(session: Session, typed: str, *, actor: Person, lock: bool = False) -> Action:
    """Return the action that a person means, if it is theirs to finish. What is none and what is hidden look alike."""
    who = directory(session)
    require_reader(who, actor)
    action = session.get(Action, read_number(typed, "ACT") or 0, with_for_update=lock, populate_existing=lock)
    issue = session.get(Issue, action.issue_id) if action and action.issue_id else None
    if action is None or (issue is not None and not may_see(who, actor, issue)):
        refusal = Refusal if action is None else Denied
        raise refusal(N_("There is no action “{typed}”. Type {command} to see those there are."),
                      typed=typed[:40], command=f"{who.task_force.command} action list")  # fmt: skip
    if actor.id != action.owner_id and not is_secretariat(who, actor):
        raise Denied(N_("Only {owner} or the secretariat can say that {ref} is done."), ref=action.ref,
                      owner=mentions([who.people_by_id[action.owner_id]]))  # fmt: skip
    if action.done_at is not None:
        raise Refusal(N_("{ref} is done already: {name} said so."), ref=action.ref, name=who.name_of(action.done_by_id))
    if action.dropped_at is not None:
        raise Refusal(N_("{ref} is no longer asked for: its issue was reopened."), ref=action.ref)
    return action


def list_actions(session: Session, *, actor: Person, mine: bool = False) -> list[Action]:
    """Return the actions that are still to be done and that a person may see, the most pressing first."""
    who = directory(session)
    require_reader(who, actor)
    query = select(Action).where(col(Action.done_at).is_(None), col(Action.dropped_at).is_(None))
    if mine:
        query = query.where(Action.owner_id == actor.id)
    found = session.exec(query.order_by(col(Action.id))).all()
    issues = {i.id: i for i in session.exec(select(Issue).where(col(Issue.id).in_([a.issue_id for a in found])))}
    seen = [a for a in found if a.issue_id is None or may_see(who, actor, issues[a.issue_id])]
    return sorted(seen, key=lambda action: action.due or date.max)


def _still_open(session: Session, issue: Issue) -> bool:
    query = select(Action.id).where(
        Action.issue_id == issue.id, col(Action.done_at).is_(None), col(Action.dropped_at).is_(None)
    )
    return session.exec(query).first() is not None


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
