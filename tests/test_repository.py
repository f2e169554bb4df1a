"""What is committed is fit to be handed on: locks, text files, the commands that the documents name."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

HOUSE = Path(__file__).resolve().parent.parent
MADE = {".git", ".venv", ".cache", ".hypothesis", "__pycache__", "data", "node_modules"}
TEXT = {".py", ".md", ".toml", ".yaml", ".in", ".lock", ".po", ".css", ".js", ".html", ".cfg", ".ini", ""}
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def text_files(*suffixes: str) -> Iterator[Path]:
    """Give the files that people write, without what is made from them."""
    for folder, folders, names in os.walk(HOUSE):
        folders[:] = [name for name in folders if name not in MADE and not name.endswith("_cache")]
        yield from (path for name in names if (path := Path(folder, name)).suffix in suffixes)


def targets() -> set[str]:
    """Return what `make` can be asked for."""
    return set(re.findall(r"^([a-z]+):", (HOUSE / "Makefile").read_text("utf-8"), re.MULTILINE))


def pinned(lock: str) -> dict[str, str]:
    """Return name and version of each release in a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", (HOUSE / lock).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    text = (HOUSE / lock).read_text("utf-8")
    assert re.findall(r"\w+://|--(?:extra-)?index|--find-links|--trusted-host|^-i ", text, re.MULTILINE) == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_every_release(lock: str) -> None:
    entries = re.split(r"\n(?=[a-z0-9])", (HOUSE / lock).read_text("utf-8"))[1:]
    assert len(entries) == len(pinned(lock)) > 20
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_builds_no_sqlite_of_its_own(lock: str) -> None:
    assert "--only-binary pysqlite3\n" in (HOUSE / lock).read_text("utf-8")


def test_the_tests_run_with_the_very_releases_that_the_bot_runs_with() -> None:
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


@pytest.mark.parametrize("wishes", ["requirements", "requirements-dev"])
def test_a_lock_holds_whatever_was_asked_for(wishes: str) -> None:
    asked = re.findall(r"^[A-Za-z][A-Za-z0-9_.-]*", (HOUSE / f"{wishes}.in").read_text("utf-8"), re.MULTILINE)
    assert {name.lower() for name in asked} <= pinned(f"{wishes}.lock").keys()


def test_every_text_file_ends_with_one_line_break_and_has_no_other_kind() -> None:
    files = [path for path in text_files(*TEXT) if path.stat().st_size]
    odd = [
        path.relative_to(HOUSE).as_posix()
        for path in files
        if not (text := path.read_bytes()).endswith(b"\n") or text.endswith(b"\n\n") or b"\r" in text
    ]
    assert odd == []


def test_no_conflict_was_left_behind() -> None:
    left = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
    assert [path for path in text_files(*TEXT) if left.search(path.read_bytes())] == []


def test_every_make_command_of_the_documents_exists() -> None:
    command = re.compile(r"(?:^ *|`)make ([a-z]+)\b", re.MULTILINE)
    named = {target for path in text_files(".md") for target in command.findall(path.read_text("utf-8"))}
    assert named >= {"run", "test", "check"}
    assert named <= targets()


def test_every_make_command_is_listed_by_make_help() -> None:
    text = (HOUSE / "Makefile").read_text("utf-8")
    assert set(re.findall(r"^([a-z]+):.*## ", text, re.MULTILINE)) == targets()


def test_ci_runs_what_a_developer_runs() -> None:
    script = HOUSE / ".ci" / "run"
    assert os.access(script, os.X_OK)
    made = [line for line in script.read_text("utf-8").splitlines() if line.startswith("make ")]
    assert made == ["make check", "make audit", "make test || make again", "make faults || make again"]


def test_the_image_runs_as_nobody_in_particular_and_refuses_to_play() -> None:
    image = (HOUSE / "Dockerfile").read_text("utf-8")
    assert re.search(r"^USER 10001:10001$", image, re.MULTILINE)
    assert "FOCAL_CONTAINER=1" in image
    assert "--require-hashes" in image
    assert "/healthz" in image


def test_the_image_takes_every_room_of_the_house() -> None:
    taken = set(re.findall(r"^!(\w+)$", (HOUSE / ".dockerignore").read_text("utf-8"), re.MULTILINE))
    rooms = {file.parent.name for file in HOUSE.glob("*/__init__.py")}
    assert taken >= rooms - {"tests", "bench"}


def test_the_composition_opens_no_port_and_writes_only_to_volumes() -> None:
    services = yaml.safe_load((HOUSE / "compose.yaml").read_text("utf-8"))["services"]
    assert services.keys() == {"bot", "database"}
    for service in services.values():
        assert "ports" not in service
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        given = service["environment"].items()
        assert not [
            name
            for name, value in given
            if re.search("TOKEN|SECRET|PASSWORD|URL", name) and value[:5] != "/run/" and value
        ]
