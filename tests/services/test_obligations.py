"""Who owes which update: one obligation for each area, unit and next meeting, discharged by the first update."""

import pytest

from foundation.database import Database
from models.meetings import Meeting
from models.updates import Health
from services.directory import directory
from services.obligations import Obligation, Owed, open_obligations, owed_by
from services.updates import confirm_update, withdraw_update
from tests.fixtures_task_force import LOADED_AT
from tests.reminding import Reminding, geneva


@pytest.fixture
def reminding(loaded: Database) -> Reminding:
    return Reminding(loaded, LOADED_AT)


def owed(reminding: Reminding, slack_id: str) -> list[Owed]:
    with reminding.database.reading() as session:
        return owed_by(session, reminding.person(slack_id), reminding.now)


def obligations(reminding: Reminding, meeting: Meeting) -> list[Obligation]:
    with reminding.database.reading() as session:
        return open_obligations(session, meeting, reminding.now)


def areas(reminding: Reminding, slack_id: str) -> list[str]:
    return [reminding.who.areas_by_id[one.area_id].key for one in owed(reminding, slack_id)]


def test_without_a_meeting_nothing_is_owed(reminding: Reminding) -> None:
    assert owed(reminding, "U0AMA") == []


def test_every_live_seat_owes_for_the_next_meeting_alone(reminding: Reminding) -> None:
    later = reminding.schedule("2026-12-14 09:30")
    sooner = reminding.schedule("2026-12-03 14:30")
    assert len(obligations(reminding, sooner)) == len(reminding.who.seats)
    assert obligations(reminding, later) == []


def test_a_vacant_seat_owes_and_reaches_nobody(reminding: Reminding) -> None:
    meeting = reminding.schedule("2026-12-03 14:30")
    vacant = [one for one in obligations(reminding, meeting) if not one.holders]
    assert vacant
    assert all(one.reminded == [] for one in vacant)


def test_the_first_update_discharges_it_for_all_and_withdrawing_revives_it(reminding: Reminding) -> None:
    reminding.schedule("2026-12-03 14:30")
    assert "climate" in areas(reminding, "U0DI")
    assert "climate" in areas(reminding, "U0EL")
    update = reminding.post("U0EL", "climate")
    assert "climate" not in areas(reminding, "U0DI")
    assert "climate" not in areas(reminding, "U0EL")
    with reminding.acting() as session:
        withdraw_update(session, actor=reminding.person("U0EL"), update_id=update.id or 0, now=reminding.now)
    assert "climate" in areas(reminding, "U0DI")


def test_it_is_owed_again_after_the_meeting_with_its_last_update_to_confirm(reminding: Reminding) -> None:
    reminding.schedule("2026-12-03 14:30")
    update = reminding.post("U0AMA", "climate")
    reminding.go_to(geneva("2026-12-03 15:00"))
    reminding.schedule("2026-12-17 14:30")
    again = next(one for one in owed(reminding, "U0AMA") if reminding.who.areas_by_id[one.area_id].key == "climate")
    assert again.can_confirm
    assert again.last is not None
    assert again.last.id == update.id
    with reminding.acting() as session:
        area = directory(session).area_by_key("climate")
        assert area is not None
        confirm_update(session, actor=reminding.person("U0AMA"), area=area, now=reminding.now)
    assert "climate" not in areas(reminding, "U0AMA")


def test_what_was_confirmed_is_shown_with_the_date_of_its_words(reminding: Reminding) -> None:
    reminding.schedule("2026-11-12 14:30")
    update = reminding.post("U0AMA", "climate")
    reminding.go_to(geneva("2026-11-13 09:00"))
    reminding.schedule("2026-12-03 14:30")
    with reminding.acting() as session:
        area = directory(session).area_by_key("climate")
        assert area is not None
        confirm_update(session, actor=reminding.person("U0AMA"), area=area, now=reminding.now)
    reminding.go_to(geneva("2026-12-04 09:00"))
    reminding.schedule("2026-12-17 14:30")
    again = next(one for one in owed(reminding, "U0AMA") if reminding.who.areas_by_id[one.area_id].key == "climate")
    assert again.last is not None
    assert (again.last.id, again.last.posted_at) == (update.id, update.posted_at)


def test_after_done_a_unit_owes_nothing_until_it_reports_otherwise(reminding: Reminding) -> None:
    reminding.schedule("2026-11-12 14:30")
    reminding.post("U0AMA", "climate", Health.DONE)
    reminding.go_to(geneva("2026-11-12 15:00"))
    reminding.schedule("2026-12-03 14:30")
    assert "climate" not in areas(reminding, "U0AMA")
    reminding.post("U0AMA", "climate", Health.AT_RISK)
    reminding.go_to(geneva("2026-12-03 15:00"))
    reminding.schedule("2026-12-17 14:30")
    assert "climate" in areas(reminding, "U0AMA")


def test_after_the_deadline_it_is_still_owed_and_late(reminding: Reminding) -> None:
    reminding.schedule("2026-12-03 14:30")
    reminding.go_to(geneva("2026-12-02 15:00"))
    assert all(one.late for one in owed(reminding, "U0AMA"))
    assert owed(reminding, "U0AMA")
