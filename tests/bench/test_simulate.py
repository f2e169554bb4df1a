"""Some weeks of a simulated ISC-TF: nobody is forgotten, much is not said, and what is printed is what was counted."""

from collections.abc import Iterator

import pytest

from bench.simulate import Year, tables
from tests.endings import DONE, MISSED

WEEKS = 10


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    year = Year(tmp_path_factory.mktemp("year"), weeks=WEEKS, seed=191)
    year.live()
    yield year
    year.days.close()


def test_meetings_are_held_and_every_seat_is_accounted_for(year: Year) -> None:
    assert year.meetings
    assert year.ledger.obligations.total() == year.meetings * len(year.days.who.seats)
    assert year.ledger.obligations[DONE] > year.ledger.obligations.total() / 2


def test_nothing_that_is_owed_is_forgotten(year: Year) -> None:
    assert year.ledger.obligations[MISSED] == 0
    assert year.ledger.issues().total()
    assert year.ledger.issues()[MISSED] == 0
    assert year.ledger.found == {}


def test_fewer_are_reminded_than_by_a_reminder_for_everybody(year: Year) -> None:
    sent = int(line_of(year, "sent by Focal")[0])
    assert 0 < sent < year.ledger.everybody.total() < year.ledger.by_area


def test_nobody_is_written_to_out_of_hours_but_urgently(year: Year) -> None:
    who = year.days.who
    for post in year.days.posts:
        reader = who.by_slack_id(post.to or "")
        assert reader is None or post.notice.urgent or who.hours_of(reader).is_working(post.at)


def test_every_week_and_every_person_is_counted(year: Year) -> None:
    messages = len([post for post in year.days.posts if post.to])
    assert line_of(year, "everybody")[-1] == str(messages)
    assert line_of(year, "everybody")[1] == f"{messages / WEEKS / len(year.days.who.members):.2f}"


def line_of(year: Year, name: str) -> tuple[str, ...]:
    """Return the cells of the first line of this name."""
    return next(cells for table in tables(year) for line, cells in table.lines if line == name)
