"""Loading a task-force file: the records become what it says; what it no longer names is archived, never deleted."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, select

from models.people import Person
from models.structure import TaskForce
from services.directory import touch
from services.journal import record
from services.outbox import mark_homes
from services.task_force_file.checking import warnings_about
from services.task_force_file.difference import LISTS, Change, Difference, differences, overlap
from services.task_force_file.dumping import describe
from services.task_force_file.entering import enter_areas, enter_members, enter_rules, enter_stations, enter_units
from services.task_force_file.reading import read

ACTS = {"units": "unit", "stations": "station", "members": "member", "areas": "area"}


class WouldUndoSlack(Exception):  # noqa: N818 - a refusal
    """The file differs from what was changed in Slack; `lines` name each place."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self.lines = [f"{change} (was changed in Slack)" for change in changes]
        super().__init__("\n".join(self.lines))


def load(session: Session, text: str, *, actor: Person | None, now: datetime, overwrite: bool = False) -> Difference:
    """Make the task force what the file says, and return what that changed.

    Raises `Mistakes` for a file that is not in order, and `WouldUndoSlack` unless `overwrite`: then nothing changed.
    """
    file = read(text)
    known = describe(session)
    changes = differences(known, file)
    rules = session.get(TaskForce, 1, with_for_update=True)
    undone = [c for c in changes if rules and any(overlap(c.path, key) for key in rules.changed_in_slack)]
    if undone and not overwrite:
        raise WouldUndoSlack(undone)
    found = Difference(changes, tuple(warnings_about(file)), first=known is None)
    if changes:
        enter_rules(session, file, now=now)
        units = enter_units(session, file, now=now)
        stations = enter_stations(session, file, now=now)
        people = enter_members(session, file, units=units, stations=stations, now=now)
        areas = enter_areas(session, file, units=units, people=people, now=now)
        _write_down(session, found, areas, actor=actor, now=now)
    _agree(session)
    mark_homes(session, [person.id or 0 for person in session.exec(select(Person))], now=now)
    return found


def _agree(session: Session) -> None:
    """Note that file and records say the same now."""
    touch(session)
    rules = session.get_one(TaskForce, 1)
    rules.changed_in_slack = []
    session.add(rules)
    session.flush()


def _write_down(
    session: Session, found: Difference, areas: dict[str, int], *, actor: Person | None, now: datetime
) -> None:
    """Write the first load down as one act, later ones as one act for each record that they changed."""
    if found.first:
        record(session, act="task_force.load", subject="task force", actor=actor, now=now,
               after={part: len([c for c in found.changes if c.is_whole_record and c.path.startswith(f"{part}.")])
                      for part in LISTS})  # fmt: skip
        return
    grouped: dict[tuple[str, str] | None, list[Change]] = {}
    for change in found.changes:
        grouped.setdefault(change.record, []).append(change)
    for about, changes in grouped.items():
        part, key = about or ("", "task force")
        record(
            session, act=f"{ACTS.get(part, 'task_force')}.{_verb(changes)}", subject=key, actor=actor, now=now,
            area_id=areas.get(key) if part == "areas" else None,
            before={_within(c): _kept(c.before) for c in changes if c.before is not None},
            after={_within(c): _kept(c.after) for c in changes if c.after is not None},
        )  # fmt: skip


def _verb(changes: list[Change]) -> str:
    if not changes[0].is_whole_record:
        return "change"
    return "add" if changes[0].before is None else "archive"


def _within(change: Change) -> str:
    """Return the key inside the record: `focal_points.BR`; a whole record shows its name."""
    if change.is_whole_record:
        return "name"
    return change.path.split(".", 2)[2] if change.record else change.path


def _kept(value: object) -> object:
    return value if isinstance(value, (str, int, list, dict)) else str(value)
