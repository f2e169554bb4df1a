"""One HTTP door: waitress in a thread of its own, which lets requests under way come to their end."""

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from waitress.server import create_server  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

DRAIN_SECONDS = 5

Beside = Callable[["WSGIApplication"], "WSGIApplication"]
"""Puts more pages beside what an application serves."""


def as_it_is(pages: "WSGIApplication") -> "WSGIApplication":
    """Put nothing beside what is served."""
    return pages


class HttpServer:
    """Serves a WSGI application; `port` 0 takes any free one. Raises `OSError` when the port is taken."""

    def __init__(self, app: "WSGIApplication", *, host: str, port: int, threads: int, largest_body: int) -> None:
        self._server = create_server(
            app, host=host, port=port, threads=threads, ident="", max_request_body_size=largest_body,
            channel_timeout=30, clear_untrusted_proxy_headers=True, map={},
        )  # fmt: skip
        self.host = host
        self.port = int(self._server.effective_port)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"http-{self.port}", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests, finish those under way, close."""
        self._server.task_dispatcher.shutdown(cancel_pending=False, timeout=DRAIN_SECONDS)
        self._stopped.set()
        self._server.pull_trigger()
        self._thread.join(DRAIN_SECONDS)
        # Closed here, not by the loop: the trigger pulled above must still be its own.
        self._server.close()
        for channel in list(self._server._map.values()):  # noqa: SLF001
            channel.close()

    def _run(self) -> None:
        loop = self._server.asyncore.loop
        while not self._stopped.is_set():
            loop(timeout=0.5, map=self._server._map, count=1)  # noqa: SLF001 - its own `run` cannot be ended from outside
