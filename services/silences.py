"""Setting and ending planned silence over an area or an issue: who may, until when, and what follows for the plan."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from foundation.durations import to_utc
from foundation.errors import Denied, FieldRefusal, Refusal
from foundation.language import N_, Day
from models.issues import Action, Issue, IssueState, Severity
from models.people import Person, RoleName
from models.reminders import Reminder, ReminderState
from models.silences import Silence
from models.structure import Area
from services import chair_alerts
from services.area_cards import card_subject
from services.cycles import current_cycle
from services.directory import directory, person_id, touch
from services.due_nags import plan_climbing
from services.issue_circle import once, show_changed, waited_for
from services.issue_lookup import issue_to_change, require_undecided
from services.journal import record
from services.ladder_rows import replan
from services.outbox import mark_homes, refresh
from services.quiet import QUIET, quiet_action, quiet_issue, silences_in_force
from services.rights import chair_stood_for, is_chair, is_secretariat, mentions, require_manager, stands_for
from services.secretariat import secretariat_ids
from services.texts import checked

UNTIL, REASON = "until", "reason"
LONGEST = timedelta(days=366)
_UNDECIDED = (IssueState.OPEN, IssueState.ESCALATED)


def quiet_area(session: Session, *, actor: Person, area: Area, until: date, reason: str, now: datetime) -> Silence:
    """Ask nothing about an area and its issues before a day, for a reason. Secretariat and chair.

    Updates stay owed, and issues undecided: only nobody is reminded, and ladders stand still.
    """
    require_manager(directory(session), actor, now=now)
    silence = _silence(session, actor, until, reason, known=_over_area(session, area, now=now), now=now)
    silence.area_id = area.id
    _follow(session, silence, actor, act="area.quiet", now=now)
    return silence


def end_quiet_area(session: Session, *, actor: Person, area: Area, now: datetime) -> Silence:
    """Let an area be asked about again from now on. Secretariat and chair."""
    require_manager(directory(session), actor, now=now)
    silence = _end(_over_area(session, area, now=now), actor, now=now)
    _follow(session, silence, actor, act="area.end_quiet", now=now)
    return silence


def quiet_the_issue(
    session: Session, *, actor: Person, issue_id: int, until: date, reason: str, now: datetime
) -> Silence:
    """Ask nothing about an issue before a day, for a reason: its owner, the secretariat, the chair."""
    issue = _issue(session, actor, issue_id, now=now)
    silence = _silence(session, actor, until, reason, known=_over_issue(session, issue, now=now), now=now)
    silence.issue_id = issue.id
    _follow(session, silence, actor, act="issue.quiet", now=now)
    return silence


def end_quiet_issue(session: Session, *, actor: Person, issue_id: int, now: datetime) -> Silence:
    """Let an issue be asked about again from now on: its owner, the secretariat, the chair."""
    issue = _issue(session, actor, issue_id, now=now)
    silence = _end(_over_issue(session, issue, now=now), actor, now=now)
    _follow(session, silence, actor, act="issue.end_quiet", now=now)
    return silence


def _issue(session: Session, actor: Person, issue_id: int, *, now: datetime) -> Issue:
    issue, who = issue_to_change(session, issue_id, actor=actor), directory(session)
    owner = waited_for(who, issue)
    by_role = is_secretariat(who, actor) or is_chair(who, actor, now=now)
    if not by_role and not stands_for(who, actor, owner, now=now):
        people = once([owner, *who.with_role(RoleName.SECRETARIAT)])
        raise Denied(N_("Only the owner, the secretariat and the chair plan silence over {ref}. Ask {people}."),
                      ref=issue.ref, people=mentions(people))  # fmt: skip
    require_undecided(session, issue)
    if _needs_chair(issue) and not is_chair(who, actor, now=now):
        raise Refusal(N_("{ref} is urgent or before the chair: only the chair can have it rest. Ask {people}."),
                      ref=issue.ref, people=mentions(who.chairs_on_duty(now=now)))  # fmt: skip
    return issue


def _needs_chair(issue: Issue) -> bool:
    """Whether only the chair's silence counts for an issue."""
    return issue.state is IssueState.ESCALATED or issue.severity is Severity.URGENT


