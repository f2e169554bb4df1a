"""Tells the table of faults which row a test proves, and on which database."""

import pytest

from tests.faults.table import DATABASES


def tell_rows(items: list[pytest.Item]) -> None:
    """Write row and database of each marked test among its properties, which reach the table from every worker."""
    for item in items:
        for mark in item.iter_markers("fault"):
            item.user_properties += [("fault", f"{row} {_database(item, mark)}") for row in mark.args]


def _database(item: pytest.Item, mark: pytest.Mark) -> str:
    """Return the database that the test's own parameter names, else the mark, else SQLite: the rooms' own."""
    given = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    parts = [part for each in given for part in (each if isinstance(each, tuple) else (each,)) if part in DATABASES]
    return parts[0] if parts else str(mark.kwargs.get("on", "sqlite"))
