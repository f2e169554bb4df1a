"""One person who uses the practice workspace in a test; `tests.slack_world` shows how."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, TypeVar

from practice import acts, interactions
from practice.forms import VALUES, filled_state
from practice.page_reading import shown_messages
from practice.workspace import Workspace, copy_of
from practice.world import BOT_ID, World
from tests.slack_reading import Json, buttons_of, find_button, find_field, labels_of, options_of, words

if TYPE_CHECKING:
    from tests.slack_world import SlackWorld

Result = TypeVar("Result")

PATIENCE = 60.0
"""Seconds until something that is waited for counts as missing: a slow machine must not fail a test."""


def wait_for(predicate: Callable[[], Result], *, seconds: float = PATIENCE) -> Result:
    """What `predicate` returns as soon as it is true; AssertionError if it is not in time."""
    pause = threading.Event()
    for _ in range(int(seconds / 0.01)):
        result = predicate()
        if result:
            return result
        pause.wait(0.01)
    raise AssertionError(f"not within {seconds} s")


@dataclass
class Answer:
    """What a person sees after a command or a click."""

    message: Json | None = None
    modal: Json | None = None
    error: str = ""
    """Slack's own sentence when the bot did not take it."""

    @property
    def text(self) -> str:
        return str(self.message["text"]) if self.message else self.error

    @property
    def blocks(self) -> list[Json]:
        return list(self.message.get("blocks", [])) if self.message else []

    @property
    def plain(self) -> str:
        """All visible words of the message, else of the form that opened, else the error."""
        return words(self.message or self.modal or self.error)

    @property
    def buttons(self) -> list[str]:
        return buttons_of(self.message) if self.message else []

    @property
    def ephemeral(self) -> bool:
        return bool(self.message and self.message.get("ephemeral"))


