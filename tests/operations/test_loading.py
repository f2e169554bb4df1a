"""`load`, while Slack is away: the secretariat will hear of vacant seats once."""

from pathlib import Path

from sqlmodel import select

from foundation.database import Database
from models.delivery import Notice, NoticeKind
from operations.task_force import load_file
from services.directory import directory
from tests.fixtures_task_force import ISC_TF, LOADED_AT


def told(database: Database) -> list[Notice]:
    with database.reading() as session:
        return list(session.exec(select(Notice).where(Notice.kind == NoticeKind.SECRETARIAT)))


def test_a_load_owes_the_secretariat_the_news_of_vacant_seats_once(empty_database: Database, tmp_path: Path) -> None:
    load_file(empty_database, ISC_TF, now=LOADED_AT)
    with empty_database.reading() as session:
        who = directory(session)
        vacant = [seat.id for seat in who.seats if not who.holders(seat)]
    [digest] = told(empty_database)
    assert digest.refs["seat_ids"] == vacant
    assert vacant
    renamed = tmp_path / "renamed.yaml"
    renamed.write_text(ISC_TF.read_text("utf-8").replace("name: Ama", "name: Amaa"), "utf-8")
    load_file(empty_database, renamed, now=LOADED_AT)
    assert len(told(empty_database)) == 1
