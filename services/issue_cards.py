"""An issue as people look at it: where the units stand, who was asked when, what was tried, what was decided."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from foundation.language import Names
from models.issues import (
    Action,
    Comment,
    Decision,
    DecisionOutcome,
    Issue,
    IssueState,
    LadderState,
    LadderStep,
    Severity,
)  # fmt: skip
from models.silences import Silence
from services.chair_alerts import deciders
from services.decision_chain import replaced_by
from services.directory import Directory
from services.issue_circle import audience, units_concerned, waited_for
from services.issue_family import merged_into
from services.issue_links import link_to_card
from services.issue_lookup import last_decision
from services.ladder_reasons import Reckoning, reckon
from services.ladder_rows import DUE_DATE
from services.positions import last_positions
from services.quiet import quiet_issue


@dataclass(frozen=True)
class UnitPosition:
    """Where a unit stands; without a stance it has not said."""

    unit: str
    stance: str | None = None
    names: Names | None = None
    """What the task force calls the stance, if it gives it names."""
    text: str = ""
    author: str = ""
    at: datetime | None = None
    of: str | None = None
    """The merged issue on which it was stated."""


@dataclass(frozen=True)
class Remark:
    """What somebody said or tried, or asked for."""

    author: str
    text: str
    at: datetime
    asks: bool = False
    more_days: int | None = None
    """For how many working days they put off the next step, if that is what they did."""
    of: str | None = None
    """The merged issue of which it was said."""
    objects: bool = False
    """Whether it disagrees with an escalation or a resolution."""


@dataclass(frozen=True)
class Rung:
    """A step of the ladder: when it is or was taken, whom it reaches, and why it came as it came."""

    n: int
    round: int
    to: str
    people: tuple[str, ...]
    at: datetime
    announced_at: datetime | None
    taken_at: datetime | None
    state: LadderState
    reason: str | None
    more_time_asked: bool
    counted: Reckoning | None = None
    """How its moment was found, while it waits."""


@dataclass(frozen=True)
class Verdict:
    """What was decided, by whom, and what is to be done."""

    ref: str
    text: str
    outcome: DecisionOutcome
    by: str
    recorded_by: str | None
    at: datetime
    action: str | None
    action_owner: str | None
    action_due: date | None
    evidence: str
    replaced_by: str | None = None
    """The decision that was taken in its place, where it settles no issue itself."""


@dataclass(frozen=True)
class IssueCard:
    """All that views show of an issue, as it stands at `now`."""

    id: int
    ref: str
    title: str
    description: str
    proposal: str
    severity: Severity
    state: IssueState
    round: int
    due: date | None
    area: Names | None
    raised_by: str
    raised_at: datetime
    owner: str | None
    waited_for: str
    language: str
    permalink: str | None
    card_link: str | None
    """Where its card stands in the channel, as far as it is known."""
    referred: bool
    escalated_at: datetime | None
    escalated_by: str | None
    acknowledged_by: str | None
    deciders: tuple[str, ...]
    delegate: str | None
    resolution: str
    settled_by: str | None
    settled_at: datetime | None
    merged_into: str | None
    merged: tuple[str, ...]
    """The issues that were merged into it."""
    positions: tuple[UnitPosition, ...]
    remarks: tuple[Remark, ...]
    ladder: tuple[Rung, ...]
    """This round's steps."""
    asked: tuple[Rung, ...]
    """The steps taken in any round: who was asked when."""
    verdict: Verdict | None
    now: datetime
    silence: Silence | None = None
    """Planned silence that holds over it."""
    overdue_action: str | None = None
    """The action as which it was raised, because its date passed."""

    @property
    def undecided(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in {IssueState.OPEN, IssueState.ESCALATED}

    @property
    def next_rung(self) -> Rung | None:
        """The step that is taken next if nothing happens."""
        return next((rung for rung in self.ladder if rung.state is LadderState.WAITING), None)


def card(session: Session, issue_id: int, who: Directory, now: datetime) -> IssueCard:
    """Return an issue as it stands. Whether somebody may see it was asked before."""
    issue = session.get_one(Issue, issue_id)
    steps = select(LadderStep).where(LadderStep.issue_id == issue_id)
    rows = list(session.exec(steps.order_by(col(LadderStep.round), col(LadderStep.n))))
    rungs = [_rung(who, issue, row, rows, now=now) for row in rows]
    merged = merged_into(session, issue)
    return IssueCard(
        id=issue_id, ref=issue.ref, title=issue.title, description=issue.description, proposal=issue.proposal,
        severity=issue.severity, state=issue.state, round=issue.round, due=issue.due,
        area=who.area_name(issue.area_id) if issue.area_id is not None else None,
        raised_by=who.name_of(issue.raised_by_id), raised_at=issue.raised_at, owner=_name(who, issue.owner_id),
        waited_for=waited_for(who, issue).name, language=issue.language, permalink=issue.permalink,
        card_link=link_to_card(session, issue),
        referred=issue.referred_at is not None, escalated_at=issue.escalated_at,
        escalated_by=_name(who, issue.escalated_by_id), acknowledged_by=_name(who, issue.acknowledged_by_id),
        deciders=tuple(person.name for person in deciders(who, issue, now=now)),
        delegate=_name(who, issue.delegate_id), resolution=issue.resolution,
        settled_by=_name(who, issue.settled_by_id), settled_at=issue.settled_at,
        merged_into=f"ISS-{issue.merged_into_id}" if issue.merged_into_id else None,
        merged=tuple(one.ref for one in merged),
        positions=_positions(session, who, issue), remarks=_remarks(session, who, issue, merged, rows),
        ladder=tuple(rung for rung in rungs if rung.round == issue.round),
        asked=tuple(rung for rung in rungs if rung.taken_at is not None),
        verdict=_verdict(session, who, issue), now=now,
        silence=quiet_issue(session, issue, now=now) if issue.undecided else None,
        overdue_action=_overdue_action(session, issue),
    )  # fmt: skip


def _positions(session: Session, who: Directory, issue: Issue) -> tuple[UnitPosition, ...]:
    stated = last_positions(session, issue)
    unit_ids = list(dict.fromkeys([*units_concerned(who, issue), *stated]))
    names = {str(one["key"]): one.get("name") for one in who.task_force.positions}
    shown = []
    for unit_id in unit_ids:
        position = stated.get(unit_id)
        if position is None:
            shown.append(UnitPosition(who.unit_key(unit_id)))
            continue
        named = names.get(position.stance)
        shown.append(
            UnitPosition(
                who.unit_key(unit_id), position.stance, Names(named) if named else None, position.text,
                who.name_of(position.author_id), position.at, _of(issue, position.issue_id),
            )
        )  # fmt: skip
    return tuple(shown)


def _remarks(
    session: Session, who: Directory, issue: Issue, merged: list[Issue], rows: list[LadderStep]
) -> tuple[Remark, ...]:
    """Return what was tried: comments, questions, why more time was asked, and how merged issues were raised."""
    ids = [issue.id, *(one.id for one in merged)]
    comments = session.exec(select(Comment).where(col(Comment.issue_id).in_(ids)).order_by(col(Comment.id)))
    said = [
        Remark(who.name_of(c.author_id), c.text, c.at, asks=c.asks, objects=c.objects, of=_of(issue, c.issue_id))
        for c in comments
    ]
    said += [
        Remark(who.name_of(one.raised_by_id), "\n".join(filter(None, (one.title, one.description, one.proposal))),
               one.raised_at, of=one.ref)
        for one in merged
    ]  # fmt: skip
    said += [
        Remark(who.name_of(r.more_time_by_id), r.more_time_reason or "", r.more_time_at, more_days=r.more_time_days)
        for r in rows
        if r.more_time_at is not None
    ]
    return tuple(sorted(said, key=lambda remark: remark.at))


def _of(issue: Issue, issue_id: int) -> str | None:
    return f"ISS-{issue_id}" if issue_id != issue.id else None


def _rung(who: Directory, issue: Issue, row: LadderStep, rows: list[LadderStep], *, now: datetime) -> Rung:
    waits = row.state is LadderState.WAITING and row.round == issue.round
    people = row.reached if row.taken_at else [p.name for p in audience(who, issue, row.to, now=now)]
    return Rung(
        n=row.n, round=row.round, to=row.to, people=tuple(people), at=row.at, announced_at=row.announced_at,
        taken_at=row.taken_at, state=row.state, reason=row.reason, more_time_asked=row.more_time_days is not None,
        counted=reckon(who, issue, row, rows, hurried=DUE_DATE) if waits else None,
    )  # fmt: skip


def _verdict(session: Session, who: Directory, issue: Issue) -> Verdict | None:
    decision: Decision | None = last_decision(session, issue)
    if decision is None:
        return None
    action = session.exec(
        select(Action).where(Action.decision_id == decision.id, col(Action.dropped_at).is_(None))
    ).first()
    recorded_by = who.name_of(decision.recorded_by_id) if decision.recorded_by_id != decision.decided_by_id else None
    return Verdict(
        ref=decision.ref, text=decision.text, outcome=decision.outcome or DecisionOutcome.CLOSE,
        by=who.name_of(decision.decided_by_id), recorded_by=recorded_by, at=decision.decided_at,
        action=action.ref if action else None,
        action_owner=who.name_of(action.owner_id) if action else None, action_due=action.due if action else None,
        evidence=action.evidence if action else "",
        replaced_by=later.ref if (later := replaced_by(session, decision)) is not None else None,
    )  # fmt: skip


def _overdue_action(session: Session, issue: Issue) -> str | None:
    action = session.exec(select(Action).where(Action.climbed_as_id == issue.id)).first()
    return action.ref if action is not None else None


def _name(who: Directory, person_id: int | None) -> str | None:
    return who.name_of(person_id) if person_id is not None else None
