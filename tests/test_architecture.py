"""The house keeps its shape: floors, one committer, one clock, one roof."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

HOUSE = Path(__file__).resolve().parent.parent
BESIDE = {"tests", "migrations"}
"""Folders of Python that are not part of the running house."""

CLOCKS = {"foundation/clock.py", "practice/clock.py"}
"""The practice workspace has a clock of its own, as Slack has."""

READS_THE_CLOCK = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
                   ("time", "time"), ("time", "time_ns"), ("time", "sleep")}  # fmt: skip


def rooms() -> list[str]:
    """Return the packages at the top of the repository."""
    return sorted(file.parent.name for file in HOUSE.glob("*/__init__.py") if file.parent.name not in BESIDE)


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    """Give the name and the syntax tree of each Python file, `bot.py` among them."""
    for path in [*HOUSE.glob("*.py"), *(path for folder in folders for path in (HOUSE / folder).rglob("*.py"))]:
        yield path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text("utf-8"))


def imported(tree: ast.Module) -> set[str]:
    """Return the modules that a file imports, wherever in it."""
    nodes = list(ast.walk(tree))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def attributes_called(tree: ast.Module) -> set[tuple[str, str]]:
    """Return the calls of the shape `something.name(…)` as (something, name)."""
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {
        (call.value.id if isinstance(call.value, ast.Name) else getattr(call.value, "attr", ""), call.attr)
        for call in calls
        if isinstance(call, ast.Attribute)
    }


def test_every_floor_imports_only_from_floors_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE)
    assert lint_imports(cache_dir=".cache/import-linter") == 0


def test_every_package_has_its_floor() -> None:
    settings = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    assert rooms() == sorted(settings["tool"]["importlinter"]["root_packages"])


def test_nothing_imports_the_roof() -> None:
    importers = [name for name, tree in sources(*rooms(), *BESIDE) if "bot" in imported(tree)]
    assert importers == []


def test_only_the_roof_imports_the_practice_workspace() -> None:
    strangers = {
        name
        for name, tree in sources(*rooms())
        if any(module.split(".")[0] == "practice" for module in imported(tree))
        and not name.startswith(("practice/", "bench/"))
    }
    assert strangers <= {"bot.py"}


def test_only_the_database_room_commits() -> None:
    committers = {
        name
        for name, tree in sources(*(set(rooms()) - {"practice", "bench"}))
        if any(method == "commit" for _, method in attributes_called(tree))
    }
    assert committers == {"foundation/database.py"}


def test_only_the_clock_reads_the_clock() -> None:
    readers = {name for name, tree in sources(*rooms()) if attributes_called(tree) & READS_THE_CLOCK}
    assert readers <= CLOCKS


def test_a_reader_of_the_clock_would_be_noticed() -> None:
    tree = ast.parse("import datetime\nnow = datetime.datetime.now(datetime.UTC)\nfrom bot import main")
    assert attributes_called(tree) & READS_THE_CLOCK
    assert "bot" in imported(tree)
