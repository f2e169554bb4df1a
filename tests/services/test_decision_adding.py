"""What is decided and given out while a meeting is held belongs to it, and to the item that it is at."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from foundation.database import Database
from models.agenda import AgendaItem, ItemKind, ItemOutcome
from models.delivery import NoticeKind
from models.issues import DecisionOutcome
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.reminders import ReminderKind
from services import decisions
from services.action_giving import Given, assign_action, give_action
from services.action_page import see_action
from services.actions import list_actions
from services.decision_adding import add_decision
from services.decision_register import list_decisions, see_decision
from services.decisions import Verdict
from services.directory import directory
from tests.services.issue_desk import IssueDesk, zurich

HELD_AT = zurich(8, 10)
NOW = zurich(8, 11)
DRAFT = Given("Draft it", "U0BO")


@pytest.fixture
def desk(loaded: Database) -> IssueDesk:
    return IssueDesk(loaded)


@pytest.fixture
def held(desk: IssueDesk) -> int:
    """A meeting that has dealt with its first item, is at the second, and has not come to the third."""
    with desk.database.transaction() as session:
        sena = desk.person(session, "U0SEC").id or 0
        meeting = Meeting(
            title="23rd", local_start="2026-12-08T10:00", timezone="Europe/Zurich", starts_at=HELD_AT,
            deadline_at=HELD_AT, state=MeetingState.HELD, held_at=HELD_AT, created_by_id=sena, created_at=zurich(1),
        )  # fmt: skip
        session.add(meeting)
        session.flush()
        for number in range(3):
            _item(session, meeting, number)
        return meeting.id or 0


def _item(session: Session, meeting: Meeting, number: int) -> None:
    session.add(
        AgendaItem(
            meeting_id=meeting.id, kind=ItemKind.STANDING, key=f"standing:{number}",
            begun_at=HELD_AT + timedelta(minutes=number) if number < 2 else None,
            outcome=ItemOutcome.DISCUSSED if number == 0 else None,
        )
    )  # fmt: skip
    session.flush()


def test_a_decision_and_an_action_belong_to_the_meeting_and_its_item_in_hand(desk: IssueDesk, held: int) -> None:
    decision = desk.act(add_decision, "U0SEC", NOW, text="We go")
    action = desk.act(give_action, "U0SEC", NOW, given=DRAFT)
    assert (decision.meeting_id, decision.item_id) == (held, 2)
    assert (action.meeting_id, action.item_id) == (held, 2)


def test_so_does_what_is_decided_on_an_issue(desk: IssueDesk, held: int) -> None:
    issue = desk.raised("U0AMA", zurich(4, 16))
    verdict = Verdict(DecisionOutcome.ACTION, "TSB hosts it", owner_slack_id="U0BO")
    decision = desk.act(decisions.decide, "U0CHAIR", NOW, issue_id=issue, verdict=verdict)
    assert (decision.meeting_id, decision.item_id) == (held, 2)


@pytest.mark.usefixtures("held")
def test_the_owner_of_what_was_given_in_it_is_not_told_before_it_is_closed(desk: IssueDesk) -> None:
    desk.act(give_action, "U0SEC", NOW, given=DRAFT)
    desk.act(assign_action, "U0SEC", NOW, action_id=1, owner_slack_id="U0CY")
    assert desk.moments(ReminderKind.DUE) == []


def test_without_a_meeting_the_owner_is_told_when_they_next_work(desk: IssueDesk) -> None:
    action = desk.act(give_action, "U0SEC", zurich(8, 20), given=DRAFT)
    assert (action.meeting_id, action.item_id) == (None, None)
    assert desk.moments(ReminderKind.DUE) == [("U0BO", zurich(9))]


@pytest.mark.usefixtures("held")
def test_who_of_chair_and_secretariat_did_not_record_it_gets_a_copy(desk: IssueDesk) -> None:
    desk.act(add_decision, "U0SEC", NOW, text="We go")
    assert set(desk.notices(NoticeKind.SECRETARIAT, news="decision_recorded")) == {"U0CHAIR"}
    desk.act(add_decision, "U0CHAIR", NOW, text="We stay")
    assert set(desk.notices(NoticeKind.SECRETARIAT, news="decision_recorded")) == {"U0CHAIR", "U0SEC"}


@pytest.mark.usefixtures("held")
def test_what_is_recorded_on_an_item_of_a_restricted_area_is_of_that_area(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        hidden = directory(session).area_by_key("resources")
        assert hidden
        session.get_one(AgendaItem, 2).sqlmodel_update({"kind": ItemKind.AREA, "area_id": hidden.id})
    assert desk.act(add_decision, "U0SEC", NOW, text="We go").area_id == hidden.id
    desk.act(give_action, "U0SEC", NOW, given=DRAFT)
    stranger = Person(slack_id="U0STRANGER", name="Stranger")
    with desk.database.reading() as session:
        assert list_decisions(session, actor=stranger) == []
        assert list_actions(session, actor=stranger) == []
        assert [one.ref for one in list_actions(session, actor=desk.person(session, "U0BO"))] == ["ACT-1"]


@pytest.mark.usefixtures("held")
def test_an_item_of_a_restricted_area_is_no_neighbour_for_strangers(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        who = directory(session)
        hidden, public = who.area_by_key("resources"), who.area_by_key("climate")
        assert hidden
        assert public
        session.get_one(AgendaItem, 2).sqlmodel_update({"kind": ItemKind.AREA, "area_id": hidden.id})
    decision = desk.act(add_decision, "U0SEC", NOW, text="We go", area_id=public.id)
    action = desk.act(give_action, "U0SEC", NOW, given=replace(DRAFT, area_id=public.id))
    with desk.database.reading() as session:
        for actor, seen in ((Person(slack_id="U0STRANGER", name="Stranger"), None), (desk.person(session, "U0BO"), 2)):
            shown = (see_decision(session, decision, actor=actor), see_action(session, action, actor=actor, now=NOW))
            assert [each.item.id if each.item else None for each in shown] == [seen, seen]
