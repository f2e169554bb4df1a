"""`python -m bench.simulate`: a year of ISC-TF in seconds, and what its members get to hear in it."""

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import mean, median
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from sqlmodel import SQLModel

import models
from bench.agenda import Agenda
from bench.fairness import ASLEEP, AWAY, REPORTED, Ledger, weeks_of
from bench.figures import Table
from bench.members import SECRETARIAT, Members, open_actions
from foundation.database import Database
from foundation.durations import to_utc
from models.delivery import NoticeKind
from models.meetings import Meeting
from models.people import Person, RoleName
from services import meetings, minutes
from services.directory import Directory, person_id
from services.meetings import Appointment
from services.task_force_file import load
from tests.days import Days, WalkedClock, hurried
from tests.endings import DONE, EXCUSED, LISTED, MISSED

assert models  # noqa: S101 - registers the tables

TASK_FORCE = Path(__file__).resolve().parent.parent / "examples" / "isc-tf.yaml"
ZONE = "Europe/Zurich"
BEGINS = datetime.fromisoformat("2026-11-02T09:00")
WEEKS, SEED = 52, 191
MOVED, CANCELLED = 0.25, 0.1


class Year:
    """One task force from its first meeting on, with everything that is counted."""

    def __init__(self, folder: Path, *, weeks: int, seed: int) -> None:
        self.weeks, self.start = weeks, to_utc(BEGINS, ZONE)
        self.end = self.start + timedelta(weeks=weeks)
        self.days = Days(_loaded(folder / "year.db", self.start), WalkedClock(self.start))
        self.chance = Random(seed)
        self.agenda = Agenda(self.days, self.chance)
        self.members = Members(self.agenda)
        self.ledger = Ledger(self.days)
        self.meetings = 0

    def live(self) -> None:
        """Let it all happen."""
        self.members.plan_absences(self.start, self.end)
        self.members.plan_issues(self.start, self.end)
        self.agenda.at(self.start + timedelta(days=1), lambda: self._schedule(weeks=4))
        for week in range(self.weeks):
            self.agenda.at(self.start + timedelta(weeks=week, days=2), self.ledger.audit)
        self.members.report_unasked()
        self.agenda.live_until(self.end, hear=self.members.hear)

    # -- meetings --------------------------------------------------------------------------------------------------

    def _schedule(self, *, weeks: float) -> None:
        meeting = self.days.act(
            meetings.schedule_meeting, SECRETARIAT, appointment=self._some_day(self.days.now, weeks=weeks), title=""
        )
        self._look_forward_to(meeting)
        ahead = meeting.starts_at - self.days.now
        if self.chance.random() < MOVED:
            self.agenda.at(self.days.now + ahead * self.chance.uniform(0.3, 1), partial(self._move, meeting))
        if self.chance.random() < CANCELLED:
            self.agenda.at(self.days.now + ahead * self.chance.uniform(0.5, 1), partial(self._cancel, meeting))

    def _look_forward_to(self, meeting: Meeting) -> None:
        this = {"meeting_id": meeting.id or 0, "revision": meeting.revision}
        for moment in self.ledger.offsets(meeting):
            if moment >= self.days.now:
                self.agenda.at(moment, partial(self.ledger.count_everybody, **this))
        begins = meeting.starts_at
        self.agenda.at(begins - timedelta(minutes=1), partial(self.ledger.count_obligations, **this))
        self.agenda.at(begins + timedelta(minutes=self.chance.randint(0, 20)), partial(self._hold, **this))

    def _move(self, meeting: Meeting) -> None:
        weeks = self.chance.uniform(-0.6, 1.5)
        moved = self.days.act(meetings.move_meeting, SECRETARIAT, meeting=self._stored(meeting.id or 0),
                              appointment=self._some_day(meeting.starts_at, weeks=weeks))  # fmt: skip
        self._look_forward_to(moved)

    def _cancel(self, meeting: Meeting) -> None:
        self.days.act(meetings.cancel_meeting, SECRETARIAT, meeting=self._stored(meeting.id or 0))
        self._schedule(weeks=self.chance.uniform(2, 4))

    def _hold(self, meeting_id: int, revision: int) -> None:
        meeting = self._stored(meeting_id)
        if meeting.revision == revision:
            self.days.act(meetings.hold_meeting, SECRETARIAT, meeting=meeting)
            self.meetings += 1
            self.agenda.at(self.days.now + timedelta(minutes=90), self.members.decide_in_meeting)
            self.agenda.at(self.days.now + timedelta(hours=2), partial(self._close, meeting_id))
            self.members.report_unasked()

    def _close(self, meeting_id: int) -> None:
        self.days.act(minutes.close_meeting, SECRETARIAT, meeting=self._stored(meeting_id), carry=True)
        self.agenda.soon(SECRETARIAT, lambda: self._schedule(weeks=self.chance.uniform(5.5, 8.5)), hours=60)

    def _stored(self, meeting_id: int) -> Meeting:
        with self.days.database.reading() as session:
            return session.get_one(Meeting, meeting_id)

    def _some_day(self, after: datetime, *, weeks: float) -> Appointment:
        day = (after + timedelta(weeks=weeks)).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None, second=0, microsecond=0)
        day += timedelta(days=(7 - day.weekday()) % 7 if day.weekday() > 4 else 0)
        hour, minute = self.chance.choice([(9, 30), (10, 0), (14, 30), (15, 0)])
        return Appointment(day.replace(hour=hour, minute=minute), ZONE)


