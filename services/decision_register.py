"""The register: what was decided, found by number, area, words, or because something of it is still to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import Denied, Refusal
from foundation.language import N_
from models.agenda import AgendaItem
from models.issues import Action, Decision, Issue
from models.meetings import Meeting
from models.people import Person
from services.decision_chain import replaced_by
from services.directory import Directory, directory
from services.folding import fold
from services.issue_lookup import read_number
from services.meeting_in_hand import area_of_item
from services.rights import may_read, require_reader


@dataclass(frozen=True)
class DecisionSeen:
    """A decision with its neighbours in the chain, as far as the reader may see them."""

    decision: Decision
    issue: Issue | None
    meeting: Meeting | None
    item: AgendaItem | None
    replaces: Decision | None
    replaced_by: Decision | None
    actions: tuple[Action, ...]
    left_open: tuple[Action, ...] = ()
    """What is still to be done because of the decision that this one replaces."""
    at: datetime | None = None
    """The moment at which it is looked at, where that is past."""

    @property
    def open_actions(self) -> int:
        """How many actions of it are still to be done, or were then."""
        return sum(was_open(action, self.at) for action in self.actions)


def find_decision(session: Session, typed: str, *, actor: Person, lock: bool = False) -> Decision:
    """Return the decision that a person means. Refuses what is none and what they may not see, alike."""
    who = directory(session)
    require_reader(who, actor)
    decision = session.get(Decision, read_number(typed, "DEC") or 0, with_for_update=lock, populate_existing=lock)
    if decision is None or not may_see_decision(who, actor, decision):
        refusal = Refusal if decision is None else Denied
        raise refusal(N_("There is no decision “{typed}”. Type {command} to see those there are."),
                      typed=typed[:40], command=f"{who.task_force.command} decisions all")  # fmt: skip
    return decision


def may_see_decision(who: Directory, actor: Person, decision: Decision) -> bool:
    """Say whether a person may read a decision: its area decides."""
    return may_read(actor, who.areas_by_id.get(decision.area_id or 0))


def list_decisions(
    session: Session, *, actor: Person, area_id: int | None = None, with_open_action: bool = False, words: str = "",
    at: datetime | None = None,
) -> list[Decision]:  # fmt: skip
    """Return the decisions that a person may see, as of a moment, the latest first."""
    who = directory(session)
    require_reader(who, actor)
    query = select(Decision)
    if area_id is not None:
        query = query.where(Decision.area_id == area_id)
    if at is not None:
        query = query.where(col(Decision.decided_at) <= at)
    if with_open_action:
        query = query.where(col(Decision.id).in_(_waiting(session, at)))
    wanted = fold(words).split()
    found = session.exec(query.order_by(col(Decision.id).desc()))
    return [one for one in found if may_see_decision(who, actor, one) and _has(one, wanted)]


def see_decision(session: Session, decision: Decision, *, actor: Person, at: datetime | None = None) -> DecisionSeen:
    """Return a decision with what stands before and after it in the chain, as of a moment."""
    who, later = directory(session), replaced_by(session, decision)
    issue = session.get(Issue, decision.issue_id) if decision.issue_id else None
    replaces = session.get(Decision, decision.supersedes_id) if decision.supersedes_id else None
    item = session.get(AgendaItem, decision.item_id) if decision.item_id else None
    actions = _because_of(session, who, actor, decision.id)
    earlier = _because_of(session, who, actor, decision.supersedes_id) if decision.supersedes_id else []
    return DecisionSeen(
        decision,
        issue if issue is not None and may_read(actor, who.areas_by_id.get(issue.area_id or 0)) else None,
        session.get(Meeting, decision.meeting_id) if decision.meeting_id else None,
        item if may_read(actor, who.areas_by_id.get(area_of_item(session, item) or 0)) else None,
        _seen(who, actor, replaces),
        _seen(who, actor, later if later is not None and (at is None or later.decided_at <= at) else None),
        tuple(one for one in actions if at is None or one.created_at <= at),
        tuple(one for one in earlier if was_open(one, at)),
        at,
    )  # fmt: skip


def _seen(who: Directory, actor: Person, decision: Decision | None) -> Decision | None:
    return decision if decision is not None and may_see_decision(who, actor, decision) else None


def _because_of(session: Session, who: Directory, actor: Person, decision_id: int | None) -> list[Action]:
    because = select(Action).where(Action.decision_id == decision_id).order_by(col(Action.id))
    return [one for one in session.exec(because) if may_read(actor, who.areas_by_id.get(one.area_id or 0))]


def _waiting(session: Session, at: datetime | None) -> list[int]:
    """Return the decisions because of which something is still to be done, or was at a moment."""
    from_decisions = select(Action).where(col(Action.decision_id).is_not(None))
    return [one.decision_id or 0 for one in session.exec(from_decisions) if was_open(one, at)]


def was_open(action: Action, at: datetime | None) -> bool:
    """Say whether an action is still to be done, or was at a moment."""
    if at is None:
        return action.open
    ended = [moment for moment in (action.done_at, action.dropped_at) if moment is not None]
    return action.created_at <= at and all(moment > at for moment in ended)


def _has(decision: Decision, wanted: Sequence[str]) -> bool:
    folded = fold(f"{decision.ref} {decision.text}")
    return all(word in folded for word in wanted)
