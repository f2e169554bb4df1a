"""What Slack never sent, or sent otherwise: refused at the door, with a number and no word of what is inside."""

import json
import socket
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.security.conftest import Stage
from web.slack_http import PATH

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
COMMAND = b"command=%2Fisctf&text=status&user_id=U0CY&team_id=T0PRACTICE"
HEADERS = st.binary(max_size=200).filter(lambda value: not set(value) & set(b"\r\n\0"))
NAMES = st.sampled_from([
    "type", "event", "user", "id", "team", "team_id", "view", "actions", "action_id", "value", "callback_id", "channel",
    "text", "command", "user_id", "state", "values", "blocks", "private_metadata", "trigger_id", "container", "message",
    "response_url", "authorizations", "selected_option", "hash", "subtype", "bot_id", "tab", "profile", "block_id",
])  # fmt: skip
WORDS = st.sampled_from([
    "event_callback", "block_actions", "view_submission", "view_closed", "shortcut", "message_action", "message",
    "block_suggestion", "app_mention", "app_home_opened", "user_change", "team_join", "U0CY", "/isctf", "home", "im",
    "update.form", "issue.decide_form", "draft.post", "url_verification", "app_rate_limited", "interactive_message",
])  # fmt: skip
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6), max_leaves=25,
)  # fmt: skip
pytestmark = pytest.mark.fault(34)
PAYLOADS = st.dictionaries(NAMES, SHAPES, max_size=8)


@given(stamp=HEADERS, signature=HEADERS)
@example(stamp=b"9" * 5000, signature=b"v0=" + b"0" * 64)
@example(stamp=b"-1", signature=b"v0=\xff\xfe")
@example(stamp="१२३".encode(), signature="v0=é".encode())
def test_a_forged_signature_is_refused(stage: Stage, stamp: bytes, signature: bytes) -> None:
    before = stage.records.journal()
    headers: dict[str, str | bytes] = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
    status, answer = stage.wire.post(COMMAND, FORM, headers)
    assert status in (400, 401)  # control characters are no header at all
    assert b"Traceback" not in answer
    assert stage.records.journal() == before


@given(changed=st.binary(min_size=1, max_size=300), kind=st.sampled_from([FORM, JSON]))
def test_a_signature_holds_for_its_own_body_alone(stage: Stage, changed: bytes, kind: str) -> None:
    assert stage.wire.post(COMMAND + changed, kind, stage.wire.signed(COMMAND))[0] == 401


@given(
    body=st.binary(max_size=400), kind=st.sampled_from([FORM, JSON, "", "text/plain", "application/json; charset=x"])
)
@example(body=b"payload=%ff%fe", kind=FORM)
@example(body=b"payload=%7B%22type%22%3A1e999%7D", kind=FORM)
@example(body=b"[" * 100_000, kind=JSON)
def test_garbage_that_is_signed_is_turned_away(stage: Stage, body: bytes, kind: str) -> None:
    status, answer = stage.wire.post(body, kind, stage.wire.signed(body))
    assert status in (400, 200)
    assert b"Traceback" not in answer


@given(content=PAYLOADS)
@example(content={"type": "event_callback", "event": {"type": "message", "user": ["U0CY"]}})
@example(content={"type": "block_actions", "actions": []})
@example(content={"type": "view_submission", "view": {"callback_id": "update.form"}})
def test_a_shape_that_slack_never_sends_breaks_nothing(stage: Stage, content: dict[str, object]) -> None:
    before = stage.records.facts()
    text = json.dumps(content)
    for body, kind in ((text.encode(), JSON), (f"payload={quote(text)}".encode(), FORM)):
        status, answer = stage.wire.post(body, kind, stage.wire.signed(body))
        assert status in (200, 400)
        assert b"Traceback" not in answer
    assert stage.records.facts() == before


def test_a_body_that_ends_too_soon_is_never_answered_as_if_it_were_whole(stage: Stage) -> None:
    headers = {name: str(value) for name, value in stage.wire.signed(COMMAND).items()}
    lines = [f"POST {PATH} HTTP/1.1", "Host: focal", f"Content-Length: {len(COMMAND)}", f"Content-Type: {FORM}",
             *(f"{name}: {value}" for name, value in headers.items()), "", ""]  # fmt: skip
    with socket.create_connection((stage.wire.connection.host, stage.wire.connection.port), timeout=60) as line:
        line.sendall("\r\n".join(lines).encode() + COMMAND[:-5])
        line.shutdown(socket.SHUT_WR)
        assert b" 200 " not in line.recv(100)
