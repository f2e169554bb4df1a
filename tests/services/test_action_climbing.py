"""An action whose date passed is raised once as an issue of its own, fairly, and is settled with it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from foundation.database import Database
from models.issues import Action, DecisionOutcome, Issue, IssueState
from models.journal import JournalEntry
from models.people import Person
from models.reminders import ReminderKind
from services import action_climbing, actions, decisions, escalation, issues, silences
from services.action_giving import Given, assign_action, give_action, set_action_due
from services.decisions import Verdict
from services.directory import area_id, directory
from tests.services.issue_desk import IssueDesk, cairo, zurich

GIVEN_AT = zurich(4, 16)
DUE = date(2026, 12, 14)
"""A Monday: the owner in Geneva hears on Tuesday at nine that it is over, and it climbs on Wednesday at nine."""
CLIMBS = zurich(16)


@pytest.fixture
def desk(loaded: Database) -> IssueDesk:
    return IssueDesk(loaded)


def given(desk: IssueDesk, *, to: str = "U0BO", due: date = DUE, text: str = "Draft it") -> int:
    """Give somebody an action about the climate."""
    with desk.database.reading() as session:
        area = directory(session).area_by_key("climate")
        assert area is not None
        climate = area_id(area)
    action = desk.act(give_action, "U0SEC", GIVEN_AT, given=Given(text, to, due, climate))
    return action.id or 0


def action(desk: IssueDesk, number: int = 1) -> Action:
    with desk.database.reading() as session:
        return session.get_one(Action, number)


def pass_time(desk: IssueDesk, now: datetime) -> None:
    with desk.database.transaction() as session:
        action_climbing.climb(session, now)


def quiet(desk: IssueDesk, service: Any, actor: str, now: datetime, **more: Any) -> None:
    def act(session: Session, *, actor: Person, now: datetime) -> None:
        area = directory(session).area_by_key("climate")
        service(session, actor=actor, area=area, now=now, **more)

    desk.act(act, actor, now)


def raised(desk: IssueDesk) -> list[Issue]:
    with desk.database.reading() as session:
        return list(session.exec(select(Issue).order_by(Issue.id)))  # type: ignore[arg-type]


def test_a_working_day_after_its_owner_heard_that_it_is_over_it_is_an_issue(desk: IssueDesk) -> None:
    given(desk)
    assert action(desk).climbs_at == CLIMBS
    pass_time(desk, CLIMBS - timedelta(minutes=1))
    assert raised(desk) == []
    for _ in range(2):
        pass_time(desk, CLIMBS)
    (issue,) = raised(desk)
    assert (issue.title, issue.description) == ("ACT-1 Draft it", "")
    assert (issue.state, issue.severity) == (IssueState.OPEN, "normal")
    with desk.database.reading() as session:
        who = directory(session)
        assert (who.name_of(issue.owner_id), who.name_of(issue.raised_by_id)) == ("Bo (sample)", "Sena (sample)")
        acts = session.exec(select(JournalEntry.act).where(JournalEntry.actor_id == None)).all()  # noqa: E711
    assert (action(desk).climbed_as_id, action(desk).climbs_at) == (issue.id, None)
    assert {"action.climb", "issue.raise"} <= set(acts)
    assert desk.step(1, "deputy").at == zurich(23)


def test_what_its_title_does_not_hold_is_its_description(desk: IssueDesk) -> None:
    text = "Draft it with the others. " * 40
    given(desk, text=text)
    pass_time(desk, CLIMBS)
    (issue,) = raised(desk)
    assert len(issue.title) <= 150
    assert issue.title.endswith("…")
    assert issue.description == text.strip()


def test_it_is_counted_in_the_working_days_of_its_owner(desk: IssueDesk) -> None:
    given(desk, to="U0NADIA", due=date(2026, 12, 10))
    assert action(desk).climbs_at == cairo(14), "over on Sunday, when work begins after Thursday; then a working day"


def test_a_moved_clock_stops_where_an_action_climbs(desk: IssueDesk) -> None:
    given(desk)
    with desk.database.reading() as session:
        assert action_climbing.next_due(session, GIVEN_AT) == CLIMBS
        assert action_climbing.next_due(session, CLIMBS) is None


def test_what_is_done_never_climbs(desk: IssueDesk) -> None:
    given(desk)
    desk.act(actions.finish_action, "U0BO", zurich(15), action_id=1, evidence="Sent")
    pass_time(desk, zurich(21))
    assert raised(desk) == []


def test_another_date_moves_its_climbing_and_none_ends_it(desk: IssueDesk) -> None:
    given(desk)
    desk.act(set_action_due, "U0SEC", zurich(14), action_id=1, due=date(2026, 12, 16))
    assert action(desk).climbs_at == zurich(18)
    desk.act(set_action_due, "U0CHAIR", zurich(14), action_id=1, due=None)
    assert action(desk).climbs_at is None
    assert desk.moments(ReminderKind.DUE) == [("U0BO", GIVEN_AT)]


def test_whoever_gets_it_when_it_is_overdue_has_a_working_day_as_well(desk: IssueDesk) -> None:
    given(desk)
    desk.act(assign_action, "U0SEC", zurich(15, 17), action_id=1, owner_slack_id="U0CY")
    assert action(desk).climbs_at == zurich(16, 17)


def test_planned_silence_over_its_area_holds_it_back(desk: IssueDesk) -> None:
    given(desk)
    quiet(desk, silences.quiet_area, "U0SEC", zurich(14), until=date(2026, 12, 21), reason="The host is closed")
    assert action(desk).climbs_at is not None
    assert action(desk).climbs_at == zurich(22), "four working days of silence fall after it was over"
    pass_time(desk, zurich(21, 18))
    assert raised(desk) == []


def test_it_goes_on_when_silence_ends_early(desk: IssueDesk) -> None:
    given(desk)
    quiet(desk, silences.quiet_area, "U0SEC", zurich(14), until=date(2026, 12, 21), reason="The host is closed")
    quiet(desk, silences.end_quiet_area, "U0SEC", zurich(14, 17))
    assert action(desk).climbs_at == CLIMBS


def test_done_at_last_it_resolves_the_issue_with_its_evidence_and_all_are_told_once(desk: IssueDesk) -> None:
    given(desk)
    pass_time(desk, CLIMBS)
    desk.act(actions.finish_action, "U0BO", zurich(17), action_id=1, evidence="Sent on Monday")
    issue = desk.issue(1)
    assert (issue.state, issue.resolution) == (IssueState.RESOLVED, "Sent on Monday")
    told = [key for key in desk.keys("issue_news") if ":resolved:" in key]  # type: ignore[arg-type]
    assert len(told) == len(set(told)) > 0


def test_one_that_is_before_the_chair_stays_the_chairs_and_says_that_it_is_done(desk: IssueDesk) -> None:
    given(desk)
    pass_time(desk, CLIMBS)
    desk.act(escalation.escalate, "U0CY", zurich(16, 10), issue_id=1)
    desk.act(actions.finish_action, "U0BO", zurich(17), action_id=1, evidence="Sent on Monday")
    assert desk.issue(1).state is IssueState.ESCALATED
    with desk.database.reading() as session:
        remarks = issues.card(session, 1, directory(session), zurich(17)).remarks
    assert [remark.text for remark in remarks] == ["ACT-1: Sent on Monday"]


def test_what_is_dropped_with_its_reopened_issue_never_climbs(desk: IssueDesk) -> None:
    number = desk.raised("U0AMA", GIVEN_AT)
    verdict = Verdict(DecisionOutcome.ACTION, "TSB hosts it", owner_slack_id="U0BO", due=DUE)
    desk.act(decisions.decide, "U0CHAIR", GIVEN_AT, issue_id=number, verdict=verdict)
    desk.act(issues.reopen, "U0CHAIR", zurich(7), issue_id=number, reason="Not so fast")
    pass_time(desk, zurich(21))
    assert len(raised(desk)) == 1


def test_what_is_decided_anew_takes_the_place_of_the_earlier_decision(desk: IssueDesk) -> None:
    number = desk.raised("U0AMA", GIVEN_AT)
    for outcome, text in ((DecisionOutcome.RETURN, "Ask first"), (DecisionOutcome.CLOSE, "TSB hosts it")):
        desk.act(decisions.decide, "U0CHAIR", GIVEN_AT, issue_id=number, verdict=Verdict(outcome, text))
    desk.act(issues.reopen, "U0CHAIR", zurich(7), issue_id=number, reason="Not so fast")
    again = Verdict(DecisionOutcome.CLOSE, "BR hosts it")
    third = desk.act(decisions.decide, "U0CHAIR", zurich(7, 10), issue_id=number, verdict=again)
    assert third.supersedes_id == 2
