"""How figures are drawn together and printed: medians, tails, ratios, in plain text."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import quantiles

from typing_extensions import override

NAME_WIDTH, CELL_WIDTH = 46, 12


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many of a hundred do not exceed (interpolated; the largest when there are few)."""
    if len(values) < 2:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]


@dataclass
class Table:
    """Lines of one measurement. A cell that was not measured is a dash."""

    title: str
    columns: tuple[str, ...]
    lines: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def add(self, name: str, *cells: str) -> None:
        """Add a line; columns that it does not fill stay empty."""
        self.lines.append((name, cells))

    @override
    def __str__(self) -> str:
        head = _line(self.title, self.columns)
        return "\n".join([head, "-" * len(head), *(_line(name, cells) for name, cells in self.lines), ""])


def milliseconds(seconds: float) -> str:
    """Say a duration in milliseconds."""
    return f"{seconds * 1000:.2f}"


def ratio(value: float, base: float) -> str:
    """Say how many times the base a value is."""
    return f"× {value / base:.2f}"


def _line(name: str, cells: Sequence[str]) -> str:
    return (f"{name:<{NAME_WIDTH}}" + "".join(f"{cell:>{CELL_WIDTH}}" for cell in cells)).rstrip()
