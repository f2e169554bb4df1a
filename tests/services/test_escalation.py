"""The ladder at work: worked example D to the minute, who is told when, and what holds for every ladder."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.database import Database
from models.delivery import NoticeKind
from models.issues import IssueState, LadderState, Severity
from models.people import Absence
from models.reminders import ReminderKind, ReminderState
from models.structure import TaskForce
from services import escalation, issues
from services.directory import touch
from services.ladder_rows import DUE_DATE, OVERTAKEN
from tests.services.issue_desk import IssueDesk, cairo, zurich

RAISED = zurich(4, 16)
GENEVA = [(None, zurich(4, 16)), (zurich(10, 16), zurich(11, 16)), (zurich(17, 16), zurich(18, 16))]
CAIRO = [(None, zurich(4, 16)), (cairo(10), cairo(13)), (cairo(17), cairo(20))]


@pytest.fixture
def desk(loaded: Database) -> IssueDesk:
    return IssueDesk(loaded)


def planned(desk: IssueDesk, issue_id: int) -> list[tuple[datetime | None, datetime]]:
    return [(step.announce_at, step.at) for step in desk.ladder(issue_id)]


# -- worked example D ----------------------------------------------------------------------------------------------


def test_example_d_counts_working_days_of_geneva(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    assert planned(desk, issue) == GENEVA
    for announced, at in GENEVA[1:]:
        assert announced is not None
        n = GENEVA.index((announced, at))
        desk.climb(announced - timedelta(minutes=1))
        assert desk.ladder(issue)[n].announced_at is None
        desk.climb(announced)
        assert desk.ladder(issue)[n].announced_at == announced
        desk.climb(at - timedelta(minutes=1))
        assert desk.ladder(issue)[n].state is LadderState.WAITING
        desk.climb(at)
        assert desk.ladder(issue)[n].taken_at == at
    assert desk.issue(issue).state is IssueState.ESCALATED


def test_example_d_counts_working_days_of_cairo_once_somebody_there_owns_it(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.act(issues.assign, "U0AMA", RAISED + timedelta(hours=1), issue_id=issue, owner_slack_id="U0NADIA")
    assert planned(desk, issue) == CAIRO
    desk.climb_until(cairo(20), since=RAISED)
    assert [step.taken_at for step in desk.ladder(issue)] == [at for _, at in CAIRO]


def test_example_d_deputies_and_chair_hear_on_monday_what_climbed_on_a_sunday_in_cairo(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.act(issues.assign, "U0AMA", RAISED + timedelta(hours=1), issue_id=issue, owner_slack_id="U0NADIA")
    desk.climb_until(cairo(13), since=RAISED)
    assert desk.reminders(ReminderKind.LADDER)["U0DEPT"] == zurich(14)
    desk.climb_until(cairo(20), since=cairo(13))
    assert desk.notices(NoticeKind.CHAIR_ALERT)["U0CHAIR"].due_at == zurich(21)


def test_example_d_focal_points_are_told_at_once_each_in_working_time(desk: IssueDesk) -> None:
    desk.raised("U0AMA", zurich(4, 19))
    assert desk.reminders(ReminderKind.LADDER) == {
        "U0BO": zurich(7), "U0CY": zurich(7), "U0DI": zurich(7), "U0EL": zurich(7),
    }  # fmt: skip


def test_example_d_more_time_moves_what_follows(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.climb(zurich(10, 16))
    desk.act(
        escalation.give_more_time, "U0BO", zurich(10, 16, 30), issue_id=issue, days=3, reason="UNFCCC answers on Monday"
    )
    assert [step.at for step in desk.ladder(issue)][1:] == [zurich(16, 16), zurich(23, 16)]
    assert desk.reminders(ReminderKind.ANNOUNCED) == {}
    desk.climb(zurich(15, 16))
    assert desk.reminders(ReminderKind.ANNOUNCED)["U0BO"] == zurich(15, 16)
    assert desk.refused(
        escalation.give_more_time, "U0AMA", zurich(15, 16, 30), issue_id=issue, days=1, reason="one more"
    ).startswith("Bo (sample) has asked for more time")


def test_example_d_a_due_date_takes_the_next_step_only(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED, due=date(2026, 12, 8))
    assert planned(desk, issue)[1:] == [(zurich(8), zurich(9)), GENEVA[2]]
    desk.climb_until(zurich(9), since=RAISED)
    assert desk.step(issue, "deputy").reason == DUE_DATE
    desk.act(issues.assign, "U0AMA", zurich(9, 10), issue_id=issue, owner_slack_id="U0BO")
    desk.climb(zurich(18, 15, 59))
    assert desk.taken(issue) == ["focal_points", "deputy"]
    desk.climb(zurich(18, 16))
    assert desk.taken(issue)[-1] == "chair"


# -- who is told, and when -----------------------------------------------------------------------------------------


def test_those_whom_a_step_would_bypass_hear_it_a_working_day_ahead(desk: IssueDesk) -> None:
    desk.raised("U0AMA", RAISED)
    desk.climb(zurich(10, 16))
    assert set(desk.reminders(ReminderKind.ANNOUNCED)) == {"U0AMA", "U0BO", "U0CY", "U0DI", "U0EL"}
    desk.climb_until(zurich(17, 16), since=zurich(10, 16))
    assert set(desk.reminders(ReminderKind.ANNOUNCED)) >= {"U0DEPR", "U0DEPT", "U0DEPD", "U0DEPG", "U0AMA"}
    assert "U0CHAIR" not in desk.reminders(ReminderKind.ANNOUNCED)


def test_deputies_hear_that_it_reached_them_at_their_next_working_moment(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", zurich(4, 20))
    desk.act(issues.assign, "U0AMA", zurich(4, 20), issue_id=issue, owner_slack_id="U0INES")
    santiago_evening = desk.step(issue, "deputy").at
    desk.climb(santiago_evening)
    assert santiago_evening == zurich(14, 20)
    assert desk.reminders(ReminderKind.LADDER)["U0DEPR"] == zurich(15)


def test_an_urgent_issue_is_told_at_once_on_its_own(desk: IssueDesk) -> None:
    night = zurich(5, 23)
    issue = desk.raised("U0AMA", night, severity=Severity.URGENT)
    assert desk.reminders(ReminderKind.LADDER) == {}
    told = desk.notices(NoticeKind.ISSUE_NEWS, news="reached")
    assert set(told) == {"U0BO", "U0CY", "U0DI", "U0EL"}
    assert all(notice.due_at == night and notice.urgent for notice in told.values())
    desk.act(escalation.escalate, "U0DEPR", night, issue_id=issue)
    assert desk.notices(NoticeKind.CHAIR_ALERT)["U0CHAIR"].due_at == night


def test_the_alternate_of_somebody_away_hears_it_in_their_place(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        bo, tess = desk.person(session, "U0BO"), desk.person(session, "U0TESS")
        session.add(
            Absence(
                person_id=bo.id or 0, first_day=date(2026, 12, 1), last_day=date(2026, 12, 20), alternate_id=tess.id,
                set_by_id=bo.id or 0,
            )
        )  # fmt: skip
        touch(session)
    desk.raised("U0AMA", RAISED)
    assert set(desk.reminders(ReminderKind.LADDER)) == {"U0TESS", "U0CY", "U0DI", "U0EL"}


def test_a_step_that_reaches_nobody_is_skipped_and_the_secretariat_told(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        task_force = session.get_one(TaskForce, 1)
        task_force.ladder = [{"after": "0d", "to": "invited"}, {"after": "2wd", "to": "chair"}]
        inga = desk.person(session, "U0INV")
        inga.left_at = RAISED
        touch(session)
    issue = desk.raised("U0AMA", RAISED)
    assert desk.step(issue, "invited").state is LadderState.SKIPPED
    assert set(desk.notices(NoticeKind.SECRETARIAT, news="ladder_skipped")) == {"U0SEC"}
    desk.climb(zurich(8, 16))
    assert desk.issue(issue).state is IssueState.ESCALATED


def test_steps_missed_while_down_collapse_to_the_most_urgent(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.climb(zurich(21, 10))
    assert desk.taken(issue) == ["focal_points", "chair"]
    assert desk.step(issue, "deputy").reason == OVERTAKEN
    assert desk.reminders(ReminderKind.ANNOUNCED) == {}


def test_a_due_date_missed_while_down_takes_its_step_at_the_same_moment(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED, due=date(2026, 12, 14))  # after the deputies' step, before the chair's
    desk.climb(zurich(16))
    assert desk.taken(issue)[-1] == "chair"


def test_announcements_missed_while_down_are_listed_to_the_secretariat_once(desk: IssueDesk) -> None:
    desk.raised("U0AMA", RAISED)
    desk.climb(zurich(14, 10))
    assert set(desk.reminders(ReminderKind.ANNOUNCED, state=ReminderState.DROPPED)) == {
        "U0AMA", "U0BO", "U0CY", "U0DI", "U0EL",
    }  # fmt: skip
    assert desk.count(NoticeKind.SECRETARIAT, "U0SEC") == 1
    assert desk.notices(NoticeKind.SECRETARIAT, news="reminders_dropped")


def test_an_acting_chair_hears_of_what_was_escalated_by_the_alert_alone(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    with desk.database.transaction() as session:
        chair, deputy = desk.person(session, "U0CHAIR"), desk.person(session, "U0DEPG")
        session.add(Absence(
            person_id=chair.id or 0, first_day=date(2026, 12, 1), last_day=date(2026, 12, 20),
            alternate_id=deputy.id, set_by_id=chair.id or 0,
        ))  # fmt: skip
        touch(session)
    desk.act(escalation.escalate, "U0BO", RAISED, issue_id=issue)
    assert "U0DEPG" in desk.notices(NoticeKind.CHAIR_ALERT)
    assert "U0DEPG" not in desk.notices(NoticeKind.ISSUE_NEWS, news="escalated")
    assert "U0DEPR" in desk.notices(NoticeKind.ISSUE_NEWS, news="escalated")


def test_climbing_again_changes_nothing(desk: IssueDesk) -> None:
    desk.raised("U0AMA", RAISED)
    for _ in range(3):
        desk.climb(zurich(18, 16))
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 1
    with desk.database.reading() as session:
        assert escalation.next_due(session, zurich(18, 16)) == zurich(22, 16)


def test_what_is_resolved_climbs_no_further(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.climb(zurich(10, 16))
    desk.act(issues.resolve, "U0BO", zurich(10, 17), issue_id=issue, text="UNFCCC confirmed")
    desk.climb(zurich(21))
    assert desk.taken(issue) == ["focal_points"]
    assert desk.reminders(ReminderKind.ANNOUNCED) == {}
    assert desk.reminders(ReminderKind.ANNOUNCED, state=ReminderState.WITHDRAWN)
    assert desk.reminders(ReminderKind.LADDER) == {}


def test_the_ladder_of_an_issue_stays_as_it_was_when_it_was_raised(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    with desk.database.transaction() as session:
        session.get_one(TaskForce, 1).ladder = [{"after": "0d", "to": "chair"}]
        touch(session)
    desk.act(issues.set_due, "U0AMA", zurich(7), issue_id=issue, due=date(2026, 12, 30))
    assert planned(desk, issue) == GENEVA


# -- by hand -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["U0BO", "U0TESS", "U0DEPD", "U0SEC"])
def test_focal_points_alternates_deputies_and_the_secretariat_escalate(desk: IssueDesk, person: str) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.act(escalation.escalate, person, zurich(7), issue_id=issue, reason="No answer for a month")
    assert desk.issue(issue).state is IssueState.ESCALATED
    assert desk.notices(NoticeKind.CHAIR_ALERT)["U0CHAIR"].due_at == zurich(7)
    assert "U0AMA" in desk.notices(NoticeKind.ISSUE_NEWS, news="escalated")


@pytest.mark.parametrize("person", ["U0PIM", "U0RDAF", "U0OBS", "U0CHAIR"])
def test_nobody_else_escalates(desk: IssueDesk, person: str) -> None:
    issue = desk.raised("U0AMA", RAISED)
    sentence = desk.refused(escalation.escalate, person, zurich(7), issue_id=issue)
    assert sentence.startswith("Only the area's focal points, deputies and the secretariat escalate ISS-1. Ask ")
    assert desk.issue(issue).state is IssueState.OPEN


def test_escalating_twice_is_answered_with_who_will_decide(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.act(escalation.escalate, "U0BO", zurich(7), issue_id=issue)
    again = desk.refused(escalation.escalate, "U0AMA", zurich(7), issue_id=issue)
    assert again == "ISS-1 is before the chair already: Chair (sample) will decide."
    assert desk.count(NoticeKind.CHAIR_ALERT, "U0CHAIR") == 1


@pytest.mark.parametrize("days", [0, 6])
def test_more_time_is_one_to_five_working_days(desk: IssueDesk, days: int) -> None:
    issue = desk.raised("U0AMA", RAISED)
    sentence = desk.refused(escalation.give_more_time, "U0BO", zurich(7), issue_id=issue, days=days, reason="please")
    assert sentence == "Choose 1 to 5 working days."
    assert planned(desk, issue) == GENEVA


# -- whatever happens ----------------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2026, 11, 9), datetime(2027, 3, 1)).map(lambda at: at.replace(tzinfo=RAISED.tzinfo))  # noqa: DTZ001
stations = st.sampled_from(["U0AMA", "U0NADIA", "U0PIM", "U0INES"])


one_database = settings(settings.get_profile("dear"), suppress_health_check=[HealthCheck.function_scoped_fixture])
"""Every example raises an issue of its own in the same task force: loading it anew would take most of the time."""


@one_database
@given(raised=moments, owner=stations, steps=st.lists(st.integers(1, 400), max_size=6))
def test_every_ladder_reaches_the_chair_and_never_early(
    loaded: Database, raised: datetime, owner: str, steps: list[int]
) -> None:
    desk = IssueDesk(loaded)
    issue = desk.raised("U0AMA", raised)
    desk.act(issues.assign, "U0AMA", raised, issue_id=issue, owner_slack_id=owner)
    ends = {step.to: step.at for step in desk.ladder(issue)}
    now = raised
    for hours in steps:
        now += timedelta(hours=hours)
        desk.climb(now)
        for step in desk.ladder(issue):
            assert (step.taken_at is None) or now >= step.at
            assert step.taken_at is not None or step.state is not LadderState.TAKEN
        assert (desk.issue(issue).state is IssueState.ESCALATED) == (now >= ends["chair"])
    desk.climb(ends["chair"])
    assert desk.issue(issue).state is IssueState.ESCALATED


@one_database
@given(raised=moments, owner=stations, days=st.integers(1, 5))
def test_more_time_never_brings_a_step_nearer(loaded: Database, raised: datetime, owner: str, days: int) -> None:
    desk = IssueDesk(loaded)
    issue = desk.raised("U0AMA", raised)
    desk.act(issues.assign, "U0AMA", raised, issue_id=issue, owner_slack_id=owner)
    before = planned(desk, issue)
    desk.act(escalation.give_more_time, "U0BO", raised, issue_id=issue, days=days, reason="waiting for an answer")
    for (_, was), (announce_at, at) in zip(before[1:], planned(desk, issue)[1:], strict=True):
        assert at > was
        assert announce_at is not None
        assert announce_at < at
