"""Runs migrations on the database of the settings, or on the connection that `models.schema` hands over."""

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import models
from foundation.database import Database
from foundation.settings import read_settings
from models.base import UtcDateTime
from models.search import FULL_TEXT, TRIGRAMS

assert models  # registers the tables


def render_item(kind: str, item: object, _context: AutogenContext) -> str | bool:
    """Write plain types into migrations, so that a released one never depends on today's models."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out what search adds to its table: models cannot describe it."""
    return not (name or "").startswith(FULL_TEXT if kind == "table" else TRIGRAMS)


def migrate(connection: sa.Connection) -> None:
    """Run what was asked for inside one transaction."""
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
        include_name=include_name,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    database = Database(read_settings().database_url)
    with database.transaction() as session:
        migrate(session.connection())
    database.close()
