"""A dry run shows the very plan that scheduling would make, and leaves no trace."""

from datetime import date, datetime

import pytest
from sqlmodel import select

from foundation.database import Database
from foundation.errors import Denied, Refusal
from models.journal import JournalEntry
from models.meetings import Meeting
from models.reminders import Reminder, ReminderState
from services import absences
from services.dry_run import dry_run
from services.meetings import Appointment, intended
from tests.fixtures_task_force import LOADED_AT
from tests.reminding import GENEVA, Reminding, geneva


@pytest.fixture
def reminding(loaded: Database) -> Reminding:
    """Give a task force in which somebody is away, with a stand-in, and somebody without one."""
    made = Reminding(loaded, LOADED_AT)
    with made.acting() as session:
        for absent, alternate in (("U0AMA", made.person("U0BEN")), ("U0CY", None)):
            absences.set_absence(
                session, actor=made.person("U0SEC"), person=made.person(absent), first_day=date(2026, 11, 20),
                last_day=date(2026, 12, 1), alternate=alternate, now=LOADED_AT,
            )  # fmt: skip
    return made


def facts(rows: list[Reminder]) -> list[tuple[object, ...]]:
    """Give what a plan says, in an order of its own: what is sent was planned."""
    states = {ReminderState.SENT: ReminderState.PLANNED}
    found = [
        (r.person_id, r.step, r.asked_at, r.due_at, states.get(r.state, r.state), str(r.reason), r.covers_id)
        for r in rows
    ]
    return sorted(found, key=str)


def tried(reminding: Reminding, wall_time: str, actor: str = "U0SEC") -> list[tuple[object, ...]]:
    with reminding.database.reading() as session:
        appointment = Appointment(datetime.fromisoformat(wall_time), GENEVA)
        meeting = intended(session, actor=reminding.person(actor), appointment=appointment, now=reminding.now)
        _, rows = dry_run(session, meeting, now=reminding.now)
        return facts(rows)


def stored(reminding: Reminding, meeting: Meeting) -> list[tuple[object, ...]]:
    with reminding.database.reading() as session:
        return facts(list(session.exec(select(Reminder).where(Reminder.meeting_id == meeting.id))))


@pytest.mark.parametrize(
    "wall_time", ["2026-12-03 14:30", "2026-12-14 09:30", "2026-11-03 08:00", "2027-03-31 14:30", "2026-11-06 14:30"]
)
def test_a_dry_run_is_what_scheduling_then_plans(reminding: Reminding, wall_time: str) -> None:
    expected = tried(reminding, wall_time)
    meeting = reminding.schedule(wall_time)
    assert stored(reminding, meeting) == expected
    assert expected


def test_after_another_meeting_everything_is_owed_anew_and_reminded_once_that_has_begun(reminding: Reminding) -> None:
    reminding.post_everything()
    reminding.schedule("2026-12-03 14:30")
    expected = tried(reminding, "2026-12-08 14:30")
    later = reminding.schedule("2026-12-08 14:30")
    assert not stored(reminding, later)
    reminding.go_to(geneva("2026-12-03 14:30"))
    assert stored(reminding, later) == expected
    assert {at for _, _, _, at, *_ in expected if isinstance(at, datetime) and at < geneva("2026-12-03 14:30")} == set()


def test_a_dry_run_leaves_no_trace(reminding: Reminding) -> None:
    def count() -> tuple[int, ...]:
        with reminding.database.reading() as session:
            return tuple(len(session.exec(select(each)).all()) for each in (Meeting, Reminder, JournalEntry))

    before = count()
    assert tried(reminding, "2027-02-04 14:30")
    assert count() == before


def test_a_dry_run_refuses_what_scheduling_refuses(reminding: Reminding) -> None:
    reminding.schedule("2026-12-03 14:30")
    for wall_time in ("2026-10-01 14:30", "2026-12-03 14:30", "2027-03-28 02:30"):
        with pytest.raises(Refusal):
            tried(reminding, wall_time)
    with pytest.raises(Denied):
        tried(reminding, "2027-02-04 14:30", actor="U0BEN")
