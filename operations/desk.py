"""Focal at work: the doors open, the engine running, until somebody ends it; then everything is put down in order."""

import gc
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog
from slack_bolt import App

from delivery.composers import COMPOSERS
from delivery.home_pages import compose_home
from delivery.reconcile import release_claims
from foundation.clock import Clock
from foundation.database import Database
from foundation.settings import Settings
from handlers.entrance import build_app
from handlers.request import Office
from operations.cannot import Cannot
from operations.channels import name_channels
from operations.socket_door import SocketDoor
from schedules.engine import Engine
from web.calendar import with_calendar
from web.health import ops_server
from web.metrics import time_requests
from web.server import HttpServer, as_it_is
from web.slack_http import PATH, slack_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = structlog.get_logger("focal.desk")

HERE = "127.0.0.1"
SWITCH_SECONDS = 0.001
DRAIN_SECONDS = 18
"""With what else has to end it stays below the 25 seconds that SIGTERM leaves."""


class HttpDoor:
    """The door that Slack opens: its requests arrive at an address of ours."""

    connected = True

    def __init__(self, server: HttpServer) -> None:
        self._server = server

    def open(self) -> None:
        """Let requests in."""
        self._server.start()
        log.info("http.open", address=f"http://{self._server.host}:{self._server.port}{PATH}")

    def close(self, *, within: float) -> None:
        """Let no more in, and answer those that came; the server keeps its own time, shorter than any given here."""
        del within
        self._server.stop()


class Desk:
    """One running Focal. `open()` returns when Slack can reach it, or when that is being tried; `close()` drains.

    Raises `Cannot` when a port is taken.
    """

    def __init__(self, settings: Settings, database: Database, clock: Clock) -> None:
        self.settings, self.database = settings, database
        self.engine = Engine(database, clock, settings, composers=COMPOSERS, home=compose_home)
        self.slack = self.engine.ticks.room.posting
        app = build_app(Office(database=database, clock=clock, settings=settings, slack=self.slack))
        time_requests(app, clock)
        try:
            self.door = self._door(app, clock)
            self.ops = ops_server(
                self.engine, host=HERE, port=settings.ops_port, connected=lambda: self.door.connected,
                beside=self._with_calendar if settings.transport == "socket" else as_it_is,
            )  # fmt: skip
        except OSError as error:
            raise Cannot(f"A port cannot be opened: {error}. See HTTP_PORT and OPS_PORT.") from None

    def open(self) -> None:
        """Open the doors and start the engine."""
        self.ops.start()
        self.door.open()
        if self.database.is_sqlite:  # whose lock this process holds: what a killed one was sending is nobody's now
            release_claims(self.engine.ticks.room)
        self.engine.start()
        threading.Thread(target=name_channels, args=(self.database, self.slack), name="channels", daemon=True).start()
        # What a start leaves in memory stays: looking through it again and again would only delay answers.
        gc.collect()
        gc.freeze()
        gc.enable()
        # An answer takes its turn many times; behind a page being drawn each turn would wait five milliseconds.
        sys.setswitchinterval(SWITCH_SECONDS)
        log.info("desk.open", transport=self.settings.transport, connected=self.door.connected)

    def close(self) -> None:
        """Answer what came in, send what is on its way, and stop; what is still owed stays owed."""
        log.info("desk.closing")
        engine = threading.Thread(target=self.engine.stop, name="stop engine", daemon=True)
        engine.start()
        self.door.close(within=DRAIN_SECONDS)
        engine.join(DRAIN_SECONDS)
        self.ops.stop()
        log.info("desk.closed")

    def _door(self, app: App, clock: Clock) -> SocketDoor | HttpDoor:
        if self.settings.transport == "socket":
            return SocketDoor(app, self.settings)
        secret, host, port = self.settings.signing_secret or "", self.settings.http_host, self.settings.http_port
        return HttpDoor(
            slack_server(
                app, signing_secret=secret, clock=clock, host=host, port=port, beside=self._with_calendar
            )
        )  # fmt: skip

    def _with_calendar(self, pages: "WSGIApplication") -> "WSGIApplication":
        return with_calendar(pages, database=self.database, clock=self.engine.clock)


@contextmanager
def desk_at_work(settings: Settings, database: Database, clock: Clock) -> Iterator[Desk]:
    """Keep Focal at work for as long as the block runs."""
    desk = Desk(settings, database, clock)
    desk.open()
    try:
        yield desk
    finally:
        desk.close()
