"""What tests of issues do with a loaded task force: who acts, when, and what is owed afterwards."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from foundation.database import Database
from foundation.errors import Refusal
from foundation.language import language
from models.delivery import Notice, NoticeKind, NoticeState
from models.issues import Issue, LadderState, LadderStep
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services import escalation
from services.directory import directory
from services.issues import Draft, raise_issue

Result = TypeVar("Result")


def zurich(day: int, hour: int = 9, minute: int = 0, *, month: int = 12, year: int = 2026) -> datetime:
    """An instant by Geneva's clocks."""
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("Europe/Zurich"))


def cairo(day: int, hour: int = 9, minute: int = 0, *, month: int = 12) -> datetime:
    """An instant by Cairo's clocks."""
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Africa/Cairo"))


class IssueDesk:
    """One database, in which people act by their Slack ids."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def act(self, service: Callable[..., Result], actor: str, now: datetime, **given: Any) -> Result:
        """Let somebody do something, in a transaction of its own."""
        with self.database.transaction() as session:
            return service(session, actor=self.person(session, actor), now=now, **given)

    def refused(self, service: Callable[..., object], actor: str, now: datetime, **given: Any) -> str:
        """Return the English sentence with which somebody is refused."""
        try:
            self.act(service, actor, now, **given)
        except Refusal as refusal:
            return refusal.plain(language("en"))
        raise AssertionError("it was not refused")

    def raised(self, actor: str, now: datetime, *, area: str | None = "climate", **draft: Any) -> int:
        """Raise an issue and return its number."""
        with self.database.transaction() as session:
            who = directory(session)
            found = who.area_by_key(area) if area else None
            written = Draft(draft.pop("title", "Venue unclear"), area_id=found.id if found else None, **draft)
            issue = raise_issue(session, actor=self.person(session, actor), now=now, draft=written)
            return issue.id or 0

    def climb(self, now: datetime) -> None:
        """Let the tick pass."""
        with self.database.transaction() as session:
            escalation.climb(session, now)

    def climb_until(self, end: datetime, *, since: datetime) -> None:
        """Let every due moment pass in its order, as a moved clock does."""
        now: datetime | None = since
        while now is not None and now <= end:
            self.climb(now)
            with self.database.reading() as session:
                now = escalation.next_due(session, now)

    def issue(self, issue_id: int) -> Issue:
        """Return the issue as it is stored."""
        with self.database.reading() as session:
            return session.get_one(Issue, issue_id)

    def ladder(self, issue_id: int) -> list[LadderStep]:
        """Return the steps of its present round."""
        with self.database.reading() as session:
            round_now = session.get_one(Issue, issue_id).round
            steps = select(LadderStep).where(LadderStep.issue_id == issue_id, LadderStep.round == round_now)
            return list(session.exec(steps.order_by(col(LadderStep.n))))

    def step(self, issue_id: int, to: str) -> LadderStep:
        """Return the step that reaches somebody."""
        return next(step for step in self.ladder(issue_id) if step.to == to)

    def taken(self, issue_id: int) -> list[str]:
        """Return whom the present round has reached."""
        return [step.to for step in self.ladder(issue_id) if step.state is LadderState.TAKEN]

    def reminders(
        self, kind: ReminderKind, *, state: ReminderState = ReminderState.PLANNED
    ) -> dict[str, datetime | None]:
        """Return who is to hear something, and when; each once."""
        with self.database.reading() as session:
            people = {p.id: p.slack_id for p in session.exec(select(Person))}
            found = session.exec(select(Reminder).where(Reminder.kind == kind, Reminder.state == state)).all()
            assert len({(r.person_id, r.issue_id, r.step) for r in found}) == len(found)
            return {people[r.person_id]: r.due_at for r in found}

    def moments(
        self, kind: ReminderKind, *, state: ReminderState = ReminderState.PLANNED
    ) -> list[tuple[str, datetime | None]]:
        """Return every planned moment with who is to hear, the soonest first."""
        with self.database.reading() as session:
            query = select(Person.slack_id, Reminder.due_at).join(Reminder, col(Reminder.person_id) == Person.id)
            found = session.exec(
                query.where(Reminder.kind == kind, Reminder.state == state).order_by(col(Reminder.due_at))
            )
            return [(person, at) for person, at in found]

    def notices(self, kind: NoticeKind, *, news: str | None = None) -> dict[str, Notice]:
        """Return the messages owed of a kind, the last one of each recipient."""
        with self.database.reading() as session:
            people = {p.id: p.slack_id for p in session.exec(select(Person))}
            query = select(Notice).where(Notice.kind == kind, Notice.state != NoticeState.SUPERSEDED)
            found = session.exec(query.order_by(col(Notice.id))).all()
            return {people.get(n.person_id, "channel"): n for n in found if news in (None, n.refs.get("news"))}

    def keys(self, kind: NoticeKind) -> list[str]:
        """Return the keys of all messages owed of a kind, in order."""
        with self.database.reading() as session:
            return list(session.exec(select(Notice.key).where(Notice.kind == kind).order_by(col(Notice.id))))

    def count(self, kind: NoticeKind, to: str) -> int:
        """Return how many messages of a kind one person was owed."""
        with self.database.reading() as session:
            query = select(Notice).join(Person).where(Notice.kind == kind, Person.slack_id == to)
            return len(session.exec(query).all())

    def person(self, session: Session, slack_id: str) -> Person:
        """Return somebody by Slack id."""
        return session.exec(select(Person).where(Person.slack_id == slack_id)).one()
