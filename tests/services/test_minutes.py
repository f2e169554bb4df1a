"""Closed minutes: whatever happens afterwards, they stay as they are; and everywhere the same facts have one hash."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from foundation.database import Database
from foundation.errors import Refusal
from models.agenda import ItemOutcome, Minutes, Presence
from models.meetings import Meeting
from models.people import Person
from models.structure import Area
from services import attendance, meeting_floor, meeting_outcomes, meetings, minutes, minutes_draft
from services.actions import finish_action
from services.directory import directory, touch
from services.erasure import erase_person
from services.meeting_decisions import Given, add_action, decide_item
from services.meeting_record import content_of, hash_of, record_of
from services.membership import leave
from tests.faults.table import DATABASES
from tests.fixtures_task_force import LOADED_AT, make_isc_tf
from tests.meeting_items import agenda, proposal

BEGINS = LOADED_AT + timedelta(days=10)
ITEMS = st.integers(101, 104)
TEXTS = st.sampled_from(["All agree", "Всё решено", "同意", "موافق", 'A "quoted" \\ line\nand another', "🟢 é"])
Step = tuple[Callable[..., Any], dict[str, Any]]
STEPS: st.SearchStrategy[Step] = st.one_of(
    st.builds(lambda item: (meeting_floor.take_up, {"item_id": item}), ITEMS),
    st.builds(
        lambda item, outcome, text: (meeting_outcomes.conclude, {"item_id": item, "outcome": outcome, "text": text}),
        ITEMS, st.sampled_from([each for each in ItemOutcome if each is not ItemOutcome.DECIDED]), TEXTS,
    ),
    st.builds(lambda item, text: (decide_item, {"item_id": item, "given": Given(text, "U0BO")}), ITEMS, TEXTS),
    st.builds(lambda item, text: (add_action, {"item_id": item, "given": Given(text, "U0AMA")}), ITEMS, TEXTS),
    st.builds(lambda how: (attendance.say_present, {"meeting_id": 1, "presence": how}),
              st.sampled_from([*Presence, None])),
    st.builds(lambda item, text: (minutes_draft.correct_item, {"item_id": item, "text": text}), ITEMS, TEXTS),
)  # fmt: skip


class Secretary:
    """The secretariat at work in one database, a minute for each act."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, BEGINS
        with database.transaction() as session:
            at = meetings.Appointment(datetime(2026, 11, 12, 9), "Europe/Zurich")  # noqa: DTZ001 - wall time
            meetings.schedule_meeting(
                session, actor=self._sena(session), appointment=at, title="43rd", now=LOADED_AT, place="Room L"
            )
        self.does(meetings.hold_meeting, meeting=self.meeting)
        agenda(database, *(proposal(f"Item {number}", id=100 + number) for number in range(1, 5)))

    @property
    def meeting(self) -> Meeting:
        with self.database.reading() as session:
            return session.get_one(Meeting, 1)

    def does(self, act: Callable[..., Any], **given: Any) -> Any:
        """Let the secretariat do something that may be refused; the result, or None."""
        self.now += timedelta(minutes=1)
        try:
            with self.database.transaction() as session:
                given = {k: session.get_one(Meeting, v.id) if isinstance(v, Meeting) else v for k, v in given.items()}
                return act(session, actor=self._sena(session), now=self.now, **given)
        except Refusal:
            return None

    def closed(self) -> tuple[dict[str, Any], str]:
        self.does(minutes.close_meeting, meeting=self.meeting, carry=True)
        return self.stored()

    def stored(self) -> tuple[dict[str, Any], str]:
        with self.database.reading() as session:
            kept = session.exec(select(Minutes)).one()
            return kept.content, kept.sha256

    def life_goes_on(self) -> None:
        """Names change, people leave and are erased, actions are done, corrections are added."""
        self.does(minutes.add_addendum, meeting=self.meeting, text="Ama was there too")
        for number in range(1, 4):
            self.does(finish_action, action_id=number, evidence="Done")
        with self.database.transaction() as session:
            who = directory(session)
            bo = session.get_one(Person, who.by_slack_id("U0BO").id)  # type: ignore[union-attr]
            leave(session, actor=self._sena(session), person=bo, now=self.now)
            erase_person(session, bo, actor=None, now=self.now)
            session.get_one(Meeting, 1).title = "Renamed"
            session.exec(select(Area)).first().name = {"en": "Renamed"}  # type: ignore[union-attr]
            touch(session)

    def _sena(self, session: Session) -> Person:
        found = directory(session).by_slack_id("U0SEC")
        assert found
        return found


@contextmanager
def a_copy(of: Path) -> Iterator[Database]:
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{shutil.copy(of, Path(folder) / 'focal.db')}")
        yield database
        database.close()


@settings(settings.get_profile("dear"))
@given(before=st.lists(STEPS, max_size=12), after=st.lists(STEPS, max_size=6))
def test_nothing_that_happens_after_closing_changes_the_minutes(
    loaded_once: Path, before: list[Step], after: list[Step]
) -> None:
    with a_copy(loaded_once) as database:
        secretary = Secretary(database)
        for act, about in before:
            secretary.does(act, **about)
        content, sha256 = secretary.closed()
        assert sha256 == hash_of(content)
        assert content_of(record_of(content)) == content
        assert all(item["outcome"] for item in content["items"])
        for act, about in after:
            assert secretary.does(act, **about) is None
        secretary.life_goes_on()
        assert secretary.stored() == (content, sha256)
        with database.reading() as session:
            assert minutes.falsified(session) == []


@pytest.fixture
def story(database_url: str) -> Iterator[Secretary]:
    make_isc_tf(database_url)
    database = Database(database_url)
    yield Secretary(database)
    database.close()


def test_the_same_meeting_has_the_same_hash_in_every_database(
    new_url: Callable[[str, Path], str], tmp_path: Path
) -> None:
    hashes = set()
    for kind in DATABASES:
        url = new_url(kind, tmp_path)
        make_isc_tf(url)
        database = Database(url)
        story = Secretary(database)
        story.does(attendance.say_present, meeting_id=1, presence=Presence.REMOTE)
        story.does(decide_item, item_id=101, given=Given("Всё решено: «да» 同意", "U0BO"))
        story.does(meeting_outcomes.conclude, item_id=102, outcome=ItemOutcome.REFERRED, text="To TSB\nfor a draft")
        hashes.add(story.closed()[1])
        database.close()
    assert len(hashes) == 1


def test_minutes_that_somebody_changed_in_the_database_are_found(story: Secretary) -> None:
    story.closed()
    with story.database.transaction() as session:
        kept = session.exec(select(Minutes)).one()
        kept.content = {**kept.content, "title": "Another meeting"}
        session.add(kept)
    with story.database.reading() as session:
        assert minutes.falsified(session) == ["MTG-1"]


def test_a_decision_of_a_meeting_that_nobody_closed_is_the_chairs_to_record_after_a_day(story: Secretary) -> None:
    story.now += timedelta(days=2)
    assert story.does(decide_item, item_id=101, given=Given("Too late")) is None
    assert story.does(meeting_outcomes.conclude, item_id=101, outcome=ItemOutcome.DISCUSSED)
    assert story.closed()
