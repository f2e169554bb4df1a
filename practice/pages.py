"""Slack's pagination: a page of a list, and a cursor that stays true when the list grows or shrinks meanwhile."""

import base64
from collections.abc import Callable
from typing import TypeVar

from practice.arguments import Arguments
from practice.refusals import Json, SlackError

MOST_PER_PAGE = 1000
MARK = "after:"

Item = TypeVar("Item")


def page(
    items: list[Item], arguments: Arguments, *, default: int, mark: Callable[[Item], str], newest_first: bool = False
) -> tuple[list[Item], Json]:
    """One page and the cursor to the next, empty at the end. `items` stand in the order of their marks."""
    limit = arguments.number("limit", default)
    if not 1 <= limit <= MOST_PER_PAGE:
        raise SlackError("invalid_limit")
    last = _read_cursor(arguments.text("cursor"))
    if last and newest_first:
        items = [item for item in items if mark(item) < last]
    elif last:
        items = [item for item in items if mark(item) > last]
    shown, more = items[:limit], len(items) > limit
    return shown, {"next_cursor": _write_cursor(mark(shown[-1])) if more else ""}


def _write_cursor(mark: str) -> str:
    return base64.b64encode(f"{MARK}{mark}".encode()).decode()


def _read_cursor(cursor: str) -> str:
    if not cursor:
        return ""
    try:
        found = base64.b64decode(cursor, validate=True).decode()
    except ValueError:
        raise SlackError("invalid_cursor") from None
    if not found.startswith(MARK):
        raise SlackError("invalid_cursor")
    return found.removeprefix(MARK)
