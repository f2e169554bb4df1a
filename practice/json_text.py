"""JSON from outside, made harmless: no half characters, no numbers that JSON does not know, no endless nesting."""

import json
import math
import re
from typing import Any, NoReturn

DEEPEST = 100
HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def parse(text: str) -> Any:
    """The value; ValueError if it is no JSON that everybody reads alike."""
    try:
        value = json.loads(text, parse_constant=_unknown)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    return _whole(value, DEEPEST)


def _unknown(word: str) -> NoReturn:
    raise ValueError(f"{word} is not JSON")


def _whole(value: Any, depth: int) -> Any:
    if depth < 0:
        raise ValueError("nested too deeply")
    match value:
        case str():
            return HALF_CHARACTER.sub("\ufffd", value)
        case dict():
            return {_whole(name, depth): _whole(inner, depth - 1) for name, inner in value.items()}
        case list():
            return [_whole(inner, depth - 1) for inner in value]
        case float() if not math.isfinite(value):
            raise ValueError(f"{value} is not JSON")
        case _:
            return value
