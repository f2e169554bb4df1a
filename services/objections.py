"""Objections: who disagrees that an issue went to the chair, or how it was resolved, says so, and the chair sees it."""

from datetime import datetime

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from models.issues import Comment, Issue, IssueState
from models.people import Person
from services.chair_alerts import deciders
from services.directory import directory
from services.issue_circle import IssueNews, show_changed, tell
from services.issue_comments import keep_comment
from services.issue_lookup import issue_to_change
from services.journal import record
from services.rights import may_contribute, may_decide, mentions, require_contributor
from services.texts import checked

OPEN_TO_OBJECTION = (IssueState.ESCALATED, IssueState.RESOLVED)


def object_to(session: Session, *, actor: Person, now: datetime, issue_id: int, text: str) -> Comment:
    """Keep an objection to an escalation, a resolution or a merger. Any member but observers, as with comments.

    Before the chair it joins the alert; of what was resolved without the chair, whoever decides is told and may reopen.
    """
    issue = issue_to_change(session, issue_id, actor=actor)
    require_objecting(session, issue, actor=actor, now=now)
    comment = keep_comment(
        session, issue, author_id=actor.id or 0, text=checked(text, "text"), at=now, objects=True
    )  # fmt: skip
    record(session, act="issue.object", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           after={"text": comment.text})  # fmt: skip
    if issue.state is IssueState.RESOLVED:
        # Once for each who objects: what they add stands with the issue.
        tell(session, issue, IssueNews.OBJECTED, deciders(directory(session), issue, now=now), now=now, besides=actor,
             occasion=f"{issue.round}:{actor.id}", comment_id=comment.id)  # fmt: skip
    show_changed(session, issue, now=now)
    return comment


def may_object(session: Session, actor: Person, issue: Issue, *, now: datetime) -> bool:
    """Say whether somebody is offered to object: not whoever settled it, nor whoever decides it."""
    who = directory(session)
    contributes = may_contribute(who, actor) and not may_decide(who, actor, issue, now=now)
    return contributes and issue.state in OPEN_TO_OBJECTION and actor.id not in {
        issue.settled_by_id, issue.escalated_by_id
    }  # fmt: skip


def require_objecting(session: Session, issue: Issue, *, actor: Person, now: datetime) -> None:
    """Refuse to object where there is nothing to object to: what is open, and what the chair decided."""
    who = directory(session)
    require_contributor(who, actor)
    if issue.state is IssueState.OPEN:
        raise Refusal(N_("{ref} is open: nobody has settled or escalated it. Add a comment or your unit's position."),
                      ref=issue.ref)  # fmt: skip
    if issue.state not in OPEN_TO_OBJECTION:
        raise Refusal(N_("{ref} is decided, and only the chair reopens it. Ask {people}."), ref=issue.ref,
                      people=mentions(deciders(who, issue, now=now)))  # fmt: skip
