"""One stage for all tests of rights: the real app over HTTP, and records that are put back after each change."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.security.people import PEOPLE
from tests.security.records import Records
from tests.security.scene import Scene, set_scene
from tests.security.wire import Wire, wired
from tests.slack_world import SlackWorld


@dataclass(frozen=True, repr=False)
class Stage:
    """Where people act, what is recorded of it, and the ids that controls carry."""

    wire: Wire
    records: Records
    ids: dict[str, int]

    def id_of(self, role: str) -> int:
        """Return the record's id of the person in a role."""
        return self.ids[PEOPLE[role]]


@pytest.fixture(scope="session")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    """Give the scene, set once."""
    return set_scene(tmp_path_factory.mktemp("scene"))


@pytest.fixture(scope="module")
def stage(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """Give the stage of a file of tests; whoever changes the records puts them back."""
    file = Path(shutil.copy(scene.database_file, tmp_path_factory.mktemp("stage") / "focal.db"))
    with SlackWorld(task_force_file=scene.task_force_file) as slack, wired(slack, file) as (wire, database):
        records = Records(database, scene.database_file)
        yield Stage(wire, records, scene.ids)
        records.close()
