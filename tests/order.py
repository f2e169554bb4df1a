"""In which order the files of tests are begun: those that take long first, or in the end one core works alone."""

from collections import Counter

import pytest

SLOWEST = (
    "e2e",
    "faults",
    "bench",
    "security",
    "practice",
    "operations",
    "handlers",
    "delivery",
    "schedules",
    "services",
)
"""The folders, from those that start bots and browsers down to those whose files take seconds; all others come last."""


def slowest_first(items: list[pytest.Item]) -> None:
    """Put the files of a slow folder before those of a faster one, and in a folder those with the most tests first.

    The tests of a file stay together and in their order.
    """
    place = {folder: number for number, folder in enumerate(SLOWEST)}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (place.get(item.path.parent.name, len(place)), -tests[item.path], item.path))
