"""Which issues were open or escalated: as it stands, or read back from the journal as it stood at a moment."""

from collections import Counter
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from models.issues import Issue, IssueState
from models.journal import JournalEntry

UNDECIDED = (IssueState.OPEN, IssueState.ESCALATED)
_TURNS = ("issue.resolve", "issue.merge", "issue.reopen", "issue.escalate", "issue.decide", "issue.close")
"""Acts of the journal that say the state in which they left an issue."""
_CLIMB, _TO_CHAIR = "issue.climb", "chair"

IssueCounts = Counter[tuple[int | None, IssueState]]


def count_issues(session: Session, *, at: datetime | None = None) -> IssueCounts:
    """Count the undecided issues by (area id, state)."""
    if at is not None:
        return Counter((area_id, state) for _, area_id, state in states_at(session, at) if state in UNDECIDED)
    rows = session.connection().execute(_COUNTS)
    return Counter({(area_id, state): n for area_id, state, n in rows})


def undecided_issues(session: Session, area_id: int, *, at: datetime | None = None) -> list[tuple[Issue, IssueState]]:
    """Return an area's undecided issues with their state, the escalated ones first, then the oldest."""
    wanted = sa.select(Issue).where(col(Issue.area_id) == area_id).order_by(col(Issue.id))
    if at is None:
        found = [(i, i.state) for i in session.scalars(wanted.where(col(Issue.state).in_(UNDECIDED)))]
    else:
        states = {issue_id: state for issue_id, area, state in states_at(session, at) if area == area_id}
        found = [(i, states[i.id or 0]) for i in session.scalars(wanted) if states.get(i.id or 0) in UNDECIDED]
    return sorted(found, key=lambda pair: pair[1] is not IssueState.ESCALATED)


def states_at(session: Session, at: datetime) -> list[tuple[int, int | None, IssueState]]:
    """Return (id, area id, state) of every issue that had been raised by a moment, one seek in the journal each."""
    turned = col(JournalEntry.act).in_(_TURNS) | ((col(JournalEntry.act) == _CLIMB) & (_after("to") == _TO_CHAIR))
    last = (
        sa.select(col(JournalEntry.id))
        .where(
            col(JournalEntry.subject) == sa.literal("ISS-") + sa.cast(col(Issue.id), sa.String),
            col(JournalEntry.at) <= at,
            turned,
        )
        .order_by(col(JournalEntry.id).desc())
        .limit(1)
        .correlate(Issue)
        .scalar_subquery()
    )
    rows = session.connection().execute(
        sa.select(col(Issue.id), col(Issue.area_id), _after("state"), col(JournalEntry.id))
        .outerjoin(JournalEntry, col(JournalEntry.id) == last)
        .where(col(Issue.raised_at) <= at)
    )
    return [(issue_id, area_id, _state(said, entry)) for issue_id, area_id, said, entry in rows]


def _state(said: str | None, entry: int | None) -> IssueState:
    """A step of the ladder that reached the chair says no state: it is what escalates."""
    if entry is None:
        return IssueState.OPEN
    return IssueState(said) if said else IssueState.ESCALATED


def _after(name: str) -> Any:
    return sa.inspect(JournalEntry).columns["after"][name].as_string()


_COUNTS = (
    sa.select(col(Issue.area_id), col(Issue.state), sa.func.count())
    .where(col(Issue.state).in_(UNDECIDED))
    .group_by(col(Issue.area_id), col(Issue.state))
)
