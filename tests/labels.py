"""What the code says, read off the code itself; and the words where Slack has little room: `button(say.t("…"))`."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from tests.catalogues import HOUSE

SPOKEN = {"N_": 0, "t": 0, "m": 0, "tn": 0, "mn": 0, "tc": 1, "mc": 1}
"""The functions that say a message, and which of their arguments is its English text."""
TITLE, BUTTON, CONFIRM, HEADER, PLACEHOLDER = 24, 75, 30, 150, 150
ROOM: dict[str, dict[int | str, int]] = {
    "modal": {"title": TITLE, "submit": TITLE, "close": TITLE},
    "_form": {3: TITLE, "submit": TITLE},
    "AskedText": {1: TITLE, 3: TITLE},
    "button": {0: BUTTON, "spoken": BUTTON},
    "act_button": {0: BUTTON},
    "option": {0: BUTTON},
    "confirm": {0: 100, 1: 300, 2: CONFIRM, 3: CONFIRM},
    "header": {0: HEADER},
    "select": {"placeholder": PLACEHOLDER},
}
"""How many characters each argument of the makers of blocks may have."""


@dataclass(frozen=True)
class Label:
    """A message where there is room for so many characters."""

    msgid: str
    context: str | None
    most: int


def labels() -> set[Label]:
    """Find every message that is said where room is short."""
    return {
        Label(msgid, context, most)
        for call in _calls()
        for at, most in ROOM.get(_name(call), {}).items()
        for argument in _arguments(call, at)
        for inner in ast.walk(argument)
        if isinstance(inner, ast.Call)
        for msgid, context in _said(inner)
    }


def literals() -> set[str]:
    """Find the English text of every message that the code says in so many words."""
    return {msgid for call in _calls() for msgid, _ in _said(call)}


def unmarked() -> set[str]:
    """Find sentences that are given to be said later without `N_`: no catalogue would ever hear of them."""
    at = {"Words": 0, "Refusal": 0, "FieldRefusal": 1}
    return {
        ast.unparse(argument)
        for call in _calls()
        if _name(call) in at
        for argument in _arguments(call, at[_name(call)])
        if isinstance(argument, (ast.Constant, ast.JoinedStr))
    }


def _calls() -> Iterator[ast.Call]:
    for folder in ("foundation", "services", "views", "handlers", "delivery", "schedules", "operations", "web"):
        for path in sorted((HOUSE / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield node


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _arguments(call: ast.Call, at: int | str) -> list[ast.expr]:
    if isinstance(at, str):
        return [keyword.value for keyword in call.keywords if keyword.arg == at]
    return call.args[at : at + 1]


def _said(call: ast.Call) -> Iterator[tuple[str, str | None]]:
    at = SPOKEN.get(_name(call))
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    if at is None or len(texts) <= at or not isinstance(texts[at], str):
        return
    yield str(texts[at]), str(texts[0]) if at else None
