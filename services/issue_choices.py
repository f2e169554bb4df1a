"""Which acts somebody is offered on an issue. Only an offer: every act asks again whether they may."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from models.issues import Issue, IssueState
from models.people import Person
from services.decisions import may_record
from services.directory import directory
from services.issue_rights import may_ask_more_time, may_escalate, may_refer, may_resolve
from services.ladder_rows import waiting_steps
from services.objections import may_object
from services.positions import units_for
from services.rights import is_chair, may_contribute, may_decide


class Choice(StrEnum):
    """One act that a person may be offered."""

    RESOLVE = "resolve"
    MORE_TIME = "more_time"
    ESCALATE = "escalate"
    COMMENT = "comment"
    POSITION = "position"
    REFER = "refer"
    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    ACCEPT = "accept"
    ASK = "ask"
    DELEGATE = "delegate"
    REOPEN = "reopen"
    OBJECT = "object"


def choices(session: Session, actor: Person, issue_id: int, now: datetime) -> frozenset[Choice]:
    """Return what somebody may do with an issue as it stands."""
    who, issue = directory(session), session.get_one(Issue, issue_id)
    contributes = may_contribute(who, actor)
    found = {
        Choice.COMMENT: contributes and issue.undecided,
        Choice.OBJECT: may_object(session, actor, issue, now=now),
    }
    if issue.undecided:
        found[Choice.POSITION] = contributes and bool(units_for(who, actor, issue, now=now))
        found[Choice.REFER] = may_refer(who, actor, issue, now=now) and issue.referred_at is None
        found[Choice.DECIDE] = may_record(session, actor, issue, now=now)
    else:
        found[Choice.REOPEN] = may_decide(who, actor, issue, now=now)
    if issue.state is IssueState.OPEN:
        found |= _while_open(session, actor, issue, now=now)
    if issue.state is IssueState.ESCALATED and may_decide(who, actor, issue, now=now):
        found |= {
            Choice.ACKNOWLEDGE: issue.acknowledged_at is None, Choice.ACCEPT: bool(issue.proposal), Choice.ASK: True,
            Choice.DELEGATE: is_chair(who, actor, now=now),
        }  # fmt: skip
    return frozenset(choice for choice, offered in found.items() if offered)


def _while_open(session: Session, actor: Person, issue: Issue, *, now: datetime) -> dict[Choice, bool]:
    who = directory(session)
    following = next(iter(waiting_steps(session, issue)), None)
    postponable = following is not None and following.more_time_days is None
    return {
        Choice.RESOLVE: may_resolve(who, actor, issue, now=now),
        Choice.MORE_TIME: postponable and may_ask_more_time(who, actor, issue, now=now),
        Choice.ESCALATE: may_escalate(who, actor, issue, now=now),
    }
