"""Whom an issue concerns, whom a step of its ladder reaches, and how they hear of it."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from models.delivery import Notice, NoticeKind
from models.issues import Action, Comment, Issue, LadderState, LadderStep, Position, Severity
from models.people import Person, RoleName
from models.reminders import Reminder, ReminderState
from services.directory import Directory, directory, person_id
from services.issue_family import merged_into
from services.outbox import mark_homes, owe, refresh

FOCAL_POINTS, OWNER, CHAIR = "focal_points", "owner", RoleName.CHAIR.value


class IssueNews(StrEnum):
    """What one concerned is told about an issue; each has its words in `views.issue_news`."""

    REACHED = "reached"
    """An urgent issue reached this person."""
    ANNOUNCED = "announced"
    """An urgent issue is about to pass this person. refs: step"""
    ASSIGNED = "assigned"
    ESCALATED = "escalated"
    """By hand. refs: by_id"""
    RESOLVED = "resolved"
    MERGED = "merged"
    OBJECTED = "objected"
    """Somebody disagrees with its resolution. refs: comment_id"""
    REOPENED = "reopened"
    DECIDED = "decided"
    """refs: decision_id"""
    ASKED = "asked"
    """refs: comment_id"""
    ANSWERED = "answered"
    """refs: comment_id"""
    DONE = "done"
    """refs: action_id"""


ASKING = frozenset(
    {IssueNews.REACHED, IssueNews.ANNOUNCED, IssueNews.ASSIGNED, IssueNews.ASKED, IssueNews.ANSWERED,
     IssueNews.REOPENED}
)  # fmt: skip
"""What asks somebody for an act; the rest is only to be known."""


def subject_of(issue: Issue) -> str:
    """Return what its messages are found by."""
    return f"issue:{issue.id}"


def waited_for(who: Directory, issue: Issue) -> Person:
    """Return whose working days count: the owner, or the raiser until somebody is assigned."""
    owner = who.people_by_id.get(issue.owner_id or 0)
    return owner if owner is not None else who.people_by_id[issue.raised_by_id]


def units_concerned(who: Directory, issue: Issue) -> list[int]:
    """Return the units with a seat in the issue's area; without an area the raiser's own."""
    if issue.area_id is not None:
        return [seat.unit_id for seat in who.seats_by_area.get(issue.area_id, [])]
    unit_id = who.people_by_id[issue.raised_by_id].unit_id
    return [unit_id] if unit_id is not None else []


def audience(who: Directory, issue: Issue, to: str, *, now: datetime) -> list[Person]:
    """Return whom a step of the ladder reaches; nobody where every unit's place is vacant.

    Without an area there are no focal points: the step then reaches whoever is waited for.
    """
    match to:
        case "focal_points":
            people = who.focal_points(issue.area_id) if issue.area_id is not None else [waited_for(who, issue)]
        case "owner":
            people = [waited_for(who, issue)]
        case "chair":
            people = who.chairs_on_duty(now=now)
        case "deputy":
            units = units_concerned(who, issue)
            people = [p for unit_id in units for p in who.with_role(RoleName.DEPUTY, unit_id=unit_id)]
        case role:
            people = who.with_role(RoleName(role))
    return once(person for person in people if person.here)


def concerned(session: Session, issue: Issue, *, now: datetime) -> list[Person]:
    """Return whom the outcome concerns: raiser, owner, delegate, focal points, who spoke to it, whom it reached.

    Whoever has, or had, something to do because of it belongs to them too, and all whom a merged issue concerns.
    """
    who = directory(session)
    people: list[Person] = []
    for one in (issue, *merged_into(session, issue)):
        ids = [one.raised_by_id, one.owner_id, one.delegate_id]
        ids += session.exec(select(Position.author_id).where(Position.issue_id == one.id)).all()
        ids += session.exec(select(Comment.author_id).where(Comment.issue_id == one.id)).all()
        ids += session.exec(select(Action.owner_id).where(Action.issue_id == one.id)).all()
        people += [who.people_by_id[i] for i in ids if i in who.people_by_id]
        people += who.focal_points(one.area_id or 0)
        taken = select(LadderStep.to).where(LadderStep.issue_id == one.id, LadderStep.state == LadderState.TAKEN)
        for to in session.exec(taken.distinct()):
            people += audience(who, one, to, now=now) if to != CHAIR else []
    return once(person for person in people if person.here)


def tell(
    session: Session, issue: Issue, news: IssueNews, people: Iterable[Person], *, occasion: str, now: datetime,
    besides: Person | None = None, **refs: Any,
) -> None:  # fmt: skip
    """Owe people one piece of news, once for its occasion: in their working time, or at once if the issue is urgent.

    What asks for an act goes to who stands in for the absent. `besides` is who acted and knows.
    """
    who, urgent = directory(session), issue.severity is Severity.URGENT
    told = [person for person in once(people) if besides is None or person.id != besides.id]
    for hearer, person in (
        _handed_over(who, told, now=now, urgent=urgent) if news in ASKING else zip(told, told, strict=True)
    ):
        covers = {"covers_id": person.id} if hearer.id != person.id else {}
        owe(
            session, NoticeKind.ISSUE_NEWS, key=f"issue_news:{subject_of(issue)}:{news}:{occasion}:{hearer.id}",
            subject=subject_of(issue), now=now, to=hearer, urgent=urgent,
            refs={"issue_id": issue.id, "news": news.value, **covers, **refs},
            due_at=now if urgent else who.hours_of(hearer).next_moment(now) or now,
        )  # fmt: skip


def _handed_over(
    who: Directory, people: Iterable[Person], *, now: datetime, urgent: bool
) -> list[tuple[Person, Person]]:
    """Return who hears it, each once, and for whom: whoever is away when they would hear it has a stand-in do so."""
    hearers: dict[int, tuple[Person, Person]] = {}
    for person in people:
        heard_at = now if urgent else who.hours_of(person).next_moment(now) or now
        hearer = who.stand_in(person, now=heard_at) or person
        if hearer.id == person.id or person_id(hearer) not in hearers:
            hearers[person_id(hearer)] = (hearer, person)
    return list(hearers.values())


def show_changed(session: Session, issue: Issue, *, now: datetime) -> None:
    """Have every message and App Home that shows the issue show it as it is now."""
    refresh(session, subject_of(issue), now=now)
    refresh_desks(session, Reminder.issue_id == issue.id, now=now)
    who = directory(session)
    people = [*concerned(session, issue, now=now), *who.with_role(RoleName.CHAIR), *who.chairs_on_duty(now=now)]
    mark_homes(session, [person_id(person) for person in once(people)], now=now)


def refresh_desks(session: Session, about: bool, *, now: datetime) -> None:
    """Have the reminders rendered anew that said something about an issue or action."""
    desks = select(Notice.subject).join(Reminder, col(Reminder.notice_id) == Notice.id)
    for desk in session.exec(desks.where(about, Reminder.state == ReminderState.SENT).distinct()):
        refresh(session, desk, now=now)


def once(people: Iterable[Person]) -> list[Person]:
    """Return people in their order, each once."""
    return list({person_id(person): person for person in people}.values())
