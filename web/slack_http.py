"""Slack's HTTP transport: only what Slack itself signed, lately and in good form, gets through to the app."""

import hmac
import json
import re
from collections.abc import Callable, Iterable
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import structlog
from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from foundation.clock import Clock
from web.server import Beside, HttpServer, as_it_is

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

log = structlog.get_logger("focal.http")
PATH = "/slack/events"
LARGEST = 1024 * 1024
OLDEST = 300
"""Seconds after which a signature is no longer believed."""
THREADS = 30

_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    404: "Not Found",
    405: "Method Not Allowed",
    413: "Content Too Large",
}
_FORMS = frozenset({"payload", "command", "ssl_check"})

Environ = dict[str, Any]


def slack_server(
    app: App, *, signing_secret: str, clock: Clock, host: str, port: int, beside: Beside = as_it_is
) -> HttpServer:
    """Return the server for `TRANSPORT=http`, not yet started."""
    guarded = beside(guard(SlackRequestHandler(app, path=PATH), signing_secret=signing_secret, clock=clock))
    return HttpServer(guarded, host=host, port=port, threads=THREADS, largest_body=LARGEST)


def guard(inner: "WSGIApplication", *, signing_secret: str, clock: Clock) -> "WSGIApplication":
    """Put a door before an application that lets nothing through but well-formed requests signed by Slack."""

    def door(environ: Environ, start_response: "StartResponse") -> Iterable[bytes]:
        status, body = _examine(environ, signing_secret.encode(), lambda: clock.real().timestamp())
        if status:
            return _turn_away(status, start_response)
        environ["wsgi.input"] = BytesIO(body)
        try:
            return inner(environ, start_response)
        except Exception as error:  # noqa: BLE001 - Bolt looks into a body before any handler, and trips over odd shapes
            log.warning("request.unreadable", cause=type(error).__name__)
            return _turn_away(400, start_response)

    return door


def _turn_away(status: int, start_response: "StartResponse") -> Iterable[bytes]:
    start_response(f"{status} {_PHRASES[status]}", [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]


def _examine(environ: Environ, secret: bytes, now: Callable[[], float]) -> tuple[int, bytes]:
    """Return an HTTP status (0: let it through) and the body."""
    if environ.get("PATH_INFO") != PATH:
        return 404, b""
    if environ.get("REQUEST_METHOD") != "POST":
        return 405, b""
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not _TIMESTAMP.fullmatch(length):
        return 400, b""
    if int(length) > LARGEST:
        return 413, b""
    body: bytes = environ["wsgi.input"].read(int(length))
    if not _is_signed(environ, body, secret, now()):
        return 401, b""
    return (0, body) if _is_well_formed(environ, body) else (400, b"")


def _is_signed(environ: Environ, body: bytes, secret: bytes, now: float) -> bool:
    stamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
    if not _TIMESTAMP.fullmatch(stamp) or abs(now - int(stamp)) > OLDEST:
        return False
    expected = "v0=" + hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()
    given = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape"))


def _is_well_formed(environ: Environ, body: bytes) -> bool:
    try:
        text = body.decode()
        if str(environ.get("CONTENT_TYPE", "")).startswith("application/json"):
            return isinstance(json.loads(text), dict)
        form = parse_qs(text, strict_parsing=True, keep_blank_values=True)
        payload = json.loads(form["payload"][0]) if "payload" in form else {}
    except (ValueError, RecursionError):
        return False
    return not _FORMS.isdisjoint(form) and isinstance(payload, dict)
