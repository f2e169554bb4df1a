"""The card shows how every unit of an area stands in a cycle, with notes beneath."""

import pytest

from foundation.database import Database
from models.delivery import NoticeKind
from models.people import Absence
from models.search import Passage
from models.updates import Health
from services.area_cards import AreaCard, read_card
from services.directory import directory, touch
from services.notes import add_note
from services.update_history import Standing
from tests.services.update_desk import DAY, HOUR, START, UpdateDesk


@pytest.fixture
def desk(loaded: Database) -> UpdateDesk:
    return UpdateDesk(loaded)


def card(desk: UpdateDesk, area: str, cycle: int = 0, now: object = START) -> AreaCard:
    with desk.database.reading() as session:
        found = directory(session).area_by_key(area)
        assert found
        return read_card(session, area_id=found.id or 0, cycle=cycle, now=now)  # type: ignore[arg-type]


def test_every_unit_is_shown_with_its_standing(desk: UpdateDesk) -> None:
    desk.filed("U0TESS", area="web")
    standings = [s.standing for s in card(desk, "web").standings]
    assert standings == [Standing.VACANT, Standing.REPORTED, Standing.WAITING, Standing.WAITING]


def test_the_absent_are_away_and_the_done_owe_nothing(desk: UpdateDesk) -> None:
    desk.filed("U0CY", health=Health.DONE)
    meeting = desk.meeting(START + DAY)
    later = START + DAY + HOUR
    with desk.database.transaction() as session:
        bo = directory(session).by_slack_id("U0BO")
        assert bo
        session.add(
            Absence(person_id=bo.id or 0, first_day=START.date(), last_day=(START + 9 * DAY).date(), set_by_id=1)
        )
        touch(session)
    shown = card(desk, "climate", meeting, later)
    assert [s.standing for s in shown.standings] == [Standing.WAITING, Standing.AWAY, Standing.DONE, Standing.WAITING]
    assert desk.confirmed("U0CY", later).health is Health.DONE
    assert card(desk, "climate", meeting, later).standings[2].standing is Standing.CONFIRMED


def test_a_card_of_a_past_cycle_does_not_show_what_came_later(desk: UpdateDesk) -> None:
    desk.meeting(START + DAY)
    desk.filed("U0CY", START + DAY + HOUR)
    assert card(desk, "climate", 0, START + 2 * DAY).standings[2].content is None


def test_a_note_stands_on_the_card_and_owes_nothing(desk: UpdateDesk) -> None:
    desk.act(add_note, "U0RDAF", area="climate", text="Élection: COP side event")
    assert [note.text for note in card(desk, "climate").notes] == ["Élection: COP side event"]
    assert len(desk.notices(NoticeKind.AREA_CARD)) == 1
    assert [p.folded for p in desk.all(Passage)] == ["election: cop side event"]
    assert card(desk, "climate").standings[0].standing is Standing.WAITING


@pytest.mark.parametrize(
    ("actor", "text"), [("U0OBS", "x"), ("U0NOBODY", "x"), ("U0RDAF", " "), ("U0RDAF", "x" * 3001)]
)
def test_observers_strangers_and_empty_or_endless_notes_are_refused(desk: UpdateDesk, actor: str, text: str) -> None:
    desk.refused(add_note, actor, area="climate", text=text)
    assert card(desk, "climate").notes == []
