"""Whatever a button or form claims to be about: rights are asked anew, so that nothing is changed and nothing shown."""

import itertools
import json
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import routes
from tests.security.conftest import Stage
from tests.security.people import GONE, GUEST, OBSERVER, OUTSIDER, PEOPLE, PLAIN
from tests.security.wire import Seen, view_of
from views import ids

OWN = {ids.SETTINGS_FORM, ids.AWAY_FORM, ids.AWAY_CANCEL}
"""What everybody, or every member, may change of their own."""
OPEN_TO_MEMBERS = {ids.ISSUE_FORM, ids.ISSUE_COMMENT_FORM}
RECORDS = st.integers(0, 40) | st.just(10**9)
GARBAGE = st.text(max_size=12) | st.sampled_from(
    ["-1", "9" * 400, "²", "None", "{x}", "[]", "ISS-4", "MTG-1", "\ud800"]
)
WORDS = st.sampled_from(
    ["done", "at-risk", "1h", "2d", "edit", "withdraw", "board", "area", "history", "issues", "csv"]
)
VALUES = st.lists(RECORDS.map(str) | WORDS | GARBAGE, min_size=1, max_size=3).map(":".join) | st.just("area:6@")
KEYS = st.sampled_from(["issue", "action", "update", "draft", "seat", "person", "meeting", "round", "permalink"])
NOTED = st.dictionaries(KEYS, RECORDS | GARBAGE, max_size=3).map(json.dumps) | GARBAGE
FILLED = st.fixed_dictionaries({}, optional={
    "area": RECORDS.map(str), "unit": RECORDS.map(str), "health": st.just("done"), "changed": st.just("Mine"),
    "text": st.just("Mine"), "reason": st.just("Mine"), "evidence": st.just("Mine"), "stance": st.just("agree"),
    "outcome": st.sampled_from(["close", "return", "action", "x"]), "person": st.sampled_from(list(PEOPLE.values())),
    "for_whom": st.sampled_from(list(PEOPLE.values())), "days_more": st.just("3"), "title": st.just("Mine"),
    "due": st.just({"selected_date": "2026-12-18"}), "meeting_day": st.just({"selected_date": "2026-12-10"}),
    "meeting_time": st.just({"selected_time": "10:00"}), "area.7": st.just("1"), "nothing": GARBAGE,
})  # fmt: skip
pytestmark = pytest.mark.fault(36)
WITHOUT_RIGHTS = st.sampled_from([OUTSIDER, GUEST, GONE, OBSERVER])


@given(role=WITHOUT_RIGHTS, action=st.sampled_from(sorted(routes.ACTIONS.keys() - OWN)), value=VALUES)
def test_a_control_with_any_value_changes_nothing_for_who_has_no_right(
    stage: Stage, role: str, action: str, value: str
) -> None:
    _unmoved(stage, role, partial(stage.wire.click, PEOPLE[role], action, value))


@given(role=WITHOUT_RIGHTS, form=st.sampled_from(sorted(routes.FORMS.keys() - OWN)), noted=NOTED, filled=FILLED)
def test_a_form_with_anything_noted_changes_nothing_for_who_has_no_right(
    stage: Stage, role: str, form: str, noted: str, filled: dict[str, object]
) -> None:
    _unmoved(stage, role, partial(stage.wire.submit, PEOPLE[role], form, noted, filled))


@given(form=st.sampled_from(sorted(routes.FORMS.keys() - OWN - OPEN_TO_MEMBERS)), noted=NOTED, filled=FILLED)
def test_a_member_gains_nothing_by_what_a_form_notes(
    stage: Stage, form: str, noted: str, filled: dict[str, object]
) -> None:
    _unmoved(stage, PLAIN, partial(stage.wire.submit, PEOPLE[PLAIN], form, noted, filled))


@pytest.mark.parametrize("about", ["issue", "action", "update", "draft", "seat"])
def test_the_form_that_one_opened_is_refused_to_another_who_sends_it(stage: Stage, about: str) -> None:
    """Slack would never show it to them: the id of the view and who is named in it count for nothing."""
    forms = {"issue": ids.ISSUE_DECIDE_FORM, "action": ids.ACTION_DONE_FORM, "update": ids.UPDATE_FORM,
             "draft": ids.UPDATE_FORM, "seat": ids.NOT_MINE_FORM}  # fmt: skip
    number = {"issue": 2, "action": 1, "update": 2, "draft": 1, "seat": stage.ids["climate_BDT"]}[about]
    filled = {"area": "1", "health": "done", "changed": "x", "outcome": "close", "text": "x", "evidence": "x",
              "reason": "x"}  # fmt: skip
    view = view_of(forms[about], json.dumps({about: number}), filled) | {"user_id": PEOPLE["chair"]}
    told = stage.records.journal()
    seen = _unmoved(stage, PLAIN, partial(stage.wire.submit, PEOPLE[PLAIN], forms[about], "", {}, view=view))
    assert seen.answer["response_action"] == "errors"
    assert stage.records.journal()[len(told) :] == [("refused", stage.id_of(PLAIN))]


@pytest.mark.parametrize("place", ["team", "view", "container", "enterprise", "message"])
def test_who_acts_is_the_user_that_slack_names_and_nobody_else_in_the_body(stage: Stage, place: str) -> None:
    chair = {"id": PEOPLE["chair"], "user_id": PEOPLE["chair"], "user": PEOPLE["chair"], "team_id": "T0OTHER"}
    _unmoved(stage, PLAIN, partial(stage.wire.click, PEOPLE[PLAIN], ids.ISSUE_ACCEPT, "2", **{place: chair}))


def test_a_page_of_somebody_elses_app_home_shows_no_more_than_ones_own(stage: Stage) -> None:
    for about, kind in itertools.product(
        ("6", "#6", "resources"), ("area", "history", "who", "issues", "journal", "csv")
    ):
        seen = _unmoved(
            stage, OUTSIDER, partial(stage.wire.click, PEOPLE[OUTSIDER], ids.PAGE_TURN, f"1:{kind}:{about}")
        )
        assert seen.plain, (kind, about)


def _unmoved(stage: Stage, role: str, act: Callable[[], Seen]) -> Seen:
    """Do it: it is answered, no record has changed, and nobody outside has read of a restricted area."""
    before = stage.records.facts()
    seen = act()
    assert seen.status == 200
    changed = stage.records.facts() != before
    if changed:
        stage.records.put_back()
    assert not changed
    if role in (OUTSIDER, GUEST, GONE):
        assert "Resource mobilization" not in seen.plain
        assert "U0DI on resources" not in seen.plain
    return seen
