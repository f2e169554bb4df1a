"""The order of an agenda: where the secretariat put items, and where their kind stands for all others."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Protocol, TypeVar


class Section(IntEnum):
    """What comes first unless the secretariat orders otherwise."""

    OPENING = 0
    """Standing items, the adoption of the agenda first."""
    ISSUES = 1
    AREAS = 2
    ACTIONS = 3
    PROPOSED = 4
    CLOSING = 5
    """The last standing item, where there are several: any other business."""


class Placed(Protocol):
    """What can be put in order."""

    @property
    def section(self) -> Section:
        """Where its kind stands."""
        ...

    @property
    def place(self) -> int | None:
        """Where the secretariat put it, if it did."""
        ...


Item = TypeVar("Item", bound=Placed)


def arrange(items: Iterable[Item]) -> list[Item]:
    """Return items in the order in which they are taken up.

    Placed ones keep their order among each other; each other one follows the last item whose section is the same or
    an earlier one. Within a section they stay as they are given.
    """
    given = list(items)
    order = sorted((item for item in given if item.place is not None), key=lambda item: item.place or 0)
    for item in sorted((item for item in given if item.place is None), key=lambda item: item.section):
        order.insert(_after_its_section(order, item.section), item)
    return order


def _after_its_section(order: list[Item], section: Section) -> int:
    # From the end: most often it is there.
    return next((at + 1 for at in reversed(range(len(order))) if order[at].section <= section), 0)
