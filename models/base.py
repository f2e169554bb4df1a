"""What all tables share: instants in UTC, closed lists of words, JSON, and names for constraints."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlmodel import Field, SQLModel
from typing_extensions import override

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """An aware instant; SQLite forgets zones, so everything is stored as UTC and comes back aware."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a naive datetime cannot be stored: {value!r}"
            raise ValueError(message)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    @override
    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def partial_index(name: str, *columns: str, where: str) -> sa.Index:
    """Return an index of those rows only for which the condition holds, as it is written, on both databases."""
    return sa.Index(name, *columns, sqlite_where=sa.text(where))


@event.listens_for(SQLModel.metadata, "before_create")
def _say_it_to_postgresql(metadata: sa.MetaData, connection: sa.Connection, **_about: Any) -> None:
    """Give partial indexes their condition in PostgreSQL's own option.

    Not where they are declared: naming that option would load PostgreSQL's dialect, 2 MiB and a tenth of a second,
    wherever there is none.
    """
    if connection.dialect.name == "postgresql":
        for index in (index for table in metadata.tables.values() for index in table.indexes):
            index.dialect_kwargs["postgresql_where"] = index.dialect_options["sqlite"]["where"]


def words_of(kind: type[StrEnum], **options: Any) -> Any:
    """Return a column that holds one word of a closed list, checked by the database too."""
    column_type = sa.Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=32,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
    return Field(sa_type=column_type, **options)


def instant(**options: Any) -> Any:
    """Return a column that holds an aware instant."""
    return Field(sa_type=UtcDateTime, **options)


def document(**options: Any) -> Any:
    """Return a column that holds a small JSON document. Replace it whole: changes inside are not seen."""
    return Field(sa_type=sa.JSON, **options)


def long_text(**options: Any) -> Any:
    """Return a column of text without a length of its own; services check what people type."""
    return Field(sa_type=sa.Text, **options)
