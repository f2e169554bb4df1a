"""Over HTTP only what Slack signed, lately and in good form, reaches the app; all else is refused in silence."""

import hmac
import json
from collections.abc import Iterator
from hashlib import sha256
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from slack_bolt import App, BoltResponse
from slack_sdk import WebClient

from foundation.clock import Clock
from tests.slack_world import SlackWorld
from web.server import HttpServer
from web.slack_http import LARGEST, PATH, slack_server

SECRET = "0123456789abcdef"
COMMAND = urlencode({"command": "/isctf", "text": "help", "user_id": "U1", "team_id": "T1"}).encode()
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def calls() -> list[str]:
    return []


@pytest.fixture
def server(calls: list[str], slack: SlackWorld) -> Iterator[HttpServer]:
    app = App(
        client=WebClient(token=slack.bot_token, base_url=slack.api_url),
        signing_secret=SECRET,
        process_before_response=True,
        token_verification_enabled=False,
    )

    def listen(body: dict[str, str]) -> BoltResponse:
        calls.append(body["text"])
        return BoltResponse(status=200, body="ok")

    app.command("/isctf")(listen)
    made = slack_server(app, signing_secret=SECRET, clock=Clock(), host="127.0.0.1", port=0)
    made.start()
    yield made
    made.stop()


def post(
    server: HttpServer,
    body: bytes,
    *,
    kind: str = FORM,
    stamp: str | None = None,
    signature: bytes | None = None,
    path: str = PATH,
    age: int = 0,
) -> int:
    stamp = stamp if stamp is not None else str(int(Clock().real().timestamp()) - age)
    signed = hmac.new(SECRET.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest().encode()
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", kind)
    connection.putheader("Content-Length", str(len(body)))
    connection.putheader("X-Slack-Request-Timestamp", stamp)
    connection.putheader("X-Slack-Signature", signature if signature is not None else b"v0=" + signed)
    connection.endheaders(body)
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_signed_command_is_answered(server: HttpServer, calls: list[str]) -> None:
    assert post(server, COMMAND) == 200
    assert calls == ["help"]


@pytest.mark.fault(34, on="either")
@pytest.mark.parametrize("stamp", ["", "x", "9" * 5000, "-1", "1e9", "१२३", "0"])
def test_a_time_stamp_that_is_none_or_old_is_refused(server: HttpServer, calls: list[str], stamp: str) -> None:
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.putrequest("POST", PATH)
    connection.putheader("Content-Type", FORM)
    connection.putheader("Content-Length", str(len(COMMAND)))
    connection.putheader("X-Slack-Request-Timestamp", stamp.encode())
    connection.putheader("X-Slack-Signature", "v0=00")
    connection.endheaders(COMMAND)
    assert connection.getresponse().status == 401
    assert calls == []
    connection.close()


@pytest.mark.fault(34, on="either")
@pytest.mark.parametrize(
    "signature", [b"", b"v0=", b"v0=00", "v0=é".encode("latin-1"), b"\xff\xfe\x80", b"v1=" + b"0" * 64]
)
def test_a_signature_that_is_not_slacks_is_refused(server: HttpServer, calls: list[str], signature: bytes) -> None:
    assert post(server, COMMAND, signature=signature) == 401
    assert calls == []


@pytest.mark.fault(34, on="either")
def test_a_signature_older_than_five_minutes_is_refused(server: HttpServer) -> None:
    assert post(server, COMMAND, age=301) == 401


@pytest.mark.fault(34, on="either")
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"payload=%7Bnot", FORM),
        (b"payload=%5B%5D", FORM),
        (b"\xff\xfe", FORM),
        (b"other=1", FORM),
        (b"", FORM),
        (b"[]", "application/json"),
        (b"{", "application/json"),
        (b"[" * 100_000, "application/json"),
    ],
)
def test_a_signed_body_in_bad_form_is_refused(server: HttpServer, body: bytes, kind: str) -> None:
    assert post(server, body, kind=kind) == 400


@pytest.mark.fault(39, on="either")
def test_a_body_that_is_too_large_is_refused_before_it_is_read(server: HttpServer) -> None:
    connection = HTTPConnection(server.host, server.port, timeout=30)
    connection.putrequest("POST", PATH)
    connection.putheader("Content-Length", str(LARGEST + 1))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_another_address_is_not_found(server: HttpServer) -> None:
    assert post(server, COMMAND, path="/") == 404


def test_an_event_reaches_the_app(server: HttpServer) -> None:
    challenge = json.dumps({"type": "url_verification", "challenge": "abc"}).encode()
    assert post(server, challenge, kind="application/json") == 200
