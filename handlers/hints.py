"""What buttons and forms carry: hints at records, which may be old, or not of Focal's making at all."""

from datetime import datetime

from foundation.errors import Refusal
from foundation.language import N_

DIGITS = 9
"""More than any id has, and fewer than any database takes."""


def number(carried: object) -> int:
    """Return the id that a control carries; 0, which no record has, where it carries none."""
    text = str(carried)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


def moment_named(carried: str) -> datetime | None:
    """Return the moment that a button names, none for now."""
    if not carried:
        return None
    try:
        named = datetime.fromisoformat(carried)
    except ValueError:
        named = None
    if named is None or named.tzinfo is None:
        raise Refusal(N_("This button is from an older message. Ask again to see what is current."))
    return named
