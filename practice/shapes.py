"""Rules for JSON shapes, combined into Block Kit's tables; problems are told in Slack's words with a JSON pointer."""

import re
from collections.abc import Callable, Mapping
from typing import Any

Problems = list[str]
Rule = Callable[[Any, str, Problems], None]


def problem(problems: Problems, pointer: str, sentence: str) -> None:
    problems.append(f"[ERROR] {sentence} [json-pointer:{pointer}]")


def string(most: int, least: int = 1) -> Rule:
    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, str):
            problem(problems, pointer, "must be a string")
        elif len(value) > most:
            problem(problems, pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            problem(problems, pointer, f"must be more than {least - 1} characters")

    return check


def flag(value: Any, pointer: str, problems: Problems) -> None:
    if not isinstance(value, bool):
        problem(problems, pointer, "must be a boolean")


def anything(_value: Any, _pointer: str, _problems: Problems) -> None:
    """No rule of ours."""


def whole_number(least: int, most: int) -> Rule:
    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            problem(problems, pointer, "must be an integer")
        elif value > most:
            problem(problems, pointer, f"must be less than {most + 1}")
        elif value < least:
            problem(problems, pointer, f"must be more than {least - 1}")

    return check


def written(expression: str, form: str) -> Rule:
    """A string in a form that people know by a name such as YYYY-MM-DD."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, str) or not re.fullmatch(expression, value):
            problem(problems, pointer, f"must be in the format {form}")

    return check


def one_of(*words: str) -> Rule:
    def check(value: Any, pointer: str, problems: Problems) -> None:
        if value not in words:
            problem(problems, pointer, f"must be one of {', '.join(words)}")

    return check


def items(rule: Rule, most: int, least: int = 1) -> Rule:
    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, list):
            problem(problems, pointer, "must be an array")
            return
        if len(value) > most:
            problem(problems, pointer, f"no more than {most} items allowed")
        if len(value) < least:
            problem(problems, pointer, f"no fewer than {least} items allowed")
        for number, item in enumerate(value):
            rule(item, f"{pointer}/{number}", problems)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule]) -> Rule:
    """An object with these properties and no others; `type` is always allowed."""
    return _object(required, optional, others=False)


def loosely(optional: Mapping[str, Rule]) -> Rule:
    """An object of a kind that is newer than these tables: only these properties are checked."""
    return _object({}, optional, others=True)


def _object(required: Mapping[str, Rule], optional: Mapping[str, Rule], *, others: bool) -> Rule:
    known = {**required, **optional}

    def check(value: Any, pointer: str, problems: Problems) -> None:
        if not isinstance(value, dict):
            problem(problems, pointer, "must be an object")
            return
        for name in [name for name in required if name not in value]:
            problem(problems, pointer, f"missing required field: {name}")
        for name, inner in value.items():
            if name in known:
                known[name](inner, f"{pointer}/{name}", problems)
            elif name != "type" and not others:
                problem(problems, pointer, f"invalid additional property: {name}")

    return check


def by_type(rules: Mapping[str, Rule]) -> Rule:
    """An object whose `type` chooses the rule."""

    def check(value: Any, pointer: str, problems: Problems) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            problem(problems, pointer, "missing required field: type")
        elif kind not in rules:
            problem(problems, f"{pointer}/type", f"unsupported type: {kind}")
        else:
            rules[kind](value, pointer, problems)

    return check
