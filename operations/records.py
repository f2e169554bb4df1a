"""Opening the records: the database in order and up to date, and the task force in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlmodel import Session

import models  # noqa: F401 - registers every table
from foundation.database import Database, DatabaseInUse, sole_process
from foundation.errors import Refusal
from foundation.language import language
from foundation.settings import Settings
from models.people import Person
from models.schema import SchemaUnknown, upgrade
from models.structure import TaskForce
from operations.cannot import Cannot
from services.directory import directory, person_of
from services.erasure import erase_person
from services.outbox import RESTORED_AT, refresh
from services.task_force_file import Difference, Mistakes, TaskForceFile, WouldUndoSlack, dump, load, read
from services.vacant_seats import SUBJECT as VACANT
from services.vacant_seats import report_vacant

QUICK_CHECK_BYTES = 64 * 1024 * 1024
"""A SQLite file up to this size is checked at every start: it takes less than a tenth of a second."""


@contextmanager
def open_records(settings: Settings) -> Iterator[Database]:
    """Open the database for a command, upgraded to this program's revision. Raises `Cannot`."""
    database: Database | None = None
    try:
        database = Database(settings.database_url)
        _check(database)
        upgrade(database)
        yield database
    except SchemaUnknown as error:
        raise Cannot(f"The database has revision {error}, which a newer Focal made. Install that one.") from None
    except OperationalError as error:
        raise Cannot(f"The database cannot be used ({_cause(error)}). See DATABASE_URL, and run `doctor`.") from None
    except DatabaseError as error:
        raise Cannot(f"The database is damaged ({_cause(error)}). Use `restore` with the last backup.") from None
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


def load_first(database: Database, file: Path, *, now: datetime) -> Difference | None:
    """Load the task-force file if the database has no task force yet; None if it has. Raises `Cannot`."""
    with database.reading() as session:
        if session.get(TaskForce, 1) is not None:
            return None
    return load_file(database, file, now=now, first=True)


def load_file(
    database: Database, file: Path, *, now: datetime, overwrite: bool = False, first: bool = False
) -> Difference | None:
    """Make the task force what a file says; with `first` only if there is none yet. Raises `Cannot`."""
    text = read_file(file)
    try:
        with database.transaction() as session:
            if first and session.get(TaskForce, 1) is not None:
                return None
            found = load(session, text, actor=None, now=now, overwrite=overwrite)
            if not first:
                _tell_vacant(session, now=now)
            return found
    except Mistakes as mistakes:
        raise Cannot("\n".join([f"{file} cannot be loaded; nothing was changed:", *mistakes.lines])) from None
    except WouldUndoSlack as undone:
        advice = "Nothing was changed. `dump` writes a file that has these changes; --overwrite undoes them."
        raise Cannot("\n".join([*undone.lines, advice])) from None


def _tell_vacant(session: Session, *, now: datetime) -> None:
    """Owe the secretariat the news of vacant seats, and have what it was told before show what the file settled."""
    refresh(session, VACANT, now=now)
    report_vacant(session, directory(session).seats, now=now)


def dump_file(database: Database) -> str:
    """Return the task force as a file. Raises `Cannot` where there is none."""
    with database.reading() as session:
        text = dump(session)
    if not text:
        raise Cannot("No task force is loaded yet. Use `load FILE`.")
    return text


def known_command(settings: Settings) -> str:
    """Return the slash command of the task force in the records, else in the file, else the usual one."""
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").is_file():
        with open_records(settings) as database, database.reading() as session:
            rules = session.get(TaskForce, 1)
            if rules is not None:
                return rules.command
    return read_checked(settings.task_force_file).command if settings.task_force_file.exists() else "/isctf"


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


def read_file(file: Path) -> str:
    """Return the text of a task-force file. Raises `Cannot`."""
    try:
        return file.read_text("utf-8")
    except FileNotFoundError:
        raise Cannot(
            f"There is no task-force file {file}. Copy examples/isc-tf.yaml and put your members in it; "
            "TASK_FORCE_FILE names the one that `run` begins with."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise Cannot(f"{file} cannot be read as text: {error}.") from None


def read_checked(file: Path) -> TaskForceFile:
    """Return the content of a task-force file. Raises `Cannot`."""
    try:
        return read(read_file(file))
    except Mistakes as mistakes:
        raise Cannot("\n".join([f"{file} is not in order:", *mistakes.lines])) from None


def _check(database: Database) -> None:
    """Raise `DatabaseError` for a small SQLite file that is damaged; a large one shows it when it is read."""
    file = Path(database.url.database or "")
    if not database.is_sqlite or not file.is_file() or file.stat().st_size > QUICK_CHECK_BYTES:
        return
    with database.reading() as session:
        found = session.connection().exec_driver_sql("PRAGMA quick_check(1)").scalar()
    if found != "ok":
        raise DatabaseError("PRAGMA quick_check", None, ValueError(found))


def _cause(error: DatabaseError) -> str:
    return str(error.orig).strip().splitlines()[-1]
