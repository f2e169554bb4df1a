"""The docket: the decisions that wait for one person, the oldest first, each with all that is needed to take it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.issues import Issue, IssueState
from models.people import Person
from services.directory import directory
from services.issue_cards import IssueCard, card
from services.issue_choices import Choice, choices
from services.issue_lookup import list_issues
from services.rights import may_decide


@dataclass(frozen=True)
class Case:
    """One issue that waits for a decision, and what whoever decides may do with it."""

    card: IssueCard
    offered: frozenset[Choice]


def waiting_for(session: Session, person: Person, *, now: datetime) -> list[Issue]:
    """Return the escalated issues that a person may decide: all for the chair, one's own for a delegate."""
    who = directory(session)
    escalated = list_issues(session, actor=person, states=(IssueState.ESCALATED,))
    theirs = [issue for issue in escalated if may_decide(who, person, issue, now=now)]
    return sorted(theirs, key=lambda issue: (issue.escalated_at or issue.raised_at, issue.id))


def cases(session: Session, person: Person, issues: Sequence[Issue], *, now: datetime) -> tuple[Case, ...]:
    """Return issues as they are put to whoever decides."""
    who = directory(session)
    ids = [issue.id or 0 for issue in issues]
    return tuple(Case(card(session, one, who, now), choices(session, person, one, now)) for one in ids)