def main(arguments: Sequence[str] | None = None) -> None:
    """Simulate and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.simulate", description="A year of ISC-TF in seconds.")
    parser.add_argument("--weeks", type=int, default=WEEKS, help=f"how many weeks (default {WEEKS})")
    parser.add_argument("--seed", type=int, default=SEED, help="another year with the same people")
    given = parser.parse_args(arguments)
    begun = time.perf_counter()
    with TemporaryDirectory(prefix="year-") as folder:
        year = Year(Path(folder), weeks=given.weeks, seed=given.seed)
        year.live()
        taken = time.perf_counter() - begun
        print(f"{given.weeks} weeks of ISC-TF in {taken:.0f} s (seed {given.seed}): {year.meetings} meetings, "
              f"{year.agenda.done} acts of members, {len(year.days.posts)} messages of Focal\n")  # fmt: skip
        for table in tables(year):
            print(table)
        year.days.close()


def tables(year: Year) -> list[Table]:
    """Return all that is printed."""
    return [by_role(year), by_person(year), fairness(year), endings(year)]


def by_role(year: Year) -> Table:
    """Return what the members of each role get in a week."""
    table = Table("Direct messages a person and week", ("people", "mean", "median", "most", "in all"))
    groups = _groups(year.days.who)
    for name, people in [("everybody", year.days.who.members), *groups]:
        weeks = [n for person in people for n in weeks_of(year.days, person.slack_id, year.start, year.weeks)]
        table.add(name, str(len(people)), *_spread(weeks))
    return table


def by_person(year: Year) -> Table:
    """Return what each of those gets who gets anything."""
    table = Table("Direct messages a week", ("reminders", "mean", "median", "most", "in all"))
    for person in year.days.who.members:
        weeks = weeks_of(year.days, person.slack_id, year.start, year.weeks)
        if any(weeks):
            table.add(person.name, str(len(_reminders(year, person.slack_id))), *_spread(weeks))
    return table


def fairness(year: Year) -> Table:
    """Return what every offset to everybody would have sent, and what was sent."""
    counts, everybody = year.ledger.everybody, year.ledger.everybody.total()
    sent = len(_reminders(year))
    table = Table("Reminders of updates owed", ("messages", "of these"))
    table.add("every offset, to every focal point, an area each", str(year.ledger.by_area))
    table.add("every offset, to every focal point", str(everybody))
    for name in (REPORTED, AWAY, ASLEEP):
        table.add(f"  to those who {name}", "", str(counts[name]))
    table.add("sent by Focal", str(sent))
    table.add("saved", str(everybody - sent), f"{100 * (everybody - sent) / max(everybody, 1):.0f} %")
    return table


def endings(year: Year) -> Table:
    """Return how what was owed has ended."""
    table = Table("How it ended", ("updates",))
    for name in (DONE, EXCUSED, LISTED, MISSED):
        table.add(name, str(year.ledger.obligations[name]))
    for state, number in sorted(year.ledger.issues().items()):
        table.add(f"issues {state}", str(number))
    with year.days.database.reading() as session:
        table.add("actions open", str(open_actions(session)))
    table.add("found by the auditor", str(year.ledger.found.total()))
    return table


def _reminders(year: Year, slack_id: str | None = None) -> list[object]:
    desks = [post for post in year.days.posts if post.kind is NoticeKind.DESK and post.notice.refs["meeting_id"]]
    return [post for post in desks if slack_id in (None, post.to)]


def _spread(weeks: list[int]) -> tuple[str, str, str, str]:
    return f"{mean(weeks):.2f}", f"{median(weeks):g}", str(max(weeks)), str(sum(weeks))


def _groups(who: Directory) -> list[tuple[str, list[Person]]]:
    roles: dict[str, Callable[[Person], bool]] = {
        "chair": lambda p: who.has_role(p, RoleName.CHAIR),
        "secretariat": lambda p: who.has_role(p, RoleName.SECRETARIAT),
        "deputies": lambda p: who.has_role(p, RoleName.DEPUTY),
        "focal points": lambda p: bool(who.seats_by_person.get(person_id(p))),
    }
    groups = [(name, [p for p in who.members if belongs(p)]) for name, belongs in roles.items()]
    rest = [p for p in who.members if not any(belongs(p) for belongs in roles.values())]
    return [*groups, ("everybody else", rest)]


def _loaded(path: Path, now: datetime) -> Database:
    database = hurried(Database(f"sqlite:///{path}"))
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
    with database.transaction() as session:
        load(session, TASK_FORCE.read_text("utf-8"), actor=None, now=now)
    return database


if __name__ == "__main__":
    main()
