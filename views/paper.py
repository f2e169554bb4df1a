"""What is printed, whatever its file format: a title, sections, paragraphs and tables."""

from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages that are written from right to left."""


@dataclass(frozen=True)
class Quoted:
    """What somebody wrote, in the language in which they wrote it."""

    text: str
    language: str


Cell = str | Quoted


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first cell of each row names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Section:
    """A part with a heading."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """One document in one language (its code), everything in plain text."""

    title: str
    language: str
    paragraphs: tuple[str, ...]
    sections: tuple[Section, ...]


def direction(code: str) -> str:
    """Return in which direction a language is written: `ltr` or `rtl`."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
