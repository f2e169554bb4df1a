"""The journal as CSV: whole, in order, and harmless in a spreadsheet."""

import csv
import io

import pytest

from foundation.database import Database
from foundation.spreadsheets import inert
from models.people import Person
from operations.export import journal_csv
from services.directory import directory
from services.journal import record
from tests.fixtures_task_force import LOADED_AT


@pytest.mark.fault(40, on="either")
@pytest.mark.parametrize("cell", ["=cmd()", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "\u200b=1", "\uff1d1"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_inert(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


def test_an_ordinary_cell_stays_as_it_is() -> None:
    assert inert("MTG-1 = next") == "MTG-1 = next"


def test_every_act_is_exported_with_who_did_it(loaded: Database) -> None:
    with loaded.transaction() as session:
        ama = directory(session).by_slack_id("U0AMA")
        for number in range(1, 1200):
            record(
                session, act="area.note", subject=f"={number}", actor=ama, now=LOADED_AT, after={"text": "气候, “x”"}
            )
    with loaded.reading() as session:
        rows = list(csv.DictReader(io.StringIO("".join(journal_csv(session)))))
    assert len(rows) == 1200
    assert rows[-1]["subject"] == "'=1199"
    assert rows[-1]["actor"] == "Ama (sample) (U0AMA)"
    assert "气候" in rows[-1]["after"]


@pytest.mark.fault(40)
def test_an_actor_whose_name_is_a_formula_is_inert(loaded: Database) -> None:
    with loaded.transaction() as session:
        eve = Person(slack_id="U0EVE", name="=HYPERLINK(1)")
        session.add(eve)
        session.flush()
        record(session, act="refused", subject="ISS-1", actor=eve, now=LOADED_AT)
    with loaded.reading() as session:
        rows = list(csv.DictReader(io.StringIO("".join(journal_csv(session)))))
    assert rows[-1]["actor"] == "'=HYPERLINK(1) (U0EVE)"
