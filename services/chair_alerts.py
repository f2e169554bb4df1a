"""The chair's alert: owed to whoever decides, repeated while nobody acknowledges it, then told to the secretariat."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.durations import after, parse_duration
from models.delivery import Notice, NoticeKind, NoticeState
from models.issues import Issue, Severity
from models.people import Person
from services.directory import Directory, directory
from services.issue_circle import once, subject_of
from services.journal import record
from services.outbox import owe, refresh
from services.quiet import quiet_issue
from services.secretariat import News, tell_secretariat

PAUSE_WORKING_DAYS = 5
"""For how long an acknowledgement stills the reminders (SPEC 7)."""


def deciders(who: Directory, issue: Issue, *, now: datetime) -> list[Person]:
    """Return who is waited for: the delegate of this issue while there, else the chair, or the acting chair."""
    delegate = who.people_by_id.get(issue.delegate_id or 0)
    there = delegate is not None and delegate.here and who.absence(delegate, now=now) is None
    return [delegate] if delegate is not None and there else who.chairs_on_duty(now=now)


def alert(session: Session, issue: Issue, *, now: datetime, occasion: str = "alert") -> None:
    """Owe the first alert of a round, or the first to a delegate, and begin to wait for its acknowledgement."""
    issue.chair_reminders = 0
    issue.acknowledged_at = issue.acknowledged_by_id = None
    silence = quiet_issue(session, issue, now=now)
    if silence is not None:
        put_off(session, issue, until=silence.until_at, now=now)
        return
    _owe_alerts(session, issue, deciders(directory(session), issue, now=now), occasion=occasion, now=now)
    _wait(session, issue, since=now)


def attend(session: Session, issue: Issue, *, now: datetime) -> None:
    """See that an escalated issue is not forgotten: alert who is on duty by now, remind, then tell the secretariat."""
    if quiet_issue(session, issue, now=now) is not None:
        return
    who = directory(session)
    people = deciders(who, issue, now=now)
    if issue.chair_next_at is None or issue.chair_next_at > now:
        if _owe_alerts(session, issue, people, occasion="alert", now=now):
            refresh(session, subject_of(issue), now=now)
            if issue.chair_next_at is None:
                # Nobody was waited for: there was no chair until now, or the reminders had come to their end.
                _wait(session, issue, since=now)
        return
    if issue.chair_reminders >= who.task_force.remind_chair_most or not people:
        about = f"{issue.ref}:{issue.round}:{int(issue.chair_next_at.timestamp())}"
        issue.chair_next_at = issue.acknowledged_at = issue.acknowledged_by_id = None
        session.add(issue)
        refresh(session, subject_of(issue), now=now)
        tell_secretariat(session, News.CHAIR_SILENT, about=about, now=now, issue_id=issue.id, round=issue.round,
                         urgent=issue.severity is Severity.URGENT)  # fmt: skip
        record(session, act="issue.chair_silent", subject=issue.ref, actor=None, now=now, area_id=issue.area_id)
        return
    issue.chair_reminders += 1
    issue.acknowledged_at = issue.acknowledged_by_id = None
    _owe_alerts(session, issue, people, occasion="reminder", now=now)
    _wait(session, issue, since=now)
    refresh(session, subject_of(issue), now=now)
    record(session, act="issue.remind_chair", subject=issue.ref, actor=None, now=now, area_id=issue.area_id,
           after={"reminder": issue.chair_reminders, "people": [person.name for person in people]})  # fmt: skip


def pause(session: Session, issue: Issue, *, by: Person, now: datetime) -> None:
    """Note that whoever decides has seen it: no reminder for five of their working days."""
    issue.acknowledged_at, issue.acknowledged_by_id = now, by.id
    hours = directory(session).hours_of(by)
    at = hours.add_working_days(now, PAUSE_WORKING_DAYS)
    issue.chair_next_at = at if issue.severity is Severity.URGENT else hours.next_moment(at) or at
    session.add(issue)


def put_off(session: Session, issue: Issue, *, until: datetime, now: datetime) -> None:
    """Let an issue wait for its decision unsaid until a moment, as the chair wishes."""
    people = deciders(directory(session), issue, now=now)
    hours = directory(session).hours_of(people[0]) if people else None
    issue.chair_next_at = (hours.next_moment(until) if hours else None) or until
    session.add(issue)


def rest(session: Session, issue: Issue) -> None:
    """Nothing waits for the chair any more."""
    issue.chair_next_at = None
    session.add(issue)


def _owe_alerts(session: Session, issue: Issue, people: list[Person], *, occasion: str, now: datetime) -> bool:
    """Owe each the alert, once for every reminder. Returns whether anybody had none yet."""
    who, urgent = directory(session), issue.severity is Severity.URGENT
    owed = [
        owe(
            session, NoticeKind.CHAIR_ALERT, subject=subject_of(issue), now=now, to=person, urgent=urgent,
            key=_key(session, issue, person),
            refs={"issue_id": issue.id, "round": issue.round, "occasion": occasion},
            due_at=now if urgent else who.hours_of(person).next_moment(now) or now,
        )
        for person in once(people)
    ]  # fmt: skip
    return any(notice.created_at == now for notice in owed)


def _key(session: Session, issue: Issue, person: Person) -> str:
    """Name the alert that a person is owed now: another one where it was never said, somebody else deciding then."""
    key = f"chair_alert:{subject_of(issue)}:{issue.round}:{issue.chair_reminders}:{person.id}"
    unsaid = select(Notice.id).where(
        Notice.subject == subject_of(issue), Notice.person_id == person.id, Notice.state == NoticeState.SUPERSEDED,
        sa.or_(col(Notice.key) == key, col(Notice.key).startswith(f"{key}:")),
    )  # fmt: skip
    times = len(session.exec(unsaid).all())
    return f"{key}:{times}" if times else key


def _wait(session: Session, issue: Issue, *, since: datetime) -> None:
    """Set when to remind next, counted from when the first of those who decide hears it."""
    who = directory(session)
    people = deciders(who, issue, now=since)
    if not people:
        # There is no chair to wait for: the secretariat hears at once.
        issue.chair_next_at = since
        session.add(issue)
        return
    urgent, hours = issue.severity is Severity.URGENT, who.hours_of(people[0])
    heard = since if urgent else hours.next_moment(since) or since
    every = parse_duration(who.task_force.remind_chair_every)
    if every.unit == "wd":
        at = hours.add_working_days(heard, every.amount)
    else:
        at = after(heard, every, who.task_force.timezone)
    issue.chair_next_at = at if urgent else hours.next_moment(at) or at
    session.add(issue)
