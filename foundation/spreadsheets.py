"""Cells of comma-separated rows that no spreadsheet runs."""

import csv
import io
import unicodedata
from collections.abc import Iterable

FORMULAS = ("=", "+", "-", "@")
CONTROLS = ("\t", "\r")


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, even one that trims what it reads."""
    return f"'{cell}" if cell.startswith(CONTROLS) or _first_seen(cell) in FORMULAS else cell


def row(cells: Iterable[str], *, bare: bool = False) -> str:
    """Return inert cells as one row, without the end of the line; `bare` quotes only those that need it."""
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="", quoting=csv.QUOTE_MINIMAL if bare else csv.QUOTE_ALL)
    writer.writerow([inert(cell) for cell in cells])
    return line.getvalue()


def _first_seen(cell: str) -> str:
    """Return the first character that one sees, in its ordinary width: some spreadsheets take a wide `＝` as well."""
    seen = (letter for letter in cell if not letter.isspace() and unicodedata.category(letter) != "Cf")
    return unicodedata.normalize("NFKC", next(seen, ""))
