"""Cycles begin when meetings really begin."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from foundation.database import Database
from models.meetings import Meeting, MeetingState
from models.updates import Update
from services.cycles import FIRST, begin_at_hold, current_cycle, cycle_at, cycle_until, owed_meeting
from services.directory import directory
from tests.fixtures_task_force import LOADED_AT
from tests.services.update_desk import UpdateDesk

THIRD, TENTH = datetime(2026, 12, 3, 13, 30, tzinfo=UTC), datetime(2026, 12, 10, 13, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def meeting(session: Session, starts_at: datetime, **facts: object) -> Meeting:
    someone = directory(session).by_slack_id("U0SEC")
    assert someone
    made = Meeting(
        title="ISC-TF", local_start="2026-12-03T14:30", timezone="Europe/Zurich", starts_at=starts_at,
        deadline_at=starts_at - timedelta(days=1), created_by_id=someone.id or 0, created_at=LOADED_AT,
    )  # fmt: skip
    for name, fact in facts.items():
        setattr(made, name, fact)
    session.add(made)
    session.flush()
    return made


def test_the_first_cycle_runs_from_the_first_load(loaded: Database) -> None:
    with loaded.transaction() as session:
        cycle = current_cycle(session, LOADED_AT + HOUR)
        assert (cycle.opened_by, cycle.starts_at, cycle.ends_at) == (FIRST, LOADED_AT, None)


def test_a_meeting_opens_a_cycle_at_its_scheduled_start(loaded: Database) -> None:
    with loaded.transaction() as session:
        third, tenth = meeting(session, THIRD), meeting(session, TENTH)
        assert cycle_at(session, THIRD - HOUR).opened_by == FIRST
        assert cycle_at(session, THIRD - HOUR).ends_at == THIRD
        assert (cycle_at(session, THIRD).opened_by, cycle_at(session, THIRD).ends_at) == (third.id, TENTH)
        assert cycle_at(session, TENTH + HOUR).opened_by == tenth.id


def test_held_meetings_open_it_when_they_were_opened_and_cancelled_ones_never(loaded: Database) -> None:
    with loaded.transaction() as session:
        held = meeting(session, THIRD, state=MeetingState.HELD, held_at=THIRD + HOUR)
        meeting(session, TENTH, state=MeetingState.CANCELLED)
        assert cycle_at(session, THIRD + HOUR / 2).opened_by == FIRST
        assert cycle_at(session, THIRD + HOUR).opened_by == held.id
        assert cycle_at(session, TENTH + HOUR).opened_by == held.id


def test_updates_between_the_scheduled_and_the_actual_start_belong_to_the_cycle_before(loaded: Database) -> None:
    desk = UpdateDesk(loaded)
    third = desk.meeting(THIRD)
    assert desk.filed("U0BO", THIRD + HOUR).cycle == third
    with loaded.transaction() as session:
        held = session.get_one(Meeting, third)
        held.state, held.held_at = MeetingState.HELD, THIRD + 2 * HOUR
        session.flush()
        assert [update.late for update in begin_at_hold(session, held)] == [True]
    assert [update.cycle for update in desk.all(Update)] == [FIRST]
    assert desk.filed("U0BO", THIRD + 3 * HOUR).cycle == third


def test_at_its_very_start_a_meeting_looks_back_on_the_cycle_it_ends(loaded: Database) -> None:
    with loaded.transaction() as session:
        third = meeting(session, THIRD)
        assert cycle_until(session, THIRD).opened_by == FIRST
        assert cycle_until(session, THIRD + HOUR).opened_by == third.id


def test_only_the_next_scheduled_meeting_is_owed_for(loaded: Database) -> None:
    with loaded.transaction() as session:
        tenth, third = meeting(session, TENTH), meeting(session, THIRD)
        assert owed_meeting(session, LOADED_AT) == third
        assert owed_meeting(session, THIRD) == tenth
        third.state = MeetingState.CANCELLED
        session.flush()
        assert owed_meeting(session, LOADED_AT) == tenth
        assert owed_meeting(session, TENTH) is None
