"""A brief is read in a handful of statements, fits into Slack however large, and stays as it was at the start."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session

from bench.brief import AREAS, ISSUES, fill_task_force, read_for_channel, render_all
from foundation.database import Database
from services.brief import Brief, Part
from services.directory import directory
from tests.views.test_asking_fits_slack import fits

NOW = datetime(2026, 12, 2, 13, 30, tzinfo=UTC)
START = NOW + timedelta(days=1)
MOST_STATEMENTS = 15


@pytest.fixture
def large(database_url: str) -> Iterator[Database]:
    """Give a task force of a hundred areas and five hundred issues, at the deadline of its next meeting."""
    database = Database(database_url)
    fill_task_force(database, now=NOW)
    yield database
    database.close()


def brief_at(session: Session, now: datetime) -> Brief:
    return read_for_channel(session, directory(session), now=now)


def test_a_large_brief_is_told_whole_in_messages_that_fit(large: Database) -> None:
    with large.reading() as session:
        brief = brief_at(session, NOW)
        messages = list(render_all(session, now=NOW))
    assert len(brief.areas) == AREAS - 1, "all but the restricted one"
    assert brief.count(Part.DECISIONS) <= ISSUES
    assert len(messages) == 1 + sum(brief.pages(part) for part in Part)
    for message in messages:
        fits(message)


@pytest.mark.parametrize("now", [NOW, START], ids=["as it stands", "as it stood at the start"])
def test_a_brief_asks_a_handful_of_statements(large: Database, now: datetime) -> None:
    seen: list[str] = []
    with large.reading() as session:
        directory(session)
        sa.event.listen(large.engine, "before_cursor_execute", lambda _c, _cur, sql, *_: seen.append(sql))
        brief_at(session, now)
    assert len(seen) <= MOST_STATEMENTS
