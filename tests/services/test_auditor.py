"""The auditor notices what is due and not on its way, and excuses what Slack holds up."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, col

from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState, Pause, Pulse
from models.reminders import Reminder, ReminderKind, ReminderState
from services.auditor import Finding, audit
from services.directory import touch
from tests.fixtures_task_force import LOADED_AT
from tests.reminding import Reminding

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def notice(session: Session, key: str = "a", **more: Any) -> None:
    given: dict[str, Any] = {
        "due_at": NOW - timedelta(minutes=6),
        "created_at": LOADED_AT,
        "subject": "x",
        "kind": NoticeKind.BRIEF,
    }
    session.add(Notice(key=key, **given | more))
    session.flush()


def findings(session: Session) -> list[Finding]:
    return audit(session, now=NOW, real=NOW)


def test_all_is_well_when_nothing_is_late(loaded: Database) -> None:
    with loaded.transaction() as session:
        notice(session, due_at=NOW - timedelta(minutes=4))
        notice(session, key="child", parent_key="a")
        notice(session, key="later", next_at=NOW + timedelta(minutes=1))
        assert findings(session) == []


def test_what_is_due_for_longer_than_five_minutes_is_found(loaded: Database) -> None:
    with loaded.transaction() as session:
        notice(session)
        assert findings(session) == [Finding("notices_waiting", 1, ours=True)]


def test_what_waits_while_slack_is_away_is_not_our_fault(loaded: Database) -> None:
    with loaded.transaction() as session:
        notice(session)
        session.add(Pause(bucket="slack", until=NOW - timedelta(minutes=1)))
        session.flush()
        assert findings(session) == [Finding("notices_waiting", 1, ours=False)]


def test_a_doubt_of_more_than_fifteen_minutes_is_found(loaded: Database) -> None:
    with loaded.transaction() as session:
        notice(session, state=NoticeState.UNKNOWN, first_tried_at=NOW - timedelta(minutes=16))
        assert findings(session) == [Finding("notices_unknown", 1, ours=False)]


@pytest.mark.parametrize("state", [NoticeState.SENDING, NoticeState.CHECKING])
def test_a_claim_that_nobody_takes_over_is_found(loaded: Database, state: NoticeState) -> None:
    with loaded.transaction() as session:
        notice(session, state=state, lease_until=NOW - timedelta(minutes=6))
        assert findings(session) == [Finding("claims_stuck", 1, ours=True)]


def test_a_reminder_that_is_not_said_is_found(loaded: Database) -> None:
    with loaded.transaction() as session:
        late: dict[str, Any] = {
            "person_id": 1,
            "kind": ReminderKind.UPDATES,
            "asked_at": LOADED_AT,
            "due_at": NOW - timedelta(minutes=6),
        }
        session.add(Reminder(step="3d", **late))
        session.add(Reminder(step="1d", state=ReminderState.SENT, **late))
        session.flush()
        assert {finding.code for finding in findings(session)} == {"reminders_overdue", "reminders_without_notice"}


def test_who_owes_and_is_in_no_plan_is_found(loaded: Database) -> None:
    reminding = Reminding(loaded, NOW)
    meeting = reminding.schedule("2026-12-03 14:30")
    with loaded.transaction() as session:
        assert findings(session) == []
        lost = sa.delete(Reminder).where(col(Reminder.person_id) == reminding.person("U0DI").id)
        session.connection().execute(lost.where(col(Reminder.meeting_id) == meeting.id))
        assert findings(session) == [Finding("obligations_without_reminder", 1, ours=True)]


def test_a_plan_that_is_about_to_be_made_anew_is_not_judged(loaded: Database) -> None:
    Reminding(loaded, NOW).schedule("2026-12-03 14:30")
    with loaded.transaction() as session:
        session.connection().execute(sa.delete(Reminder))
        touch(session)
        assert findings(session) == []


def test_a_duty_that_fails_is_found(loaded: Database) -> None:
    with loaded.transaction() as session:
        session.add(Pulse(name="tick", at=NOW, detail="climb the ladder, plan reminders"))
        session.flush()
        assert findings(session) == [Finding("duties_failing", 2, ours=True)]
