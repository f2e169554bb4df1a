"""A reminder keeps within Slack's limits however much somebody owes, and whatever words stand in it."""

import json
from datetime import UTC, datetime

import pytest

from foundation.database import Database
from foundation.language import LANGUAGES, Reader, language
from foundation.working_time import NotWorking
from models.meetings import Meeting
from models.updates import Health, Update
from services.desk_letters import DeskLetter, LetterRow, RowState
from services.directory import Directory, directory
from services.reminder_hearers import AWAY
from services.reminder_plan import Fate, Moved
from tests.slack_reading import buttons_of, words
from views.reminders import letter, reason_words

NOW = datetime(2026, 11, 25, 13, 30, tzinfo=UTC)
MEETING = Meeting(
    id=1, title="<!channel> & co", local_start="2026-12-03T14:30", timezone="Europe/Zurich", created_by_id=1,
    starts_at=datetime(2026, 12, 3, 13, 30, tzinfo=UTC), deadline_at=datetime(2026, 12, 2, 13, 30, tzinfo=UTC),
    created_at=NOW,
)  # fmt: skip


@pytest.fixture
def who(loaded: Database) -> Directory:
    with loaded.reading() as session:
        return directory(session)


def owing(who: Directory, areas: int) -> DeskLetter:
    """Give a reminder of so many areas, each with a long last update."""
    seats = (who.seats * 10)[:areas]
    last = Update(
        id=7,
        area_id=1,
        unit_id=1,
        cycle=0,
        author_id=1,
        health=Health.AT_RISK,
        changed="<!channel> & " * 200,
        posted_at=NOW,
    )
    rows = tuple(LetterRow(s.area_id, s.unit_id, s.id or 0, RowState.OPEN, last=last) for s in seats)
    return DeskLetter(
        meeting=MEETING,
        rows=rows,
        standing_in=(),
        newest=True,
        moved=False,
        over=False,
        waits_for=None,
        snoozed_until=None,
        others=(),
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reminder_of_sixty_areas_fits_and_leads_to_the_rest(who: Directory, code: str) -> None:
    message = letter(owing(who, 60), who, reader=Reader(language(code), "Asia/Bangkok"), now=NOW)
    assert len(message.blocks) <= 50
    assert len(json.dumps(message.blocks, ensure_ascii=False)) < 40_000
    assert sum(len(line) for line in words({"blocks": message.blocks})) < 12_000
    assert message.blocks[-1]["type"] == "actions"


def test_the_areas_left_out_are_counted(who: Directory) -> None:
    message = letter(owing(who, 60), who, reader=Reader(language("en"), "Asia/Bangkok"), now=NOW)
    assert "and 45 more areas" in words({"blocks": message.blocks})
    assert "Show my desk" in buttons_of({"blocks": message.blocks})


def test_foreign_words_are_inert(who: Directory) -> None:
    message = letter(owing(who, 3), who, reader=Reader(language("en"), "Asia/Bangkok"), now=NOW)
    assert "<!channel>" not in json.dumps(message.blocks)
    assert "<!channel>" not in message.text


def test_the_times_are_the_reader_s_own(who: Directory) -> None:
    message = letter(owing(who, 1), who, reader=Reader(language("en"), "Asia/Bangkok"), now=NOW)
    assert "Wednesday, 2 December 2026, 20:30 (Bangkok time)" in words({"blocks": message.blocks})


@pytest.mark.parametrize("code", [*NotWorking, *Moved, AWAY, *sorted(set(Fate) - {Fate.PLANNED, Fate.SENT})])
def test_every_reason_has_its_words(code: str) -> None:
    assert reason_words(language("en"), {"code": str(code), "into": "1d"})
