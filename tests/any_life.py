"""Any life of a task force: what people, meetings, issues, clocks, Slack and the bot itself may do, in any order."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlmodel import col, select
from typing_extensions import override

from foundation.database import Database
from foundation.errors import Refusal
from models.issues import Action, DecisionOutcome, Issue, Severity
from models.meetings import Meeting
from models.people import Person
from models.reminders import Disclaimer
from models.structure import Station
from models.updates import Health, Update
from services import absences, actions, decisions, escalation, issues, meetings, membership, quiet_times, seats, snoozes
from services.action_giving import Given, assign_action, give_action, set_action_due
from services.cycles import owed_meeting
from services.decisions import Verdict
from services.directory import touch
from services.issues import Draft
from services.meetings import Appointment
from services.quiet_times import Window
from services.reminder_plan import SnoozeChoice
from services.updates import file_update, withdraw_update
from tests.days import WalkedClock, hurried
from tests.stations import STATIONS
from tests.watched_days import WatchedDays

FOCAL_POINTS = ("U0AMA", "U0BEN", "U0BO", "U0CY", "U0DI", "U0EL", "U0NADIA", "U0PIM", "U0INES")
OTHERS = ("U0CHAIR", "U0SEC", "U0DEPG", "U0DEPR", "U0TESS", "U0DORA")
ISSUE_ACTS = ("resolve", "more", "escalate", "assign", "due", "reopen")
ZONES = sorted(hours.zone for hours in STATIONS.values())
RULES = Path(str(files("tzdata").joinpath("zoneinfo")))
people = st.sampled_from(FOCAL_POINTS)
anybody = st.sampled_from(FOCAL_POINTS + OTHERS)
hours = st.integers(1, 24 * 20)
chosen = st.integers(0, 1000)
begins = st.datetimes(datetime(2026, 11, 3), datetime(2035, 11, 1)).map(lambda at: at.replace(second=0, microsecond=0))  # noqa: DTZ001
days = st.integers(-2, 12)


class TaskForce(RuleBasedStateMachine):
    """The sample ISC-TF, its people sent to stations all over the field, at any time until 2035."""

    loaded: Path
    zones: Path
    """A copy of the zones' rules, in the place of those in use."""
    folder: Callable[[str], Path]

    def __init__(self) -> None:
        super().__init__()
        self.path = self.folder("example") / "focal.db"
        shutil.copy(self.loaded, self.path)
        database = hurried(Database(f"sqlite:///{self.path}"))
        self.days = WatchedDays(database, WalkedClock(datetime(2026, 11, 3, tzinfo=UTC)))

    @initialize(begin=begins, stations=st.lists(st.integers(0, 13), min_size=9, max_size=9), ahead=hours, zone=chosen)
    def spread_over_the_world(self, begin: datetime, stations: list[int], ahead: int, zone: int) -> None:
        self.days.clock.at = begin.replace(tzinfo=UTC)
        with self.days.database.transaction() as session:
            known = session.exec(select(Station).order_by(col(Station.id))).all()
            for slack_id, number in zip(FOCAL_POINTS, stations, strict=True):
                person = session.exec(select(Person).where(Person.slack_id == slack_id)).one()
                person.station_id = known[number].id
                session.add(person)
            touch(session)
        self.a_meeting_is_scheduled(ahead=ahead, minute=30, zone=zone)

    # -- time ------------------------------------------------------------------------------------------------------

    @rule(ahead=hours)
    def time_passes(self, ahead: int) -> None:
        self.days.go_to(self.days.now + timedelta(hours=ahead))

    @rule(ahead=hours)
    def the_bot_is_down(self, ahead: int) -> None:
        self.days.wake_at(self.days.now + timedelta(hours=ahead))

    @rule(of=chosen, like=chosen)
    def a_zone_gets_the_rules_of_another(self, of: int, like: int) -> None:
        changed, taken = (self._zone(number) for number in (of, like))
        (self.zones / changed).write_bytes((self.zones / taken).read_bytes())
        ZoneInfo.clear_cache()
        # Rules come with a new release of the bot.
        self.days.wake_at(self.days.now + timedelta(minutes=1))

    @rule(ahead=st.integers(1, 80))
    def slack_is_away(self, ahead: int) -> None:
        self.days.slack.away = True
        self.days.go_to(self.days.now + timedelta(hours=ahead))
        self.days.slack.away = False
        self.days.go_to(self.days.now + timedelta(minutes=6))

    # -- meetings --------------------------------------------------------------------------------------------------

    @rule(ahead=st.integers(1, 24 * 30), minute=st.integers(0, 59), zone=chosen)
    def a_meeting_is_scheduled(self, ahead: int, minute: int, zone: int) -> None:
        self._act(meetings.schedule_meeting, "U0SEC", appointment=self._appointment(ahead, minute, zone), title="")

    @rule(ahead=st.integers(1, 24 * 20), minute=st.integers(0, 59), zone=chosen)
    def the_meeting_is_moved(self, ahead: int, minute: int, zone: int) -> None:
        if meeting := self._meeting():
            self._act(
                meetings.move_meeting, "U0SEC", meeting=meeting, appointment=self._appointment(ahead, minute, zone)
            )

    @rule()
    def the_meeting_is_cancelled(self) -> None:
        if meeting := self._meeting():
            self._act(meetings.cancel_meeting, "U0SEC", meeting=meeting)

    # -- people ----------------------------------------------------------------------------------------------------

    @rule(slack_id=people, which=chosen)
    def somebody_reports(self, slack_id: str, which: int) -> None:
        held = self.days.who.seats_by_person.get(self._person(slack_id).id or 0)
        for seat in (held or [])[: 1 + which % 9]:
            self._act(file_update, slack_id, area=self.days.who.areas_by_id[seat.area_id], health=Health.ON_TRACK,
                      changed="As planned", unit=self.days.who.units_by_id[seat.unit_id])  # fmt: skip

    @rule(which=chosen)
    def an_update_is_withdrawn(self, which: int) -> None:
        with self.days.database.reading() as session:
            said = session.exec(select(Update).where(col(Update.withdrawn_at).is_(None))).all()
            author = session.get_one(Person, said[which % len(said)].author_id) if said else None
        if author is not None:
            self._act(withdraw_update, author.slack_id, update_id=said[which % len(said)].id)

    @rule(slack_id=people, choice=st.sampled_from(SnoozeChoice))
    def somebody_snoozes(self, slack_id: str, choice: SnoozeChoice) -> None:
        if meeting := self._meeting():
            self._act(snoozes.snooze, slack_id, meeting_id=meeting.id, choice=choice)

    @rule(slack_id=anybody, first=days, length=st.integers(0, 12), alternate=st.none() | anybody)
    def somebody_is_away(self, slack_id: str, first: int, length: int, alternate: str | None) -> None:
        day, instead = self.days.now.date() + timedelta(days=first), self._person(alternate) if alternate else None
        self._act(absences.set_absence, slack_id, person=self._person(slack_id), first_day=day,
                  last_day=day + timedelta(days=length), alternate=instead)  # fmt: skip

    @rule(slack_id=anybody)
    def somebody_is_back(self, slack_id: str) -> None:
        self._act(absences.cancel_absences, slack_id, person=self._person(slack_id))

    @rule(slack_id=people, ahead=st.integers(0, 30), length=st.integers(1, 12))
    def somebody_does_not_want_to_be_disturbed(self, slack_id: str, ahead: int, length: int) -> None:
        start = self.days.now + timedelta(hours=ahead)
        with self.days.database.transaction() as session:
            quiet_times.note_windows(session, {slack_id: Window(start, start + timedelta(hours=length))})
        self.days.live()

    @rule(slack_id=people, which=chosen)
    def somebody_says_not_mine(self, slack_id: str, which: int) -> None:
        if held := self.days.who.seats_by_person.get(self._person(slack_id).id or 0):
            self._act(seats.disclaim, slack_id, seat_id=held[which % len(held)].id, reason="Not mine any more")

    @rule(to=people, which=chosen)
    def the_secretariat_reassigns(self, to: str, which: int) -> None:
        with self.days.database.reading() as session:
            asked = session.exec(select(Disclaimer.seat_id).where(col(Disclaimer.settled_at).is_(None))).all()
        asked = [*asked, *(seat.id or 0 for seat in self.days.who.seats if not self.days.who.holders(seat))]
        if asked:
            self._act(seats.reassign_seat, "U0SEC", seat_id=asked[which % len(asked)], person=self._person(to))

    @precondition(lambda self: len(self.days.who.members) > 23)
    @rule(slack_id=people)
    def somebody_leaves(self, slack_id: str) -> None:
        self._act(membership.leave, "U0SEC", person=self._person(slack_id))

    # -- issues ----------------------------------------------------------------------------------------------------

    @rule(slack_id=people, area=st.sampled_from(["climate", "bsg", "youth", None]), due=st.none() | st.integers(0, 20),
          severity=st.sampled_from([Severity.NORMAL, Severity.NORMAL, Severity.URGENT]))  # fmt: skip
    def an_issue_is_raised(self, slack_id: str, area: str | None, due: int | None, severity: Severity) -> None:
        found = self.days.who.area_by_key(area) if area else None
        draft = Draft("Venue unclear", area_id=found.id if found else None, proposal="TSB hosts it", severity=severity,
                      due=self._day(due))  # fmt: skip
        self._act(issues.raise_issue, slack_id, draft=draft)

    @rule(slack_id=anybody, which=chosen, act=st.sampled_from(ISSUE_ACTS), size=st.integers(1, 5))
    def something_is_done_about_an_issue(self, slack_id: str, which: int, act: str, size: int) -> None:
        issue = self._issue(which)
        if issue is None:
            return
        match act:
            case "resolve":
                self._act(issues.resolve, slack_id, issue_id=issue.id, text="Settled")
            case "more":
                self._act(escalation.give_more_time, slack_id, issue_id=issue.id, days=size, reason="An answer is due")
            case "escalate":
                self._act(escalation.escalate, slack_id, issue_id=issue.id)
            case "assign":
                self._act(issues.assign, "U0SEC", issue_id=issue.id, owner_slack_id=slack_id)
            case "due":
                self._act(issues.set_due, "U0SEC", issue_id=issue.id, due=self._day(size * 3))
            case _:
                self._act(issues.reopen, "U0CHAIR", issue_id=issue.id, reason="It came back")

    @rule(which=chosen, outcome=st.sampled_from(DecisionOutcome), owner=people, due=st.none() | st.integers(0, 30))
    def the_chair_decides(self, which: int, outcome: DecisionOutcome, owner: str, due: int | None) -> None:
        if issue := self._issue(which):
            verdict = Verdict(outcome, "As proposed", owner, self._day(due))
            self._act(decisions.decide, "U0CHAIR", issue_id=issue.id, verdict=verdict)

    @rule(which=chosen, to=anybody, act=st.sampled_from([decisions.acknowledge, decisions.delegate]))
    def the_chair_does_something_else(self, which: int, to: str, act: Callable[..., object]) -> None:
        if issue := self._issue(which):
            given = {"to_slack_id": to} if act is decisions.delegate else {}
            self._act(act, "U0CHAIR", issue_id=issue.id, **given)

    @rule(owner=anybody, due=st.none() | st.integers(0, 12), area=st.none() | chosen)
    def somebody_is_given_something_to_do(self, owner: str, due: int | None, area: int | None) -> None:
        areas = self.days.who.areas
        about = None if area is None else areas[area % len(areas)].id
        self._act(give_action, "U0SEC", given=Given("As agreed", owner, self._day(due), about))

    @rule(which=chosen, to=anybody, due=days)
    def an_action_is_given_to_another_or_put_off(self, which: int, to: str, due: int) -> None:
        if due < 0:
            self._act(assign_action, "U0SEC", action_id=which % 8, owner_slack_id=to)
        else:
            self._act(set_action_due, "U0SEC", action_id=which % 8, due=self._day(due))

    @rule(which=chosen)
    def an_action_is_done(self, which: int) -> None:
        with self.days.database.reading() as session:
            found = session.exec(select(Action)).all()
        if found:
            self._act(actions.finish_action, "U0SEC", action_id=found[which % len(found)].id, evidence="Done")

    @override
    def teardown(self) -> None:
        try:
            # Whatever is still planned comes, or is over by then.
            self.days.go_to(self.days.now + timedelta(days=32))
        finally:
            self.days.close()
            shutil.rmtree(self.path.parent)
            for station in ZONES:
                shutil.copy(RULES / station, self.zones / station)
            ZoneInfo.clear_cache()

    # -- within ----------------------------------------------------------------------------------------------------

    def _act(self, service: Callable[..., object], slack_id: str, **given: Any) -> None:
        with suppress(Refusal):
            self.days.act(service, slack_id, **given)
        self.days.live()

    def _person(self, slack_id: str) -> Person:
        found = self.days.who.by_slack_id(slack_id)
        assert found is not None
        return found

    def _meeting(self) -> Meeting | None:
        with self.days.database.reading() as session:
            return owed_meeting(session, self.days.now)

    def _issue(self, which: int) -> Issue | None:
        with self.days.database.reading() as session:
            found = session.exec(select(Issue).order_by(col(Issue.id).desc())).all()
        return found[which % len(found)] if found else None

    def _zone(self, number: int) -> str:
        return ZONES[number % len(ZONES)]

    def _appointment(self, ahead: int, minute: int, zone: int) -> Appointment:
        there = self._zone(zone)
        wall = (self.days.now + timedelta(hours=ahead)).astimezone(ZoneInfo(there)).replace(minute=minute, tzinfo=None)
        return Appointment(wall, there)

    def _day(self, ahead: int | None) -> date | None:
        return None if ahead is None else self.days.now.date() + timedelta(days=ahead)
