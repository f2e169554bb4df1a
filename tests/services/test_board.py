"""The board: one line per area, the latest word of each unit, now and as it stood, on both databases."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import Session, SQLModel, col, select

from foundation.database import Database
from models.people import Person
from models.structure import Area, Seat
from models.updates import Health
from services.board import AreaOnBoard, Board, areas_for, areas_for_channel, read_board
from services.directory import directory
from services.escalation import escalate
from services.issues import Draft, raise_issue, resolve
from services.latest_words import latest_words
from services.past_issues import count_issues
from services.update_history import Standing
from services.updates import confirm_update, edit_update, file_update, withdraw_update
from tests.fixtures_task_force import LOADED_AT, load_isc_tf

BEGUN = LOADED_AT + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Give the sample task force on SQLite, then on PostgreSQL."""
    database = Database(database_url)
    with database.transaction() as session:
        SQLModel.metadata.create_all(session.connection())
    load_isc_tf(database)
    yield database
    database.close()


def person(session: Session, slack_id: str) -> Person:
    return session.exec(select(Person).where(Person.slack_id == slack_id)).one()


def area(session: Session, key: str = "climate") -> Area:
    found = directory(session).area_by_key(key)
    assert found
    return found


def post(database: Database, slack_id: str, health: Health, *, now: datetime, key: str = "climate") -> int:
    with database.transaction() as session:
        made = file_update(
            session, actor=person(session, slack_id), area=area(session, key), health=health, changed="Something",
            now=now,
        )  # fmt: skip
        return made.id or 0


def board(database: Database, *, now: datetime, at: datetime | None = None) -> Board:
    with database.reading() as session:
        return read_board(session, directory(session).areas, now=now, at=at)


def line(database: Database, *, now: datetime, at: datetime | None = None, key: str = "climate") -> AreaOnBoard:
    return next(each for each in board(database, now=now, at=at).areas if each.area.key == key)


def test_an_area_is_as_well_as_its_worst_unit(database: Database) -> None:
    assert line(database, now=BEGUN).health is None
    post(database, "U0AMA", Health.DONE, now=BEGUN)
    assert line(database, now=BEGUN).health is Health.DONE
    post(database, "U0BO", Health.ON_TRACK, now=BEGUN)
    assert line(database, now=BEGUN).health is Health.ON_TRACK
    post(database, "U0CY", Health.OFF_TRACK, now=BEGUN)
    post(database, "U0DI", Health.AT_RISK, now=BEGUN)
    assert line(database, now=BEGUN).health is Health.OFF_TRACK


def test_the_last_word_of_a_unit_stands(database: Database) -> None:
    post(database, "U0BO", Health.OFF_TRACK, now=BEGUN)
    post(database, "U0BO", Health.ON_TRACK, now=BEGUN + DAY)
    shown = line(database, now=BEGUN + DAY)
    assert shown.health is Health.ON_TRACK
    assert shown.latest == BEGUN + DAY
    assert shown.units_that(Standing.REPORTED) == ["TSB"]
    assert shown.units_that(Standing.WAITING) == ["BR", "BDT", "GS"]


def test_what_was_withdrawn_uncovers_what_was_said_before(database: Database) -> None:
    post(database, "U0BO", Health.ON_TRACK, now=BEGUN)
    later = post(database, "U0BO", Health.OFF_TRACK, now=BEGUN + DAY)
    with database.transaction() as session:
        withdraw_update(session, actor=person(session, "U0BO"), update_id=later, now=BEGUN + 2 * DAY)
    assert line(database, now=BEGUN + 3 * DAY).health is Health.ON_TRACK
    assert line(database, now=BEGUN + 3 * DAY, at=BEGUN + DAY).health is Health.OFF_TRACK


def test_a_health_that_was_corrected_shows_as_it_read_then(database: Database) -> None:
    made = post(database, "U0BO", Health.OFF_TRACK, now=BEGUN)
    with database.transaction() as session:
        edit_update(
            session, actor=person(session, "U0BO"), update_id=made, health=Health.AT_RISK, changed="Less bad",
            now=BEGUN + DAY,
        )  # fmt: skip
    assert line(database, now=BEGUN + 2 * DAY).health is Health.AT_RISK
    assert line(database, now=BEGUN + 2 * DAY, at=BEGUN).health is Health.OFF_TRACK
    assert line(database, now=BEGUN + 2 * DAY, at=BEGUN - DAY).health is None


