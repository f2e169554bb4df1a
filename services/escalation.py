"""The ladder at work: announces what an issue is about to pass, takes the steps that are due, up to the chair."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Denied, FieldRefusal, Refusal
from foundation.language import N_
from models.issues import Issue, IssueState, LadderState, LadderStep
from models.people import Person, RoleName
from services import chair_alerts
from services.directory import directory
from services.issue_circle import (
    CHAIR,
    IssueNews,
    audience,
    concerned,
    once,
    show_changed,
    tell,
    waited_for,
)  # fmt: skip
from services.issue_comments import keep_comment
from services.issue_lookup import issue_to_change, require_undecided
from services.issue_rights import may_ask_more_time, may_escalate
from services.journal import record
from services.ladder import MOST_EXTRA_DAYS
from services.ladder_rows import (
    BY_HAND,
    begin_round,
    replan,
    step_name,
    waiting_steps,
)  # fmt: skip
from services.ladder_steps import announce, take_due, to_the_chair
from services.rights import mentions
from services.texts import checked

_WAITING = sa.literal(LadderState.WAITING.value, literal_execute=True)
"""Literal, so that the partial indexes of what is due are used."""


# -- by itself -----------------------------------------------------------------------------------------------------


def climb(session: Session, now: datetime) -> None:
    """Announce and take every step that is due, and remind the chair of what waits. Doing it again changes nothing."""
    for issue_id in _due_issues(session, now):
        issue = session.get(Issue, issue_id, with_for_update=True, populate_existing=True)
        if issue is not None:
            climb_issue(session, issue, now=now)
    escalated = select(Issue).where(Issue.state == IssueState.ESCALATED).order_by(col(Issue.id)).with_for_update()
    for issue in session.exec(escalated).all():
        chair_alerts.attend(session, issue, now=now)


def next_due(session: Session, after: datetime) -> datetime | None:
    """Return the next instant after `after` at which an issue climbs, is announced, or the chair is reminded."""
    waiting = col(LadderStep.state) == _WAITING
    moments = [
        sa.select(sa.func.min(col(LadderStep.at))).where(waiting, col(LadderStep.at) > after),
        sa.select(sa.func.min(col(LadderStep.announce_at))).where(
            waiting, col(LadderStep.announced_at).is_(None), col(LadderStep.announce_at) > after
        ),
        sa.select(sa.func.min(col(Issue.chair_next_at))).where(col(Issue.chair_next_at) > after),
    ]
    found = [session.connection().execute(moment).scalar() for moment in moments]
    return min((at for at in found if at is not None), default=None)


def climb_issue(session: Session, issue: Issue, *, now: datetime) -> None:
    """Take the steps of one issue that are due; after downtime the most urgent one stands for those it overtakes."""
    if issue.state is not IssueState.OPEN:
        return
    climbed = False
    # Once one is taken, a due date that has passed may make the next one due.
    while issue.state is IssueState.OPEN and (due := _due_steps(session, issue, now=now)):
        take_due(session, issue, due, now=now)
        climbed = True
    if issue.state is IssueState.OPEN:
        for step in waiting_steps(session, issue):
            if step.announced_at is None and step.announce_at is not None and step.announce_at <= now:
                announce(session, issue, step, now=now)
    if climbed:
        show_changed(session, issue, now=now)


def begin_ladder(session: Session, issue: Issue, *, now: datetime) -> None:
    """Begin a new round: store its steps and take what is due at once."""
    begin_round(session, issue, now=now)
    climb_issue(session, issue, now=now)


# -- by hand -------------------------------------------------------------------------------------------------------


def escalate(session: Session, *, actor: Person, now: datetime, issue_id: int, reason: str = "") -> Issue:
    """Take an issue to the chair now: focal points of the area, deputies, secretariat (SPEC 2)."""
    issue = issue_to_change(session, issue_id, actor=actor)
    who = directory(session)
    if not may_escalate(who, actor, issue, now=now):
        people = [*who.focal_points(issue.area_id or 0), *audience(who, issue, "deputy", now=now),
                  *who.with_role(RoleName.SECRETARIAT)]  # fmt: skip
        raise Denied(N_("Only the area's focal points, deputies and the secretariat escalate {ref}. Ask {people}."),
                      ref=issue.ref, people=mentions(once(people)))  # fmt: skip
    require_undecided(session, issue)
    if issue.state is IssueState.ESCALATED:
        raise Refusal(N_("{ref} is before the chair already: {people} will decide."), ref=issue.ref,
                      people=mentions(chair_alerts.deciders(who, issue, now=now)))  # fmt: skip
    reason = checked(reason, "reason", required=False)
    if reason:
        keep_comment(session, issue, author_id=actor.id or 0, text=reason, at=now)
    for step in waiting_steps(session, issue):
        if step.to == CHAIR:
            step.state, step.reason, step.taken_at = LadderState.TAKEN, BY_HAND, now
            step.reached = [person.name for person in audience(who, issue, CHAIR, now=now)]
            session.add(step)
            break
    issue.escalated_by_id = actor.id
    record(session, act="issue.escalate", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"state": issue.state.value},
           after={"state": IssueState.ESCALATED.value, "reason": reason})  # fmt: skip
    to_the_chair(session, issue, now=now)
    alerted = {person.id for person in chair_alerts.deciders(who, issue, now=now)}
    people = [*concerned(session, issue, now=now), *audience(who, issue, "deputy", now=now)]
    people = [person for person in people if person.id not in alerted]
    tell(session, issue, IssueNews.ESCALATED, people, occasion=str(issue.round), now=now, besides=actor,
         by_id=actor.id)  # fmt: skip
    show_changed(session, issue, now=now)
    return issue


def give_more_time(
    session: Session, *, actor: Person, now: datetime, issue_id: int, days: int, reason: str
) -> LadderStep:
    """Put off the next step and all that follow, once per step, by one to five working days of the owner's station."""
    issue = issue_to_change(session, issue_id, actor=actor)
    step = step_to_put_off(session, issue, actor=actor, now=now)
    if not 1 <= days <= MOST_EXTRA_DAYS:
        raise FieldRefusal("days_more", N_("Choose 1 to {most} working days."), most=MOST_EXTRA_DAYS)
    step.more_time_reason = checked(reason, "reason")
    step.more_time_by_id, step.more_time_at, step.more_time_days = actor.id, now, days
    session.add(step)
    before = step.at
    replan(session, issue, now=now)
    record(session, act="issue.more_time", subject=issue.ref, actor=actor, now=now, area_id=issue.area_id,
           before={"step": step_name(step), "at": before.isoformat()},
           after={"at": step.at.isoformat(), "days": days, "reason": step.more_time_reason})  # fmt: skip
    show_changed(session, issue, now=now)
    return step


