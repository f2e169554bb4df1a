"""What there is to act on: a task force with one person for each role, and records in every state that an act needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, SQLModel, col, select

from foundation.database import Database
from models.agenda import AgendaItem, ItemOutcome, Presence
from models.issues import DecisionOutcome
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.structure import Area
from models.updates import Health
from services import (
    absences,
    agenda_acts,
    attendance,
    decisions,
    escalation,
    issues,
    meeting_floor,
    meeting_outcomes,
    meetings,
    minutes,
    proposals,
    updates,
)
from services.directory import area_id, directory, person_id, seat_id, touch
from services.drafts import keep_draft
from services.membership import learned
from services.task_force_file import load
from services.typed_updates import TypedUpdate
from tests.fixtures_task_force import ISC_TF, LOADED_AT
from tests.focal_app import MONDAY
from tests.meeting_items import proposal, take_up_only

EARLIER = MONDAY - timedelta(hours=1)
MEMBERS = """
  - {slack: U0ACTING, name: "Acting (sample)", station: geneva}
  - {slack: U0DELE, name: "Dele (sample)", station: geneva}
  - {slack: U0ALT, name: "Alt (sample)", unit: BR, station: geneva}
  - {slack: U0OWNER, name: "Owner (sample)", station: geneva}
  - {slack: U0PLAIN, name: "Plain (sample)", station: geneva}
  - {slack: U0GONE, name: "Gone (sample)", unit: BR, station: geneva}
"""


@dataclass(frozen=True)
class Scene:
    """The task-force file of the scene, its database, and the ids that controls carry, by name."""

    task_force_file: Path
    database_url: str
    ids: dict[str, int]


def set_scene(directory_of_files: Path, database_url: str) -> Scene:
    """Write the scene's file, and fill an empty database."""
    text = ISC_TF.read_text("utf-8").replace("alternate: U0BEN", "alternate: U0ALT")
    text = text.replace("{BR: [], TSB: U0TESS", "{BR: U0GONE, TSB: U0TESS")
    task_force = directory_of_files / "scene.yaml"
    task_force.write_text(text.replace("\nareas:\n", f"{MEMBERS}\nareas:\n"), "utf-8")
    database = Database(database_url)
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
        load(session, task_force.read_text("utf-8"), actor=None, now=LOADED_AT)
        touch(session)
    with database.transaction() as session:
        ids = _Story(session).play()
    database.close()
    return Scene(task_force, database_url, ids)


