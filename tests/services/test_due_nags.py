"""Dates that near: the owner hears of it in working time, never after the day, never of what is done."""

from datetime import date

import pytest

from foundation.database import Database
from models.issues import DecisionOutcome
from models.reminders import ReminderKind, ReminderState
from services import actions, decisions, escalation, issues, membership
from services.decisions import Verdict
from tests.services.issue_desk import IssueDesk, cairo, zurich

RAISED = zurich(4, 16)
DUE = ReminderKind.DUE


@pytest.fixture
def desk(loaded: Database) -> IssueDesk:
    return IssueDesk(loaded)


def test_the_owner_is_told_the_working_day_before_and_on_the_day(desk: IssueDesk) -> None:
    desk.raised("U0AMA", RAISED, due=date(2026, 12, 14))
    assert desk.moments(DUE) == [("U0AMA", zurich(11)), ("U0AMA", zurich(14))]


def test_a_date_without_work_is_told_before_it_only(desk: IssueDesk) -> None:
    desk.raised("U0AMA", RAISED, due=date(2026, 12, 13))
    assert desk.moments(DUE) == [("U0AMA", zurich(11))]


def test_a_new_owner_hears_it_in_their_own_working_week(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED, due=date(2026, 12, 13))
    desk.act(issues.assign, "U0AMA", RAISED, issue_id=issue, owner_slack_id="U0NADIA")
    assert desk.moments(DUE) == [("U0NADIA", cairo(10)), ("U0NADIA", cairo(13))]


def test_what_is_settled_escalated_or_has_no_date_any_more_nags_nobody(desk: IssueDesk) -> None:
    settled, raised, undated = (desk.raised("U0AMA", RAISED, due=date(2026, 12, 14)) for _ in range(3))
    desk.act(issues.resolve, "U0BO", RAISED, issue_id=settled, text="Settled")
    desk.act(escalation.escalate, "U0BO", RAISED, issue_id=raised)
    desk.act(issues.set_due, "U0BO", RAISED, issue_id=undated, due=None)
    assert desk.moments(DUE) == []


def test_the_owner_of_an_action_is_told_until_it_is_done(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    verdict = Verdict(DecisionOutcome.ACTION, "TSB hosts it", owner_slack_id="U0BO", due=date(2026, 12, 14))
    desk.act(decisions.decide, "U0CHAIR", RAISED, issue_id=issue, verdict=verdict)
    assert desk.moments(DUE) == [("U0BO", zurich(11)), ("U0BO", zurich(14)), ("U0BO", zurich(15))]
    desk.act(actions.finish_action, "U0BO", RAISED, action_id=1, evidence="Room K")
    assert desk.moments(DUE) == []
    assert len(desk.moments(DUE, state=ReminderState.WITHDRAWN)) == 3


def test_whoever_takes_over_the_action_of_somebody_who_left_is_told_of_its_date(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    verdict = Verdict(DecisionOutcome.ACTION, "TSB hosts it", owner_slack_id="U0BO", due=date(2026, 12, 14))
    desk.act(decisions.decide, "U0CHAIR", RAISED, issue_id=issue, verdict=verdict)
    with desk.database.transaction() as session:
        sec, bo = (desk.person(session, slack_id) for slack_id in ("U0SEC", "U0BO"))
        membership.leave(session, actor=sec, person=bo, now=RAISED)
    assert {person for person, _ in desk.moments(DUE)} == {"U0SEC"}
    with desk.database.transaction() as session:
        sec, bo, tess = (desk.person(session, slack_id) for slack_id in ("U0SEC", "U0BO", "U0TESS"))
        membership.reassign_all(session, actor=sec, person=bo, to=tess, now=RAISED)
    told = [("U0TESS", RAISED), ("U0TESS", zurich(11)), ("U0TESS", zurich(14)), ("U0TESS", zurich(15))]
    assert desk.moments(DUE) == told
