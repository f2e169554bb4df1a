"""What goes wrong in the database is logged without what people wrote."""

import subprocess
import sys

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from foundation.database import Database, cause_of


def test_an_error_of_the_database_does_not_repeat_what_was_to_be_stored(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(DBAPIError) as raised, database.transaction() as session:
        session.connection().execute(sa.text("INSERT INTO nowhere VALUES (:words)"), {"words": "The donor hesitates"})
    assert "nowhere" in str(raised.value)
    assert "The donor hesitates" not in str(raised.value)
    database.close()


def test_the_cause_that_is_logged_leaves_out_what_a_database_quotes(database_url: str) -> None:
    database = Database(database_url)
    keep, words = sa.text("INSERT INTO kept VALUES (:words)"), {"words": "The donor hesitates"}
    with database.transaction() as session:
        session.connection().execute(sa.text("CREATE TABLE kept (words TEXT UNIQUE)"))
        session.connection().execute(keep, words)
    with pytest.raises(DBAPIError) as raised, database.transaction() as session:
        session.connection().execute(keep, words)
    assert "unique" in cause_of(raised.value).casefold()
    assert "The donor hesitates" not in cause_of(raised.value)
    database.close()


def test_an_error_that_ends_a_thread_is_logged_without_its_words() -> None:
    program = """
import threading
from foundation.logs import start_logging
start_logging(level="INFO", form="json")
def hesitate():
    raise ValueError("The donor " + "hesitates")
threading.Thread(target=hesitate, name="donors").start()
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert '"thread.failed"' in ended.stderr
    assert "ValueError" in ended.stderr
    assert "The donor hesitates" not in ended.stderr
