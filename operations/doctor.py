"""The doctor: looks at everything that can be wrong with an installation, a line each, with what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.database import SAFE_WAL, Database, sqlite_version
from foundation.settings import Settings
from models.delivery import Notice, NoticeState, Pulse
from models.schema import HEAD, stored_revision
from models.structure import TaskForce
from operations.cannot import Cannot
from operations.doctor_slack import slack_checks
from operations.findings import Finding, bad, fine, odd
from operations.records import open_records
from services.auditor import TICKS_LATE, audit
from services.directory import directory
from services.minutes import falsified
from services.task_force_file import describe
from services.task_force_file.checking import warnings_about


@dataclass(frozen=True)
class Patient:
    """What is examined."""

    settings: Settings
    database: Database | None
    """None: it cannot be used."""
    now: datetime
    """The machine's time."""

    @property
    def records(self) -> Database | None:
        """The database, where it has the revision that this program reads."""
        if self.database is None:
            return None
        with self.database.reading() as session:
            return self.database if stored_revision(session.connection()) == HEAD else None


def consult(settings: Settings, *, now: datetime) -> Iterator[Finding]:
    """Open the records as they are, and give every finding; also where they cannot be opened."""
    try:
        with open_records(settings, upgraded=False) as database:
            yield from examine(Patient(settings, database, now))
    except Cannot as reason:
        yield bad("database", *str(reason).split(". ", 1))
        yield from examine(Patient(settings, None, now))


def examine(patient: Patient) -> Iterator[Finding]:
    """Give every finding, one after the other; a check that fails itself is a finding."""
    for subject, check in CHECKS.items():
        try:
            yield from check(patient)
        except Exception as error:  # noqa: BLE001 - the doctor must reach the end
            yield bad(subject, f"cannot be checked: {type(error).__name__}: {error}", "see the log")


def healthy(findings: list[Finding]) -> bool:
    """Return whether nothing is bad."""
    return all(finding.sign != "✗" for finding in findings)


def _tokens(patient: Patient) -> Iterator[Finding]:
    settings = patient.settings
    if not settings.has_tokens:
        yield odd("tokens", "none", "`run` starts the practice workspace; see .env.example for a real one")
    elif settings.missing_tokens:
        missing = " and ".join(settings.missing_tokens)
        yield bad("tokens", f"{missing} missing for TRANSPORT={settings.transport}", "set it in .env")
    else:
        yield fine("tokens", f"all that TRANSPORT={settings.transport} needs")


def _database(patient: Patient) -> Iterator[Finding]:
    database = patient.database
    if database is None:
        return
    with database.reading() as session:
        revision = stored_revision(session.connection())
        if database.is_sqlite:
            yield _sqlite(session)
        else:
            shown = session.connection().exec_driver_sql("SHOW server_version").scalar()
            yield fine("database", f"PostgreSQL {shown}")
    if revision is None:
        yield odd("database", "empty", "`run` or `load` fills it")
        yield _no_task_force(patient)
    elif revision < HEAD:
        yield odd("database", f"revision {revision}, not yet {HEAD}", "make a backup; `run` upgrades it")
    elif revision > HEAD:
        yield bad("database", f"revision {revision}, which a newer Focal made", "install that one")
    else:
        yield fine("database", f"revision {revision}")


def _sqlite(session: Session) -> Finding:
    _, found = sqlite_version()
    journal = session.connection().exec_driver_sql("PRAGMA journal_mode").scalar()
    said = f"SQLite {'.'.join(map(str, found))}, journal {journal}"
    if found >= SAFE_WAL:
        return fine("database", said)
    return odd(
        "database", f"{said}: below {'.'.join(map(str, SAFE_WAL))}", "slower, and safe; the pysqlite3 wheel is newer"
    )


def _no_task_force(patient: Patient) -> Finding:
    return bad("task force", "none is loaded", f"`run` loads {patient.settings.task_force_file}, or use `load FILE`")


def _task_force(patient: Patient, records: Database) -> Iterator[Finding]:
    with records.reading() as session:
        file = describe(session)
    if file is None:
        yield _no_task_force(patient)
        return
    yield fine("task force", f"{file.name}: {len(file.areas)} areas, {len(file.members)} members")
    for warning in warnings_about(file):
        yield odd("task force", warning, "the secretariat may want to know")


def _zones(_patient: Patient, records: Database) -> Iterator[Finding]:
    with records.reading() as session:
        if session.get(TaskForce, 1) is None:
            return
        who = directory(session)
        zones = {who.task_force.timezone, *(s.timezone for s in who.stations_by_id.values() if s.archived_at is None)}
    for zone in sorted(zones):
        ZoneInfo(zone)
    yield fine("zones", f"{len(zones)} known; rules of tzdata {version('tzdata')}")


def _engine(patient: Patient, records: Database) -> Iterator[Finding]:
    with records.reading() as session:
        pulse = session.get(Pulse, "tick")
    if pulse is None:
        yield odd("engine", "never ran on this database", "start it with `run`")
    elif patient.now - pulse.at > TICKS_LATE * timedelta(seconds=patient.settings.tick_seconds):
        yield bad("engine", f"last did what was due on {pulse.at:%Y-%m-%d %H:%M} UTC", "is `run` running? See its log")
    else:
        yield fine("engine", f"did what was due {int((patient.now - pulse.at).total_seconds())} s ago")


def _notices(patient: Patient, records: Database) -> Iterator[Finding]:
    states = sa.select(col(Notice.state), sa.func.count()).group_by(col(Notice.state))
    with records.reading() as session:
        counts = {NoticeState(state): int(count) for state, count in session.connection().execute(states)}
        found = audit(session, now=patient.now, real=patient.now)
        dead = session.exec(
            select(Notice).where(col(Notice.state) == NoticeState.DEAD).order_by(col(Notice.id).desc()).limit(3)
        ).all()
    said = ", ".join(f"{counts.get(state, 0)} {state}" for state in NoticeState)
    yield fine("notices", said)
    for finding in found:
        advice = "is `run` running? See its log" if finding.ours else "Slack could not be asked; it is tried again"
        yield (bad if finding.ours else odd)("notices", f"{finding.count} × {finding.code.replace('_', ' ')}", advice)
    for notice in dead:
        yield odd("notices", f"not sent: {notice.key} ({notice.error})", "the secretariat was told")


def _minutes(_patient: Patient, records: Database) -> Iterator[Finding]:
    with records.reading() as session:
        changed = falsified(session)
    if changed:
        yield bad("minutes", f"not what was closed: {', '.join(changed)}", "compare them with a backup")
    else:
        yield fine("minutes", "every closed one has its fingerprint")


def _of_records(check: Callable[[Patient, Database], Iterator[Finding]]) -> Callable[[Patient], Iterator[Finding]]:
    """Ask only where there are records that this program can read."""

    def asked(patient: Patient) -> Iterator[Finding]:
        if patient.records is not None:
            yield from check(patient, patient.records)

    return asked


CHECKS: dict[str, Callable[[Patient], Iterator[Finding]]] = {
    "tokens": _tokens,
    "database": _database,
    "task force": _of_records(_task_force),
    "zones": _of_records(_zones),
    "engine": _of_records(_engine),
    "notices": _of_records(_notices),
    "minutes": _of_records(_minutes),
    "slack": lambda patient: slack_checks(patient.settings, patient.records, now=patient.now),
}
