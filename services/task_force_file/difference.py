"""What loading a task-force file changes, in plain words, found by comparing the file with the records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from typing_extensions import override

from services.task_force_file.shape import TaskForceFile

LISTS = {"units": "key", "stations": "key", "members": "slack", "areas": "key"}
"""The lists whose entries have a key of their own; everything else is compared value by value."""


@dataclass(frozen=True)
class Change:
    """One value that differs. `path` is `areas.climate.focal_points.BR`; None: it was or will not be there."""

    path: str
    before: Any
    after: Any

    @property
    def record(self) -> tuple[str, str] | None:
        """The list and key of the record that it is about; None for the task force's own rules."""
        part, _, rest = self.path.partition(".")
        return (part, rest.split(".")[0]) if part in LISTS and rest else None

    @property
    def is_whole_record(self) -> bool:
        """Whether a unit, station, member or area comes or goes."""
        return self.record is not None and self.path.count(".") == 1

    @override
    def __str__(self) -> str:
        """Return the change as one line."""
        if self.is_whole_record and self.before is None:
            return f"{self.path}: new ({self.after})"
        if self.is_whole_record:
            return f"{self.path}: archived ({self.before})"
        return f"{self.path}: {_said(self.before)} → {_said(self.after)}"


@dataclass(frozen=True)
class Difference:
    """What a load changed, and what is worth a word besides."""

    changes: tuple[Change, ...]
    warnings: tuple[str, ...] = ()
    first: bool = False

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return bool(self.changes)

    @property
    def lines(self) -> list[str]:
        """The difference in plain words, a line each; of a first load what there is now."""
        changes = self._counted() if self.first else [str(change) for change in self.changes]
        return [*(changes or ["Nothing differs from the file."]), *(f"Note: {warning}" for warning in self.warnings)]

    def _counted(self) -> list[str]:
        keys: dict[str, list[str]] = {part: [] for part in LISTS}
        for part, key in (change.record for change in self.changes if change.record):
            keys[part].append(key)
        return [f"{len(found)} {part}: {', '.join(found)}" for part, found in keys.items()]


def differences(before: TaskForceFile | None, after: TaskForceFile) -> tuple[Change, ...]:
    """Return what differs, in the file's order: first what is new or changed, then what is no longer named."""
    old, new = _flat(before) if before else {}, _flat(after)
    changed = [Change(path, old.get(path), value) for path, value in new.items() if old.get(path) != value]
    changed += [Change(path, value, None) for path, value in old.items() if path not in new]
    whole = {change.path for change in changed if change.is_whole_record}
    changed = [c for c in changed if c.is_whole_record or not (c.record and ".".join(c.record) in whole)]
    return (*changed, *(_reordered(before, after) if before else ()))


def overlap(path: str, other: str) -> bool:
    """Return whether one path is the other, or a part of it."""
    return path == other or path.startswith(f"{other}.") or other.startswith(f"{path}.")


def _reordered(before: TaskForceFile, after: TaskForceFile) -> Iterator[Change]:
    """Give the lists whose order people see, where those in both files stand in another order."""
    for part in ("units", "areas"):
        old, new = ([entry.key for entry in getattr(file, part)] for file in (before, after))
        was, will_be = [key for key in old if key in new], [key for key in new if key in old]
        if was != will_be:
            yield Change(f"order of {part}", was, will_be)


def _flat(file: TaskForceFile) -> dict[str, Any]:
    """Return the file as paths with values; a record's own path stands for its being there, with its name."""
    return dict(_leaves("", file.model_dump(mode="json")))


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if path in LISTS:
        for entry in value:
            record = f"{path}.{entry[LISTS[path]]}"
            yield record, _Here(entry["name"])
            yield from _leaves(record, {key: inner for key, inner in entry.items() if key != LISTS[path]})
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(f"{path}.{key}".removeprefix("."), inner)
    else:
        unordered = ".focal_points." in path or path.endswith(".roles")
        yield path, sorted(value) if unordered else value


class _Here:
    """That a record is there: equal to every other such mark, whatever its name."""

    def __init__(self, name: object) -> None:
        self.name = name

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Here)

    @override
    def __hash__(self) -> int:
        return hash(_Here)

    @override
    def __str__(self) -> str:
        return _said(self.name)


def _said(value: Any) -> str:
    """Return a value as a person would write it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_said(item) for item in value) or "none"
    if isinstance(value, Mapping):
        known_by = value.get("key") or value.get("en")
        return str(known_by or " ".join(str(inner) for inner in value.values() if inner))
    return "none" if value is None else str(value)
