"""What stands on an agenda, for whom, in which order, and what becomes of it when its meeting is held or cancelled."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from foundation.database import Database
from models.agenda import ItemKind
from models.issues import Action, Issue, IssueState
from services import agenda_acts, issues
from services.directory import directory
from services.escalation import escalate
from services.merging import merge
from services.proposals import take_back
from tests.faults.table import DATABASES
from tests.services.agenda_desk import BEGUN, DAY, AgendaDesk

FIRST, SECOND = BEGUN + 20 * DAY, BEGUN + 60 * DAY
ALWAYS = ["standing:0", "standing:1", "standing:2"]


@pytest.fixture
def desk(loaded: Database) -> AgendaDesk:
    desk = AgendaDesk(loaded)
    desk.meeting(FIRST)
    return desk


def act(database: Database, *, due: date, area_id: int | None = None) -> None:
    """Write an action down."""
    with database.transaction() as session:
        owner = directory(session).by_slack_id("U0BO")
        assert owner
        session.add(Action(text="Draft it", owner_id=owner.id or 0, due=due, created_at=BEGUN, area_id=area_id))


def test_standing_items_open_and_close_the_agenda(desk: AgendaDesk) -> None:
    assert desk.items(1, BEGUN) == ALWAYS
    desk.raised("U0CY", BEGUN)
    assert desk.items(1, BEGUN) == ["standing:0", "standing:1", "issue:1", "standing:2"]


def test_escalated_issues_come_first_then_referred_ones_then_the_oldest(desk: AgendaDesk) -> None:
    for n in range(5):
        desk.raised("U0CY", BEGUN + n * timedelta(hours=1), title=f"Question {n}")
    desk.act(escalate, "U0CY", BEGUN + DAY, issue_id=4, reason="Now")
    desk.act(issues.refer, "U0SEC", BEGUN + DAY, issue_id=5)
    desk.act(issues.resolve, "U0CY", BEGUN + DAY, issue_id=1, text="Settled")
    desk.act(merge, "U0SEC", BEGUN + DAY, issue_id=3, into_id=2)
    shown = desk.items(1, BEGUN + DAY)
    assert [key for key in shown if key.startswith("issue")] == ["issue:4", "issue:5", "issue:2"]


def test_an_area_stands_there_for_what_is_new_in_the_cycle_and_not_for_no_change(desk: AgendaDesk) -> None:
    climate, web = desk.area("climate").id, desk.area("emergency").id
    desk.says("U0CY", "climate", BEGUN)
    desk.says("U0CY", "emergency", BEGUN)
    assert desk.items(1, BEGUN + DAY) == [*ALWAYS[:2], f"area:{climate}", f"area:{web}", ALWAYS[2]]
    desk.hold(1, FIRST)
    desk.meeting(SECOND)
    desk.confirms("U0CY", "climate", FIRST + DAY)
    desk.says("U0CY", "emergency", FIRST + DAY)
    assert desk.items(2, FIRST + DAY) == [*ALWAYS[:2], f"area:{web}", ALWAYS[2]]
    assert desk.agenda(2, FIRST + DAY).items[2].units == ("BDT",)


def test_actions_due_by_the_day_of_the_meeting_are_one_item(desk: AgendaDesk) -> None:
    act(desk.database, due=(FIRST + DAY).date())
    assert desk.items(1, BEGUN) == ALWAYS
    act(desk.database, due=FIRST.date())
    act(desk.database, due=BEGUN.date())
    shown = desk.agenda(1, BEGUN)
    assert [entry.key for entry in shown.items] == [*ALWAYS[:2], "actions", ALWAYS[2]]
    assert len(shown.items[2].actions) == 2


def test_what_is_restricted_is_not_on_the_agenda_of_whoever_is_no_member(desk: AgendaDesk) -> None:
    restricted = desk.area("resources").id
    desk.raised("U0DI", BEGUN, area="resources")
    desk.says("U0DI", "resources", BEGUN)
    act(desk.database, due=BEGUN.date(), area_id=restricted)
    assert desk.items(1, BEGUN, who="U0STRANGER") == ALWAYS
    assert desk.items(1, BEGUN, who="U0BO") == [*ALWAYS[:2], "issue:1", f"area:{restricted}", "actions", ALWAYS[2]]
    desk.hold(1, FIRST)
    assert [key for key in desk.items(1, FIRST, who="U0STRANGER") if key != "actions"] == ALWAYS


def test_a_later_meeting_has_standing_items_issues_and_what_was_put_off_until_it(desk: AgendaDesk) -> None:
    desk.meeting(SECOND)
    desk.raised("U0CY", BEGUN)
    desk.says("U0CY", "climate", BEGUN)
    mine = desk.proposes("The budget", BEGUN)
    named = desk.proposes("The venue", BEGUN, meeting_id=2)
    assert desk.items(2, BEGUN) == [*ALWAYS[:2], "issue:1", f"proposed:{named}", ALWAYS[2]]
    key = f"proposed:{mine}"
    desk.act(agenda_acts.postpone, "U0SEC", BEGUN, meeting_id=1, key=key, also=False)
    assert key not in desk.items(1, BEGUN)
    assert key in desk.items(2, BEGUN)
    desk.act(agenda_acts.put_back, "U0SEC", BEGUN, meeting_id=1, key=key)
    assert key in desk.items(1, BEGUN)
    assert key not in desk.items(2, BEGUN)


@pytest.mark.parametrize("loaded", DATABASES, indirect=True)
def test_when_a_meeting_is_held_every_item_has_its_row_in_the_order_that_people_saw(desk: AgendaDesk) -> None:
    desk.raised("U0CY", BEGUN)
    desk.says("U0CY", "climate", BEGUN)
    desk.proposes("The budget", BEGUN)
    desk.act(agenda_acts.shift, "U0SEC", BEGUN, meeting_id=1, key="issue:1", by=1)
    desk.act(agenda_acts.leave_out, "U0SEC", BEGUN, meeting_id=1, key="standing:1")
    seen = desk.items(1, FIRST)
    desk.hold(1, FIRST + timedelta(minutes=10))
    assert [row.key for row in desk.rows(1) if row.left_out_at is None] == seen
    assert [row.key for row in desk.rows(1) if row.left_out_at is not None] == ["standing:1"]
    assert {row.kind for row in desk.rows(1)} == set(ItemKind) - {ItemKind.ACTIONS}
    desk.says("U0CY", "emergency", FIRST + DAY)
    assert desk.items(1, FIRST + DAY) == seen
    assert desk.rows(None) == []


def test_what_was_placed_and_is_settled_meanwhile_is_not_taken_up(desk: AgendaDesk) -> None:
    desk.raised("U0CY", BEGUN)
    desk.act(agenda_acts.shift, "U0SEC", BEGUN, meeting_id=1, key="issue:1", by=-1)
    assert desk.items(1, BEGUN)[1] == "issue:1"
    desk.act(issues.resolve, "U0CY", BEGUN + DAY, issue_id=1, text="Settled")
    assert desk.items(1, BEGUN + DAY) == ALWAYS
    desk.hold(1, FIRST)
    assert desk.items(1, FIRST) == ALWAYS


def test_an_item_that_is_to_be_there_again_waits_for_the_meeting_after_this_one(desk: AgendaDesk) -> None:
    key = f"proposed:{desk.proposes('The budget', BEGUN)}"
    desk.act(agenda_acts.postpone, "U0SEC", BEGUN, meeting_id=1, key=key, also=True)
    desk.hold(1, FIRST)
    assert key in desk.items(1, FIRST)
    desk.meeting(SECOND)
    assert desk.agenda(2, FIRST + DAY).items[2].carried_from == 1
    desk.hold(2, SECOND)
    assert key in desk.items(2, SECOND)
    assert desk.rows(None) == []


@pytest.mark.parametrize("loaded", DATABASES, indirect=True)
def test_what_stood_on_the_agenda_of_a_cancelled_meeting_is_on_the_next_one_once(desk: AgendaDesk) -> None:
    desk.raised("U0CY", BEGUN)
    key = f"proposed:{desk.proposes('The budget', BEGUN)}"
    desk.meeting(SECOND)
    for meeting in (1, 2):
        desk.act(agenda_acts.shift, "U0SEC", BEGUN, meeting_id=meeting, key="issue:1", by=-1)
    desk.act(agenda_acts.postpone, "U0SEC", BEGUN, meeting_id=1, key=key, also=True)
    desk.cancel(1, BEGUN + DAY)
    shown = desk.items(2, BEGUN + DAY)
    assert sorted(shown) == sorted([*ALWAYS, "issue:1", key])
    desk.hold(2, SECOND)
    assert desk.items(2, SECOND) == shown
    assert desk.rows(None) == []


def test_a_meeting_that_nobody_held_has_taken_up_nothing(desk: AgendaDesk) -> None:
    key = f"proposed:{desk.proposes('The budget', BEGUN, meeting_id=1)}"
    desk.meeting(SECOND)
    assert key in desk.items(1, FIRST + timedelta(hours=1))
    assert key not in desk.items(2, FIRST + timedelta(hours=1))
    assert key in desk.items(2, FIRST + 2 * DAY)
    assert "its agenda does not change any more" in desk.refused(
        agenda_acts.leave_out, "U0SEC", FIRST + 2 * DAY, meeting_id=1, key=key
    )
    desk.hold(2, SECOND)
    assert key in desk.items(2, SECOND)


def test_nobody_takes_back_what_somebody_else_proposed_or_what_was_taken_up(desk: AgendaDesk) -> None:
    item = desk.proposes("The budget", BEGUN)
    assert "can take this proposal back" in desk.refused(take_back, "U0SEC", BEGUN, item_id=item)
    desk.hold(1, FIRST)
    assert "does not change any more" in desk.refused(take_back, "U0BO", FIRST, item_id=item)
    assert f"proposed:{item}" in desk.items(1, FIRST)


def test_reading_an_agenda_of_500_issues_and_many_areas_takes_a_handful_of_statements(desk: AgendaDesk) -> None:
    with desk.database.transaction() as session:
        raiser = desk.person(session, "U0CY").id or 0
        session.add_all(
            Issue(title=f"Question {n}", raised_by_id=raiser, raised_at=BEGUN, round_at=BEGUN, ladder=[],
                  state=IssueState.OPEN)
            for n in range(500)
        )  # fmt: skip
    desk.act(agenda_acts.shift, "U0SEC", BEGUN, meeting_id=1, key="issue:9", by=-1)
    assert len(desk.items(1, BEGUN)) == 503
    seen: list[str] = []
    sa.event.listen(desk.database.engine, "before_cursor_execute", lambda _c, _cur, sql, *_: seen.append(sql))
    desk.agenda(1, BEGUN)
    assert len([sql for sql in seen if sql.startswith("SELECT")]) <= 10
    seen.clear()
    desk.hold(1, FIRST)
    assert len([sql for sql in seen if "agenda_item" in sql]) <= 6
