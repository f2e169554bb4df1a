"""What is counted is said as people count: the verb goes with those who reported, the noun with how many there are."""

from datetime import UTC, datetime

import pytest

from foundation.database import Database
from foundation.language import Reader, language
from models.updates import Health, Update
from services.area_cards import AreaCard
from services.cycles import Cycle
from services.directory import directory
from services.update_history import Standing, UnitStanding
from views.cards import area_card

NOW = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)
SAID = Update(
    id=1, area_id=1, unit_id=1, cycle=0, author_id=1, health=Health.ON_TRACK, changed="Venue", posted_at=NOW, version=1
)


@pytest.mark.parametrize(
    ("code", "reported", "units", "sentence"),
    [
        ("en", 0, 4, "0 of 4 units have reported since Wednesday"),
        ("en", 1, 4, "1 of 4 units has reported since Wednesday"),
        ("en", 3, 4, "3 of 4 units have reported since Wednesday"),
        ("en", 0, 1, "0 of 1 unit has reported since Wednesday"),
        ("en", 1, 1, "1 of 1 unit has reported since Wednesday"),
        ("fr", 0, 4, "0 unité sur 4 a publié depuis le mercredi"),
        ("fr", 1, 4, "1 unité sur 4 a publié depuis le mercredi"),
        ("fr", 3, 4, "3 unités sur 4 ont publié depuis le mercredi"),
        ("fr", 0, 1, "0 unité sur 1 a publié depuis le mercredi"),
    ],
)
def test_a_card_counts_its_units(loaded: Database, code: str, reported: int, units: int, sentence: str) -> None:
    with loaded.reading() as session:
        who = directory(session)
    seat = who.seats[0]
    standings = [
        UnitStanding(seat, Standing.REPORTED, SAID, SAID)
        if n < reported
        else UnitStanding(seat, Standing.AWAY, None, None)
        for n in range(units)
    ]
    card = AreaCard(who.areas[0], Cycle(0, NOW, None), standings, notes=[])
    assert sentence in area_card(card, who, Reader(language(code), "UTC")).text
