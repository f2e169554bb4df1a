"""One stage for all tests of rights: the real app over HTTP, and records that are put back after each change."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.faults.table import DATABASES
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


@pytest.fixture(scope="module", params=DATABASES)
def scene(
    request: pytest.FixtureRequest, new_url: Callable[[str, Path], str], tmp_path_factory: pytest.TempPathFactory
) -> Scene:
    """Give the scene of a file of tests, set once on each database."""
    folder = tmp_path_factory.mktemp("scene")
    return set_scene(folder, new_url(request.param, folder))


@pytest.fixture(scope="module")
def stage(scene: Scene) -> Iterator[Stage]:
    """Give the stage of a file of tests; whoever changes the records puts them back."""
    with (
        SlackWorld(task_force_file=scene.task_force_file) as slack,
        wired(slack, scene.database_url) as (wire, database),
    ):
        records = Records(database)
        yield Stage(wire, records, scene.ids)
        records.close()
