"""The task-force file: loaded into the records, written back from them, read for what it says."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import Session

from foundation.database import Database
from foundation.settings import Settings
from models.structure import TaskForce
from operations.cannot import Cannot
from operations.records import open_records
from services.directory import directory
from services.outbox import refresh
from services.task_force_file import Difference, Mistakes, TaskForceFile, WouldUndoSlack, dump, load, read
from services.vacant_seats import SUBJECT as VACANT
from services.vacant_seats import report_vacant


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


def _tell_vacant(session: Session, *, now: datetime) -> None:
    """Owe the secretariat the news of vacant seats, and have what it was told before show what the file settled."""
    refresh(session, VACANT, now=now)
    report_vacant(session, directory(session).seats, now=now)
