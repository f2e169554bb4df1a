"""Nobody forgets an issue that waits for the chair: not when there is no chair, nor after the last reminder."""

import pytest

from foundation.database import Database
from models.delivery import NoticeKind
from models.issues import IssueState
from services import decisions, escalation
from services.directory import touch
from tests.services.issue_desk import IssueDesk, zurich

RAISED = zurich(4, 16)
ALERTED = zurich(7)


@pytest.fixture
def desk(loaded: Database) -> IssueDesk:
    return IssueDesk(loaded)


def chair_leaves(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        desk.person(session, "U0CHAIR").left_at = RAISED
        touch(session)


def chair_comes_back(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        desk.person(session, "U0CHAIR").left_at = None
        touch(session)


def silences(desk: IssueDesk) -> int:
    """How often the secretariat was told that nothing comes from the chair."""
    return sum(key.startswith("secretariat:chair_silent") for key in desk.keys(NoticeKind.SECRETARIAT))


def test_without_a_chair_an_issue_still_comes_before_the_chair_and_the_secretariat_is_told(desk: IssueDesk) -> None:
    chair_leaves(desk)
    issue = desk.raised("U0AMA", RAISED)
    desk.climb_until(zurich(21), since=RAISED)
    assert desk.issue(issue).state is IssueState.ESCALATED
    assert silences(desk) == 1


def test_a_chair_who_comes_later_is_alerted_and_reminded_as_any_other(desk: IssueDesk) -> None:
    chair_leaves(desk)
    issue = desk.raised("U0AMA", RAISED)
    desk.act(escalation.escalate, "U0BO", ALERTED, issue_id=issue)
    desk.climb(ALERTED)
    chair_comes_back(desk)
    desk.climb(zurich(8))
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 1
    desk.climb_until(zurich(10, 10), since=zurich(8))
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 2


def test_an_acknowledgement_after_the_last_reminder_pauses_and_does_not_bury(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.act(escalation.escalate, "U0BO", ALERTED, issue_id=issue)
    desk.climb_until(zurich(17), since=ALERTED)
    assert silences(desk) == 1
    desk.act(decisions.acknowledge, "U0CHAIR", zurich(17, 10), issue_id=issue)
    desk.climb_until(zurich(24, 9, 59), since=zurich(17, 10))
    assert silences(desk) == 1
    desk.climb_until(zurich(24, 10), since=zurich(24, 9, 59))
    assert silences(desk) == 2
    assert desk.issue(issue).acknowledged_at is None
