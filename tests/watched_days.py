"""Days on which every message is judged in the moment it is sent, and every obligation when its meeting begins."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select
from typing_extensions import override

from foundation.durations import before, parse_duration, to_utc
from models.delivery import NoticeKind
from models.issues import Action, Issue, IssueState, LadderStep
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services import auditor
from services.chair_alerts import deciders
from services.cycles import owed_meeting
from services.directory import directory
from services.obligations import open_obligations, owed_by
from services.reminder_overview import overview
from tests.days import Days, Post
from tests.endings import MISSED, how_it_ends, is_forgotten

FAIR = frozenset({NoticeKind.DESK, NoticeKind.CHAIR_ALERT, NoticeKind.ISSUE_NEWS, NoticeKind.SECRETARIAT})
"""What is said in working time alone, unless it is urgent."""
EVE = timedelta(seconds=1)


@dataclass
class WatchedDays(Days):
    """Raises AssertionError the moment anything is unfair."""

    reminded: Counter[tuple[str, int]] = field(default_factory=Counter)
    """How often each person was reminded for each meeting."""
    reminded_on: Counter[tuple[str, date]] = field(default_factory=Counter)
    snoozed_on: Counter[tuple[str, date]] = field(default_factory=Counter)
    seen: set[int] = field(default_factory=set)
    judged: int = 0
    endings: Counter[str] = field(default_factory=Counter)

    @override
    def live(self) -> None:
        super().live()
        with self.database.reading() as session:
            self._judge_meetings(session)
            self._judge_issues(session)
            self._judge_actions(session)
            found = auditor.audit(session, now=self.now, real=self.now)
            assert not [finding for finding in found if finding.ours], f"the auditor: {found}"

    @override
    def next_moment(self) -> datetime | None:
        with self.database.reading() as session:
            meeting = owed_meeting(session, self.now)
        eve = meeting.starts_at - EVE if meeting is not None else None
        moments = [super().next_moment(), eve if eve is not None and eve > self.now else None]
        return min((moment for moment in moments if moment is not None), default=None)

    @override
    def deliver(self) -> None:
        super().deliver()
        heard = self.posts[self.judged :]
        self.judged = len(self.posts)
        twice = [to for to, n in Counter(post.to for post in heard if post.kind is NoticeKind.DESK).items() if n > 1]
        assert not twice, "two reminders at one moment"
        with self.database.reading() as session:
            for post in heard:
                self._judge(session, post)

    # -- one message -----------------------------------------------------------------------------------------------

    def _judge(self, session: Session, post: Post) -> None:
        assert post.notice.id not in self.seen, "twice"
        self.seen.add(post.notice.id or 0)
        if post.to is None:
            return
        person = session.get_one(Person, post.notice.person_id)
        assert person.here, "to somebody who has left"
        if post.kind in FAIR and not post.notice.urgent:
            hours = replace(directory(session).hours_of(person), quiet=())
            assert hours.is_working(post.at), f"{post.kind} at {post.at}, outside the working time of {person.name}"
        if post.kind is NoticeKind.DESK:
            self._judge_reminder(session, post, person)
        elif post.kind is NoticeKind.CHAIR_ALERT:
            issue = session.get_one(Issue, post.notice.refs["issue_id"])
            assert issue.state is IssueState.ESCALATED, "an alert of what is decided"
            ids = {decider.id for decider in deciders(directory(session), issue, now=post.at)}
            assert person.id in ids, "an alert to who need not decide"

    def _judge_reminder(self, session: Session, post: Post, person: Person) -> None:
        rows = session.exec(select(Reminder).where(col(Reminder.id).in_(post.notice.refs["reminder_ids"]))).all()
        others = [row for row in rows if row.kind is not ReminderKind.UPDATES]
        still = any(_is_of_use(session, row, at=post.at) for row in others)
        if post.notice.refs["meeting_id"] is None:
            assert still, "of issues that are settled"
            return
        meeting = session.get_one(Meeting, post.notice.refs["meeting_id"])
        asked = [owed for owed in owed_by(session, person, post.at) if not owed.disclaimed]
        assert still or (asked and post.at < meeting.deadline_at), "after completion, or past its use"
        assert meeting.state is MeetingState.SCHEDULED or still, "of a meeting that is off"
        if asked:
            assert directory(session).absence(person, now=post.at) is None, "while they are away"
        self._count(session, post, person, rows)

    def _count(self, session: Session, post: Post, person: Person, rows: Any) -> None:
        who = directory(session)
        day = who.hours_of(person).working_day(post.at)
        self.reminded[person.slack_id, post.notice.refs["meeting_id"]] += 1
        self.reminded_on[person.slack_id, day] += 1
        self.snoozed_on[person.slack_id, day] += any(row.step.startswith("snooze") for row in rows)
        most = self.reminded[person.slack_id, post.notice.refs["meeting_id"]]
        assert most <= who.task_force.most_per_meeting, "above the cap"
        assert self.reminded_on[person.slack_id, day] <= 1 + self.snoozed_on[person.slack_id, day], "twice a day"

    # -- what was owed ---------------------------------------------------------------------------------------------

    def _judge_meetings(self, session: Session) -> None:
        for meeting in session.exec(select(Meeting).where(Meeting.state == MeetingState.SCHEDULED)):
            local = datetime.fromisoformat(meeting.local_start)
            if meeting.starts_at > self.now:
                assert meeting.starts_at == to_utc(local, meeting.timezone), "the wall time was not kept"
            else:
                planned = select(Reminder).where(Reminder.meeting_id == meeting.id)
                assert not session.exec(planned.where(Reminder.state == ReminderState.PLANNED)).all(), "past its use"
        coming = owed_meeting(session, self.now)
        if coming is not None:
            self._judge_plan(session, coming)
            if coming.starts_at - EVE <= self.now:
                self._judge_endings(session, coming)

    def _judge_endings(self, session: Session, meeting: Meeting) -> None:
        shown = overview(session, meeting, self.now)
        for owed in open_obligations(session, meeting, self.now):
            ending = how_it_ends(session, owed, meeting, shown)
            assert ending is not MISSED, f"nobody knows of {owed.seat} with {owed.holders}"
            self.endings[ending] += 1

    def _judge_plan(self, session: Session, meeting: Meeting) -> None:
        who = directory(session)
        steps = {text: before(meeting.deadline_at, parse_duration(text), who.task_force.timezone)
                 for text in who.task_force.before_deadline}  # fmt: skip
        planned = select(Reminder).where(Reminder.meeting_id == meeting.id, Reminder.state == ReminderState.PLANNED)
        for row in session.exec(planned):
            assert row.reason.get("code") or row.due_at == row.asked_at, "moved without a reason"
            if row.step in steps and meeting.deadline_at < meeting.starts_at:
                assert row.asked_at == steps[row.step], "not at its offset"

    def _judge_issues(self, session: Session) -> None:
        for issue in session.exec(select(Issue)):
            assert not is_forgotten(session, issue), f"{issue.ref} waits for nothing"

    def _judge_actions(self, session: Session) -> None:
        titles = Counter(title.split()[0] for title in session.exec(select(Issue.title)))
        for action in session.exec(select(Action)):
            assert titles[action.ref] == (action.climbed_as_id is not None), f"{action.ref} climbs twice, or unseen"
            waits = action.open and action.due is not None and action.climbed_as_id is None
            assert waits == (action.climbs_at is not None), f"{action.ref} waits for nothing, or is settled"
            assert action.climbs_at is None or action.climbs_at > self.now, f"{action.ref} has not climbed in time"


def _is_of_use(session: Session, row: Reminder, *, at: datetime) -> bool:
    """Whether what a row says of an issue or a date can still help."""
    if row.action_id is not None:
        action = session.get_one(Action, row.action_id)
        return action.done_at is None and action.dropped_at is None
    issue = session.get_one(Issue, row.issue_id)
    if row.kind is ReminderKind.LADDER:
        return issue.undecided
    if row.kind is ReminderKind.DUE:
        return issue.state is IssueState.OPEN
    round_, _, n = row.step.partition(".")
    step = select(LadderStep).where(
        LadderStep.issue_id == issue.id, LadderStep.round == int(round_), LadderStep.n == int(n)
    )
    return issue.state is IssueState.OPEN and at < session.exec(step).one().at
