"""SPEC 2, act by act and role by role: whoever may, does; all others are refused privately, and nothing changes."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from handlers import actions, decisions, issues, meetings, paging, people, routes
from tests.security.act import Act, Does
from tests.security.conftest import Stage
from tests.security.people import EVERYBODY, GONE, GUEST, PEOPLE
from tests.security.table import TABLE
from tests.security.wire import Seen

WAY_ON = re.compile(r"Ask|<@U|\(sample\)|Type |Choose|nothing is asked")
"""A refusal names who can, or says what to do instead, or that there is nothing to do."""
TABLES = ("COMMANDS", "ACTIONS", "FORMS", "SHORTCUTS", "CHOICES", "EVENTS")


def on_both(row: int) -> Callable[..., Any]:
    """Run with SQLite whenever tests run, and with PostgreSQL where every fault is injected: there it takes minutes."""
    postgresql = pytest.param("postgresql", marks=[pytest.mark.fault(row), pytest.mark.long])
    return pytest.mark.parametrize("scene", ["sqlite", postgresql], indirect=True, scope="module")


@on_both(36)
@pytest.mark.parametrize("act", TABLE, ids=lambda act: act.name)
def test_an_act_is_done_by_those_who_may_and_refused_to_all_others(stage: Stage, act: Act) -> None:
    wrong = [f"{role}: {fault}" for role in sorted(EVERYBODY) if (fault := _fault(stage, act, role))]
    assert wrong == []


@pytest.mark.parametrize("role", [GUEST, GONE])
def test_the_app_home_of_who_may_not_ask_tells_nothing_but_that(stage: Stage, role: str) -> None:
    seen = stage.wire.event(PEOPLE[role], {"type": "app_home_opened", "tab": "home", "channel": "D1"})
    stage.records.put_back()
    assert WAY_ON.search(seen.plain)
    assert "Climate" not in seen.plain
    assert "ISS-" not in seen.plain


def test_every_act_that_is_routed_has_a_row() -> None:
    routed = {(table, key) for table in TABLES for key in getattr(routes, table)}
    routed |= {("COMMANDS", f"issue {word}") for word in issues.WORDS}
    routed |= {("COMMANDS", f"action {word}") for word in actions.WORDS}
    routed |= {("COMMANDS", f"decision {word}") for word in decisions.WORDS}
    routed |= {("COMMANDS", f"meeting {word}") for word in meetings.ACTS}
    routed |= {("COMMANDS", f"member {word}") for word in people.ACTS}
    rows = {(act.table, act.key) for act in TABLE}
    assert routed - rows == set()
    turned = {act.given.split(":")[1] for act in TABLE if act.key == "page.turn"}
    assert set(paging.LOOKS) - turned == set()


@on_both(35)
@pytest.mark.parametrize(
    "act", [act for act in TABLE if act.does is Does.CHANGES and act.may], ids=lambda act: act.name
)
def test_the_same_signed_body_sent_again_has_no_second_effect(stage: Stage, act: Act) -> None:
    act.do(stage.wire, min(act.may), stage.ids)
    once, told = stage.records.facts(), stage.records.journal()
    assert stage.wire.again() == 200
    assert (stage.records.facts(), stage.records.journal()) == (once, told)
    stage.records.put_back()


def _fault(stage: Stage, act: Act, role: str) -> str:
    """Do it, and say what was not as it should be."""
    before, told_before = stage.records.facts(), stage.records.journal()
    seen = act.do(stage.wire, role, stage.ids)
    changed, told = stage.records.facts() != before, stage.records.journal()[len(told_before) :]
    if changed:
        stage.records.put_back()
    fault = f"{_judge(act, role, seen, changed=changed, told=told, actor=stage.id_of(role))}"
    return fault and f"{fault}: {seen.plain[:200]!r} {told}"


def _judge(act: Act, role: str, seen: Seen, *, changed: bool, told: list[tuple[str, int]], actor: int) -> str:
    if seen.status != 200:
        return f"answered with {seen.status}"
    if role in act.may:
        return _not_done(act.does, seen, changed=changed, told=told, actor=actor)
    expected = [] if role in act.told else [("refused", actor)]
    if changed or seen.public or seen.forms:
        return "done although it may not be"
    if told != expected:
        return "not refused as it should be"
    if act.table == "FORMS" and seen.answer.get("response_action") != "errors":
        return "the form is gone with all that was typed"
    said = WAY_ON.search(seen.plain) if expected else seen.plain.strip()
    return "" if said else "the refusal does not say who can, or how to go on"


def _not_done(does: Does, seen: Seen, *, changed: bool, told: list[tuple[str, int]], actor: int) -> str:
    if ("refused", actor) in told:
        return "refused to whoever may"
    done = {
        Does.CHANGES: changed and any(who == actor for _, who in told),
        Does.KEEPS: changed,
        Does.OPENS: bool(seen.forms) and not changed,
        Does.SHOWS: bool(seen.private) and not changed and not seen.public,
        Does.SHARES: bool(seen.public) and any(who == actor for _, who in told),
        Does.NOTHING: not (changed or told or seen.public),
    }
    return "" if done[does] else f"not done ({does})"
