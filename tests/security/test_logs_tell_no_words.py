"""What goes wrong in the database is logged without what people wrote."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from foundation.database import Database


def test_an_error_of_the_database_does_not_repeat_what_was_to_be_stored(database_url: str) -> None:
    database = Database(database_url)
    with pytest.raises(DBAPIError) as raised, database.transaction() as session:
        session.connection().execute(sa.text("INSERT INTO nowhere VALUES (:words)"), {"words": "The donor hesitates"})
    assert "nowhere" in str(raised.value)
    assert "The donor hesitates" not in str(raised.value)
    database.close()
