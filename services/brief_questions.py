"""What a brief puts before a meeting besides updates: issues that need a decision, and actions whose date passed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.agenda import AgendaItem
from models.issues import Action, Decision, Issue, IssueState, Position, Severity
from services.directory import directory
from services.past_issues import states_at


@dataclass(frozen=True)
class Question:
    """An issue that needs a decision: it is before the chair, or was referred to the meeting."""

    ref: str
    title: str
    area_id: int | None
    escalated: bool
    urgent: bool
    since: datetime
    """When it was escalated or referred."""
    proposal: str
    language: str
    """In which title and proposal are written."""
    positions: tuple[tuple[str, str], ...]
    """Each unit that stated one, in the task force's order, with the key of its stance."""


@dataclass(frozen=True)
class OverdueAction:
    """An action that is not done though its date has passed."""

    ref: str
    text: str
    language: str
    owner: str
    due: date


def questions(session: Session, hidden: Collection[int], *, at: datetime | None) -> list[Question]:
    """Return the issues that need a decision, apart from those of hidden areas: the escalated ones first (SPEC 5)."""
    found = [pair for pair in _standing(session, at) if pair[0].area_id not in hidden]
    stated = _positions(session, [issue.id or 0 for issue, _ in found], at=at)
    asked = [_question(issue, state, stated.get(issue.id or 0, ())) for issue, state in found]
    return sorted(asked, key=lambda each: (not each.escalated, not each.urgent, each.since))


def overdue_actions(session: Session, hidden: Collection[int], *, at: datetime) -> list[OverdueAction]:
    """Return what was to be done by a day before this moment and was not, the longest overdue first.

    An action is hidden with any area that it, its issue, its decision or its agenda item belongs to.
    """
    who = directory(session)
    today = at.astimezone(ZoneInfo(who.task_force.timezone)).date()
    places = [col(table.area_id) for table in (Action, Issue, Decision, AgendaItem)]
    late = (
        sa.select(Action, *places)
        .outerjoin(Issue, col(Issue.id) == col(Action.issue_id))
        .outerjoin(Decision, col(Decision.id) == col(Action.decision_id))
        .outerjoin(AgendaItem, col(AgendaItem.id) == col(Action.item_id))
        .where(col(Action.due) < today, col(Action.created_at) <= at)
        .where(*(sa.or_(ended.is_(None), ended > at) for ended in (col(Action.done_at), col(Action.dropped_at))))
        .order_by(col(Action.due), col(Action.id))
    )
    return [
        OverdueAction(action.ref, action.text, action.language, who.name_of(action.owner_id), action.due)
        for action, *areas in session.execute(late)
        if not any(area in hidden for area in areas)
    ]


def _standing(session: Session, at: datetime | None) -> list[tuple[Issue, IssueState]]:
    """Return the issues that need a decision, with their state, as it stands or stood."""
    referred = sa.and_(col(Issue.state) == IssueState.OPEN, col(Issue.referred_at).is_not(None))
    if at is None:
        wanted = select(Issue).where(sa.or_(col(Issue.state) == IssueState.ESCALATED, referred))
        return [(issue, issue.state) for issue in session.exec(wanted)]
    states = {issue_id: state for issue_id, _, state in states_at(session, at)}
    undecided = [i for i, state in states.items() if state in (IssueState.OPEN, IssueState.ESCALATED)]
    found = session.exec(select(Issue).where(col(Issue.id).in_(undecided)))
    return [
        (issue, states[issue.id or 0]) for issue in found
        if states[issue.id or 0] is IssueState.ESCALATED or (issue.referred_at is not None and issue.referred_at <= at)
    ]  # fmt: skip


def _question(issue: Issue, state: IssueState, positions: tuple[tuple[str, str], ...]) -> Question:
    escalated = state is IssueState.ESCALATED
    since = issue.escalated_at if escalated else issue.referred_at
    return Question(
        issue.ref, issue.title, issue.area_id, escalated, issue.severity is Severity.URGENT, since or issue.raised_at,
        issue.proposal, issue.language, positions,
    )  # fmt: skip


def _positions(session: Session, ids: list[int], *, at: datetime | None) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return where the units stand on these issues: of each unit's positions the last one."""
    wanted = select(Position).where(col(Position.issue_id).in_(ids)).order_by(col(Position.id))
    if at is not None:
        wanted = wanted.where(col(Position.at) <= at)
    last = {(stated.issue_id, stated.unit_id): stated.stance for stated in session.exec(wanted)}
    who, found = directory(session), dict[int, tuple[tuple[str, str], ...]]()
    for unit in who.units:
        for issue_id in ids:
            stance = last.get((issue_id, unit.id or 0))
            if stance is not None:
                found[issue_id] = (*found.get(issue_id, ()), (unit.key, stance))
    return found
