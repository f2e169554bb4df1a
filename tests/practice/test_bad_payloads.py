"""Whatever is sent to it, the practice workspace answers with Slack's own error codes, and stays sound."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practice.web_api import METHODS
from tests.slack_world import SlackWorld, wait_for


@pytest.fixture(scope="module")
def world() -> Iterator[SlackWorld]:
    with SlackWorld() as world:
        yield world


def post(
    slack: SlackWorld, path: str, body: bytes, kind: str | None = "application/json", token: str = ""
) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", int(slack.url.rpartition(":")[2]), timeout=30)
    headers = {"Authorization": f"Bearer {token or slack.bot_token}"}
    connection.request("POST", path, body, headers | ({"Content-Type": kind} if kind else {}))
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, json.loads(text) if text.startswith("{") else text


NESTED = b"[" * 5000 + b"]" * 5000


@pytest.mark.parametrize(
    ("kind", "body", "error"),
    [
        ("application/json", b"{", "invalid_json"),
        ("application/json", b'{"text": "\xff"}', "invalid_json"),
        ("application/json", b'{"text": NaN}', "invalid_json"),
        ("application/json", b'{"limit": 1e999}', "invalid_json"),
        ("application/json", b'{"blocks": ' + NESTED + b"}", "invalid_json"),
        ("application/json", b"[]", "json_not_object"),
        ("application/json; charset=utf-7", b"{}", "invalid_charset"),
        ("application/json", b'{"channel": {"id": "C1"}}', "invalid_arguments"),
        ("application/json", b'{"channel": "C0TASKFORCE", "text": ["x"]}', "invalid_arguments"),
        ("multipart/form-data", b"--x", "invalid_form_data"),
        ("text/plain", b"hello", "invalid_post_type"),
        (None, b"hello", "missing_post_type"),
        ("application/x-www-form-urlencoded", b"channel=C0TASKFORCE&blocks=[[", "invalid_blocks_format"),
        ("application/x-www-form-urlencoded", b"channel=C0TASKFORCE&blocks=" + NESTED, "invalid_blocks_format"),
        ("application/x-www-form-urlencoded", b"channel=%FF&text=x", "channel_not_found"),
        ("application/json", b'{"channel": "C0TASKFORCE", "text": "x", "metadata": 5}', "invalid_metadata_format"),
        ("application/json", b'{"channel": "C0TASKFORCE", "text": "x", "attachments": [1]}', "invalid_attachments"),
    ],
)
def test_a_malformed_call_is_refused_by_its_name(world: SlackWorld, kind: str, body: bytes, error: str) -> None:
    status, answer = post(world, "/api/chat.postMessage", body, kind)
    assert (status, answer["ok"], answer["error"]) == (200, False, error)


def test_an_unknown_method_is_named(world: SlackWorld) -> None:
    assert post(world, "/api/chat.shout", b"{}")[1] == {
        "ok": False,
        "error": "unknown_method",
        "req_method": "chat.shout",
    }


SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
WORDS = st.sampled_from(["type", "text", "blocks", "elements", "block_id", "action_id", "options", "value", "id"])
KINDS = st.sampled_from(
    ["modal", "home", "options", "section", "actions", "input", "rich_text", "table", "card", "plain_text", "button"]
)
ANYTHING = st.recursive(
    SCALARS | KINDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner | KINDS, max_size=4),
    max_leaves=12,
)
PLACES = st.sampled_from(["C0TASKFORCE", "C0GENERAL", "U0AMA", "D0AMA", "U0GONE", "#isc-tf", "F000001"])
NAMES = (
    "channel user users ts message_ts thread_ts text blocks attachments metadata view view_id hash trigger_id "
    "user_id external_id limit cursor oldest latest inclusive types files filename length channel_id "
    "initial_comment timestamp name bot client_msg_id include_all_metadata return_im"
)
ARGUMENTS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(NAMES.split(), PLACES | ANYTHING),
)


@given(method=st.sampled_from(sorted(METHODS)), arguments=ARGUMENTS)
def test_no_arguments_break_a_method(world: SlackWorld, method: str, arguments: dict[str, Any]) -> None:
    token = world.app_token if METHODS[method].token == "app" else world.bot_token
    status, answer = post(world, f"/api/{method}", json.dumps(arguments).encode(), token=token)
    assert status == 200
    assert answer["ok"] or answer["error"]


@given(blocks=ANYTHING, kind=st.sampled_from(["modal", "home"]))
def test_no_view_breaks_the_checks(world: SlackWorld, blocks: Any, kind: str) -> None:
    view = {"type": kind, "title": {"type": "plain_text", "text": "Form"}, "blocks": blocks}
    call = {"user_id": "U0AMA", "trigger_id": "1.2.3", "view": view}
    for method in ("views.open", "views.publish"):
        assert post(world, f"/api/{method}", json.dumps(call).encode())[0] == 200


ACTS = "send act submit close shortcut options open_home read clock"


@given(body=ANYTHING, name=st.sampled_from(ACTS.split()))
def test_no_act_of_a_page_breaks_the_server(world: SlackWorld, body: Any, name: str) -> None:
    if isinstance(body, dict):
        body |= {"as": "U0AMA", "channel": "C0TASKFORCE", "container": body.get("blocks")}
    assert post(world, f"/practice/{name}", json.dumps(body).encode())[0] in (200, 400)


@pytest.mark.parametrize("advance", ["nan", "inf", 1e300, None, []])
def test_the_clock_goes_nowhere_that_no_calendar_knows(world: SlackWorld, advance: Any) -> None:
    assert post(world, "/practice/clock", json.dumps({"advance": advance}).encode())[0] == 400
    assert world.now().year >= 2026


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'"x"', b'{"text": ["x"]}', b'{"blocks": 5}', b"\xff"])
def test_a_malformed_answer_to_a_response_url_is_refused(world: SlackWorld, body: bytes) -> None:
    url = world.do(lambda workspace: workspace.response_url("U0AMA", "C0TASKFORCE"))
    status, answer = post(world, url.removeprefix(world.url), body)
    assert (status, answer["ok"]) == (400, False)


def test_half_a_character_spoils_neither_the_feeds_nor_the_state(tmp_path: Path) -> None:
    state = tmp_path / "world.json"
    with SlackWorld(state_file=state) as slack:
        message = {"channel": "C0TASKFORCE", "text": "half \ud83d a smile, whole \U0001f600"}
        assert post(slack, "/api/chat.postMessage", json.dumps(message).encode())[1]["ok"]
        assert post(slack, "/practice/send", json.dumps(message | {"as": "U0AMA"}).encode())[1]["ok"]
        wait_for(state.exists)
    with SlackWorld(state_file=state) as slack:
        texts = [each["text"] for each in slack.posts("isc-tf")]
        assert texts == ["half \ufffd a smile, whole \U0001f600"] * 2
