"""Two people act on one meeting at the same moment, through two replicas: nobody overwrites the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from foundation.database import Database
from foundation.errors import Refusal
from foundation.language import language
from models.issues import DecisionOutcome
from models.meetings import Meeting, MeetingState
from models.people import Person
from services.action_giving import Given, give_action
from services.decision_adding import add_decision
from services.decisions import Verdict, decide
from services.meetings import Appointment, cancel_meeting, hold_meeting, move_meeting, schedule_meeting
from services.minutes import close_meeting, read_minutes
from services.proposals import Proposal, propose
from tests.services.agenda_desk import BEGUN, AgendaDesk
from tests.slack_player import wait_for

BLOCKED = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
START = BEGUN + timedelta(hours=5)
LATER = Appointment(datetime(2026, 12, 9, 9), "UTC")  # noqa: DTZ001 - a wall time
Act = Callable[[Session, Person, Meeting], object]

pytestmark = pytest.mark.parametrize("loaded", ["postgresql"], indirect=True)


@pytest.fixture
def desk(loaded: Database) -> AgendaDesk:
    desk = AgendaDesk(loaded)
    desk.meeting(START.astimezone(UTC))
    return desk


def hold(session: Session, actor: Person, meeting: Meeting) -> object:
    return hold_meeting(session, actor=actor, meeting=meeting, now=START)


def schedule(session: Session, actor: Person, _: Meeting) -> object:
    return schedule_meeting(session, actor=actor, appointment=LATER, title="", now=BEGUN)


def hold_the_other(session: Session, actor: Person, _: Meeting) -> object:
    return hold_meeting(session, actor=actor, meeting=session.get_one(Meeting, 2), now=START)


def close(session: Session, actor: Person, meeting: Meeting) -> object:
    return close_meeting(session, actor=actor, meeting=meeting, now=START, carry=True)


def cancel(session: Session, actor: Person, meeting: Meeting) -> object:
    return cancel_meeting(session, actor=actor, meeting=meeting, now=BEGUN)


def move(session: Session, actor: Person, meeting: Meeting) -> object:
    return move_meeting(session, actor=actor, meeting=meeting, appointment=LATER, now=BEGUN)


def propose_for_it(session: Session, actor: Person, meeting: Meeting) -> object:
    return propose(session, actor=actor, meeting=meeting, proposal=Proposal("Logo"), now=BEGUN)


def record_decision(session: Session, actor: Person, _: Meeting) -> object:
    return add_decision(session, actor=actor, now=START, text="We go")


def meanwhile(desk: AgendaDesk, first: Act, second: Act, who: str = "U0SEC") -> str:
    """Let somebody act while `first` is done and not committed yet; the sentence with which they are refused."""

    def other() -> str:
        try:
            with desk.database.transaction() as session:
                second(session, desk.person(session, who), session.get_one(Meeting, 1))
        except Refusal as refusal:
            return refusal.plain(language("en"))
        return ""

    with ThreadPoolExecutor() as threads:
        with desk.database.transaction() as session:
            first(session, desk.person(session, "U0SEC"), session.get_one(Meeting, 1))
            session.flush()
            said = threads.submit(other)
            with desk.database.reading() as looking:
                wait_for(lambda: looking.connection().scalar(BLOCKED) or said.done(), seconds=60)
        return said.result()


@pytest.mark.parametrize("second", [hold, cancel, move, propose_for_it])
def test_a_meeting_that_is_being_opened_is_neither_cancelled_nor_moved_nor_opened_again(
    desk: AgendaDesk, second: Act
) -> None:
    assert "MTG-1" in meanwhile(desk, hold, second)
    with desk.database.reading() as session:
        meeting = session.get_one(Meeting, 1)
        assert (meeting.state, meeting.revision) == (MeetingState.HELD, 0)


def test_of_two_meetings_only_one_is_opened(desk: AgendaDesk) -> None:
    desk.meeting((START + timedelta(hours=1)).astimezone(UTC))
    assert "MTG-1 is still being held" in meanwhile(desk, hold, hold_the_other)


@pytest.mark.parametrize("first", [schedule, move])
def test_no_two_meetings_are_put_at_one_time(desk: AgendaDesk, first: Act) -> None:
    assert "is already scheduled for" in meanwhile(desk, first, schedule)


def test_what_the_secretariat_records_while_the_meeting_is_closed_is_refused(desk: AgendaDesk) -> None:
    desk.hold(1, START)
    assert "while a meeting is held" in meanwhile(desk, close, record_decision)


def test_what_is_decided_and_given_while_minutes_are_frozen_is_not_of_that_meeting(desk: AgendaDesk) -> None:
    desk.raised("U0AMA", BEGUN)
    desk.hold(1, START)

    def decide_and_give(session: Session, actor: Person, _: Meeting) -> None:
        verdict = Verdict(DecisionOutcome.CLOSE, "TSB hosts it")
        decision = decide(session, actor=actor, now=START, issue_id=1, verdict=verdict)
        action = give_action(session, actor=actor, now=START, given=Given("Draft it", "U0BO"))
        assert (decision.meeting_id, action.meeting_id) == (None, None)

    assert meanwhile(desk, close, decide_and_give, "U0CHAIR") == ""
    with desk.database.reading() as session:
        assert read_minutes(session, session.get_one(Meeting, 1)).intact