def test_no_change_carries_the_date_of_what_it_confirms_and_counts_apart(database: Database) -> None:
    post(database, "U0BO", Health.AT_RISK, now=BEGUN)
    with database.transaction() as session:
        session.connection().execute(sa.text('UPDATE "update" SET cycle = 99'))
        confirm_update(session, actor=person(session, "U0BO"), area=area(session), now=BEGUN + DAY)
    shown = line(database, now=BEGUN + 2 * DAY)
    assert shown.units_that(Standing.CONFIRMED) == ["TSB"]
    assert shown.latest == BEGUN
    assert board(database, now=BEGUN + 2 * DAY).reported == 1


def test_seats_without_anybody_are_vacant(database: Database) -> None:
    assert line(database, now=BEGUN, key="web").units_that(Standing.VACANT) == ["BR"]
    assert line(database, now=BEGUN, at=BEGUN, key="web").units_that(Standing.VACANT) == ["BR"]


def test_the_statement_seeks_whatever_the_history(database: Database) -> None:
    for day in range(30):
        post(database, "U0BO", Health.ON_TRACK, now=BEGUN + day * DAY)
    with database.reading() as session:
        seats = session.exec(select(sa.func.count()).select_from(Seat)).one()
        words = latest_words(session)
        then = latest_words(session, at=BEGUN + 3 * DAY)
    assert len(words) == len(then) == 1 < seats
    [word], [earlier] = words.values(), then.values()
    assert word.update_id - earlier.update_id == 26


def test_on_sqlite_no_step_of_the_plan_scans_the_updates(loaded: Database) -> None:
    seen: list[tuple[str, object]] = []
    sa.event.listen(
        loaded.engine, "before_cursor_execute", lambda _c, _cur, sql, values, *_: seen.append((sql, values))
    )
    with loaded.reading() as session:
        latest_words(session)
        latest_words(session, at=BEGUN)
        statements = [(sql, values) for sql, values in seen if "seat" in sql]
        for sql, values in statements:
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
            steps = [row[3] for row in plan]
            assert [step for step in steps if "SCAN" in step and "seat" not in step] == []
            assert any("ix_update_" in step for step in steps)
    assert len(statements) == 2


def test_the_whole_board_takes_a_handful_of_statements(loaded: Database) -> None:
    post(loaded, "U0BO", Health.ON_TRACK, now=BEGUN)
    board(loaded, now=BEGUN)
    seen: list[str] = []
    sa.event.listen(loaded.engine, "before_cursor_execute", lambda _c, _cur, sql, *_: seen.append(sql))
    board(loaded, now=BEGUN)
    assert len([sql for sql in seen if sql.startswith("SELECT")]) <= 7


def test_restricted_areas_are_for_members_and_for_their_own_channel(loaded: Database) -> None:
    with loaded.transaction() as session:
        restricted = session.exec(select(Area).where(col(Area.key) == "resources")).one()
        restricted.channel_id = "C0RESOURCES"
        session.add(restricted)
        stranger = Person(slack_id="U0X", name="X")
        session.add(stranger)
        session.flush()
        who = directory(session)
        assert "resources" not in [each.key for each in areas_for(who, stranger)]
        assert "resources" in [each.key for each in areas_for(who, person(session, "U0BO"))]
    with loaded.reading() as session:
        session.info["memory"].clear()
        who = directory(session)
        assert "resources" not in [each.key for each in areas_for_channel(who, "C0TASKFORCE")]
        assert "resources" in [each.key for each in areas_for_channel(who, "C0RESOURCES")]


def test_issues_are_counted_now_and_as_they_stood(database: Database) -> None:
    with database.transaction() as session:
        climate = area(session).id
        bo = person(session, "U0BO")
        for title in ("One", "Two", "Three"):
            raise_issue(session, actor=bo, draft=Draft(title=title, area_id=climate), now=BEGUN)
    with database.transaction() as session:
        bo = person(session, "U0BO")
        escalate(session, actor=bo, issue_id=1, reason="Now", now=BEGUN + DAY)
        resolve(session, actor=bo, issue_id=2, text="Settled", now=BEGUN + 2 * DAY)
    shown = line(database, now=BEGUN + 3 * DAY)
    assert (shown.open_issues, shown.escalated_issues) == (1, 1)
    moments = {moment: line(database, now=BEGUN + 3 * DAY, at=BEGUN + moment * DAY) for moment in (0, 1, 2)}
    assert {m: (each.open_issues, each.escalated_issues) for m, each in moments.items()} == {
        0: (3, 0),
        1: (2, 1),
        2: (1, 1),
    }
    with database.reading() as session:
        assert sum(count_issues(session, at=BEGUN - DAY).values()) == 0
