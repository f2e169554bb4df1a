"""Search finds parts of words in any script, with and without an index, and only what is for the reader."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, select

from foundation.database import Database
from foundation.errors import Refusal
from models.people import Person
from models.search import FULL_TEXT
from models.updates import Health
from services.directory import directory
from services.notes import add_note
from services.search import PAGE, Hits, search
from services.updates import edit_update, file_update, withdraw_update
from tests.fixtures_task_force import LOADED_AT, load_isc_tf

NOW = LOADED_AT + timedelta(hours=1)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give the sample task force on SQLite, then on PostgreSQL."""
    database = Database(database_url)
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
    load_isc_tf(database)
    yield database
    database.close()


@pytest.fixture
def unindexed(loaded: Database) -> Database:
    """Give a database whose SQLite had no full-text table to offer."""
    with loaded.transaction() as session:
        for trigger in ("passage_written", "passage_removed", "passage_rewritten"):
            session.connection().execute(sa.text(f"DROP TRIGGER {trigger}"))
        session.connection().execute(sa.text(f"DROP TABLE {FULL_TEXT}"))
    return loaded


def person(session: Session, slack_id: str = "U0BO") -> Person:
    return session.exec(select(Person).where(Person.slack_id == slack_id)).one()


def note(database: Database, text: str, *, key: str = "climate", by: str = "U0BO") -> None:
    with database.transaction() as session:
        area = directory(session).area_by_key(key)
        assert area
        add_note(session, actor=person(session, by), area=area, text=text, now=NOW)


def found(database: Database, typed: str, *, page: int = 1) -> Hits:
    with database.reading() as session:
        return search(session, typed, actor=person(session), page=page)


SAID_AND_TYPED = [
    ("Le réseau de Genève", "geneve RESEAU"),
    ("与气候变化有关的会议", "气候变化"),
    ("与气候变化有关的会议", "气候"),
    ("اجتماع حول المناخ في القاهرة", "المناخ"),
    ("Встреча по КЛИМАТУ", "климат"),
    ("The venue is confirmed", "enu"),
    ("UN", "un"),
    ('He said "no" to 50 % of_it', '"no" %'),
    ("a AND b OR NOT c*", "AND b*"),
]


@pytest.mark.parametrize(("said", "typed"), SAID_AND_TYPED[:8])
def test_parts_of_words_are_found(database: Database, said: str, typed: str) -> None:
    note(database, "Something else entirely")
    note(database, said)
    assert [hit.text for hit in found(database, typed).hits] == [said]


@pytest.mark.parametrize(("said", "typed"), SAID_AND_TYPED[:8])
def test_parts_of_words_are_found_without_an_index_too(unindexed: Database, said: str, typed: str) -> None:
    note(unindexed, said)
    assert [hit.text for hit in found(unindexed, typed).hits] == [said]


@pytest.mark.parametrize("typed", ['"', "'", "*", "AND", "NEAR(", "venue*", "%", "_", "\\", "a:b", "(", "^x", "\x00 x"])
def test_what_means_something_to_a_database_means_nothing_here(database: Database, typed: str) -> None:
    note(database, "The venue is confirmed")
    assert found(database, typed).found == 0


def test_every_word_has_to_be_there(database: Database) -> None:
    note(database, "The venue is confirmed")
    assert found(database, "venue confirmed").found == 1
    assert found(database, "venue cancelled").found == 0


def test_what_was_edited_is_found_as_it_reads_now_and_what_was_withdrawn_is_not(database: Database) -> None:
    with database.transaction() as session:
        area = directory(session).area_by_key("climate")
        assert area
        made = file_update(
            session, actor=person(session), area=area, health=Health.AT_RISK, changed="Venue missing", now=NOW
        )
        update_id = made.id or 0
    assert [(hit.source, hit.area_id) for hit in found(database, "missing").hits] == [("update", area.id)]
    with database.transaction() as session:
        edit_update(
            session, actor=person(session), update_id=update_id, health=Health.AT_RISK, changed="Hall booked", now=NOW
        )
    assert found(database, "missing").found == 0
    assert found(database, "booked").found == 1
    with database.transaction() as session:
        withdraw_update(session, actor=person(session), update_id=update_id, now=NOW)
    assert found(database, "booked").found == 0


def test_pages_hold_everything_once(loaded: Database) -> None:
    for n in range(PAGE + 3):
        note(loaded, f"Venue number {n}")
    first, second = found(loaded, "venue"), found(loaded, "venue", page=2)
    assert (first.found, first.pages) == (PAGE + 3, 2)
    texts = {hit.text for hit in (*first.hits, *second.hits)}
    assert len(texts) == PAGE + 3


def test_strangers_do_not_find_what_was_said_in_a_restricted_area(loaded: Database) -> None:
    note(loaded, "The donor hesitates", key="resources", by="U0BEN")
    with loaded.transaction() as session:
        session.add(Person(slack_id="U0X", name="X"))
        session.add(Person(slack_id="U0Y", name="Y", guest=True))
    with loaded.reading() as session:
        assert search(session, "donor", actor=person(session)).found == 1
        assert search(session, "donor", actor=person(session, "U0X")).found == 0
        with pytest.raises(Refusal):
            search(session, "donor", actor=person(session, "U0Y"))


def test_a_search_for_nothing_says_what_to_write(loaded: Database) -> None:
    with pytest.raises(Refusal, match="Write what to search for"):
        found(loaded, "  \u200b ")
