"""What was known of meetings at a moment, on both databases."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from foundation.database import Database
from models.meetings import Meeting, MeetingState
from services.journal import record
from services.meetings import Appointment, move_meeting
from services.past_meetings import list_past_meetings
from tests.faults.table import DATABASES
from tests.services.agenda_desk import BEGUN, DAY, AgendaDesk

FIRST, SECOND = BEGUN + 20 * DAY, BEGUN + 60 * DAY
MOMENT = timedelta(microseconds=1)

pytestmark = pytest.mark.parametrize("loaded", DATABASES, indirect=True)


def lived(database: Database) -> AgendaDesk:
    """Two meetings: the first moved behind the second, then cancelled; the second held."""
    desk = AgendaDesk(database)
    desk.meeting(FIRST)
    desk.meeting(SECOND)
    later = Appointment((SECOND + 10 * DAY).replace(tzinfo=None), "UTC")
    with database.transaction() as session:
        meeting, actor = session.get_one(Meeting, 1), desk.person(session, "U0SEC")
        move_meeting(session, actor=actor, meeting=meeting, appointment=later, now=BEGUN + DAY)
    desk.cancel(1, BEGUN + 2 * DAY)
    desk.hold(2, SECOND)
    return desk


def test_start_and_state_are_those_of_the_moment_in_the_order_of_then(loaded: Database) -> None:
    desk = lived(loaded)
    moved = SECOND + 10 * DAY
    scheduled, held, cancelled = MeetingState.SCHEDULED, MeetingState.HELD, MeetingState.CANCELLED
    expected = {
        BEGUN - MOMENT: [],
        BEGUN: [(1, FIRST, scheduled), (2, SECOND, scheduled)],
        BEGUN + DAY: [(2, SECOND, scheduled), (1, moved, scheduled)],
        BEGUN + 2 * DAY: [(2, SECOND, scheduled), (1, moved, cancelled)],
        SECOND - MOMENT: [(2, SECOND, scheduled), (1, moved, cancelled)],
        SECOND: [(1, moved, cancelled), (2, SECOND, held)],
    }
    with desk.database.reading() as session:
        for at, known in expected.items():
            found = list_past_meetings(session, at=at)
            assert [(m.id, m.starts_at, m.state) for m in found] == known, at
            assert all(m.held_at is None for m in found if m.state is not held)
        assert not session.new
        assert not session.dirty, "nothing of the past is ever stored"


def test_one_statement_reads_them_all_and_none_of_what_else_happened(loaded: Database) -> None:
    desk = lived(loaded)
    with loaded.transaction() as session:
        for n in range(50):
            record(session, act="issue.raise", subject=f"ISS-{n}", actor=desk.person(session, "U0BO"), now=BEGUN)
    seen: list[tuple[str, object]] = []
    sa.event.listen(
        loaded.engine, "before_cursor_execute", lambda _c, _cur, sql, values, *_: seen.append((sql, values))
    )
    with loaded.reading() as session:
        list_past_meetings(session, at=SECOND)
        [(sql, values)] = [(sql, values) for sql, values in seen if "FROM meeting" in sql]
        if loaded.engine.dialect.name == "sqlite":
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
            steps = [row[3] for row in plan]
            assert [step for step in steps if "SCAN" in step and "meeting" not in step] == []
            assert any("ix_journal_subject" in step for step in steps)
