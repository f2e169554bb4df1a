"""Opening the records: the database in order and up to date, and whether a task force is in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError

import models  # noqa: F401 - registers every table
from foundation.database import Database, DatabaseInUse, cause_of, sole_process
from foundation.errors import Refusal
from foundation.language import language
from foundation.settings import Settings
from models.people import Person
from models.schema import SchemaUnknown, upgrade
from models.structure import TaskForce
from operations.cannot import Cannot
from services.directory import person_of
from services.erasure import erase_person
from services.outbox import RESTORED_AT

QUICK_CHECK_BYTES = 64 * 1024 * 1024
"""A SQLite file up to this size is checked at every start: it takes less than a tenth of a second."""


@contextmanager
def open_records(settings: Settings, *, upgraded: bool = True) -> Iterator[Database]:
    """Open the database for a command, upgraded to this program's revision unless as it is. Raises `Cannot`."""
    database: Database | None = None
    try:
        database = Database(settings.database_url)
        _check(database)
        if upgraded:
            upgrade(database)
        else:
            with database.reading() as session:
                session.connection()
        yield database
    except SchemaUnknown as error:
        raise Cannot(f"The database has revision {error}, which a newer Focal made. Install that one.") from None
    except OperationalError as error:
        raise Cannot(f"The database cannot be used ({cause_of(error)}). See DATABASE_URL in .env.example.") from None
    except DatabaseError as error:
        raise Cannot(f"The database is damaged ({cause_of(error)}). Use `restore` with the last backup.") from None
    finally:
        if database is not None:
            database.close()


@contextmanager
def own_records(settings: Settings) -> Iterator[Database]:
    """Open the database for the running bot, which must be alone on a SQLite file. Raises `Cannot`."""
    try:
        with sole_process(sa.make_url(settings.database_url)), open_records(settings) as database:
            remember_restore(database)
            yield database
    except DatabaseInUse as error:
        raise Cannot(
            f"Another Focal is running on {error}. Stop that one first, or use PostgreSQL for several at once."
        ) from None
    except OSError as error:
        raise Cannot(f"The database's folder cannot be used: {error}. See DATABASE_URL.") from None


def remember_restore(database: Database) -> None:
    """Keep in mind when these records were restored, for what is owed again since: see `services.outbox`."""
    with database.reading() as session:
        rules = session.get(TaskForce, 1)
        database.memory[RESTORED_AT] = rules.restored_at if rules else None


def is_empty(database: Database) -> bool:
    """Whether no task force was loaded into the records yet."""
    with database.reading() as session:
        return session.get(TaskForce, 1) is None


def erase_by_slack_id(database: Database, slack_id: str, *, now: datetime) -> str:
    """Put a pseudonym in the place of somebody, and return it. Raises `Cannot`."""
    try:
        with database.transaction() as session:
            person = person_of(session, slack_id)
            if person is None:
                raise Cannot(f"Nobody here has the Slack id {slack_id}.")
            return erase_person(session, session.get_one(Person, person.id), actor=None, now=now)
    except Refusal as refusal:
        raise Cannot(refusal.plain(language("en"))) from None


def _check(database: Database) -> None:
    """Raise `DatabaseError` for a small SQLite file that is damaged; a large one shows it when it is read."""
    file = Path(database.url.database or "")
    if not database.is_sqlite or not file.is_file() or file.stat().st_size > QUICK_CHECK_BYTES:
        return
    with database.reading() as session:
        found = session.connection().exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise DatabaseError("PRAGMA quick_check", None, ValueError(found))
