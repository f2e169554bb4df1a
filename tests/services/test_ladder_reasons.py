"""An issue says why it goes up when it does: whose working days are counted, from when, and what puts it off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.database import Database
from foundation.language import Reader, language
from services import escalation, issues
from services.desk import read_desk
from services.directory import directory
from services.issue_cards import card
from tests.services.issue_desk import IssueDesk, zurich
from tests.slack_reading import words
from views.desk import desk as view
from views.issue_parts import way_up

RAISED = zurich(4, 16)


@pytest.fixture
def desk(loaded: Database) -> IssueDesk:
    return IssueDesk(loaded)


def ladder(desk: IssueDesk, issue: int, now: datetime, code: str = "en") -> str:
    """Give the ladder of an issue as it is shown."""
    with desk.database.reading() as session:
        shown = card(session, issue, directory(session), now)
    return words({"blocks": way_up(Reader(language(code), "Europe/Zurich"), shown)})


def test_working_days_are_those_of_the_office_of_whoever_is_waited_for(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    shown = ladder(desk, issue, RAISED)
    assert "Friday, 11 December 2026, 16:00 (Zurich time) (5 working days in Geneva after it was raised)" in shown
    desk.act(issues.assign, "U0AMA", RAISED + timedelta(hours=1), issue_id=issue, owner_slack_id="U0NADIA")
    shown = ladder(desk, issue, RAISED)
    assert (
        "(5 working days in Cairo after it was raised; counted from Sun 6 Dec, 09:00, when work began in Cairo)"
    ) in shown


def test_the_desk_of_whoever_owns_an_issue_says_where_it_goes_next(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.climb(RAISED)

    def shown() -> str:
        with desk.database.reading() as session:
            person = desk.person(session, "U0AMA")
            read = read_desk(session, person, now=RAISED)
            return words({"blocks": view(read, directory(session), Reader(language("en"), "Europe/Zurich")).blocks})

    assert (
        "Goes to the deputies on Friday, 11 December 2026, 16:00 (Zurich time) unless it is settled before "
        "(5 working days in Geneva after it was raised)."
    ) in shown()
    desk.act(escalation.escalate, "U0BO", RAISED + timedelta(hours=1), issue_id=issue)
    assert "Goes to" not in shown()


def test_public_holidays_are_named(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", zurich(22, 10, month=3, year=2027))
    now = datetime(2027, 3, 22, 12, tzinfo=UTC)
    assert "(5 working days in Geneva after it was raised; not counting Good Friday and Easter Monday)" in (
        ladder(desk, issue, now).replace("\u2068", "")
    )
    assert "Vendredi saint" in ladder(desk, issue, now, "fr")


def test_more_time_and_a_due_date_are_named(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.climb(zurich(10, 16))
    desk.act(escalation.give_more_time, "U0BO", zurich(10, 17), issue_id=issue, days=3, reason="UNFCCC answers")
    shown = ladder(desk, issue, zurich(10, 17))
    assert shown.count("after it was raised; put off by 3 working days)") == 2
    hurried = desk.raised("U0AMA", RAISED, due=date(2026, 12, 8))
    shown = ladder(desk, hurried, RAISED)
    assert shown.count("(the due date, Tuesday, 8 December 2026, comes first)") == 1
    assert "10 working days in Geneva after it was raised" in shown
