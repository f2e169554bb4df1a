"""However long decisions and actions are, and however many: their pages and forms fit into Slack, in every language."""

from datetime import date

import pytest

from foundation.language import Reader
from models.agenda import AgendaItem, ItemKind
from models.issues import Action, Decision
from practice.block_kit import check_view
from services.action_page import ActionSeen
from services.decision_register import DecisionSeen
from tests.views.test_asking_fits_slack import (
    CROWD,
    ISSUES,
    LAST,
    LONG,
    MEETING,
    NASTY,
    NOW,
    WHO,
    fits,
    readers,
    with_ids,
)
from views import action_pages, decision_register, ids
from views.action_pages import Listed
from views.blocks import Block

ITEM = AgendaItem(id=1, kind=ItemKind.PROPOSED, key="proposed:1", title=NASTY * 4)
ACTIONS = [
    Action(id=number, text=LONG, language="ar", owner_id=1, due=date(2026, 12, 1), created_at=NOW, created_by_id=2,
           area_id=1, climbs_at=NOW)
    for number in range(1, 41)
]  # fmt: skip
DONE = Action(id=50, text=LONG, language="ar", owner_id=1, created_at=NOW, created_by_id=2, area_id=1, done_at=NOW,
              done_by_id=1, evidence=LONG, climbed_as_id=1)  # fmt: skip
DECISION = Decision(id=500, text=LONG, language="ar", area_id=1, decided_by_id=1, recorded_by_id=2, decided_at=NOW)
UPDATES = [LAST.model_copy(update={"id": number}) for number in range(1, 21)]
SEEN = DecisionSeen(DECISION, ISSUES[0], MEETING, ITEM, DECISION, DECISION, tuple(ACTIONS), tuple(ACTIONS), NOW)


def view_fits(view: Block) -> None:
    check_view(view | {"blocks": with_ids(view["blocks"])})


@readers
def test_a_decision_with_all_its_neighbours_fits(reader: Reader) -> None:
    message = decision_register.decision_page(reader, SEEN, WHO, said="Said.", may_give=True)
    fits(message)
    assert message.blocks[-1]["elements"][0]["action_id"] == ids.ACTION_OPEN


@readers
def test_the_fullest_page_of_the_register_fits(reader: Reader) -> None:
    message = decision_register.register_page(
        reader, [SEEN] * 10, WHO, heading=NASTY * 3, about="@all", page=2, found=500, at=NOW
    )
    fits(message)
    assert str(message.blocks).count(f"'{ids.DECISION_SHOW}'") == 10


@readers
@pytest.mark.parametrize("action", [ACTIONS[0], DONE], ids=["open", "done"])
def test_an_action_with_all_its_neighbours_fits(reader: Reader, action: Action) -> None:
    seen = ActionSeen(
        action, DECISION, DECISION, ISSUES[0], ISSUES[1], MEETING, ITEM, LAST, may_finish=True, may_steer=True
    )
    message = action_pages.action_page(reader, seen, WHO, said="Said.")
    fits(message)
    assert message.blocks[-1]["elements"][0]["action_id"] == ids.ACTION_DONE


@readers
def test_the_fullest_page_of_actions_fits(reader: Reader) -> None:
    numbers = frozenset(range(1, 11))
    listed = Listed(NASTY * 3, "@mine", 2, 500, numbers, numbers)
    message = action_pages.action_list(reader, ACTIONS[:10], WHO, listed)
    fits(message)
    assert str(message.blocks).count(f"'{ids.ACTION_DONE}'") == 10


@readers
def test_the_forms_fit(reader: Reader) -> None:
    say = reader.language
    view_fits(action_pages.action_form(say, CROWD.areas, decision=DECISION))
    view_fits(action_pages.action_done_form(reader, ACTIONS[0], UPDATES, WHO))
    view_fits(action_pages.assign_form(say, ACTIONS[0]))
    view_fits(action_pages.due_form(say, ACTIONS[0]))
    view_fits(decision_register.decision_form(say, CROWD.areas, replaces="DEC-1"))