class _Story:
    def __init__(self, session: Session) -> None:
        self.session = session

    def play(self) -> dict[str, int]:
        for person in self.session.exec(select(Person).where(col(Person.member))):
            person.language = "en"
        touch(self.session)
        self._meetings_and_updates()
        self._strangers()
        self._issues()
        self._drafts()
        self._agenda()
        self._minutes()
        return self._ids()

    def _meetings_and_updates(self) -> None:
        self._update("U0AMA", "climate", LOADED_AT + timedelta(days=1))
        for day in (10, 20):
            self._schedule(day=day, month=11, now=LOADED_AT)
        held = self._do(meetings.hold_meeting, "U0SEC", datetime(2026, 11, 10, 9, tzinfo=ZoneInfo("UTC")),
                        meeting=self.session.get_one(Meeting, 1))  # fmt: skip
        assert held.held_at
        self._schedule(day=3, month=12, now=EARLIER)
        self._update("U0CY", "climate", EARLIER)
        self._update("U0DI", "resources", EARLIER)
        self._do(absences.set_absence, "U0CHAIR", EARLIER, person=self._person("U0CHAIR"), first_day=MONDAY.date(),
                 last_day=date(2026, 12, 31), alternate=self._person("U0ACTING"))  # fmt: skip

    def _minutes(self) -> None:
        """MTG-1 is still held, its first item in hand, and U0CY in the room; another one, before it, was closed."""
        take_up_only(self.session, *(proposal(f"Item {number}") for number in (1, 2, 3)))
        closed = Meeting(
            title="Earlier", local_start="2026-11-05T10:00", timezone="Europe/Zurich",
            starts_at=LOADED_AT + timedelta(days=3), deadline_at=LOADED_AT, state=MeetingState.HELD,
            held_at=LOADED_AT + timedelta(days=3), created_by_id=person_id(self._person("U0SEC")),
            created_at=LOADED_AT,
        )  # fmt: skip
        self.session.add(closed)
        self.session.flush()
        self._do(minutes.close_meeting, "U0SEC", EARLIER, meeting=closed)
        first, second, _ = self._items()
        self._do(meeting_outcomes.conclude, "U0SEC", EARLIER, item_id=second, outcome=ItemOutcome.DISCUSSED)
        self._do(meeting_floor.take_up, "U0SEC", EARLIER + timedelta(minutes=1), item_id=first)
        self._do(attendance.say_present, "U0CY", EARLIER, meeting_id=1, presence=Presence.ROOM)

    def _items(self) -> list[int]:
        held = select(AgendaItem.id).where(AgendaItem.meeting_id == 1).order_by(col(AgendaItem.place))
        return [item or 0 for item in self.session.exec(held)]

    def _strangers(self) -> None:
        learned(self.session, "U0NEWS", {"real_name": "Nia (newsroom, sample)"}, MONDAY)
        learned(self.session, "U0GUEST", {"real_name": "Gus (guest, sample)", "is_restricted": True}, MONDAY)
        learned(self.session, "U0GONE", {"real_name": "Gone (sample)", "deleted": True}, EARLIER)

    def _issues(self) -> None:
        """ISS-1 open, ISS-2 before its delegate, ISS-3 decided with an action, ISS-4 open in a restricted area."""
        self._raise("U0OWNER", "climate")
        for number in (2, 3):
            self._raise("U0OWNER", "climate")
            self._do(escalation.escalate, "U0CY", EARLIER, issue_id=number)
            self._do(decisions.delegate, "U0CHAIR", EARLIER, issue_id=number, to_slack_id="U0DELE")
        verdict = decisions.Verdict(DecisionOutcome.ACTION, "BDT pays", owner_slack_id="U0OWNER")
        self._do(decisions.decide, "U0CHAIR", EARLIER, issue_id=3, verdict=verdict)
        self._raise("U0DI", "resources")

    def _drafts(self) -> None:
        """One that can be posted, and one in which everything is missing."""
        whole = TypedUpdate(self._area("emergency"), Health.ON_TRACK, "Draft words")
        for typed in (whole, TypedUpdate(None, None, "Some words")):
            keep_draft(self.session, typed, actor=self._person("U0CY"), now=EARLIER)

    def _agenda(self) -> None:
        """MTG-3 with a proposal, and with its second standing item left out."""
        self.proposal = self._do(proposals.propose, "U0CY", EARLIER, meeting=self.session.get_one(Meeting, 3),
                                 proposal=proposals.Proposal("The venue"))  # fmt: skip
        self._do(agenda_acts.leave_out, "U0SEC", EARLIER, meeting_id=3, key="standing:1")

    def _ids(self) -> dict[str, int]:
        who = directory(self.session)
        found = {area.key: area_id(area) for area in who.areas}
        found |= {unit.key: unit.id or 0 for unit in who.units}
        found |= {person.slack_id: person_id(person) for person in self.session.exec(select(Person))}
        found["proposal"] = self.proposal.id or 0
        found["in_hand"], _, found["to_come"] = self._items()
        closed = select(Meeting.id).where(Meeting.state == MeetingState.CLOSED)
        found["closed"] = self.session.exec(closed).one() or 0
        for area, unit in (("climate", "BDT"), ("web", "BR")):
            seat = who.seat(found[area], found[unit])
            assert seat
            found[f"{area}_{unit}"] = seat_id(seat)
        return found

    # -- hands ---------------------------------------------------------------------------------------------------------

    def _do(self, act: Callable[..., Any], who: str, now: datetime, **given: Any) -> Any:
        return act(self.session, actor=self._person(who), now=now, **given)

    def _schedule(self, *, day: int, month: int, now: datetime) -> None:
        at = meetings.Appointment(datetime(2026, month, day, 10), "Europe/Zurich")  # noqa: DTZ001 - wall time
        self._do(meetings.schedule_meeting, "U0SEC", now, appointment=at, title="ISC-TF")

    def _update(self, who: str, area: str, now: datetime) -> None:
        self._do(
            updates.file_update, who, now, area=self._area(area), health=Health.AT_RISK, changed=f"{who} on {area}"
        )

    def _raise(self, who: str, area: str) -> None:
        draft = issues.Draft("Who pays?", area_id=area_id(self._area(area)), proposal="All pay")
        self._do(issues.raise_issue, who, EARLIER, draft=draft)

    def _person(self, slack_id: str) -> Person:
        found = directory(self.session).by_slack_id(slack_id)
        assert found
        return found

    def _area(self, key: str) -> Area:
        found = directory(self.session).area_by_key(key)
        assert found
        return found
