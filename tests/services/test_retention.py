"""What was only needed to deliver is forgotten in time, and never what keeps a message from being sent twice."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState
from models.issues import Issue, IssueState
from services import escalation
from services.directory import directory
from services.retention import forget
from services.vacant_seats import report_vacant
from tests.fixtures_task_force import LOADED_AT
from tests.services.issue_desk import IssueDesk, zurich

LONG_AGO = LOADED_AT - timedelta(days=30)
YEARS_LATER = zurich(4, year=2028)
"""A Monday."""


def notice(session: Session, key: str, **more: Any) -> None:
    given: dict[str, Any] = {"subject": "x", "kind": NoticeKind.BRIEF, "state": NoticeState.SENT, "due_at": LONG_AGO}
    session.add(Notice(key=key, **{"created_at": LONG_AGO} | given | more))
    session.flush()


def keys(session: Session) -> set[str]:
    return set(session.exec(select(Notice.key)))


def sent_long_ago(database: Database) -> None:
    """Everything owed until now was sent, before this cycle began."""
    with database.transaction() as session:
        for owed in session.exec(select(Notice)):
            owed.state, owed.created_at = NoticeState.SENT, LONG_AGO


def forget_all(session: Session, *, now: datetime = YEARS_LATER) -> None:
    forget(session, before=now, now=now)


def test_only_what_is_settled_old_and_not_needed_is_forgotten(loaded: Database) -> None:
    with loaded.transaction() as session:
        notice(session, "old")
        notice(session, "card")
        notice(session, "reply", state=NoticeState.PENDING, parent_key="card")
        notice(session, "new", created_at=YEARS_LATER)
        forget_all(session)
        assert keys(session) == {"card", "new", "reply"}


def test_what_was_said_in_this_cycle_is_kept_however_old_because_it_is_edited(loaded: Database) -> None:
    with loaded.transaction() as session:
        notice(session, "update_reply:update:1", created_at=LOADED_AT)
        forget_all(session)
        assert keys(session) == {"update_reply:update:1"}


def test_a_chair_is_not_alerted_again_to_an_issue_that_waits_for_years(loaded: Database) -> None:
    desk = IssueDesk(loaded)
    issue = desk.raised("U0AMA", zurich(4))
    desk.act(escalation.escalate, "U0BO", zurich(4, 10), issue_id=issue)
    desk.climb_until(zurich(30), since=zurich(4, 10))
    alerts = desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR")
    sent_long_ago(loaded)
    with loaded.transaction() as session:
        forget_all(session)
    desk.climb(YEARS_LATER)
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == alerts


def test_of_a_settled_issue_what_was_said_is_forgotten(loaded: Database) -> None:
    desk = IssueDesk(loaded)
    issue = desk.raised("U0AMA", zurich(4))
    sent_long_ago(loaded)
    with loaded.transaction() as session:
        session.get_one(Issue, issue).state = IssueState.RESOLVED
        forget_all(session)
        assert not session.exec(select(Notice).where(Notice.subject == f"issue:{issue}")).all()


def test_a_seat_that_stays_vacant_for_years_is_told_once(loaded: Database) -> None:
    with loaded.transaction() as session:
        report_vacant(session, directory(session).seats, now=LOADED_AT)
        told = keys(session)
    sent_long_ago(loaded)
    with loaded.transaction() as session:
        forget_all(session)
        report_vacant(session, directory(session).seats, now=YEARS_LATER)
        assert keys(session) == told
    assert len(told) == 1
