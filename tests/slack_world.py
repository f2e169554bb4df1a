"""Drives the practice workspace in tests: a strict Slack on 127.0.0.1, and people who use it.

    with SlackWorld() as slack:                          # rate limits off; `limited=True` for Slack's own
        start_bot(slack.bot_token, slack.app_token, slack.api_url, slack.signing_secret)
        slack.wait_until_connected()                     # or `with slack.connected(app):` for an app of this process
        slack.deliver_over("http://127.0.0.1:…/events")  # only for TRANSPORT=http
        ama = slack.player("U0AMA")

        answer = ama.command("status")                   # = "/isctf status" in #isc-tf; channel="dm" | "general" | id
        answer.plain, answer.text, answer.ephemeral, answer.error, answer.buttons
        ama.click(answer.message, "Share here")          # by label; beside="Climate change" chooses among equals
        ama.command("update")
        ama.modal                                        # the view open before her, or None
        ama.fill({"Area": "Climate change", "Health": "At risk", "What changed": "Venue not confirmed"})
        ama.choose(ama.modal, "Area", "Accessibility")   # a menu that tells the bot at once
        errors = ama.submit()                            # {} or {"What changed": "…"}
        ama.filled()                                     # {"Area": "Accessibility", …} as it stands in the form
        ama.say("climate: at risk - venue")              # DM; channel="isc-tf", thread_ts=…
        ama.message_shortcut("use_as_update", ama.messages("isc-tf")[-1]); ama.shortcut("post_update")
        ama.dms(); ama.messages("isc-tf"); ama.thread("isc-tf", ts); ama.ephemerals(); ama.open_home()
        ama.wait_for(lambda: ama.dms())                  # what it returns once it is true; else fails

        slack.advance(3600); slack.go_to(instant); slack.now()
        slack.wait_until_followed()                      # a bot in its own process has done all that fell due
        slack.faults.next("chat.postMessage", "500_after", times=1)
        slack.called("chat.postMessage")                 # Calls: method, payload, accepted, answer; oldest first
        slack.deactivate("U0BO"); slack.change_person("U0BO", tz="Asia/Bangkok")

Messages and views are copies of Slack's objects as they stand now (messages with their "channel" added).
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Self, TypeVar

from slack_bolt import App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler

from practice import administration
from practice.faults import Call, Faults
from practice.limits import Limits
from practice.server import PracticeServer
from practice.workspace import Settings, Workspace
from practice.world import World
from tests.slack_player import Answer, Player, wait_for
from tests.slack_reading import Json, words

__all__ = ["Answer", "Player", "SlackWorld", "wait_for", "words"]

PATIENCE = 20.0
"""How long an app may take to acknowledge or to open a form, in seconds: how fast Focal is, is measured elsewhere."""


def patient(*, event_retries: tuple[float, ...] = (0.1, 0.2, 0.4)) -> Settings:
    """Return waits that no machine is too slow for."""
    return Settings(ack_seconds=PATIENCE, trigger_seconds=PATIENCE, event_retries=event_retries)


Result = TypeVar("Result")


class SlackWorld:
    """The practice workspace with rate limits off, and what an administrator and the clock do in it."""

    def __init__(
        self,
        *,
        task_force_file: Path | None = None,
        manifest: Json | None = None,
        limited: bool = False,
        state_file: Path | None = None,
        delivery: str = "socket",
        settings: Settings | None = None,
        port: int = 0,
    ) -> None:
        self.server = PracticeServer(
            port=port,
            state_file=state_file,
            task_force_file=task_force_file,
            manifest=manifest,
            limits=Limits(enabled=limited),
            delivery=delivery,
            settings=settings or patient(),
        )

    def __enter__(self) -> Self:
        self.server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.stop()

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def api_url(self) -> str:
        return self.server.api_url

    @property
    def bot_token(self) -> str:
        return self.server.bot_token

    @property
    def app_token(self) -> str:
        return self.server.app_token

    @property
    def signing_secret(self) -> str:
        return self.server.signing_secret

    @property
    def workspace(self) -> Workspace:
        return self.server.workspace

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def faults(self) -> Faults:
        return self.server.faults

    def player(self, user: str) -> "Player":
        return Player(self, user)

    def read(self, look: Callable[[World], Result]) -> Result:
        """Look at the world from its own loop; a deep copy of what `look` finds."""

        async def looking() -> Result:
            found: Result = json.loads(json.dumps(look(self.world)))
            return found

        return self.server.run(looking())

    def do(self, change: Callable[[Workspace], Result]) -> Result:
        """Change the workspace on its own loop."""

        async def changing() -> Result:
            return change(self.workspace)

        return self.server.run(changing())

    def wait_until_connected(self, *, seconds: float = 90.0) -> None:
        wait_for(lambda: self.workspace.socket_mode.connections, seconds=seconds)

    def deliver_over(self, delivery: str) -> None:
        self.server.deliver_over(delivery)

    @contextmanager
    def connected(self, app: App, *, concurrency: int = 30) -> Iterator[SocketModeHandler]:
        """A Bolt app of this process, connected over Socket Mode meanwhile."""
        handler = SocketModeHandler(app, app_token=self.app_token, concurrency=concurrency)
        handler.connect()
        self.wait_until_connected()
        try:
            yield handler
        finally:
            part(self.server, handler)

    def called(self, method: str) -> list[Call]:
        return [call for call in list(self.server.calls) if call.method == method]

    def posts(self, channel: str) -> list[Json]:
        """Everything that stands in a channel now, thread replies included, oldest first."""

        def look(world: World) -> list[Json]:
            found = world.channel(channel)
            return [{**each, "channel": found.id} for each in found.messages] if found else []

        return self.read(look)

    def now(self) -> datetime:
        return self.world.now()

    def advance(self, seconds: float) -> None:
        self.server.move_clock(self.world.offset + seconds)

    def go_to(self, instant: datetime) -> None:
        self.advance((instant - self.now()).total_seconds())

    def wait_until_followed(self, *, seconds: float = 180.0) -> None:
        """Wait for a bot that follows the clock by itself: it has arrived, and has visited every due moment before."""
        wait_for(lambda: self.workspace.followed is not None and self._is_followed(), seconds=seconds)

    def _is_followed(self) -> bool:
        return f"{self.workspace.followed:.3f}" == f"{self.world.offset:.3f}"

    def deactivate(self, user: str) -> None:
        self.change_person(user, deleted=True)

    def change_person(self, user: str, **changes: object) -> None:
        self.do(lambda workspace: administration.change_person(workspace, user, **changes))

    def archive(self, channel: str) -> None:
        self.do(lambda workspace: administration.archive(workspace, channel))


def part(server: PracticeServer, handler: SocketModeHandler) -> None:
    """End a connection from Slack's side first: the client's own close waits for its socket, sometimes for ever."""
    client = handler.client
    client.auto_reconnect_enabled = False
    server.hang_up()
    wait_for(lambda: not client.is_connected())
    client.closed = True
    client.enqueue_message("{}")
    handler.close()
