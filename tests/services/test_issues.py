"""Issues below the chair: who may do what, in which state, and what is written down."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import col, select

from foundation.database import Database
from foundation.errors import FieldRefusal
from models.delivery import NoticeKind
from models.issues import DecisionOutcome, IssueState, Severity
from models.journal import JournalEntry
from models.structure import Area
from services import decisions, escalation, issues, positions
from services.chair_alerts import deciders
from services.decisions import Verdict
from services.directory import directory, touch
from services.issue_choices import Choice, choices
from services.issue_lookup import find_issue, list_issues, read_number
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


# -- raising -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ISS-12", "iss-12", "ISS12", "#12", "12", "iss 12", "ISS–12", "ＩＳＳ－１２"])
def test_an_issue_is_named_in_any_form(typed: str) -> None:
    assert read_number(typed, "ISS") == 12


@pytest.mark.parametrize("typed", ["", "ACT-1", "climate", "1.5", "-", "ISS-", "12345678901"])
def test_what_is_no_number_of_an_issue_is_none(typed: str) -> None:
    assert read_number(typed, "ISS") is None


def test_a_long_first_line_becomes_a_title_that_fits_and_nothing_is_lost() -> None:
    text = "word " * 60
    draft = issues.Draft.of_text(text)
    assert len(draft.title) <= 150
    assert draft.description == text.strip()


@pytest.mark.parametrize(
    ("field", "draft"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 151}),
        ("description", {"description": "x" * 3001}),
        ("due", {"due": date(2026, 12, 3)}),
    ],
)
def test_what_cannot_be_raised_is_refused_at_its_field(desk: IssueDesk, field: str, draft: dict[str, Any]) -> None:
    with pytest.raises(FieldRefusal) as refusal:
        desk.raised("U0AMA", RAISED, **draft)
    assert refusal.value.field == field
    assert desk.notices(NoticeKind.ISSUE_POST) == {}


def test_observers_raise_nothing(desk: IssueDesk) -> None:
    draft = issues.Draft("Venue unclear")
    assert desk.refused(issues.raise_issue, "U0OBS", RAISED, draft=draft).startswith("Only members of the task force")


def test_an_issue_is_posted_once_in_the_shared_channel(desk: IssueDesk) -> None:
    desk.raised("U0RDAF", RAISED)
    assert desk.notices(NoticeKind.ISSUE_POST)["channel"].channel == "C0TASKFORCE"


def test_an_issue_of_a_restricted_area_is_posted_nowhere_but_in_its_own_channel(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        area = session.exec(select(Area).where(Area.key == "climate")).one()
        area.restricted, area.channel = True, None
        touch(session)
    issue = desk.raised("U0AMA", RAISED)
    assert desk.notices(NoticeKind.ISSUE_POST) == {}
    with desk.database.transaction() as session:
        stranger = desk.person(session, "U0AMA").model_copy(update={"id": 999, "member": False})
        assert list_issues(session, actor=stranger) == []
        with pytest.raises(Exception, match="no issue"):
            find_issue(session, f"ISS-{issue}", actor=stranger)


# -- below the chair -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["U0BO", "U0TESS", "U0SEC", "U0RDAF"])
def test_focal_points_owner_and_secretariat_resolve_an_open_issue(desk: IssueDesk, person: str) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.act(issues.assign, "U0AMA", RAISED, issue_id=issue, owner_slack_id="U0RDAF")
    desk.act(issues.resolve, person, LATER, issue_id=issue, text="Settled by phone")
    assert desk.issue(issue).state is IssueState.RESOLVED
    assert set(desk.notices(NoticeKind.ISSUE_NEWS, news="resolved")) >= {"U0AMA", "U0CY"} - {person}


@pytest.mark.parametrize("person", ["U0RDAF", "U0DEPR", "U0CHAIR", "U0PIM"])
def test_nobody_else_resolves(desk: IssueDesk, person: str) -> None:
    issue = desk.raised("U0AMA", RAISED)
    assert "resolve ISS-1. Ask " in desk.refused(issues.resolve, person, LATER, issue_id=issue, text="Done")


def test_nothing_but_the_chair_closes_an_escalated_issue(desk: IssueDesk, escalated: int) -> None:
    for person in ("U0BO", "U0SEC", "U0DEPR"):
        sentence = desk.refused(issues.resolve, person, LATER, issue_id=escalated, text="Done")
        assert sentence.startswith("ISS-1 is before the chair: only a decision by Chair (sample) closes it.")
    assert desk.issue(escalated).state is IssueState.ESCALATED


def test_what_is_resolved_says_so_to_whoever_comes_too_late(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    desk.act(issues.resolve, "U0BO", LATER, issue_id=issue, text="UNFCCC confirmed")
    expected = "ISS-1 was resolved by Bo (sample): “UNFCCC confirmed”. The chair can reopen it."
    assert desk.refused(issues.resolve, "U0CY", LATER, issue_id=issue, text="Again") == expected
    assert desk.refused(escalation.escalate, "U0CY", LATER, issue_id=issue) == expected


@pytest.mark.parametrize("chosen", ["U0NOBODY", "U0GONE"])
def test_only_a_member_who_is_here_can_own_an_issue(desk: IssueDesk, chosen: str) -> None:
    with desk.database.transaction() as session:
        inga = desk.person(session, "U0INV")
        inga.slack_id, inga.deactivated = "U0GONE", True
        touch(session)
    issue = desk.raised("U0AMA", RAISED)
    with pytest.raises(FieldRefusal) as refusal:
        desk.act(issues.assign, "U0BO", RAISED, issue_id=issue, owner_slack_id=chosen)
    assert refusal.value.field == "person"


def test_the_secretariat_and_deputies_refer_and_the_state_stays(desk: IssueDesk) -> None:
    issue = desk.raised("U0AMA", RAISED)
    assert "Only the secretariat and the deputies" in desk.refused(issues.refer, "U0AMA", LATER, issue_id=issue)
    desk.act(issues.refer, "U0DEPD", LATER, issue_id=issue)
    assert desk.issue(issue).referred_at == LATER
    assert desk.issue(issue).state is IssueState.OPEN


# -- positions -----------------------------------------------------------------------------------------------------


def test_the_last_position_of_a_unit_stands_and_all_are_kept(desk: IssueDesk, escalated: int) -> None:
    for person, stance, text in (("U0BO", "object", "No budget"), ("U0DEPT", "agree", "Found some")):
        desk.act(positions.state_position, person, LATER, issue_id=escalated, stance=stance, text=text)
    stated = {position.unit: position.stance for position in seen(desk, escalated).positions}
    assert stated == {"BR": None, "TSB": "agree", "BDT": None, "GS": None}
    with desk.database.reading() as session:
        kept = session.exec(select(JournalEntry).where(JournalEntry.act == "issue.position")).all()
    assert [entry.after["stance"] for entry in kept] == ["object", "agree"]
    assert kept[1].before["stance"] == "object"


@pytest.mark.parametrize("person", ["U0RDAF", "U0SEC", "U0PIM"])
def test_who_speaks_for_no_unit_in_the_area_states_no_position(desk: IssueDesk, escalated: int, person: str) -> None:
    sentence = desk.refused(positions.state_position, person, LATER, issue_id=escalated, stance="agree", text="")
    assert "You can add a comment instead." in sentence


@pytest.mark.parametrize(("stance", "field"), [("object", "text"), ("maybe", "stance")])
def test_an_objection_needs_its_reason_and_a_stance_must_exist(
    desk: IssueDesk, escalated: int, stance: str, field: str
) -> None:
    with pytest.raises(FieldRefusal) as refusal:
        desk.act(positions.state_position, "U0BO", LATER, issue_id=escalated, stance=stance, text="")
    assert refusal.value.field == field


# -- what is offered, and what is written down ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("U0CHAIR", {"acknowledge", "decide", "accept", "ask", "refer", "delegate", "comment"}),
        ("U0BO", {"comment", "position"}),
        ("U0SEC", {"comment", "object", "refer"}),
        ("U0OBS", set()),
    ],
)
def test_buttons_offer_what_a_person_may_do(desk: IssueDesk, escalated: int, person: str, offered: set[str]) -> None:
    with desk.database.reading() as session:
        found = choices(session, desk.person(session, person), escalated, LATER)
    assert found == {Choice(one) for one in offered}


def test_every_act_is_in_the_journal_with_before_and_after(desk: IssueDesk, escalated: int) -> None:
    desk.act(decisions.decide, "U0CHAIR", LATER, issue_id=escalated, verdict=CLOSE)
    with desk.database.reading() as session:
        query = select(JournalEntry).where(JournalEntry.subject == "ISS-1").order_by(col(JournalEntry.id))
        entries = session.exec(query).all()
    assert [entry.act for entry in entries] == ["issue.raise", "issue.climb", "issue.escalate", "issue.decide"]
    assert entries[-1].before == {"state": "escalated"}
    assert entries[-1].after["state"] == "closed"


def test_without_a_chair_the_secretariat_hears_at_once(desk: IssueDesk) -> None:
    with desk.database.transaction() as session:
        desk.person(session, "U0CHAIR").left_at = RAISED
        touch(session)
    issue = desk.raised("U0AMA", RAISED, severity=Severity.URGENT)
    desk.act(escalation.escalate, "U0BO", ALERTED, issue_id=issue)
    desk.climb(ALERTED)
    assert set(desk.notices(NoticeKind.SECRETARIAT, news="chair_silent")) == {"U0SEC"}
    with desk.database.reading() as session:
        assert deciders(directory(session), desk.issue(issue), now=ALERTED) == []
