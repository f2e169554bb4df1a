"""What a meeting gave people to do: whoever is away hears of it when they are back, who stands in for them at once."""

from datetime import date, timedelta

import pytest

from foundation.database import Database
from models.delivery import NoticeKind
from models.meetings import Meeting
from services.absences import set_absence
from services.action_giving import Given, give_action
from services.minutes import close_meeting
from tests.faults.table import DATABASES
from tests.services.agenda_desk import BEGUN, AgendaDesk
from tests.services.issue_desk import zurich

HELD = zurich(12, 10, month=11)
"""A Thursday."""


class Held(AgendaDesk):
    """A meeting that is held while some are away."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self.meeting(HELD)
        self.hold(1, HELD)

    def away(self, slack_id: str, first: int, last: int) -> None:
        """Note days of November on which somebody is away."""
        with self.database.reading() as session:
            person = self.person(session, slack_id)
        self.act(set_absence, "U0SEC", BEGUN, person=person, first_day=date(2026, 11, first),
                 last_day=date(2026, 11, last), alternate=None)  # fmt: skip

    def gives(self, *owners: str) -> None:
        """Give each something to do, and close the meeting an hour after it began."""
        for owner in owners:
            self.act(give_action, "U0SEC", HELD, given=Given("Write to the host", owner))
        with self.database.reading() as session:
            meeting = session.get_one(Meeting, 1)
        self.act(close_meeting, "U0SEC", HELD + timedelta(hours=1), meeting=meeting, carry=True)


@pytest.mark.parametrize("loaded", DATABASES, indirect=True)
def test_who_stands_in_is_told_at_once_for_whom_and_the_owner_when_back(loaded: Database) -> None:
    desk = Held(loaded)
    desk.away("U0BO", 10, 20)
    desk.gives("U0BO", "U0AMA")
    told = desk.notices(NoticeKind.ACTIONS_GIVEN)
    with loaded.reading() as session:
        bo = desk.person(session, "U0BO").id
    assert {who: notice.refs.get("covers_id") for who, notice in told.items()} == {
        "U0AMA": None, "U0BO": None, "U0TESS": bo,
    }  # fmt: skip
    assert told["U0TESS"].due_at == told["U0AMA"].due_at == zurich(12, 11, month=11)
    assert told["U0BO"].due_at == zurich(23, 9, month=11)


@pytest.mark.parametrize("loaded", DATABASES, indirect=True)
def test_who_stands_in_and_has_actions_too_hears_of_each_once(loaded: Database) -> None:
    desk = Held(loaded)
    desk.away("U0BO", 10, 20)
    desk.gives("U0BO", "U0BO", "U0TESS")
    assert desk.count(NoticeKind.ACTIONS_GIVEN, "U0TESS") == 2
    assert desk.count(NoticeKind.ACTIONS_GIVEN, "U0BO") == 1


def test_whoever_is_away_with_nobody_there_for_them_is_told_when_back(loaded: Database) -> None:
    desk = Held(loaded)
    desk.away("U0BEN", 11, 12)
    desk.away("U0BEN", 13, 13)
    desk.gives("U0BEN")
    told = desk.notices(NoticeKind.ACTIONS_GIVEN)
    assert {who: notice.due_at for who, notice in told.items()} == {"U0BEN": zurich(16, 9, month=11)}
