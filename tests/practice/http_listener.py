"""An app's HTTP address that keeps what it was sent, and answers as it was told to."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from typing_extensions import override


@dataclass
class Sent:
    headers: dict[str, str]
    body: bytes


@dataclass
class Listener:
    """`statuses` are answered in turn, the last one ever after."""

    url: str = ""
    statuses: list[int] = field(default_factory=lambda: [200])
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    sent: list[Sent] = field(default_factory=list)
    slow: threading.Event = field(default_factory=threading.Event)
    """While it is clear, no request is answered."""

    def status(self) -> int:
        return self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]


@contextmanager
def listening() -> Iterator[Listener]:
    listener = Listener()
    listener.slow.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            listener.sent.append(Sent(dict(self.headers), body))
            listener.slow.wait(10)
            self.send_response(listener.status())
            for name, value in {"Content-Length": str(len(listener.body)), **listener.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(listener.body)

        @override
        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listener.url = f"http://127.0.0.1:{server.server_port}/slack/events"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield listener
    listener.slow.set()
    server.shutdown()
    thread.join()
    server.server_close()
