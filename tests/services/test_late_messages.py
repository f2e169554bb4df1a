"""What Slack did not take in time is said when people work again, whatever it is about, or at once where that helps."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.database import Database
from models.delivery import NoticeKind
from models.issues import Severity
from services import escalation, issues, meetings
from services.issues import Draft
from services.meetings import Appointment
from tests.days import Days, WalkedClock
from tests.fixtures_task_force import LOADED_AT
from tests.services.issue_desk import zurich


@pytest.fixture
def days(loaded: Database) -> Iterator[Days]:
    days = Days(loaded, WalkedClock(LOADED_AT))
    yield days
    days.close()


def escalated_while_slack_is_away(days: Days, severity: Severity = Severity.NORMAL) -> None:
    days.wake_at(zurich(4, 17, 50))
    days.slack.away = True
    issue = days.act(issues.raise_issue, "U0AMA", draft=Draft("Venue unclear", severity=severity))
    days.act(escalation.escalate, "U0SEC", issue_id=issue.id)
    days.go_to(zurich(4, 18, 30))
    days.slack.away = False


def heard(days: Days, slack_id: str, kind: NoticeKind) -> list[datetime]:
    return [
        post.at.astimezone(ZoneInfo("Europe/Zurich")) for post in days.posts if (post.to, post.kind) == (slack_id, kind)
    ]


def test_the_chair_is_not_alerted_on_a_friday_evening_because_slack_was_away(days: Days) -> None:
    escalated_while_slack_is_away(days)
    days.go_to(zurich(7, 12))
    assert heard(days, "U0CHAIR", NoticeKind.CHAIR_ALERT) == [zurich(7)]
    assert heard(days, "U0AMA", NoticeKind.ISSUE_NEWS) == [zurich(7)]


def test_what_is_urgent_is_said_as_soon_as_slack_is_back(days: Days) -> None:
    escalated_while_slack_is_away(days, Severity.URGENT)
    days.go_to(zurich(4, 19))
    assert [at.day for at in heard(days, "U0CHAIR", NoticeKind.CHAIR_ALERT)] == [4]


def cancelled_while_slack_is_away(days: Days, wall_time: str) -> None:
    appointment = Appointment(datetime.fromisoformat(wall_time), "Europe/Zurich")
    meeting = days.act(meetings.schedule_meeting, "U0SEC", appointment=appointment, title="")
    days.wake_at(zurich(3, 17, 50))
    days.slack.away = True
    days.act(meetings.cancel_meeting, "U0SEC", meeting=meeting)
    days.go_to(zurich(3, 18, 30))
    days.slack.away = False
    days.go_to(zurich(4, 12))


def test_news_of_a_meeting_wait_for_the_morning_where_that_is_soon_enough(days: Days) -> None:
    cancelled_while_slack_is_away(days, "2026-12-04T14:30")
    assert heard(days, "U0AMA", NoticeKind.MEETING_NEWS) == [zurich(4)]


def test_news_of_a_meeting_that_begins_before_work_come_in_the_evening_rather_than_never(days: Days) -> None:
    cancelled_while_slack_is_away(days, "2026-12-04T08:30")
    assert [at.day for at in heard(days, "U0AMA", NoticeKind.MEETING_NEWS)] == [3]


def test_what_gathers_while_slack_is_away_comes_as_one_message(days: Days) -> None:
    appointment = Appointment(datetime.fromisoformat("2026-12-03T14:30"), "Europe/Zurich")
    days.act(meetings.schedule_meeting, "U0SEC", appointment=appointment, title="")
    days.wake_at(zurich(25, 14, 25, month=11))
    days.slack.away = True
    days.go_to(zurich(25, 14, 31, month=11))
    for title in ("Venue unclear", "Budget unclear"):
        days.act(issues.raise_issue, "U0AMA", draft=Draft(title, area_id=1))
        days.go_to(days.now + timedelta(minutes=5))
    days.slack.away = False
    days.go_to(days.now + timedelta(minutes=6))
    [post] = [post for post in days.posts if (post.to, post.kind) == ("U0CY", NoticeKind.DESK)]
    shown = str(post.message["blocks"])
    assert all(words in shown for words in ("Post update", "Venue unclear", "Budget unclear"))
