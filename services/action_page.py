"""One action with its neighbours in the chain: the decision and the issue before it, the evidence after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.agenda import AgendaItem
from models.issues import Action, Decision, Issue
from models.meetings import Meeting
from models.people import Person
from models.updates import Update
from services.actions import may_finish
from services.decision_chain import replaced_by
from services.directory import directory
from services.meeting_in_hand import area_of_item
from services.rights import may_manage, may_read


@dataclass(frozen=True)
class ActionSeen:
    """An action as somebody sees it, as far as they may see what is around it."""

    action: Action
    decision: Decision | None
    replaced_by: Decision | None
    """The decision that stands in place of that one now."""
    issue: Issue | None
    climbed: Issue | None
    """The issue as which it climbs since its date passed."""
    meeting: Meeting | None
    item: AgendaItem | None
    update: Update | None
    """The status update that is its evidence."""
    may_finish: bool
    may_steer: bool


def see_action(session: Session, action: Action, *, actor: Person, now: datetime) -> ActionSeen:
    """Return an action with what stands before and after it in the chain."""
    who = directory(session)

    def readable(area_id: int | None) -> bool:
        return may_read(actor, who.areas_by_id.get(area_id or 0))

    decision = session.get(Decision, action.decision_id) if action.decision_id else None
    later = replaced_by(session, decision) if decision is not None else None
    issue = session.get(Issue, action.issue_id) if action.issue_id else None
    climbed = session.get(Issue, action.climbed_as_id) if action.climbed_as_id else None
    update = session.get(Update, action.update_id) if action.update_id else None
    item = session.get(AgendaItem, action.item_id) if action.item_id else None
    return ActionSeen(
        action,
        decision if decision is not None and readable(decision.area_id) else None,
        later if later is not None and readable(later.area_id) else None,
        issue if issue is not None and readable(issue.area_id) else None,
        climbed if climbed is not None and readable(climbed.area_id) else None,
        session.get(Meeting, action.meeting_id) if action.meeting_id else None,
        item if readable(area_of_item(session, item)) else None,
        update if update is not None and readable(update.area_id) else None,
        action.open and may_finish(who, actor, action),
        action.open and may_manage(who, actor, now=now),
    )
