"""The chair's alert and what whoever decides causes."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from foundation.database import Database
from foundation.errors import FieldRefusal
from models.delivery import NoticeKind
from models.issues import Action, Comment, Decision, DecisionOutcome, IssueState
from models.meetings import Meeting, MeetingState
from models.people import Absence
from models.reminders import ReminderKind
from services import actions, decisions, escalation, issues, positions
from services.decisions import Verdict
from services.directory import directory, touch
from tests.services.issue_desk import IssueDesk, zurich

RAISED = zurich(4, 16)
ALERTED = zurich(7)
LATER = zurich(8, 10)
CLOSE = Verdict(DecisionOutcome.CLOSE, "TSB hosts the session")


@pytest.fixture
def desk(loaded: Database) -> IssueDesk:
    return IssueDesk(loaded)


@pytest.fixture
def escalated(desk: IssueDesk) -> int:
    issue = desk.raised("U0AMA", RAISED, proposal="TSB asks UNFCCC")
    desk.act(escalation.escalate, "U0BO", ALERTED, issue_id=issue)
    return issue


def seen(desk: IssueDesk, issue_id: int, *, at: Any = LATER) -> issues.IssueCard:
    with desk.database.reading() as session:
        return issues.card(session, issue_id, directory(session), at)


# -- the chair's alert ---------------------------------------------------------------------------------------------


def test_without_acknowledgement_the_chair_is_reminded_three_times_then_the_secretariat_told(
    desk: IssueDesk, escalated: int
) -> None:
    desk.climb_until(zurich(8, 17), since=ALERTED)
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 1
    moments = [desk.issue(escalated).chair_next_at]
    for _ in range(3):
        due = moments[-1]
        assert due is not None
        desk.climb(due)
        moments.append(desk.issue(escalated).chair_next_at)
    assert moments == [zurich(9), zurich(11), zurich(15), zurich(17)]
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 4
    assert desk.notices(NoticeKind.SECRETARIAT) == {}
    for day in (17, 18, 21):
        desk.climb(zurich(day))
    assert set(desk.notices(NoticeKind.SECRETARIAT, news="chair_silent")) == {"U0SEC"}
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 4


def test_acknowledging_pauses_the_reminders_for_five_working_days(desk: IssueDesk, escalated: int) -> None:
    desk.act(decisions.acknowledge, "U0CHAIR", LATER, issue_id=escalated)
    desk.climb_until(zurich(15, 9, 59), since=LATER)
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 1
    desk.climb(zurich(15, 10))
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 2
    assert seen(desk, escalated).acknowledged_by is None


def test_an_absent_chair_is_stood_in_for(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        chair, acting = desk.person(session, "U0CHAIR"), desk.person(session, "U0DEPG")
        session.add(
            Absence(
                person_id=chair.id or 0, first_day=date(2026, 12, 7), last_day=date(2026, 12, 20),
                alternate_id=acting.id, set_by_id=chair.id or 0,
            )
        )  # fmt: skip
        touch(session)
    issue = desk.raised("U0AMA", RAISED)
    desk.act(escalation.escalate, "U0BO", ALERTED, issue_id=issue)
    assert set(desk.notices(NoticeKind.CHAIR_ALERT)) == {"U0DEPG"}
    desk.act(decisions.decide, "U0DEPG", LATER, issue_id=issue, verdict=CLOSE)
    assert desk.issue(issue).state is IssueState.CLOSED


@pytest.mark.usefixtures("escalated")
def test_an_acting_chair_named_later_gets_the_alert_too(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        chair, acting = desk.person(session, "U0CHAIR"), desk.person(session, "U0DEPG")
        session.add(
            Absence(
                person_id=chair.id or 0, first_day=date(2026, 12, 8), last_day=date(2026, 12, 20),
                alternate_id=acting.id, set_by_id=chair.id or 0,
            )
        )  # fmt: skip
        touch(session)
    desk.climb(LATER)
    desk.climb(LATER)
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0DEPG") == 1


# -- deciding ------------------------------------------------------------------------------------------------------


def test_a_decision_closes_the_issue_and_everyone_concerned_is_told_once(desk: IssueDesk, escalated: int) -> None:
    desk.act(positions.state_position, "U0DEPT", LATER, issue_id=escalated, stance="agree", text="")
    decision = desk.act(decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=CLOSE)
    assert decision.ref == "DEC-1"
    assert desk.issue(escalated).state is IssueState.CLOSED
    told = set(desk.notices(NoticeKind.ISSUE_NEWS, news="decided"))
    assert told == {"U0AMA", "U0BO", "U0CY", "U0DI", "U0EL", "U0DEPR", "U0DEPT", "U0DEPD", "U0DEPG"}
    desk.climb(zurich(21))
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 1


def test_a_decision_with_an_action_waits_for_it(desk: IssueDesk, escalated: int) -> None:
    verdict = Verdict(DecisionOutcome.ACTION, "TSB hosts it", owner_slack_id="U0PIM", due=date(2026, 12, 20))
    desk.act(decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=verdict)
    assert desk.issue(escalated).state is IssueState.DECIDED
    assert "U0PIM" in desk.notices(NoticeKind.ISSUE_NEWS, news="decided")
    refused = desk.refused(actions.finish_action, "U0BO", LATER, action_id=1, evidence="Booked")
    assert refused == "Only Pim (sample) or the secretariat can say that ACT-1 is done."
    desk.act(actions.finish_action, "U0PIM", LATER, action_id=1, evidence="Room K booked")
    assert desk.issue(escalated).state is IssueState.CLOSED
    assert "U0CHAIR" in desk.notices(NoticeKind.ISSUE_NEWS, news="done")
    assert desk.refused(actions.finish_action, "U0PIM", LATER, action_id=1, evidence="Again").startswith(
        "ACT-1 is done"
    )


def test_an_action_without_an_owner_is_refused_at_the_field(desk: IssueDesk, escalated: int) -> None:
    with pytest.raises(FieldRefusal) as refusal:
        desk.act(
            decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=Verdict(DecisionOutcome.ACTION, "Do it")
        )
    assert refusal.value.field == "owner"
    with desk.database.reading() as session:
        assert session.exec(select(Decision)).all() == []


def test_a_returned_issue_is_open_again_with_a_new_ladder(desk: IssueDesk, escalated: int) -> None:
    verdict = Verdict(DecisionOutcome.RETURN, "Ask UNFCCC first", owner_slack_id="U0BO")
    desk.act(decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=verdict)
    issue = desk.issue(escalated)
    assert (issue.state, issue.round, issue.chair_next_at) == (IssueState.OPEN, 2, None)
    assert [step.at for step in desk.ladder(escalated)] == [LATER, zurich(15, 10), zurich(22, 10)]
    assert "U0CY" in desk.reminders(ReminderKind.LADDER)
    desk.climb_until(zurich(22, 10), since=LATER)
    assert desk.issue(escalated).state is IssueState.ESCALATED
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 2


def test_the_second_of_two_decisions_at_once_gets_a_sentence(desk: IssueDesk, escalated: int) -> None:
    desk.act(decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=CLOSE)
    expected = "ISS-1 is decided: Chair (sample) decided “TSB hosts the session” (DEC-1)."
    assert desk.refused(decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=CLOSE) == expected
    assert desk.refused(decisions.accept_proposal, "U0CHAIR", LATER, issue_id=escalated) == expected
    assert desk.refused(decisions.acknowledge, "U0CHAIR", LATER, issue_id=escalated) == expected
    with desk.database.reading() as session:
        assert len(session.exec(select(Decision)).all()) == 1


@pytest.mark.parametrize("person", ["U0BO", "U0DEPR", "U0SEC", "U0OBS", "U0AMA"])
def test_nobody_else_decides(desk: IssueDesk, escalated: int, person: str) -> None:
    sentence = desk.refused(decisions.decide, person, LATER, issue_id=escalated, verdict=CLOSE)
    assert sentence.startswith("Only Chair (sample) can decide ISS-1.")


def test_accepting_the_proposal_makes_it_the_decision(desk: IssueDesk, escalated: int) -> None:
    desk.act(decisions.accept_proposal, "U0CHAIR", LATER, issue_id=escalated)
    verdict = seen(desk, escalated).verdict
    assert verdict is not None
    assert (verdict.text, verdict.outcome) == ("TSB asks UNFCCC", DecisionOutcome.CLOSE)


def test_the_secretariat_records_the_decision_of_a_meeting_being_held_and_the_chair_gets_a_copy(
    desk: IssueDesk, escalated: int
) -> None:
    with desk.database.transaction() as session:
        sena = desk.person(session, "U0SEC")
        meeting = Meeting(
            title="23rd", local_start="2026-12-08T10:00", timezone="Europe/Zurich", starts_at=LATER, deadline_at=LATER,
            state=MeetingState.HELD, held_at=LATER, created_by_id=sena.id or 0, created_at=RAISED,
        )  # fmt: skip
        session.add(meeting)
    decision = desk.act(decisions.decide, "U0SEC", LATER, issue_id=escalated, verdict=CLOSE)
    with desk.database.reading() as session:
        who = directory(session)
        assert who.name_of(decision.decided_by_id) == "Chair (sample)"
        assert who.name_of(decision.recorded_by_id) == "Sena (sample)"
    assert "U0CHAIR" in desk.notices(NoticeKind.ISSUE_NEWS, news="decided")


def test_who_is_asked_for_more_answers_with_a_comment_and_the_chair_is_told(desk: IssueDesk, escalated: int) -> None:
    desk.act(decisions.ask_for_more, "U0CHAIR", LATER, issue_id=escalated, text="What does it cost?")
    assert set(desk.notices(NoticeKind.ISSUE_NEWS, news="asked")) == {"U0AMA", "U0BO", "U0CY", "U0DI", "U0EL"}
    assert desk.issue(escalated).acknowledged_at == LATER
    desk.act(issues.add_comment, "U0BO", LATER, issue_id=escalated, text="Nothing")
    assert set(desk.notices(NoticeKind.ISSUE_NEWS, news="answered")) == {"U0CHAIR"}
    assert [remark.asks for remark in seen(desk, escalated).remarks] == [True, False]


def test_a_delegate_decides_that_issue_only(desk: IssueDesk, escalated: int) -> None:
    other = desk.raised("U0AMA", RAISED)
    desk.act(escalation.escalate, "U0BO", ALERTED, issue_id=other)
    desk.act(decisions.delegate, "U0CHAIR", LATER, issue_id=escalated, to_slack_id="U0DEPG")
    assert desk.notices(NoticeKind.CHAIR_ALERT)["U0DEPG"].refs["occasion"] == "delegated"
    assert "passes ISS-1 on" in desk.refused(
        decisions.delegate, "U0DEPG", LATER, issue_id=escalated, to_slack_id="U0DEPR"
    )
    assert desk.refused(decisions.decide, "U0DEPG", LATER, issue_id=other, verdict=CLOSE).startswith("Only ")
    desk.act(decisions.decide, "U0DEPG", LATER, issue_id=escalated, verdict=CLOSE)
    assert desk.issue(escalated).state is IssueState.CLOSED


def test_putting_it_on_the_agenda_refers_it_and_pauses_the_reminders(desk: IssueDesk, escalated: int) -> None:
    desk.act(decisions.put_on_agenda, "U0CHAIR", LATER, issue_id=escalated)
    issue = desk.issue(escalated)
    assert (issue.referred_at, issue.chair_next_at) == (LATER, zurich(15, 10))
    assert issue.state is IssueState.ESCALATED


def test_only_the_chair_reopens_and_the_action_is_dropped(desk: IssueDesk, escalated: int) -> None:
    verdict = Verdict(DecisionOutcome.ACTION, "TSB hosts it", owner_slack_id="U0BO")
    desk.act(decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=verdict)
    assert "Only the chair reopens ISS-1" in desk.refused(
        issues.reopen, "U0AMA", LATER, issue_id=escalated, reason="It failed"
    )
    desk.act(issues.reopen, "U0CHAIR", LATER, issue_id=escalated, reason="It failed")
    assert (desk.issue(escalated).state, desk.issue(escalated).round) == (IssueState.OPEN, 2)
    with desk.database.reading() as session:
        assert session.exec(select(Action)).one().dropped_at == LATER
        assert session.exec(select(Comment)).one().text == "It failed"
    assert "nothing to reopen" in desk.refused(issues.reopen, "U0CHAIR", LATER, issue_id=escalated, reason="Again")
