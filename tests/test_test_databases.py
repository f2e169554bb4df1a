"""The databases that tests are given, and the wall between tests and the network."""

import socket

import pytest
import sqlalchemy as sa
from pytest_socket import SocketConnectBlockedError

from tests.needs import missing
from tests.postgresql import PostgresServer


def make_a_table(url: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE areas (name varchar(20))"))
    engine.dispose()


def tables(url: str) -> list[str]:
    engine = sa.create_engine(url)
    names = sa.inspect(engine).get_table_names()
    engine.dispose()
    return names


def test_a_database_url_is_of_an_empty_database(database_url: str) -> None:
    assert tables(database_url) == []
    make_a_table(database_url)
    assert tables(database_url) == ["areas"]


def test_two_postgresql_databases_do_not_see_each_other(postgres_server: PostgresServer) -> None:
    one, other = postgres_server.fresh_url(), postgres_server.fresh_url()
    make_a_table(one)
    assert tables(other) == []


def test_a_prepared_postgresql_database_is_made_once_and_copied(postgres_server: PostgresServer) -> None:
    prepared: list[str] = []

    def prepare(url: str) -> None:
        prepared.append(url)
        make_a_table(url)

    one, other = postgres_server.fresh_url(prepare), postgres_server.fresh_url(prepare)

    assert len({*prepared, one, other}) == 3
    assert tables(one) == tables(other) == ["areas"]


def test_postgresql_knows_letters_beyond_ascii(postgres_server: PostgresServer) -> None:
    engine = sa.create_engine(postgres_server.fresh_url())
    with engine.connect() as connection:
        lowered = connection.scalar(sa.text("SELECT lower('ÉTÉ КЛИМАТ')"))
    engine.dispose()
    assert lowered == "été климат"


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_test_cannot_reach_the_network() -> None:
    with socket.socket() as wire, pytest.raises(SocketConnectBlockedError):
        wire.connect(("192.0.2.1", 80))


def test_a_test_can_reach_this_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as wire:
        assert wire.getpeername() == server.getsockname()


def test_something_missing_skips_by_name_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOCAL_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no browser"):
        missing("no browser")


def test_something_missing_fails_where_all_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOCAL_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match="no browser"):
        missing("no browser")
