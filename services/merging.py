"""Merging an open issue into another one of the same matter: its way up ends, and what was said of it goes along."""

from datetime import datetime

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from models.delivery import NoticeKind
from models.issues import Issue, IssueState
from models.people import Person
from services.directory import Directory, directory
from services.issue_circle import IssueNews, concerned, show_changed, subject_of, tell, waited_for
from services.issue_lookup import issue_to_change, require_undecided
from services.issue_rights import require_resolving
from services.journal import record
from services.ladder_rows import SETTLED, end_round
from services.outbox import withdraw


def merge(session: Session, *, actor: Person, now: datetime, issue_id: int, into_id: int) -> Issue:
    """Merge one issue into another: whoever may resolve it (SPEC 2). What is before the chair only the chair settles.

    Comments, positions and people stay with the merged issue, and count for the other one too.
    """
    # Both rows are locked in one order, so that two who merge each into the other wait for each other.
    found = {one: issue_to_change(session, one, actor=actor) for one in sorted({issue_id, into_id})}
    issue, into = found[issue_id], found[into_id]
    who = directory(session)
    if issue is into:
        raise Refusal(N_("{ref} cannot be merged into itself. Say into which other issue."), ref=issue.ref)
    require_resolving(session, issue, actor=actor, now=now)
    require_undecided(session, into)
    _require_one_audience(who, issue, into)
    _require_no_longer_wait(issue, into)
    people = [*concerned(session, issue, now=now), waited_for(who, into)]
    issue.state, issue.settled_at, issue.settled_by_id = IssueState.RESOLVED, now, actor.id
    issue.merged_into_id = into.id
    session.add(issue)
    session.flush()
    end_round(session, issue, reason=SETTLED)
    withdraw(session, subject_of(issue), reason="merged", now=now, kinds=[NoticeKind.ISSUE_NEWS])
    record(session, act="issue.merge", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"state": IssueState.OPEN.value}, after={"state": issue.state.value, "into": into.ref})  # fmt: skip
    record(session, act="issue.receive", subject=into.ref, actor=actor, now=now, area_id=into.area_id,
           after={"merged": issue.ref})  # fmt: skip
    tell(session, issue, IssueNews.MERGED, people, occasion=f"{issue.round}:{into.id}", now=now, besides=actor)
    show_changed(session, issue, now=now)
    show_changed(session, into, now=now)
    return into


def _require_one_audience(who: Directory, issue: Issue, into: Issue) -> None:
    """Refuse to show what was said in a restricted area to those of another one."""
    areas = [who.areas_by_id.get(one.area_id or 0) for one in (issue, into)]
    if issue.area_id != into.area_id and any(area is not None and area.restricted for area in areas):
        raise Refusal(N_("{ref} and {into} are not seen by the same people: one belongs to a restricted area. "
                         "Resolve {ref} instead, and say why."), ref=issue.ref, into=into.ref)  # fmt: skip


def _require_no_longer_wait(issue: Issue, into: Issue) -> None:
    """Refuse to begin the way to the chair anew: the issue that has waited longer stays."""
    if into.state is IssueState.OPEN and issue.round_at < into.round_at:
        raise Refusal(N_("{ref} has waited longer than {into}. Merge {into} into {ref} instead, so that its way up "
                         "does not begin anew."), ref=issue.ref, into=into.ref)  # fmt: skip
