"""Finding issues by what people type, and taking one up to change it."""

import re
import unicodedata

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Denied, Refusal
from foundation.language import N_
from models.issues import Decision, Issue, IssueState
from models.people import Person
from services.directory import Directory, directory
from services.rights import may_read, require_reader

LIVE = (IssueState.OPEN, IssueState.ESCALATED, IssueState.DECIDED)
_NUMBER = re.compile(r"(?P<prefix>[a-z]{3})?[\s#\-‐-―]*(?P<number>[0-9]{1,9})", re.IGNORECASE)


def read_number(typed: str, prefix: str) -> int | None:
    """Read `ISS-1`, `iss1`, `#1` or `1` as the number of a record; None for anything else."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if found is None or (found["prefix"] or prefix).casefold() != prefix.casefold():
        return None
    return int(found["number"])


def find_issue(session: Session, typed: str, *, actor: Person) -> Issue:
    """Return the issue that a person means. Refuses what is no issue and what they may not see, alike."""
    issue = session.get(Issue, read_number(typed, "ISS") or 0)
    return _seen(directory(session), issue, typed, actor)


def issue_to_change(session: Session, issue_id: int, *, actor: Person) -> Issue:
    """Return an issue with its row locked, as it is now: two who settle it at once do so one after the other."""
    issue = session.get(Issue, issue_id, with_for_update=True, populate_existing=True)
    return _seen(directory(session), issue, f"ISS-{issue_id}", actor)


def may_see(who: Directory, actor: Person, issue: Issue) -> bool:
    """Say whether a person may read an issue: its area decides."""
    return may_read(actor, who.areas_by_id.get(issue.area_id or 0))


def list_issues(
    session: Session, *, actor: Person, states: tuple[IssueState, ...] = LIVE, area_id: int | None = None,
    mine: bool = False,
) -> list[Issue]:  # fmt: skip
    """Return the issues that a person may see, the escalated ones first, then the oldest."""
    who = directory(session)
    query = select(Issue).where(col(Issue.state).in_(states))
    if area_id is not None:
        query = query.where(Issue.area_id == area_id)
    if mine:
        query = query.where(sa.or_(col(Issue.owner_id) == actor.id, col(Issue.raised_by_id) == actor.id))
    found = [issue for issue in session.exec(query.order_by(col(Issue.id))) if may_see(who, actor, issue)]
    return sorted(found, key=lambda issue: (issue.state is not IssueState.ESCALATED, issue.raised_at))


def last_decision(session: Session, issue: Issue) -> Decision | None:
    """Return what was last decided about an issue."""
    query = select(Decision).where(Decision.issue_id == issue.id).order_by(col(Decision.id).desc())
    return session.exec(query).first()


def require_undecided(session: Session, issue: Issue) -> None:
    """Refuse to act on an issue that is settled, with what became of it and through whom."""
    if issue.undecided:
        return
    who, decision = directory(session), last_decision(session, issue)
    if issue.merged_into_id is not None:
        raise Refusal(N_("{ref} was merged into {into} by {name}. Please go on there."), ref=issue.ref,
                      into=f"ISS-{issue.merged_into_id}", name=who.name_of(issue.settled_by_id))  # fmt: skip
    if issue.state is IssueState.RESOLVED or decision is None:
        raise Refusal(N_("{ref} was resolved by {name}: “{text}”. The chair can reopen it."),
                      ref=issue.ref, name=who.name_of(issue.settled_by_id), text=issue.resolution)  # fmt: skip
    raise Refusal(N_("{ref} is decided: {name} decided “{text}” ({decision})."), ref=issue.ref,
                  name=who.name_of(decision.decided_by_id), text=decision.text, decision=decision.ref)  # fmt: skip


def _seen(who: Directory, issue: Issue | None, typed: str, actor: Person) -> Issue:
    require_reader(who, actor)
    if issue is None or not may_see(who, actor, issue):
        # The same words, so that nobody learns what is hidden; only the journal knows that it was asked for.
        refusal = Refusal if issue is None else Denied
        raise refusal(N_("There is no issue “{typed}”. Type {command} to see those there are."),
                      typed=typed[:40], command=f"{who.task_force.command} issue list")  # fmt: skip
    return issue
