"""The migrations make exactly what the models say, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import models
from foundation.database import Database
from models.schema import HEAD, MIGRATIONS, SchemaUnknown, migrate, stored_revision, upgrade

assert models  # registers the tables

SQLITE = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
CONSTRAINTS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
COLUMNS = """
    SELECT table_name, column_name, udt_name, is_nullable, column_default, character_maximum_length
    FROM information_schema.columns WHERE table_schema = 'public'"""


def shape_of(database: Database) -> set[tuple[str, ...]]:
    """Return all that the database itself says of its tables, CHECKs and predicates of indexes among it."""
    with database.reading() as session:
        if database.is_sqlite:
            rows = session.connection().execute(sa.text(SQLITE)).all()
            return {(kind, name, *sorted(clauses(sql))) for kind, name, sql in rows}
        queries = (CONSTRAINTS, INDEXES, COLUMNS)
        return {tuple(map(str, row)) for query in queries for row in session.connection().execute(sa.text(query))}


def clauses(sql: str) -> list[str]:
    """Split a statement at the commas of its outermost brackets: the order of constraints means nothing."""
    depth, parts = 0, [""]
    for character in " ".join(sql.split()):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 1:
            parts.append("")
        else:
            parts[-1] += character
    return [part.strip(" )") for part in parts]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def created(database: Database, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    """Give a second database of the same kind, made as `run` makes an empty one: from the models."""
    url = f"sqlite:///{tmp_path / 'second.sqlite'}"
    if not database.is_sqlite:
        url = request.getfixturevalue("postgres_server").fresh_url()
    created = Database(url)
    upgrade(created)
    yield created
    created.close()


def test_a_migrated_database_is_the_one_that_the_models_describe(database: Database, created: Database) -> None:
    with database.transaction() as session:
        migrate(session.connection())
    assert shape_of(database) == shape_of(created)
    assert len(shape_of(created)) > 30


def test_alembic_finds_nothing_that_a_migration_forgot(database: Database) -> None:
    upgrade(database)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.transaction() as session:
        config.attributes["connection"] = session.connection()
        command.check(config)


def test_the_newest_revision_is_the_one_that_the_program_knows() -> None:
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_an_upgrade_is_made_once(database: Database) -> None:
    assert upgrade(database)
    assert not upgrade(database)
    with database.reading() as session:
        assert stored_revision(session.connection()) == HEAD


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    upgrade(database)
    with database.transaction() as session:
        session.connection().execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaUnknown):
        upgrade(database)
