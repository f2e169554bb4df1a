"""Whatever people, meetings, clocks and machines do: nobody is reminded unfairly, and nothing that is owed is lost."""

import shutil
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.any_life import RULES, ZONES, TaskForce


@pytest.fixture
def zones(tmp_path: Path) -> Iterator[Path]:
    """Give a folder of the stations' zones that is read in place of the one in use."""
    for zone in ("UTC", *ZONES):
        (tmp_path / zone).parent.mkdir(exist_ok=True)
        shutil.copy(RULES / zone, tmp_path / zone)
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(tmp_path)])
    ZoneInfo.clear_cache()
    yield tmp_path
    zoneinfo.reset_tzpath(before)
    ZoneInfo.clear_cache()


def live(given: dict[str, Any], *, examples: int, steps: int) -> None:
    tried = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, derandomize=True,
        # To look for a shorter life would take minutes, and a life of so few steps can be read.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )  # fmt: skip
    run_state_machine_as_test(type("TaskForce", (TaskForce,), given), settings=tried)


@pytest.fixture
def given(loaded_once: Path, zones: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Give what a task force is made from."""
    return {"loaded": loaded_once, "zones": zones, "folder": staticmethod(tmp_path_factory.mktemp)}


def test_nobody_is_reminded_unfairly_and_nothing_is_forgotten(given: dict[str, Any]) -> None:
    live(given, examples=6, steps=12)


@pytest.mark.long
def test_nor_in_a_long_life(given: dict[str, Any]) -> None:
    live(given, examples=20, steps=25)
