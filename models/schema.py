"""The shape of the stored records: which revision a database has, and how it comes to the one this program needs."""

from pathlib import Path

import sqlalchemy as sa
from sqlmodel import SQLModel

from foundation.database import Database

HEAD = "0001"
"""The newest revision in `migrations/versions`: known here, so that a start need not ask Alembic."""

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
UPGRADE_LOCK = 0x464F43414C
"""PostgreSQL's advisory lock that lets one replica at a time upgrade."""

_REVISION = sa.Table(
    "alembic_version", sa.MetaData(), sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)  # fmt: skip
"""As Alembic makes it."""


class SchemaUnknown(Exception):  # noqa: N818 - not an error of this program
    """The database was upgraded by a newer program."""


def stored_revision(connection: sa.Connection) -> str | None:
    """Return the revision that a database has; None for an empty one."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(database: Database) -> bool:
    """Bring a database to `HEAD`, in one transaction; return whether there was anything to do.

    Raises `SchemaUnknown` for a revision that this program does not know.
    """
    with database.reading() as session:
        if stored_revision(session.connection()) == HEAD:
            return False
    with database.transaction() as session:
        connection = session.connection()
        if not database.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(UPGRADE_LOCK)))
        found = stored_revision(connection)
        if found == HEAD:
            return False
        if found is None:
            create(connection)
        else:
            migrate(connection)
    return True


def create(connection: sa.Connection) -> None:
    """Fill an empty database at once: what all the migrations would make, without what it takes to run them.

    Alembic would stay in memory until the next start, 11 MiB.
    """
    # Whatever is there already is not Focal's, and nothing to build on.
    SQLModel.metadata.create_all(connection, checkfirst=False)
    _REVISION.create(connection)
    connection.execute(sa.insert(_REVISION).values(version_num=HEAD))


def migrate(connection: sa.Connection) -> None:
    """Run the migrations that a database has not seen yet. Raises `SchemaUnknown`."""
    from alembic import command  # noqa: PLC0415 - half a second that only an upgrade costs
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise SchemaUnknown(stored_revision(connection)) from error
