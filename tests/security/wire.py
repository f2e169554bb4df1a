"""Slack's end of the wire: signed requests to the real door over HTTP, and all that comes back or is seen of them."""

import hmac
import itertools
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from delivery.client import Line
from foundation.clock import Clock
from foundation.database import Database
from foundation.settings import read_settings
from handlers.entrance import build_app
from handlers.request import Office
from practice.world import APP_ID, TEAM_ID
from tests.focal_app import MONDAY
from tests.slack_reading import Json, words
from tests.slack_world import SlackWorld
from web.slack_http import PATH, slack_server

CHANNEL = "C0TASKFORCE"
_numbers = itertools.count(1)


@dataclass
class Seen:
    """What one request led to, outside the records."""

    status: int
    answer: Json
    """The acknowledgement."""
    private: list[Json] = field(default_factory=list)
    """What only the person sees: answers, errors at fields, pages."""
    public: list[Json] = field(default_factory=list)
    forms: list[Json] = field(default_factory=list)

    @property
    def plain(self) -> str:
        """All words of it."""
        errors = " ".join((self.answer.get("errors") or {}).values())
        return " ".join([errors, *(words(each) for each in (*self.private, *self.public, *self.forms))])


class Wire:
    """Sends what Slack would send. Nothing that the body says but the person is to be believed."""

    def __init__(self, slack: SlackWorld, host: str, port: int) -> None:
        self.slack = slack
        self.connection = HTTPConnection(host, port, timeout=120)
        self.last: tuple[bytes, str, dict[str, str | bytes]] = (b"", "", {})
        """Body, kind and headers of what was sent last."""

    def command(self, who: str, text: str, **more: object) -> Seen:
        """A slash command."""
        body = {
            "command": "/isctf", "text": text, "user_id": who, "team_id": TEAM_ID, "api_app_id": APP_ID,
            "channel_id": CHANNEL, "trigger_id": self._trigger(who), "response_url": self._response_url(who), **more,
        }  # fmt: skip
        return self._send(body)

    def click(self, who: str, action: str, value: str, **more: object) -> Seen:
        """A button or menu of a message."""
        chosen = {"type": "button", "action_id": action, "block_id": "b", "value": value, "action_ts": _number()}
        return self._interact(who, {
            "type": "block_actions", "actions": [chosen], "channel": {"id": CHANNEL},
            "container": {"type": "message", "is_ephemeral": True}, "response_url": self._response_url(who), **more,
        })  # fmt: skip

    def submit(self, who: str, form: str, noted: str, filled: Mapping[str, object], **more: object) -> Seen:
        """A form; `filled` gives each field its text, option, day or options."""
        return self._interact(who, {"type": "view_submission", "view": view_of(form, noted, filled), **more})

    def shortcut(self, who: str, name: str, message: str | None = None, **more: object) -> Seen:
        """A shortcut, on a message where one is given."""
        about: Json = {"type": "shortcut", "callback_id": name}
        if message is not None:
            about = {"type": "message_action", "callback_id": name, "channel": {"id": CHANNEL}, "message_ts": "1.0",
                     "message": {"type": "message", "text": message, "ts": "1.0"},
                     "response_url": self._response_url(who)}  # fmt: skip
        return self._interact(who, about | more)

    def event(self, who: str, event: Json) -> Seen:
        """Something that happened in the workspace; a direct message is in the person's own channel."""
        if event.get("channel_type") == "im":
            event = event | {"channel": self.slack.world.direct(who).id}
        return self._send({
            "type": "event_callback", "team_id": TEAM_ID, "api_app_id": APP_ID, "event_id": f"Ev{_number()}",
            "event": {"user": who, "ts": f"{_number()}.0", **event},
            "authorizations": [{"team_id": TEAM_ID, "user_id": "U0FOCAL", "is_bot": True}],
        }, as_json=True)  # fmt: skip

    def again(self) -> int:
        """Send the last request once more, bit by bit as it was."""
        return self.post(*self.last)[0]

    def post(self, body: bytes, kind: str, headers: Mapping[str, str | bytes]) -> tuple[int, bytes]:
        """Send exactly these bytes."""
        self.connection.request("POST", PATH, body, {"Content-Type": kind, **headers})
        answer = self.connection.getresponse()
        return answer.status, answer.read()

    def signed(self, body: bytes) -> dict[str, str | bytes]:
        """The headers with which Slack would send a body now."""
        stamp = str(int(Clock().real().timestamp()))
        seal = hmac.new(self.slack.signing_secret.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={seal}"}

    # -- within --------------------------------------------------------------------------------------------------------

    def _interact(self, who: str, payload: Json) -> Seen:
        base = {"user": {"id": who, "team_id": TEAM_ID}, "team": {"id": TEAM_ID}, "api_app_id": APP_ID}
        return self._send({"payload": json.dumps({**base, "trigger_id": self._trigger(who), **payload})})

    def _send(self, content: Json, *, as_json: bool = False) -> Seen:
        calls = self.slack.workspace.calls
        calls.clear()
        self.slack.world.modals.clear()
        body = json.dumps(content).encode() if as_json else urlencode(content).encode()
        kind = "application/json" if as_json else "application/x-www-form-urlencoded"
        self.last = (body, kind, self.signed(body))
        status, answer = self.post(*self.last)
        seen = Seen(status, json.loads(answer) if answer[:1] == b"{" else {})
        for call in [*calls]:
            # The forms that people fill in here were never opened, so that none is there to be changed.
            assert call.accepted or call.method == "views.update", f"{call.method}: {call.answer}"
            _sort(seen, call.method, call.payload)
        if seen.answer.get("text"):
            (seen.public if seen.answer.get("response_type") == "in_channel" else seen.private).append(seen.answer)
        if seen.answer.get("view"):
            seen.private.append(seen.answer["view"])
        return seen

    def _trigger(self, who: str) -> str:
        return self.slack.workspace.triggers.issue(who)

    def _response_url(self, who: str) -> str:
        return self.slack.workspace.response_url(who, CHANNEL)


def view_of(form: str, noted: str, filled: Mapping[str, object]) -> Json:
    """A form as Slack sends it, new each time."""
    values = {name: {name: _entry(value)} for name, value in filled.items()}
    return {
        "id": f"V{_number()}", "hash": "h", "type": "modal", "team_id": TEAM_ID, "callback_id": form,
        "private_metadata": noted, "state": {"values": values},
        "blocks": [{"type": "input", "block_id": name, "element": {"type": "plain_text_input", "action_id": name},
                    "label": {"type": "plain_text", "text": name}} for name in (*filled, "last")],
    }  # fmt: skip


@contextmanager
def wired(slack: SlackWorld, database_url: str) -> Iterator[tuple[Wire, Database]]:
    """Run the real app behind Slack's HTTP transport, on these records."""
    slack.go_to(MONDAY)
    slack.world.channels[CHANNEL].members.append("U0NEWS")
    clock = Clock()
    clock.follow(timedelta(seconds=slack.world.offset))
    environ = {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret, "TRANSPORT": "http",
        "SLACK_API_URL": slack.api_url,
    }  # fmt: skip
    database = Database(database_url)
    office = Office(
        database=database, clock=clock, settings=read_settings(environ, env_file=Path("no-such-file")),
        slack=Line(token=slack.bot_token, base_url=slack.api_url).posting(),
    )  # fmt: skip
    app = build_app(office)
    server = slack_server(app, signing_secret=slack.signing_secret, clock=clock, host="127.0.0.1", port=0)
    server.start()
    wire = Wire(slack, server.host, server.port)
    yield wire, database
    wire.connection.close()
    server.stop()
    database.close()


def _sort(seen: Seen, method: str, payload: Json) -> None:
    if method.startswith("views."):
        view = payload["view"] if isinstance(payload["view"], dict) else json.loads(payload["view"])
        (seen.forms if view.get("submit") else seen.private).append(view)
    elif method == "response_url":
        (seen.public if payload.get("response_type") == "in_channel" else seen.private).append(payload)
    elif method == "chat.postEphemeral" or (method == "chat.postMessage" and str(payload["channel"]).startswith("D")):
        seen.private.append(payload)
    elif method == "chat.postMessage":
        seen.public.append(payload)


def _entry(value: object) -> Json:
    if isinstance(value, list):
        return {"type": "checkboxes", "selected_options": [{"value": each} for each in value]}
    if isinstance(value, dict):
        return value
    return {"type": "plain_text_input", "value": value}


def _number() -> str:
    return str(next(_numbers))