def _silence(
    session: Session, actor: Person, until: date, reason: str, *, known: Silence | None, now: datetime
) -> Silence:
    who = directory(session)
    zone = who.task_force.timezone
    today = now.astimezone(ZoneInfo(zone)).date()
    if until <= today:
        raise FieldRefusal(UNTIL, N_("{day} does not lie ahead. Give the first day on which it may be asked again."),
                           day=Day(until))  # fmt: skip
    if until > today + LONGEST:
        raise FieldRefusal(UNTIL, N_("{day} is more than a year away. Give an earlier day."), day=Day(until))
    if known is not None:
        raise Refusal(N_("Nothing is asked before {day} already: {reason}. To give another day, end that first: `end` "
                         "in place of the day."), day=Day(known.until), reason=known.reason)  # fmt: skip
    return Silence(
        since=now, until=until, until_at=to_utc(datetime.combine(until, time.min), zone),
        reason=checked(reason, REASON, limit=300), set_by_id=person_id(actor), by_chair=is_chair(who, actor, now=now),
    )  # fmt: skip


def _end(silence: Silence | None, actor: Person, *, now: datetime) -> Silence:
    if silence is None:
        raise Refusal(N_("No silence is planned there, so there is nothing to end."))
    silence.until_at, silence.ended_by_id = now, actor.id
    return silence


def _over_area(session: Session, area: Area, *, now: datetime) -> Silence | None:
    return next((each for each in silences_in_force(session, now=now) if each.area_id == area.id), None)


def _over_issue(session: Session, issue: Issue, *, now: datetime) -> Silence | None:
    return next((each for each in silences_in_force(session, now=now) if each.issue_id == issue.id), None)


def _follow(session: Session, silence: Silence, actor: Person, *, act: str, now: datetime) -> None:
    """Carry the consequences: journal, plan, ladders, and whatever shows the area or issue."""
    session.add(silence)
    touch(session)  # the plan of reminders is made anew
    who = directory(session)
    about = select(Issue).where(col(Issue.state).in_(_UNDECIDED))
    if silence.area_id is not None:
        about = about.where(Issue.area_id == silence.area_id)
        _carry_actions(session, silence.area_id, now=now)
        refresh(session, card_subject(silence.area_id, current_cycle(session, now).opened_by), now=now)
        subject, area_id = who.areas_by_id[silence.area_id].key, silence.area_id
    else:
        about = about.where(Issue.id == silence.issue_id)
        subject, area_id = f"ISS-{silence.issue_id}", None
    for issue in session.exec(about.order_by(col(Issue.id))).all():
        _carry(session, issue, now=now)
        area_id = area_id or issue.area_id
    record(
        session, act=act, subject=subject, actor=actor, now=now, area_id=area_id,
        acting_for=None if is_secretariat(who, actor) else chair_stood_for(who, actor, now=now),
        after={"quiet_until": silence.until.isoformat() if silence.ended_by_id is None else None,
               "reason": silence.reason},
    )  # fmt: skip
    mark_homes(session, secretariat_ids(who), now=now)


def _carry(session: Session, issue: Issue, *, now: datetime) -> None:
    """Let an issue's ladder stand still or go on, and what waits to be said of it wait or be said."""
    silence = quiet_issue(session, issue, now=now)
    if issue.state is IssueState.OPEN:
        replan(session, issue, now=now)
    elif issue.chair_next_at is not None:
        _carry_alert(session, issue, silence, said_next=issue.chair_next_at, now=now)
    if silence is None:
        _say_now(session, Reminder.issue_id == issue.id, now=now)
    show_changed(session, issue, now=now)


def _carry_actions(session: Session, area_id: int, *, now: datetime) -> None:
    """Let the actions of an area wait before they climb, or go on, and what waits to be said of them be said."""
    waiting = select(Action).where(Action.area_id == area_id, col(Action.climbs_at).is_not(None))
    for action in session.exec(waiting.order_by(col(Action.id))).all():
        plan_climbing(session, action)
        if quiet_action(session, action, now=now) is None:
            _say_now(session, Reminder.action_id == action.id, now=now)


def _say_now(session: Session, about: bool, *, now: datetime) -> None:
    for row in session.exec(select(Reminder).where(about, Reminder.state == ReminderState.PLANNED)):
        if row.reason.get("code") == QUIET:
            row.due_at = now
            session.add(row)


def _carry_alert(
    session: Session, issue: Issue, silence: Silence | None, *, said_next: datetime, now: datetime
) -> None:
    """Let the next word to the chair wait for the end of the chair's silence; one acknowledged rests anyway."""
    if silence is not None and said_next < silence.until_at:
        chair_alerts.put_off(session, issue, until=silence.until_at, now=now)
    elif silence is None and issue.acknowledged_at is None:
        chair_alerts.put_off(session, issue, until=now, now=now)
