"""Who may do what with an issue (SPEC 2), and whom and which dates one may choose for it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from foundation.errors import Denied, FieldRefusal, Refusal
from foundation.language import N_, Day
from models.issues import Issue, IssueState
from models.people import Person, RoleName
from services.chair_alerts import deciders
from services.directory import Directory, directory, person_of
from services.issue_circle import once, waited_for
from services.issue_lookup import require_undecided
from services.rights import is_chair, is_focal_point, is_secretariat, may_decide, mentions, require_reader, stands_for


def may_resolve(who: Directory, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """Say whether a person may settle an open issue: focal points of the area, its owner, the secretariat.

    Until somebody is assigned, whoever raised it owns it. Whoever stands in for an absent owner may too.
    """
    owns = stands_for(who, actor, waited_for(who, issue), now=now)
    return owns or is_secretariat(who, actor) or is_focal_point(who, actor, issue.area_id, now=now)


def may_refer(who: Directory, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """Say whether a person may put an issue on the agenda: secretariat, deputies, and whoever decides."""
    by_role = is_secretariat(who, actor) or who.has_role(actor, RoleName.DEPUTY)
    return by_role or may_decide(who, actor, issue, now=now)


def may_steer(who: Directory, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """Say whether a person may name owner and due date: whoever may settle or escalate it, and who raised it."""
    raised = actor.here and actor.id == issue.raised_by_id
    by_role = who.has_role(actor, RoleName.DEPUTY) or is_chair(who, actor, now=now)
    return raised or by_role or may_resolve(who, actor, issue, now=now)


def member_chosen(session: Session, slack_id: str, *, field: str) -> Person:
    """Return the member that was chosen. Refuses strangers, guests and those who left, at the field."""
    person = person_of(session, slack_id)
    if person is None or not person.member or person.guest:
        raise FieldRefusal(field, N_("This is not a member of the task force. Choose a member."))
    if not person.here:
        raise FieldRefusal(field, N_("{name} has left. Choose somebody who is here."), name=person.name)
    return person


def not_past(who: Directory, actor: Person, due: date | None, *, now: datetime) -> date | None:
    """Return a due date. Refuses one that is over where the person lives, at its field."""
    if due is not None and due < now.astimezone(ZoneInfo(who.zone_of(actor))).date():
        raise FieldRefusal("due", N_("{day} is past. Choose today or a later day."), day=Day(due))
    return due


def may_escalate(who: Directory, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """Say whether a person may take an issue to the chair by hand."""
    by_role = is_secretariat(who, actor) or who.has_role(actor, RoleName.DEPUTY)
    return by_role or is_focal_point(who, actor, issue.area_id, now=now)


def may_ask_more_time(who: Directory, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """Say whether a person may put off the next step: focal points and whoever is waited for."""
    waited = stands_for(who, actor, waited_for(who, issue), now=now)
    return waited or is_focal_point(who, actor, issue.area_id, now=now)


def require_steering(session: Session, issue: Issue, *, actor: Person, now: datetime) -> None:
    """Refuse whoever may not name the owner and the due date."""
    who = directory(session)
    require_reader(who, actor)
    if not may_steer(who, actor, issue, now=now):
        people = [*who.focal_points(issue.area_id or 0), waited_for(who, issue), *who.with_role(RoleName.SECRETARIAT)]
        raise Denied(N_("Only those who can settle {ref} change its owner and due date. Ask {people}."),
                      ref=issue.ref, people=mentions(once(people)))  # fmt: skip


def require_resolving(session: Session, issue: Issue, *, actor: Person, now: datetime) -> None:
    """Refuse whoever may not settle an issue, and everybody once it is before the chair."""
    who = directory(session)
    require_undecided(session, issue)
    if issue.state is IssueState.ESCALATED and may_decide(who, actor, issue, now=now):
        raise Refusal(N_("{ref} waits for your decision: use *Decide*, in the alert or under {command}."),
                      ref=issue.ref, command=f"{who.task_force.command} issue show {issue.ref}")  # fmt: skip
    if issue.state is IssueState.ESCALATED:
        raise Refusal(N_("{ref} is before the chair: only a decision by {people} closes it. "
                         "Add a comment or your unit's position instead."), ref=issue.ref,
                      people=mentions(deciders(who, issue, now=now)))  # fmt: skip
    if not may_resolve(who, actor, issue, now=now):
        people = [*who.focal_points(issue.area_id or 0), waited_for(who, issue), *who.with_role(RoleName.SECRETARIAT)]
        raise Denied(N_("Only the area's focal points, the owner and the secretariat resolve {ref}. Ask {people}."),
                      ref=issue.ref, people=mentions(once(people)))  # fmt: skip


def require_reopening(session: Session, issue: Issue, *, actor: Person, now: datetime) -> None:
    """Refuse whoever may not open an issue again, and everybody while it waits."""
    who = directory(session)
    if not may_decide(who, actor, issue, now=now):
        raise Denied(N_("Only the chair reopens {ref}. Ask {people}."), ref=issue.ref,
                      people=mentions(deciders(who, issue, now=now)))  # fmt: skip
    if issue.undecided:
        raise Refusal(N_("{ref} is not closed: there is nothing to reopen."), ref=issue.ref)
