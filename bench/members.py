"""How the members of a simulated task force behave: each at their own habits, by a seeded chance."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from bench.agenda import Agenda
from models.delivery import NoticeKind
from models.issues import Action, DecisionOutcome, Issue, IssueState, Severity
from models.reminders import Disclaimer, Reminder, ReminderKind
from models.updates import Health
from services import absences, actions, decisions, escalation, issues, seats, snoozes, updates
from services.decisions import Verdict
from services.directory import directory, person_id
from services.issues import Draft
from services.obligations import Owed, owed_by
from services.reminder_plan import SnoozeChoice
from services.secretariat import News
from tests.days import Post

HEALTHS = (Health.ON_TRACK, Health.ON_TRACK, Health.ON_TRACK, Health.AT_RISK, Health.OFF_TRACK)
WORDS = "The draft went round; two comments came back and are being worked in."
ISSUES_A_WEEK = 0.5
URGENT, WITH_DATE = 0.06, 0.3
ABSENCES_A_YEAR = 3
SECRETARIAT, ACTING_CHAIR = "U0SEC", "U0DEPG"


@dataclass(frozen=True)
class Habits:
    """What one member is like; chances."""

    answers: float
    """They answer a reminder, within hours."""
    unasked: float
    """They report before they are reminded."""
    snoozes: float


@dataclass
class Members:
    """Everybody in one task force, and what they are about to do."""

    agenda: Agenda

    def __post_init__(self) -> None:
        self.days, self.chance = self.agenda.days, self.agenda.chance
        self._habits = {person.slack_id: self._draw() for person in self.days.who.members}

    # -- by themselves ---------------------------------------------------------------------------------------------

    def plan_absences(self, start: datetime, end: datetime) -> None:
        """Send everybody away now and then; some say so in time, some from where they are, some come back early."""
        for slack_id in self._habits:
            for _ in range(round(ABSENCES_A_YEAR * (end - start).days / 365)):
                first = start + (end - start) * self.chance.random()
                last = first + timedelta(days=self.chance.randint(0, 20))
                said = first - timedelta(days=self.chance.randint(-2, 15))
                self.agenda.at(said, partial(self._go_away, slack_id, first, last))
                if self.chance.random() < 0.2:
                    self.agenda.at(first + (last - first) / 2, partial(self._come_back, slack_id))

    def plan_issues(self, start: datetime, end: datetime) -> None:
        """Let issues come up."""
        focal_points = [p.slack_id for p in self.days.who.members if self.days.who.seats_by_person.get(person_id(p))]
        for _ in range(round(ISSUES_A_WEEK * (end - start).days / 7)):
            raiser, moment = self.chance.choice(focal_points), start + (end - start) * self.chance.random()
            moment = self.agenda.hours(raiser).next_moment(moment) or moment
            self.agenda.at(moment, partial(self._raise_issue, raiser))

    def report_unasked(self) -> None:
        """A cycle has begun: some report before anybody reminds them."""
        for slack_id, habits in self._habits.items():
            if self.chance.random() < habits.unasked:
                self.agenda.soon(slack_id, partial(self._report, slack_id), hours=24 * 14)

    def decide_in_meeting(self) -> None:
        """While a meeting is held, the secretariat records what the chair decides of what waits."""
        with self.days.database.reading() as session:
            waiting = session.exec(select(Issue.id).where(Issue.state == IssueState.ESCALATED)).all()
        for issue_id in waiting:
            self.agenda.do(partial(self._decide, SECRETARIAT, issue_id or 0))

    # -- what they hear --------------------------------------------------------------------------------------------

    def hear(self, post: Post) -> None:
        """React to a message, or not."""
        slack_id = post.to
        if slack_id is None:
            return
        match post.kind:
            case NoticeKind.DESK:
                if post.notice.refs["meeting_id"]:
                    self._hear_reminder(slack_id, post.notice.refs["meeting_id"])
                for row in self._rows(post):
                    self._hear_of_issue(slack_id, row)
            case NoticeKind.CHAIR_ALERT:
                self._hear_alert(slack_id, post.notice.refs["issue_id"])
            case NoticeKind.SECRETARIAT if post.notice.refs["news"] == News.NOT_MINE:
                self.agenda.soon(slack_id, partial(self._reassign, post.notice.refs["disclaimer_id"]), hours=20)
            case _:
                pass

    def _rows(self, post: Post) -> list[Reminder]:
        with self.days.database.reading() as session:
            rows = select(Reminder).where(col(Reminder.id).in_(post.notice.refs["reminder_ids"]))
            return list(session.exec(rows.where(Reminder.kind != ReminderKind.UPDATES)))

    def _hear_reminder(self, slack_id: str, meeting_id: int) -> None:
        habits, drawn = self._habits[slack_id], self.chance.random()
        if drawn < habits.answers:
            self.agenda.soon(slack_id, partial(self._report, slack_id), hours=4)
        elif drawn < habits.answers + habits.snoozes:
            choice = self.chance.choice(list(SnoozeChoice))
            self._soon(slack_id, snoozes.snooze, hours=0.2, meeting_id=meeting_id, choice=choice)
        elif drawn > 0.99:
            self.agenda.soon(slack_id, partial(self._disclaim, slack_id), hours=1)

    def _hear_of_issue(self, slack_id: str, row: Reminder) -> None:
        drawn, issue_id = self.chance.random(), row.issue_id
        if row.action_id is not None:
            if drawn < 0.6:
                self._soon(slack_id, actions.finish_action, hours=6, action_id=row.action_id, evidence="In the folder")
        elif drawn < 0.06:
            self._soon(slack_id, issues.resolve, hours=30, issue_id=issue_id, text="Settled between us")
        elif drawn < 0.1 and row.kind is ReminderKind.ANNOUNCED:
            days = self.chance.randint(1, 5)
            self._soon(slack_id, escalation.give_more_time, hours=5, issue_id=issue_id, days=days, reason="Wait for BR")
        elif drawn > 0.99:
            self._soon(slack_id, escalation.escalate, hours=5, issue_id=issue_id)

    def _hear_alert(self, slack_id: str, issue_id: int) -> None:
        drawn = self.chance.random()
        if drawn < 0.4:
            self.agenda.soon(slack_id, partial(self._decide, slack_id, issue_id), hours=20)
        elif drawn < 0.7:
            self._soon(slack_id, decisions.acknowledge, hours=5, issue_id=issue_id)

    def _soon(self, slack_id: str, service: Callable[..., object], *, hours: float, **given: Any) -> None:
        self.agenda.soon(slack_id, partial(self.days.act, service, slack_id, **given), hours=hours)

    # -- what they do ----------------------------------------------------------------------------------------------

    def _draw(self) -> Habits:
        return Habits(
            answers=self.chance.uniform(0.35, 0.85), unasked=self.chance.uniform(0.05, 0.4),
            snoozes=self.chance.uniform(0, 0.15),
        )  # fmt: skip

    def _report(self, slack_id: str) -> None:
        with self.days.database.reading() as session:
            owed = owed_by(session, self.agenda.person(slack_id), self.days.now)
        for one in owed:
            if not one.disclaimed:
                self._say(slack_id, one)

    def _say(self, slack_id: str, owed: Owed) -> None:
        who = self.days.who
        about = {"area": who.areas_by_id[owed.area_id], "unit": who.units_by_id[owed.unit_id]}
        if owed.can_confirm and self.chance.random() < 0.4:
            with suppress(updates.SaySomething):
                self.days.act(updates.confirm_update, slack_id, **about)
                return
        health = Health.DONE if self.chance.random() < 0.004 else self.chance.choice(HEALTHS)
        self.days.act(updates.file_update, slack_id, health=health, changed=WORDS, **about)

    def _disclaim(self, slack_id: str) -> None:
        held = self.days.who.seats_by_person.get(person_id(self.agenda.person(slack_id)), [])
        if held:
            seat = self.chance.choice(held)
            self.days.act(seats.disclaim, slack_id, seat_id=seat.id, reason="A colleague has taken it over")

    def _reassign(self, disclaimer_id: int) -> None:
        with self.days.database.reading() as session:
            seat_id = session.get_one(Disclaimer, disclaimer_id).seat_id
        who = self.days.who
        of_unit = who.seats_by_id[seat_id].unit_id
        colleagues = [p for p in who.members if p.unit_id == of_unit and who.seats_by_person.get(person_id(p))]
        self.days.act(seats.reassign_seat, SECRETARIAT, seat_id=seat_id, person=self.chance.choice(colleagues))

    def _go_away(self, slack_id: str, first: datetime, last: datetime) -> None:
        chair = slack_id == "U0CHAIR"
        self.days.act(
            absences.set_absence, slack_id, person=self.agenda.person(slack_id), first_day=first.date(),
            last_day=last.date(), alternate=self.agenda.person(ACTING_CHAIR) if chair else None,
        )  # fmt: skip

    def _come_back(self, slack_id: str) -> None:
        self.days.act(absences.cancel_absences, slack_id, person=self.agenda.person(slack_id))

    def _raise_issue(self, slack_id: str) -> None:
        area = self.chance.choice(self.days.who.seats_by_person[person_id(self.agenda.person(slack_id))]).area_id
        due = self.days.now.date() + timedelta(days=self.chance.randint(4, 20))
        draft = Draft(
            "Who pays for the interpretation", area_id=area, proposal="Each Sector a quarter",
            severity=Severity.URGENT if self.chance.random() < URGENT else Severity.NORMAL,
            due=due if self.chance.random() < WITH_DATE else None,
        )  # fmt: skip
        self.days.act(issues.raise_issue, slack_id, draft=draft)

    def _decide(self, slack_id: str, issue_id: int) -> None:
        outcome = self.chance.choice([*DecisionOutcome, DecisionOutcome.ACTION])
        with self.days.database.reading() as session:
            owner = _owner(session, issue_id, self.chance) if outcome is DecisionOutcome.ACTION else None
        due = self.days.now.date() + timedelta(days=self.chance.randint(10, 40)) if owner else None
        self.days.act(
            decisions.decide, slack_id, issue_id=issue_id, verdict=Verdict(outcome, "As proposed", owner, due)
        )  # fmt: skip


def _owner(session: Session, issue_id: int, chance: Random) -> str:
    issue = session.get_one(Issue, issue_id)
    return chance.choice(directory(session).focal_points(issue.area_id or 0)).slack_id


def open_actions(session: Session) -> int:
    """Return how many actions are still to be done."""
    still = select(Action.id).where(col(Action.done_at).is_(None), col(Action.dropped_at).is_(None))
    return len(session.exec(still).all())