class Player:
    """One person at the keyboard."""

    def __init__(self, slack: "SlackWorld", user: str) -> None:
        self.slack = slack
        self.user = user

    # --- doing

    def command(self, text: str, channel: str = "isc-tf", *, seconds: float = 5.0) -> Answer:
        """Type a slash command; waits for what the bot answers in its acknowledgement, later, or as a form."""
        workspace = self.slack.workspace
        line = text if text.startswith("/") else f"{workspace.manifest.commands[0]['command']} {text}"
        before = self.modal
        result = self._run(acts.send(workspace, self.user, self._channel(channel), line, None))
        if not result["ok"] or result["answer"]:
            return self._answer(result, result.get("answer"))
        token = result["response_url"].rpartition("/")[2]
        pause = threading.Event()
        for _ in range(int(seconds / 0.01)):
            shown = self._shown(token)
            if shown or self.modal != before:
                return self._answer(result, shown)
            pause.wait(0.01)
        return self._answer(result, None)

    def say(self, text: str, channel: str = "dm", thread_ts: str | None = None) -> str:
        """Write a message; its time stamp."""
        work = acts.send(self.slack.workspace, self.user, self._channel(channel), text, thread_ts)
        result = self._run(work)
        assert result["ok"], result["sentence"]
        return str(result["ts"])

    def shortcut(self, callback_id: str) -> Answer:
        return self._answer(self._run(acts.shortcut(self.slack.workspace, self.user, callback_id, None, None)), None)

    def message_shortcut(self, callback_id: str, message: Json) -> Answer:
        channel, ts = message["channel"], message["ts"]
        work = acts.shortcut(self.slack.workspace, self.user, callback_id, channel, ts)
        return self._doing(work)

    def click(self, shown: Json | None, label: str, *, beside: str = "") -> Answer:
        """Press the button (or overflow option) with this label on a message or view, as it stands now."""
        assert shown is not None, f"nothing is shown to click {label!r} on"
        present = self._present(shown)
        return self._act(present, find_button(present, label, beside))

    def choose(self, shown: Json | None, label: str, option: object) -> Answer:
        """Choose in a menu that tells the bot at once."""
        assert shown is not None, f"nothing is shown to choose {label!r} in"
        present = self._present(shown)
        block, element = find_field(present, label)
        entry = self._entry(present, block, element, option)
        common = {"block_id": block["block_id"], "action_id": element["action_id"]}
        return self._act(present, entry | common)

    def fill(self, values: dict[str, object]) -> None:
        """Fill in fields of the open form by label; menus that tell the bot at once do."""
        for label, value in values.items():
            view = self.modal
            assert view is not None, "no form is open"
            block, element = find_field(view, label)
            at_once = block["type"] != "input" or block.get("dispatch_action")
            if at_once and element["type"] != "plain_text_input":
                self.choose(view, label, value)
            else:
                self._put(view, {block["block_id"]: {element["action_id"]: self._entry(view, block, element, value)}})

    def submit(self) -> dict[str, str]:
        """Send the open form; errors by input label, empty if it was taken."""
        view = self.modal
        assert view is not None, "no form is open"
        work = interactions.submit(self.slack.workspace, self.user, view["id"], {})
        result = self._run(work)
        assert result["ok"], f"{result['sentence']} {result['error']} {result.get('messages', '')}"
        labels = labels_of(view)
        return {labels[block]: sentence for block, sentence in result.get("errors", {}).items()}

    def close(self) -> None:
        view = self.modal
        assert view is not None, "no form is open"
        self._run(interactions.close(self.slack.workspace, self.user, view["id"]))

    def open_home(self, *, seconds: float = PATIENCE) -> Json:
        """Open App Home; the view that the bot publishes for it."""
        before = self.home()
        self.slack.do(lambda workspace: acts.open_home(workspace, self.user))
        wait_for(lambda: (self.home() or {}).get("hash") != (before or {}).get("hash"), seconds=seconds)
        home = self.home()
        assert home is not None
        return home

    # --- seeing

    @property
    def modal(self) -> Json | None:
        """The form open before this person, as it stands now."""
        return self.slack.do(lambda workspace: _copy(workspace.modal(self.user)))

    def home(self) -> Json | None:
        return self.slack.read(lambda world: world.homes.get(self.user))

    def filled(self) -> dict[str, Any]:
        """What stands in the open form's inputs, by label."""
        view = self.modal
        assert view is not None, "no form is open"
        values: dict[str, Any] = {}
        for block in [block for block in view["blocks"] if block["type"] == "input"]:
            entry = view["state"]["values"][block["block_id"]][block["element"]["action_id"]]
            values[block["label"]["text"]] = _readable(entry)
        return values

    def messages(self, channel: str = "isc-tf") -> list[Json]:
        """What this person sees in a channel (not in its threads), ephemeral messages included, oldest first."""
        return self._seen(channel, None)

    def thread(self, channel: str, ts: str) -> list[Json]:
        return self._seen(channel, ts)

    def dms(self) -> list[Json]:
        """The bot's messages in this person's direct messages, in threads too, oldest first, as they stand now."""
        identity = self._channel("dm")
        posts = self.slack.posts(identity)
        return [each for each in posts if each.get("bot_id") == BOT_ID]

    def ephemerals(self) -> list[Json]:
        """What only this person sees, oldest first."""
        kept = self.slack.read(lambda world: world.ephemerals.get(self.user, []))
        return [each["message"] | {"channel": each["channel"]} for each in kept]

    def wait_for(self, predicate: Callable[[], Result], *, seconds: float = PATIENCE) -> Result:
        return wait_for(predicate, seconds=seconds)

    # --- within

    def _run(self, work: Any) -> Json:
        result: Json = self.slack.server.run(work)
        return result

    def _channel(self, wanted: str) -> str:
        if wanted == "dm":
            return self.slack.do(lambda workspace: workspace.world.direct(self.user).id)
        channel = self.slack.world.channel(wanted)
        assert channel is not None, f"no channel {wanted!r}"
        return channel.id

    def _seen(self, channel: str, thread: str | None) -> list[Json]:
        identity = self._channel(channel)
        workspace = self.slack.workspace
        found = self.slack.read(lambda world: shown_messages(workspace, self.user, world.channels[identity], thread))
        return [each | {"channel": identity} for each in found]

    def _shown(self, token: str) -> Json | None:
        """The last answer that came by a response URL."""

        def look(world: World) -> Json | None:
            record = world.response_urls[token]
            ts = record.get("shown")
            own = [each["message"] for each in world.ephemerals.get(self.user, [])]
            everything = [*own, *world.channels[record["channel"]].messages]
            message = next((each for each in everything if ts and each["ts"] == ts), None)
            return message | {"channel": record["channel"]} if message else None

        return self.slack.read(look)

    def _present(self, shown: Json) -> Json:
        """A message or view as it stands now; AssertionError if it is gone."""
        if "ts" not in shown:
            workspace = self.slack.workspace
            found = self.slack.read(lambda _: workspace.find_view(shown["id"]))
            assert found is not None, "this view is closed"
            return found[1]
        everything = [*self.slack.posts(shown["channel"]), *self.ephemerals()]
        message = next((each for each in everything if each["ts"] == shown["ts"]), None)
        assert message is not None, "this message is gone"
        return message

    def _container(self, shown: Json) -> Json:
        if "ts" not in shown:
            return {"type": "view", "view_id": shown["id"]}
        return {"type": "message", "channel": shown["channel"], "ts": shown["ts"]}

    def _act(self, shown: Json, action: Json) -> Answer:
        work = interactions.act(self.slack.workspace, self.user, self._container(shown), action, {})
        return self._doing(work)

    def _doing(self, work: Any) -> Answer:
        """Do it; the answer has what the response URLs issued meanwhile have shown."""
        before = set(self.slack.read(lambda world: list(world.response_urls)))
        result = self._run(work)
        issued = self.slack.read(lambda world: [each for each in world.response_urls if each not in before])
        shown = [message for message in map(self._shown, issued) if message]
        return self._answer(result, shown[-1] if shown else None)

    def _answer(self, result: Json, message: Json | None) -> Answer:
        if not result["ok"]:
            return Answer(error=f"{result['sentence']} {result.get('messages', '')}".strip())
        shown = message and json.loads(json.dumps(message))
        if shown and "channel" not in shown:
            token = result["response_url"].rpartition("/")[2]
            shown["channel"] = self.slack.read(lambda world: world.response_urls[token]["channel"])
        return Answer(message=shown, modal=self.modal)

    def _put(self, view: Json, given: dict[str, dict[str, Json]]) -> None:
        def put(workspace: Workspace) -> None:
            found = workspace.find_view(view["id"])
            assert found is not None, "this view is closed"
            kept = found[1]
            kept["state"] = {"values": filled_state(kept["blocks"], kept["state"]["values"], given)}

        self.slack.do(put)

    def _entry(self, shown: Json, block: Json, element: Json, value: object) -> Json:
        """The state entry for a value given by label, name or plain value."""
        key, _ = VALUES[element["type"]]
        if key in ("selected_option", "selected_options"):
            wanted = value if isinstance(value, (list, tuple, set)) else [value]
            chosen = [self._option(shown, block, element, str(each)) for each in wanted if each is not None]
            one = chosen[0] if chosen else None
            found: object = chosen if key == "selected_options" else one
        elif key in ("selected_user", "selected_users"):
            found = _each(value, self.slack.world.person_called, "person")
        elif "conversation" in key or "channel" in key:
            found = _each(value, self.slack.world.channel, "channel")
        else:
            found = _plain_value(value)
        return {"type": element["type"], key: found}

    def _option(self, shown: Json, block: Json, element: Json, label: str) -> Json:
        options = options_of(element)
        if element["type"].endswith("external_select"):
            asked = {"block_id": block["block_id"], "action_id": element["action_id"], "value": label}
            container = self._container(shown)
            suggested = self._run(interactions.suggest(self.slack.workspace, self.user, container, asked))
            options = options_of(suggested)
        for option in options:
            if label in (option["text"]["text"], option["value"]):
                return option
        names = [option["text"]["text"] for option in options]
        raise AssertionError(f"no option {label!r} among {names}")


def _copy(view: Json | None) -> Json | None:
    return None if view is None else copy_of(view)


def _each(value: object, find: Callable[[str], Any], kind: str) -> object:
    """Ids for one name or several."""
    if isinstance(value, (list, tuple, set)):
        return [_each(each, find, kind) for each in value]
    found = find(str(value))
    assert found is not None, f"no {kind} {value!r}"
    return found.id


def _plain_value(value: object) -> object:
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else value


def _readable(entry: Json) -> Any:
    key, _ = VALUES[entry["type"]]
    value = entry.get(key)
    if isinstance(value, dict) and "text" in value:
        return value["text"]["text"]
    if isinstance(value, list):
        return [each["text"]["text"] if isinstance(each, dict) and "text" in each else each for each in value]
    return value