def step_to_put_off(session: Session, issue: Issue, *, actor: Person, now: datetime) -> LadderStep:
    """Return the step for which more time can be asked. Refuses whoever may not, and a step that was put off before."""
    who = directory(session)
    if not may_ask_more_time(who, actor, issue, now=now):
        people = once([*who.focal_points(issue.area_id or 0), waited_for(who, issue)])
        raise Denied(N_("Only the area's focal points and the owner ask for more time for {ref}. Ask {people}."),
                      ref=issue.ref, people=mentions(people))  # fmt: skip
    require_undecided(session, issue)
    step = next(iter(waiting_steps(session, issue)), None)
    if issue.state is not IssueState.OPEN or step is None:
        raise Refusal(N_("{ref} is before the chair: more time is the chair's to give. Add a comment instead."),
                      ref=issue.ref)  # fmt: skip
    if step.more_time_days is not None:
        raise Refusal(N_("{name} has asked for more time before this step already, and it can be done once."),
                      name=who.name_of(step.more_time_by_id))  # fmt: skip
    return step


def _due_steps(session: Session, issue: Issue, *, now: datetime) -> list[LadderStep]:
    return [step for step in waiting_steps(session, issue) if step.at <= now]


def _due_issues(session: Session, now: datetime) -> list[int]:
    waiting = col(LadderStep.state) == _WAITING
    due = sa.select(col(LadderStep.issue_id)).where(waiting, col(LadderStep.at) <= now)
    announced = sa.select(col(LadderStep.issue_id)).where(
        waiting, col(LadderStep.announced_at).is_(None), col(LadderStep.announce_at) <= now
    )
    return sorted(session.connection().execute(sa.union(due, announced)).scalars())
