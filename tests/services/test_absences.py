"""Absences: who may note them, what is refused, and who hears and decides meanwhile."""

from datetime import date

import pytest
from sqlmodel import select

from foundation.database import Database
from foundation.errors import Refusal
from models.journal import JournalEntry
from models.people import Absence, Person
from services.absences import absences_of, cancel_absences, set_absence
from services.directory import directory
from services.obligations import owed_by
from tests.fixtures_task_force import LOADED_AT
from tests.reminding import Reminding, geneva


@pytest.fixture
def reminding(loaded: Database) -> Reminding:
    return Reminding(loaded, LOADED_AT)


def note(
    reminding: Reminding,
    slack_id: str,
    first: str,
    last: str,
    *,
    alternate: Person | None = None,
    by: str | None = None,
) -> Absence:
    with reminding.acting() as session:
        return set_absence(
            session,
            actor=reminding.person(by or slack_id),
            person=reminding.person(slack_id),
            first_day=date.fromisoformat(first),
            last_day=date.fromisoformat(last),
            alternate=alternate,
            now=reminding.now,
        )


def test_the_last_day_is_included_where_the_person_lives(reminding: Reminding) -> None:
    note(reminding, "U0INES", "2026-11-10", "2026-11-12")
    ines = reminding.person("U0INES")
    assert reminding.who.absence(ines, now=geneva("2026-11-13 03:00")) is not None
    assert reminding.who.absence(ines, now=geneva("2026-11-13 05:00")) is None


def test_somebody_else_may_not_note_it_but_the_secretariat_may(reminding: Reminding) -> None:
    with pytest.raises(Refusal, match="Only the secretariat and the chair"):
        note(reminding, "U0AMA", "2026-11-10", "2026-11-12", by="U0BEN")
    absence = note(reminding, "U0AMA", "2026-11-10", "2026-11-12", by="U0SEC")
    assert absence.set_by_id == reminding.person("U0SEC").id
    with reminding.database.reading() as session:
        entry = session.exec(select(JournalEntry).where(JournalEntry.act == "away.set")).one()
    assert (entry.actor_id, entry.for_id) == (reminding.person("U0SEC").id, reminding.person("U0AMA").id)


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [("2026-11-12", "2026-11-10", "comes before"), ("2026-10-01", "2026-10-10", "is past")],
)
def test_days_that_cannot_be_are_refused(reminding: Reminding, first: str, last: str, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        note(reminding, "U0AMA", first, last)


def test_an_alternate_must_be_another_member_who_is_here(reminding: Reminding) -> None:
    with pytest.raises(Refusal, match="themselves"):
        note(reminding, "U0AMA", "2026-11-10", "2026-11-12", alternate=reminding.person("U0AMA"))
    with pytest.raises(Refusal, match="not a member"):
        note(reminding, "U0AMA", "2026-11-10", "2026-11-12", alternate=Person(slack_id="U0X", name="X"))
    gone = reminding.person("U0BEN").model_copy(update={"deactivated": True})
    with pytest.raises(Refusal, match="has left"):
        note(reminding, "U0AMA", "2026-11-10", "2026-11-12", alternate=gone)


def test_the_chair_has_to_name_who_acts_as_chair(reminding: Reminding) -> None:
    with pytest.raises(Refusal, match="acts as chair"):
        note(reminding, "U0CHAIR", "2026-11-02", "2026-11-12")
    note(reminding, "U0CHAIR", "2026-11-02", "2026-11-12", alternate=reminding.person("U0DEPG"))
    assert [p.slack_id for p in reminding.who.chairs_on_duty(now=reminding.now)] == ["U0DEPG"]


def test_the_stand_in_owes_what_the_absent_owe_and_no_longer_when_it_is_cancelled(reminding: Reminding) -> None:
    reminding.schedule("2026-12-03 14:30")
    note(reminding, "U0AMA", "2026-11-02", "2026-11-12")
    with reminding.database.reading() as session:
        covered = [o for o in owed_by(session, reminding.person("U0BEN"), reminding.now) if o.stands_in_for]
    assert {o.stands_in_for.slack_id for o in covered if o.stands_in_for} == {"U0AMA"}
    with reminding.acting() as session:
        cancel_absences(session, actor=reminding.person("U0AMA"), person=reminding.person("U0AMA"), now=reminding.now)
    with reminding.database.reading() as session:
        assert absences_of(session, reminding.person("U0AMA"), now=reminding.now) == []
        assert not [o for o in owed_by(session, reminding.person("U0BEN"), reminding.now) if o.stands_in_for]
        assert directory(session).absence(reminding.person("U0AMA"), now=reminding.now) is None
