"""A meeting is one entry in a calendar for ever, whose versions are told apart."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from foundation.database import Database
from models.meetings import Meeting
from models.people import Person
from models.structure import TaskForce
from services.calendar_entries import KEPT, entries_ahead, entries_published, entry_of
from services.directory import directory
from services.meetings import Appointment, cancel_meeting, hold_meeting, move_meeting, schedule_meeting
from tests.fixtures_task_force import LOADED_AT

WHEN = datetime(2026, 12, 3, 14, 30)  # noqa: DTZ001 - a wall time
DAY = timedelta(days=1)


def secretary(session: Session) -> Person:
    found = directory(session).by_slack_id("U0SEC")
    assert found
    return found


def scheduled(session: Session, local_start: datetime = WHEN) -> Meeting:
    return schedule_meeting(
        session,
        actor=secretary(session),
        appointment=Appointment(local_start, "Europe/Zurich"),
        title="",
        now=LOADED_AT,
    )


def test_an_entry_keeps_its_identity_and_grows_in_sequence_when_it_moves_or_is_cancelled(loaded: Database) -> None:
    with loaded.transaction() as session:
        meeting = scheduled(session)
        versions = [entry_of(session, meeting)]
        move_meeting(
            session, actor=secretary(session), meeting=meeting, now=LOADED_AT + DAY,
            appointment=Appointment(WHEN + DAY, "Asia/Bangkok"),
        )  # fmt: skip
        versions.append(entry_of(session, meeting))
        cancel_meeting(session, actor=secretary(session), meeting=meeting, now=LOADED_AT + 2 * DAY)
        versions.append(entry_of(session, meeting))
    assert len({version.uid for version in versions}) == 1
    assert [version.sequence for version in versions] == [0, 1, 2]
    assert [version.changed_at for version in versions] == [LOADED_AT, LOADED_AT + DAY, LOADED_AT + 2 * DAY]


def test_a_meeting_that_is_held_later_than_scheduled_is_no_new_version(loaded: Database) -> None:
    with loaded.transaction() as session:
        meeting = scheduled(session)
        before = entry_of(session, meeting)
        hold_meeting(session, actor=secretary(session), meeting=meeting, now=meeting.starts_at + timedelta(minutes=9))
        after = entry_of(session, meeting)
    assert (after.uid, after.sequence, after.changed_at) == (before.uid, before.sequence, before.changed_at)


def test_the_identity_survives_a_new_name_of_the_task_force_and_tells_two_meetings_apart(loaded: Database) -> None:
    with loaded.transaction() as session:
        first, second = scheduled(session), scheduled(session, WHEN + DAY)
        before = entry_of(session, first).uid
        session.get_one(TaskForce, 1).name = "Another name"
        assert entry_of(session, first).uid == before != entry_of(session, second).uid


def test_the_feed_has_what_is_ahead_and_the_last_year_and_what_was_cancelled(loaded: Database) -> None:
    with loaded.transaction() as session:
        first, second, third = (scheduled(session, WHEN + n * DAY) for n in range(3))
        cancel_meeting(session, actor=secretary(session), meeting=second, now=LOADED_AT)
        now = first.starts_at + timedelta(hours=1)
        assert [each.meeting for each in entries_ahead(session, now=now)] == [third]
        published = entries_published(session, now=now)
        assert [(each.meeting, each.cancelled) for each in published] == [
            (first, False), (second, True), (third, False),
        ]  # fmt: skip
        assert [each.meeting for each in entries_published(session, now=first.starts_at + KEPT)] == [second, third]


def test_before_any_meeting_there_is_no_entry(loaded: Database) -> None:
    with loaded.reading() as session:
        assert entries_published(session, now=datetime(2026, 1, 1, tzinfo=UTC)) == []
