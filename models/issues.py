"""Issues on their way up, the units' positions, and what the chair decided."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import document, instant, long_text, partial_index, words_of


class IssueState(StrEnum):
    """Where an issue stands (SPEC 7)."""

    OPEN = "open"
    ESCALATED = "escalated"
    DECIDED = "decided"
    CLOSED = "closed"
    RESOLVED = "resolved"


class Severity(StrEnum):
    """How pressing an issue is: an urgent one is told at once, whatever the hour."""

    NORMAL = "normal"
    URGENT = "urgent"


class Issue(SQLModel, table=True):
    """A key issue, `ISS-n` for everybody."""

    id: int | None = Field(default=None, primary_key=True)
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    title: str
    description: str = long_text(default="")
    proposal: str = long_text(default="")
    severity: Severity = words_of(Severity, default=Severity.NORMAL)
    due: date | None = None
    state: IssueState = words_of(IssueState, default=IssueState.OPEN)
    raised_by_id: int = Field(foreign_key="person.id", index=True)
    raised_at: datetime = instant()
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    language: str = "en"
    permalink: str | None = long_text(default=None)
    ladder: list[dict[str, str]] = document()
    """The task force's ladder as it was when the issue was raised."""
    round: int = 1
    """Grows when the issue is returned or reopened: a new ladder begins."""
    round_at: datetime = instant()
    """When this round began: what its ladder counts from."""
    referred_at: datetime | None = instant(default=None)
    """Since when it stands on the next agenda by hand."""
    escalated_at: datetime | None = instant(default=None)
    """When the chair was first alerted in this round."""
    escalated_by_id: int | None = Field(default=None, foreign_key="person.id")
    acknowledged_at: datetime | None = instant(default=None)
    acknowledged_by_id: int | None = Field(default=None, foreign_key="person.id")
    chair_reminders: int = 0
    chair_next_at: datetime | None = instant(default=None)
    """When the chair is reminded next, or the secretariat told; none while nothing waits for the chair."""
    delegate_id: int | None = Field(default=None, foreign_key="person.id")
    """Who may decide this one issue in the chair's place."""
    settled_at: datetime | None = instant(default=None)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id")
    resolution: str = long_text(default="")
    merged_into_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    """The issue of the same matter in which it goes on, when it was merged."""

    __table_args__ = (
        sa.Index("ix_issue_live", "state", "id"),
        partial_index("ix_issue_chair_due", "chair_next_at", where="chair_next_at IS NOT NULL"),
    )

    @property
    def ref(self) -> str:
        """How people name it."""
        return f"ISS-{self.id}"

    @property
    def undecided(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in {IssueState.OPEN, IssueState.ESCALATED}


class LadderState(StrEnum):
    """What became of one step of a ladder."""

    WAITING = "waiting"
    TAKEN = "taken"
    SKIPPED = "skipped"
    ENDED = "ended"


class LadderStep(SQLModel, table=True):
    """One step of an issue's ladder: whom it reaches, when, and when those it bypasses are told beforehand."""

    __tablename__ = "ladder_step"

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id")
    round: int
    n: int
    to: str
    at: datetime = instant()
    announce_at: datetime | None = instant(default=None)
    announced_at: datetime | None = instant(default=None)
    taken_at: datetime | None = instant(default=None)
    reached: list[str] = document(default_factory=list)
    """The names of those whom it reached when it was taken: who was asked."""
    state: LadderState = words_of(LadderState, default=LadderState.WAITING)
    reason: str | None = long_text(default=None)
    """Why it was taken early or skipped: a code of `services.ladder_rows`."""
    more_time_by_id: int | None = Field(default=None, foreign_key="person.id")
    """Who asked for more time before this step (once per step), and why."""
    more_time_at: datetime | None = instant(default=None)
    more_time_days: int | None = None
    more_time_reason: str | None = long_text(default=None)

    __table_args__ = (
        sa.UniqueConstraint("issue_id", "round", "n"),
        partial_index("ix_ladder_step_due", "at", where="state = 'waiting'"),
        partial_index("ix_ladder_step_announce", "announce_at", where="state = 'waiting' AND announced_at IS NULL"),
    )


class Comment(SQLModel, table=True):
    """What somebody said about an issue, or what was tried."""

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id", index=True)
    author_id: int = Field(foreign_key="person.id")
    text: str = long_text()
    asks: bool = False
    """Whether it is a question of whoever decides, who wants to know when it is answered."""
    objects: bool = False
    """Whether it disagrees with an escalation or a resolution."""
    at: datetime = instant()


class Position(SQLModel, table=True):
    """Where a unit stands on an issue: the last one stands, all are kept."""

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int = Field(foreign_key="issue.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    author_id: int = Field(foreign_key="person.id")
    stance: str
    """A key of the task force's `positions`."""
    text: str = long_text(default="")
    at: datetime = instant()


class DecisionOutcome(StrEnum):
    """What a decision does to its issue."""

    CLOSE = "close"
    ACTION = "action"
    RETURN = "return"


class Decision(SQLModel, table=True):
    """What the chair, or a meeting, decided: `DEC-n`."""

    id: int | None = Field(default=None, primary_key=True)
    issue_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    text: str = long_text()
    language: str = "en"
    outcome: DecisionOutcome | None = words_of(DecisionOutcome, default=None)
    """None where it settles no issue."""
    supersedes_id: int | None = Field(default=None, foreign_key="decision.id", unique=True)
    """The earlier decision that this one replaces: that one says by what."""
    decided_by_id: int = Field(foreign_key="person.id")
    """The chair, the acting chair or the delegate."""
    recorded_by_id: int = Field(foreign_key="person.id")
    decided_at: datetime = instant()

    @property
    def ref(self) -> str:
        """How people name it."""
        return f"DEC-{self.id}"


class Action(SQLModel, table=True):
    """What somebody has to do because of a decision or a meeting, `ACT-n`."""

    id: int | None = Field(default=None, primary_key=True)
    decision_id: int | None = Field(default=None, foreign_key="decision.id", index=True)
    issue_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    item_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    text: str = long_text()
    language: str = "en"
    owner_id: int = Field(foreign_key="person.id", index=True)
    due: date | None = None
    created_at: datetime = instant()
    created_by_id: int | None = Field(default=None, foreign_key="person.id")
    done_at: datetime | None = instant(default=None)
    done_by_id: int | None = Field(default=None, foreign_key="person.id")
    evidence: str = long_text(default="")
    update_id: int | None = Field(default=None, foreign_key="update.id", index=True)
    """The status update that shows that it is done, where its evidence names one."""
    dropped_at: datetime | None = instant(default=None)
    climbs_at: datetime | None = instant(default=None)
    """When it is raised as an issue because its date passed; None while nothing waits."""
    climbed_as_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    """The issue as which it climbs since its date passed."""

    __table_args__ = (partial_index("ix_action_climbs", "climbs_at", where="climbs_at IS NOT NULL"),)

    @property
    def ref(self) -> str:
        """How people name it."""
        return f"ACT-{self.id}"

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.done_at is None and self.dropped_at is None


def stances(positions: list[dict[str, Any]]) -> list[str]:
    """Return the keys of a task force's positions, in its order."""
    return [str(position["key"]) for position in positions]
