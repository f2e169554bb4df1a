"""Health tells whether the bot is at work; Slack being away is not its fault."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.client import HTTPConnection
from typing import Any

import pytest
from sqlmodel import Session

from schedules.engine import Engine
from tests.delivery.post_office import PostOffice
from tests.schedules.running import engine_for
from tests.slack_world import wait_for
from web.health import health_problems, ops_server
from web.server import HttpServer


@pytest.fixture
def engine(office: PostOffice) -> Engine:
    # An interval no test is too slow for: these clocks move when pushed, and by the machine's own time besides.
    made = engine_for(office, TICK_SECONDS="60")
    made.ticks.act()
    return made


@pytest.fixture
def ops(engine: Engine) -> Iterator[HttpServer]:
    server = ops_server(engine, host="127.0.0.1", port=0)
    server.start()
    yield server
    server.stop()


def get(server: HttpServer, path: str) -> tuple[int, str]:
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body


def problems(server: HttpServer, path: str = "/healthz") -> Any:
    return json.loads(get(server, path)[1])["problems"]


def test_a_bot_at_work_is_healthy_and_ready(ops: HttpServer) -> None:
    assert get(ops, "/healthz") == (200, '{"ok": true, "problems": []}')
    assert get(ops, "/readyz")[0] == 200


@pytest.mark.fault(32)
def test_a_tick_that_stopped_fails_health(ops: HttpServer, office: PostOffice) -> None:
    office.clock.push(minutes=4)
    assert get(ops, "/healthz")[0] == 503
    assert problems(ops) == ["tick_stale"]


@pytest.mark.fault(32)
def test_a_tick_that_hangs_is_noticed_while_the_rest_goes_on(office: PostOffice) -> None:
    released = threading.Event()

    def hang(_session: Session, /, *, now: datetime) -> None:
        assert now
        released.wait(60)

    engine = engine_for(office, duties={"hang": hang})
    engine.start()
    try:
        wait_for(lambda: "tick_stale" in health_problems(engine))
        office.clock.push(minutes=10)
        assert "tick_stale" in health_problems(engine)
    finally:
        released.set()
        engine.stop()


@pytest.mark.fault(16)
def test_a_revoked_token_fails_health_until_slack_takes_something_again(
    ops: HttpServer, office: PostOffice, engine: Engine
) -> None:
    office.slack.faults.next("chat.postMessage", "token_revoked")
    office.owe("Hello")
    office.deliver()
    assert problems(ops) == ["slack_locked_out"]
    office.clock.push(minutes=2)
    office.deliver()
    engine.ticks.act()
    assert problems(ops) == []


def test_an_outage_of_slack_fails_readiness_and_not_health(ops: HttpServer, office: PostOffice, engine: Engine) -> None:
    office.owe("Hello")
    office.slack.server.pause()
    for _ in range(10):
        office.clock.push(minutes=1)
        engine.ticks.act()
        engine.ticks.deliver()
    assert problems(ops) == []
    assert problems(ops, "/readyz") == ["slack_unreachable"]
    office.slack.server.resume()


def test_something_due_that_nobody_sends_fails_health(ops: HttpServer, office: PostOffice, engine: Engine) -> None:
    office.owe("Hello", due_at=office.clock.now() - timedelta(minutes=6))
    assert problems(ops) == ["notices_waiting"]
    engine.ticks.deliver()
    assert problems(ops) == []


def test_a_duty_that_fails_fails_health_until_it_is_done(office: PostOffice) -> None:
    broken = [True]

    def duty(_session: Session, /, *, now: datetime) -> None:
        if broken:
            raise RuntimeError(now)

    engine = engine_for(office, duties={"plan reminders": duty})
    engine.ticks.act()
    assert health_problems(engine) == ["duties_failing"]
    broken.clear()
    engine.ticks.act()
    assert health_problems(engine) == []


def test_a_tick_that_cannot_reach_the_records_grows_old(ops: HttpServer, office: PostOffice, engine: Engine) -> None:
    with office.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE pulse RENAME TO gone")
    office.clock.push(minutes=4)
    engine.ticks.act()
    assert "tick_stale" in problems(ops)
    with office.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE gone RENAME TO pulse")
    engine.ticks.act()
    assert problems(ops) == []


def test_figures_tell_what_waits(ops: HttpServer, office: PostOffice) -> None:
    office.owe("Hello", due_at=office.clock.now() - timedelta(minutes=1))
    body = get(ops, "/metrics")[1]
    assert 'focal_notices{state="pending"} 1.0' in body
    age = next(line for line in body.splitlines() if line.startswith("focal_oldest_due_seconds "))
    assert float(age.split()[1]) >= 60


def test_every_figure_says_what_it_is(ops: HttpServer, office: PostOffice) -> None:
    office.owe("Hello")
    office.deliver()
    body = get(ops, "/metrics")[1]
    assert 'focal_sends_total{kind="brief",outcome="done"} ' in body
    described = set(re.findall(r"^# HELP (\w+) \S", body, re.MULTILINE))
    figures = set(re.findall(r"^(focal_\w+?)(?:_bucket|_sum|_count)?[ {]", body, re.MULTILINE))
    assert figures <= described
    assert not [name for name in described if name.endswith("_created")]


def test_figures_of_the_bot_itself_are_there_without_its_records(ops: HttpServer, office: PostOffice) -> None:
    with office.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE notice RENAME TO gone")
    status, body = get(ops, "/metrics")
    assert (status, "focal_tick_age_seconds " in body, "focal_notices{" in body) == (200, True, False)
    assert problems(ops) == ["database_unavailable"]


def test_a_page_that_is_not_there_is_not_found(ops: HttpServer) -> None:
    assert get(ops, "/")[0] == 404
