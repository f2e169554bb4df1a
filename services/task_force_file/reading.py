"""Reading a task-force file: YAML to its checked content, or one clear line for every mistake."""

import difflib
from collections.abc import Iterator
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from services.task_force_file.checking import KeyPath, mistakes_across
from services.task_force_file.shape import TaskForceFile

EXPECTED = {
    "string_type": "a text",
    "int_parsing": "a whole number",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "too_short": "at least one",
    "enum": "{expected}",
}


class Mistakes(Exception):  # noqa: N818 - of the file's writer, not of Focal
    """A task-force file that cannot be loaded; `lines` names key, value and expectation of each mistake."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read(text: str) -> TaskForceFile:
    """Return the checked content of a file. Raises `Mistakes`."""
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        repeated = list(_repeated(root))
        data = loader.construct_document(root) if root is not None else None
    except yaml.MarkedYAMLError as error:
        where = error.problem_mark.line + 1 if error.problem_mark else None
        raise Mistakes([_said("the file", f"is no YAML: {error.problem or error.context}", where)]) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Mistakes([f"the file is no YAML: {str(error).splitlines()[0]}"]) from None
    if data is None:
        raise Mistakes(["the file is empty: expected a task force such as examples/isc-tf.yaml"])
    if repeated:
        raise Mistakes(repeated)
    try:
        file = TaskForceFile.model_validate(data)
    except ValidationError as error:
        raise Mistakes([_explained(detail, root) for detail in error.errors()]) from None
    found = [_said(_written(path), problem, _line_of(root, path)) for path, problem in mistakes_across(file)]
    if found:
        raise Mistakes(found)
    return file


class _Loader(yaml.SafeLoader):
    """YAML whose plain words stay words: the shape decides what is a number or a day, and `no` is never false."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the base class has it so
        first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith((":null", ":merge"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _explained(detail: ErrorDetails, root: yaml.Node | None) -> str:
    """Say one mistake that the shape found."""
    path = tuple(part for part in detail["loc"] if part != "[key]")
    line = _line_of(root, path)
    match detail["type"]:
        case "value_error":
            problem = str(detail["ctx"]["error"])
        case "missing":
            problem = "is missing"
        case "extra_forbidden":
            problem = _unknown_key(path)
        case kind if kind in EXPECTED:
            context = {name: str(value).replace("'", "") for name, value in detail.get("ctx", {}).items()}
            problem = f"{_short(detail['input'])}: expected {EXPECTED[kind].format(**context)}"
        case _:
            problem = f"{_short(detail['input'])}: {detail['msg'].lower()}"
    return _said(_written(path), problem, line)


def _unknown_key(path: KeyPath) -> str:
    """Say which keys the file may have there, the nearest one first."""
    known = _keys_at(path[:-1])
    near = difflib.get_close_matches(str(path[-1]), known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(known)}"
    return f"is no key of the task-force file; {hint}"


def _keys_at(path: KeyPath) -> list[str]:
    part: Any = TaskForceFile
    for key in path:
        if isinstance(key, int):
            continue
        annotation = part.model_fields[key].annotation
        inner = [each for each in getattr(annotation, "__args__", ()) if isinstance(each, type)]
        part = next((each for each in [annotation, *inner] if _is_part(each)), part)
    return list(part.model_fields)


def _is_part(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _short(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}…"  # noqa: PLR2004 - a glimpse that fits on the line


def _written(path: KeyPath) -> str:
    """Return a path as people write it: `areas[0].name.fr`."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "the file"


def _said(where: str, problem: str, line: int | None) -> str:
    joint = " " if problem.startswith("is ") else ": "
    return f"{where}{joint}{problem}" + (f" (line {line})" if line else "")


def _line_of(root: yaml.Node | None, path: KeyPath) -> int | None:
    """Return the line of the value at a path, or of the nearest part around it that the file has."""
    node = root
    for part in path:
        following: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            following = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            following = node.value[part]
        if following is None:
            break
        node = following
    return node.start_mark.line + 1 if node is not None else None


def _repeated(node: yaml.Node | None, path: KeyPath = ()) -> Iterator[str]:
    """Give a line for each key that one mapping has twice: YAML itself would keep the last one in silence."""
    if isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _repeated(value, (*path, index))
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                yield _said(_written((*path, name)), "is there twice; keep one of them", key.start_mark.line + 1)
            seen.add(name)
            yield from _repeated(value, (*path, name))
