"""One step of a ladder: announced to those it would bypass, taken, skipped where nobody is there, up to the chair."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from models.issues import Issue, IssueState, LadderState, LadderStep, Severity
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services import chair_alerts
from services.directory import directory, person_id
from services.issue_circle import CHAIR, FOCAL_POINTS, IssueNews, audience, once, tell, waited_for
from services.journal import record
from services.ladder_rows import (
    NOBODY_THERE,
    OVERTAKEN,
    end_round,
    replan,
    step_name,
    steps_of,
    withdraw_reminders,
)  # fmt: skip
from services.reminder_plan import Fate
from services.secretariat import News, tell_secretariat


def take_due(session: Session, issue: Issue, due: list[LadderStep], *, now: datetime) -> None:
    """Take the steps that are due; the most urgent one stands for those it overtakes, vacant ones are skipped.

    The chair's is never skipped: an issue that has come so far waits there until there is a chair.
    """
    who = directory(session)
    reachable = [step for step in due if step.to == CHAIR or audience(who, issue, step.to, now=now)]
    for step in due:
        if step not in reachable:
            _skip(session, issue, step, now=now)
        elif step.at < max(other.at for other in reachable):
            step.state, step.reason = LadderState.ENDED, OVERTAKEN
            session.add(step)
        elif issue.state is IssueState.OPEN:
            _take(session, issue, step, now=now)
    if due and issue.state is IssueState.OPEN:
        # A due date takes the next step, and another one is next now.
        replan(session, issue, now=now)


def announce(session: Session, issue: Issue, step: LadderStep, *, now: datetime) -> None:
    """Tell those whom the step would bypass: everyone reached so far and whoever is waited for."""
    step.announced_at = now
    session.add(step)
    people = _bypassed(session, issue, step, now=now)
    _remind(session, issue, step, people, ReminderKind.ANNOUNCED, now=now)
    record(session, act="issue.announce", subject=issue.ref, actor=None, now=now, area_id=issue.area_id,
           after={"step": step_name(step), "at": step.at.isoformat(), "people": [p.name for p in people]})  # fmt: skip


def to_the_chair(session: Session, issue: Issue, *, now: datetime) -> None:
    """Put an issue before the chair: its ladder ends here."""
    issue.state, issue.escalated_at = IssueState.ESCALATED, now
    session.add(issue)
    end_round(session, issue, reason=OVERTAKEN)
    chair_alerts.alert(session, issue, now=now)


def _bypassed(session: Session, issue: Issue, step: LadderStep, *, now: datetime) -> list[Person]:
    who = directory(session)
    passed = [waited_for(who, issue)]
    for earlier in steps_of(session, issue):
        if earlier.n < step.n and earlier.state is not LadderState.SKIPPED:
            passed += audience(who, issue, earlier.to, now=now)
    spared = {person.id for person in audience(who, issue, step.to, now=now)}
    return [person for person in once(passed) if person.id not in spared and person.here]


def _take(session: Session, issue: Issue, step: LadderStep, *, now: datetime) -> None:
    who = directory(session)
    reached = audience(who, issue, step.to, now=now)
    if step.announce_at is not None and step.announced_at is None and issue.severity is not Severity.URGENT:
        # It fell due while the bot was down: its announcement can no longer help, and the secretariat is told.
        _remind(session, issue, step, _bypassed(session, issue, step, now=now), ReminderKind.ANNOUNCED, now=now)
    step.state, step.taken_at, step.reached = LadderState.TAKEN, now, [person.name for person in reached]
    session.add(step)
    withdraw_reminders(session, issue, kind=ReminderKind.ANNOUNCED, step=step)
    record(session, act="issue.climb", subject=issue.ref, actor=None, now=now, area_id=issue.area_id,
           after={"step": step_name(step), "to": step.to, "people": step.reached})  # fmt: skip
    if step.to == CHAIR:
        to_the_chair(session, issue, now=now)
        return
    # Whoever raised it knows; as the focal point they are among those who were asked all the same.
    told = [p for p in reached if not (step.to == FOCAL_POINTS and p.id == issue.raised_by_id)]
    _remind(session, issue, step, told, ReminderKind.LADDER, now=now)


def _skip(session: Session, issue: Issue, step: LadderStep, *, now: datetime) -> None:
    step.state, step.reason = LadderState.SKIPPED, NOBODY_THERE
    session.add(step)
    withdraw_reminders(session, issue, kind=ReminderKind.ANNOUNCED, step=step)
    record(session, act="issue.skip", subject=issue.ref, actor=None, now=now, area_id=issue.area_id,
           after={"step": step_name(step), "to": step.to})  # fmt: skip
    tell_secretariat(session, News.LADDER_SKIPPED, about=f"{issue.ref}:{step_name(step)}", now=now,
                     issue_id=issue.id, to=step.to)  # fmt: skip


def _remind(
    session: Session, issue: Issue, step: LadderStep, people: Iterable[Person], kind: ReminderKind, *, now: datetime
) -> None:
    """Plan to tell each in working time, in the DM they get anyway; of an urgent issue each at once, on its own."""
    who = directory(session)
    heard: dict[int, tuple[Person, Person]] = {}
    for person in people:
        reader = who.reachable(person, now=now) or person
        heard.setdefault(person_id(reader), (reader, person))
    if issue.severity is Severity.URGENT:
        news = IssueNews.REACHED if kind is ReminderKind.LADDER else IssueNews.ANNOUNCED
        occasion = f"{step_name(step)}:{int(step.at.timestamp())}"
        readers = [reader for reader, _ in heard.values()]
        tell(session, issue, news, readers, occasion=occasion, now=now, step=step.n)
        return
    rows = [
        _plan_to_tell(session, issue, step, kind=kind, reader=reader, covered=person, now=now)
        for reader, person in heard.values()
    ]
    session.flush()
    lost = [row.id or 0 for row in rows if row.state is ReminderState.DROPPED]
    if lost:
        tell_secretariat(session, News.REMINDERS_DROPPED, about=f"0:{lost[0]}", now=now, meeting_id=None,
                         reminder_ids=lost)  # fmt: skip


def _plan_to_tell(
    session: Session, issue: Issue, step: LadderStep, *, kind: ReminderKind, reader: Person, covered: Person,
    now: datetime,
) -> Reminder:  # fmt: skip
    hours = directory(session).hours_of(reader)
    at, moved = hours.next_moment(now), hours.reason_moved(now)
    too_late = at is None or (kind is ReminderKind.ANNOUNCED and at >= step.at)
    code = Fate.TOO_LATE if too_late else moved
    row = Reminder(
        person_id=person_id(reader), kind=kind, issue_id=issue.id, step=step_name(step), asked_at=now,
        due_at=None if too_late else at, reason={"code": code.value} if code else {},
        state=ReminderState.DROPPED if too_late else ReminderState.PLANNED,
        covers_id=covered.id if reader.id != covered.id else None,
    )  # fmt: skip
    session.add(row)
    return row
