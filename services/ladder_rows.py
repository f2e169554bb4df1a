"""The ladder of one issue as stored: planned when a round begins, and anew when owner, due date or time change."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from foundation.durations import parse_duration
from foundation.working_time import WorkingTime
from models.issues import Issue, LadderState, LadderStep
from models.reminders import Reminder, ReminderKind, ReminderState
from services import ladder
from services.directory import directory
from services.due_nags import plan_issue_nags, withdraw_nags
from services.issue_circle import waited_for
from services.ladder import PlannedLadderStep
from services.quiet import after_silences, silences_over

DUE_DATE, BY_HAND, NOBODY_THERE, OVERTAKEN, SETTLED = "due_date", "by_hand", "nobody_there", "overtaken", "settled"
"""Why a step came when it came, or did not come: said by `views.issues`."""


def steps_of(session: Session, issue: Issue) -> list[LadderStep]:
    """Return the steps of an issue's present round, in order."""
    query = select(LadderStep).where(LadderStep.issue_id == issue.id, LadderStep.round == issue.round)
    return list(session.exec(query.order_by(col(LadderStep.n))))


def waiting_steps(session: Session, issue: Issue) -> list[LadderStep]:
    """Return the steps of its present round that are still to come."""
    return [step for step in steps_of(session, issue) if step.state is LadderState.WAITING]


def begin_round(session: Session, issue: Issue, *, now: datetime) -> None:
    """Store the steps of a new round, counted from `now`."""
    issue.round_at = now
    session.add(issue)
    for step in _plan(session, issue, []):
        session.add(LadderStep(issue_id=issue.id or 0, round=issue.round, n=step.n, to=step.to, at=step.at))
    session.flush()
    replan(session, issue, now=now)


def replan(session: Session, issue: Issue, *, now: datetime) -> None:
    """Move the steps that still wait to where owner, due date and the time asked for now put them.

    A step that moves is announced anew, unless the moment for it has passed with an announcement made.
    """
    rows = steps_of(session, issue)
    unhurried = {step.n: step for step in _plan(session, issue, rows, hurried=False)}
    for step, row in zip(_plan(session, issue, rows), rows, strict=True):
        if row.state is not LadderState.WAITING:
            continue
        if row.announced_at is not None and step.at != row.at and step.announce_at and step.announce_at > now:
            withdraw_reminders(session, issue, kind=ReminderKind.ANNOUNCED, step=row)
            row.announced_at = None
        row.at, row.announce_at = step.at, step.announce_at
        row.reason = DUE_DATE if step.at < unhurried[step.n].at else None
        session.add(row)
    session.flush()
    plan_issue_nags(session, issue, now=now)


def end_round(session: Session, issue: Issue, *, reason: str) -> None:
    """End the steps that still wait, with what was planned to be said about the issue."""
    for row in waiting_steps(session, issue):
        row.state, row.reason = LadderState.ENDED, reason
        session.add(row)
    withdraw_reminders(session, issue, kind=ReminderKind.ANNOUNCED)
    withdraw_nags(session, issue_id=issue.id)
    if not issue.undecided:
        withdraw_reminders(session, issue, kind=ReminderKind.LADDER)


def withdraw_reminders(session: Session, issue: Issue, *, kind: ReminderKind, step: LadderStep | None = None) -> None:
    """Withdraw what was planned to be said about an issue, or about one step of it, and is not said yet."""
    query = select(Reminder).where(Reminder.issue_id == issue.id, Reminder.kind == kind)
    if step is not None:
        query = query.where(Reminder.step == step_name(step))
    for reminder in session.exec(query.where(Reminder.state == ReminderState.PLANNED)):
        reminder.state = ReminderState.WITHDRAWN
        session.add(reminder)


def step_name(step: LadderStep) -> str:
    """Return how reminders name a step: `round.n`."""
    return f"{step.round}.{step.n}"


def _plan(
    session: Session, issue: Issue, rows: Sequence[LadderStep], *, hurried: bool = True
) -> list[PlannedLadderStep]:
    who = directory(session)
    hours = who.hours_of(waited_for(who, issue))
    stated = [ladder.LadderStep(parse_duration(step["after"]), step["to"]) for step in issue.ladder]
    planned = ladder.plan_ladder(stated, raised_at=issue.round_at, hours=hours, zone=who.task_force.timezone)
    for row in rows:
        if row.more_time_days:
            planned = ladder.shift(planned, from_n=row.n, working_days=row.more_time_days, hours=hours)
    planned = _hurried(planned, issue, rows, hours) if hurried else planned
    return after_silences(planned, silences_over(session, issue), round_at=issue.round_at, hours=hours)


def _hurried(
    planned: list[PlannedLadderStep], issue: Issue, rows: Sequence[LadderStep], hours: WorkingTime
) -> list[PlannedLadderStep]:
    """Let the due date take the next step, once; more time asked for before that very step holds for it too."""
    if issue.due is None or ladder.due_passes_at(issue.due, hours) <= _hurries_after(issue, rows):
        return planned
    taken = max((row.n for row in rows if row.state is not LadderState.WAITING), default=0)
    hurried = ladder.due_passed(planned, due=issue.due, taken=taken, hours=hours)
    extra = {row.n: row.more_time_days or 0 for row in rows}
    return [
        step if step == before or not extra.get(step.n) else _later(step, before, extra[step.n], hours)
        for step, before in zip(hurried, planned, strict=True)
    ]


def _hurries_after(issue: Issue, rows: Sequence[LadderStep]) -> datetime:
    """Return since when a passing due date counts: this round's beginning, or the last step that a due date took."""
    hurried = [row.taken_at for row in rows if row.reason == DUE_DATE and row.taken_at is not None]
    return max([issue.round_at, *hurried])


def _later(step: PlannedLadderStep, unhurried: PlannedLadderStep, days: int, hours: WorkingTime) -> PlannedLadderStep:
    at = min(hours.add_working_days(step.at, days), unhurried.at)
    return replace(step, at=at, announce_at=hours.working_day_before(at))
