"""Health for whoever runs the bot: is it at work (`/healthz`), can it serve people now (`/readyz`), and figures."""

import json
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from delivery.budget import AUTH
from models.delivery import Pause
from services.auditor import TICKS_LATE, audit
from web.metrics import metrics_text
from web.server import Beside, HttpServer, as_it_is
from web.watched import Watched

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

LARGEST, THREADS = 64 * 1024, 2
LONGEST_DELIVERY = timedelta(minutes=5)

Page = tuple[str, str, bytes]


def ops_server(
    engine: Watched, *, host: str, port: int, connected: Callable[[], bool] = lambda: True, beside: Beside = as_it_is
) -> HttpServer:
    """Return the server of `OPS_PORT`, not yet started. `connected` tells whether Socket Mode is."""
    return HttpServer(beside(ops_app(engine, connected)), host=host, port=port, threads=THREADS, largest_body=LARGEST)


def ops_app(engine: Watched, connected: Callable[[], bool]) -> "WSGIApplication":
    """Return the application with the three pages."""
    pages: dict[str, Callable[[], Page]] = {
        "/healthz": lambda: _verdict(health_problems(engine)),
        "/readyz": lambda: _verdict(readiness_problems(engine, connected)),
        "/metrics": lambda: ("200 OK", "text/plain; version=0.0.4; charset=utf-8", metrics_text(engine)),
    }

    def app(environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        page = pages.get(environ.get("PATH_INFO", ""))
        status, kind, body = page() if page else ("404 Not Found", "text/plain", b"")
        start_response(
            status, [("Content-Type", kind), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        )
        return [body]

    return app


def health_problems(engine: Watched) -> list[str]:
    """Return what is wrong with the bot itself, in a word each; Slack being away is not its fault."""
    problems = []
    age = engine.tick_age()
    if age is None or age > TICKS_LATE * timedelta(seconds=engine.settings.tick_seconds):
        problems.append("tick_stale")
    if engine.delivery_age() > LONGEST_DELIVERY:
        problems.append("delivery_stuck")
    try:
        with engine.database.reading() as session:
            # The row stays until Slack takes something again.
            if session.get(Pause, AUTH) is not None:
                problems.append("slack_locked_out")
            findings = audit(session, now=engine.clock.now(), real=engine.clock.real())
    except SQLAlchemyError:
        return [*problems, "database_unavailable"]
    return [*problems, *(finding.code for finding in findings if finding.ours)]


def readiness_problems(engine: Watched, connected: Callable[[], bool]) -> list[str]:
    """Return what keeps the bot from serving people now."""
    problems = [] if connected() else ["slack_not_connected"]
    if not engine.slack_answers():
        problems.append("slack_unreachable")
    try:
        with engine.database.reading() as session:
            session.connection().execute(sa.select(1))
    except SQLAlchemyError:
        problems.append("database_unavailable")
    return problems


def _verdict(problems: list[str]) -> Page:
    body = json.dumps({"ok": not problems, "problems": problems}).encode()
    return ("503 Service Unavailable" if problems else "200 OK"), "application/json", body
