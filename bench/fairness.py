"""What is counted in a simulated year: what was owed and how it ended, and what a reminder for everybody would send."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import select

from foundation.durations import parse_duration
from models.issues import Issue
from models.meetings import Meeting, MeetingState
from models.people import Person
from services import auditor
from services.directory import Directory, directory
from services.obligations import open_obligations
from services.reminder_overview import overview
from services.reminder_plan import asked_moments
from tests.days import Days
from tests.endings import DONE, MISSED, how_it_ends, is_forgotten

REPORTED, AWAY, ASLEEP, FAIR = "had reported", "were away", "were not at work", "were asked fairly"


@dataclass
class Ledger:
    """The counts."""

    days: Days
    obligations: Counter[str] = field(default_factory=Counter)
    everybody: Counter[str] = field(default_factory=Counter)
    """Reminders that everybody would have got at every offset, one message each, by what was unfair about them."""
    by_area: int = 0
    """The same with a message for each area."""
    found: Counter[str] = field(default_factory=Counter)
    """What the auditor found."""

    def offsets(self, meeting: Meeting) -> list[datetime]:
        """Return the moments before a meeting's deadline at which its reminders are asked for."""
        rule = self.days.who.task_force
        offsets = [parse_duration(text) for text in rule.before_deadline]
        return list(asked_moments(meeting.deadline_at, offsets, rule.timezone).values())

    def count_everybody(self, meeting_id: int, revision: int) -> None:
        """Count what a reminder to every focal point would send now, and to whom it would be unfair."""
        with self.days.database.reading() as session:
            meeting, who = session.get_one(Meeting, meeting_id), directory(session)
            if meeting.state is not MeetingState.SCHEDULED or meeting.revision != revision:
                return
            owing = {p.id for owed in open_obligations(session, meeting, self.days.now) for p in owed.reminded}
            for person, seats in who.seats_by_person.items():
                self.by_area += len(seats)
                self.everybody[self._unfair(who, who.people_by_id[person], owes=person in owing)] += 1

    def count_obligations(self, meeting_id: int, revision: int) -> None:
        """Count, when a meeting begins, how what was owed for it has ended."""
        with self.days.database.reading() as session:
            meeting, who = session.get_one(Meeting, meeting_id), directory(session)
            if meeting.state is not MeetingState.SCHEDULED or meeting.revision != revision:
                return
            still = open_obligations(session, meeting, self.days.now)
            self.obligations[DONE] += len(who.seats) - len(still)
            shown = overview(session, meeting, self.days.now)
            for one in still:
                self.obligations[how_it_ends(session, one, meeting, shown)] += 1

    def audit(self) -> None:
        """Have the engine looked at from outside."""
        with self.days.database.reading() as session:
            for finding in auditor.audit(session, now=self.days.now, real=self.days.now):
                self.found[finding.code] += finding.count

    def issues(self) -> Counter[str]:
        """Count the issues by how they stand at the end; `missed` is one for which nothing is due any more."""
        with self.days.database.reading() as session:
            return Counter(MISSED if is_forgotten(session, i) else i.state.value for i in session.exec(select(Issue)))

    def _unfair(self, who: Directory, person: Person, *, owes: bool) -> str:
        if not owes:
            return REPORTED
        if who.absence(person, now=self.days.now) is not None:
            return AWAY
        return FAIR if who.hours_of(person).is_working(self.days.now) else ASLEEP


def weeks_of(days: Days, slack_id: str, start: datetime, weeks: int) -> list[int]:
    """Return how many messages a person got in each week, weeks without any included."""
    week = timedelta(weeks=1)
    got = Counter((post.at - start) // week for post in days.posts if post.to == slack_id)
    return [got[n] for n in range(weeks)]
