"""What every test may ask for: databases, and how hard the property tests try."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.faults.marks import tell_rows
from tests.faults.table import DATABASES
from tests.fixtures_task_force import empty_database, loaded, loaded_once
from tests.needs import missing
from tests.order import slowest_first
from tests.postgresql import PostgresMissing, PostgresServer, start_postgres

__all__ = ["empty_database", "loaded", "loaded_once"]

# Nothing is timed: a slow machine must not fail a test. In CI the same examples are tried every time.
_CI = bool(os.environ.get("CI"))
settings.register_profile(
    "focal",
    max_examples=100 if _CI else 25,
    derandomize=_CI,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
# Those whose every example lives through weeks in a database of its own: a quarter of a second and more.
settings.register_profile("dear", parent=settings.get_profile("focal"), max_examples=40 if _CI else 25)
settings.load_profile("focal")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have a test that proves a row of that table run on each database, where it begins with the sample task force."""
    if "loaded" in metafunc.fixturenames and any(metafunc.definition.iter_markers("fault")):
        metafunc.parametrize("loaded", DATABASES, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; have the tests that prove a row of the table of faults say so."""
    slowest_first(items)
    tell_rows(items)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Give a PostgreSQL server; its `fresh_url()` makes an empty database."""
    try:
        server = start_postgres()
    except PostgresMissing as error:
        missing(str(error))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def new_url(request: pytest.FixtureRequest) -> Callable[[str, Path], str]:
    """Give a way to the URL of an empty database of one of `DATABASES`; SQLite's lies in a folder that is given."""

    def new(database: str, folder: Path) -> str:
        if database == "sqlite":
            return f"sqlite:///{folder / 'focal.db'}"
        server: PostgresServer = request.getfixturevalue("postgres_server")
        return server.fresh_url()

    return new


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, new_url: Callable[[str, Path], str], tmp_path: Path) -> str:
    """Give the URL of an empty database; the test runs once with each engine."""
    return new_url(request.param, tmp_path)
