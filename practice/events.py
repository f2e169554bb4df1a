"""The Events API: what happens is told to the app as far as it subscribed, again until it acknowledges."""

import asyncio
import secrets
from copy import deepcopy
from typing import TYPE_CHECKING

from practice.refusals import Json, NotDeliveredError
from practice.world import APP_ID, BOT_USER, TEAM_ID, Channel, Person

if TYPE_CHECKING:
    from practice.workspace import Workspace

MESSAGE_EVENTS = {"im": "message.im", "channel": "message.channels", "private": "message.groups"}
CHANNEL_TYPES = {"im": "im", "channel": "channel", "private": "group"}


class Events:
    def __init__(self, workspace: "Workspace") -> None:
        self.workspace = workspace

    def message_posted(self, channel: Channel, message: Json) -> None:
        if not channel.has_bot():
            return
        self._message(channel, {**message, "ts": message["ts"], "event_ts": message["ts"]})
        mentioned = f"<@{BOT_USER}" in message.get("text", "")
        if mentioned and channel.kind != "im" and message.get("user") != BOT_USER:
            keys = ("user", "text", "ts", "thread_ts", "client_msg_id", "team", "blocks")
            event = {key: message[key] for key in keys if key in message}
            event |= {"type": "app_mention", "channel": channel.id, "event_ts": message["ts"]}
            self.happened("app_mention", event)

    def message_changed(self, channel: Channel, message: Json, before: Json) -> None:
        ts = self._event_ts()
        event = {"subtype": "message_changed", "message": message, "previous_message": before, "hidden": True}
        self._message(channel, {"type": "message", "ts": ts, "event_ts": ts, **event})

    def message_deleted(self, channel: Channel, message: Json) -> None:
        ts = self._event_ts()
        event = {"subtype": "message_deleted", "deleted_ts": message["ts"], "previous_message": message}
        self._message(channel, {"type": "message", "ts": ts, "event_ts": ts, "hidden": True, **event})

    def home_opened(self, user: str) -> None:
        world = self.workspace.world
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": world.direct(user).id,
            "tab": "home",
            "event_ts": self._event_ts(),
        }
        if user in world.homes:
            event["view"] = world.homes[user]
        self.happened("app_home_opened", event)

    def person_changed(self, user: Json) -> None:
        event = {"type": "user_change", "user": user, "event_ts": self._event_ts()}
        self.happened("user_change", event)

    def person_joined(self, user: Json) -> None:
        self.happened("team_join", {"type": "team_join", "user": user, "event_ts": self._event_ts()})

    def joined_channel(self, person: Person, channel: Channel) -> None:
        event = {
            "type": "member_joined_channel",
            "user": person.id,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "channel" else "G",
            "team": TEAM_ID,
            "event_ts": self._event_ts(),
        }
        if channel.has_bot():
            self.happened("member_joined_channel", event)

    def happened(self, name: str, event: Json) -> None:
        """Tell the app of an event, if it subscribed to it."""
        if name in self.workspace.manifest.events:
            self.workspace.spawn(self._deliver(self._envelope(deepcopy(event))))

    def _message(self, channel: Channel, event: Json) -> None:
        event |= {"channel": channel.id, "channel_type": CHANNEL_TYPES[channel.kind]}
        self.happened(MESSAGE_EVENTS[channel.kind], event)

    async def _deliver(self, payload: Json) -> None:
        """The first time and up to three times more; over Socket Mode also as soon as the app is back."""
        workspace = self.workspace
        retry = (0, "")
        for number, delay in enumerate((0.0, *workspace.settings.event_retries)):
            await self._wait(delay)
            try:
                seconds = workspace.settings.ack_seconds
                await workspace.delivery.send("events_api", payload, seconds=seconds, retry=retry)
            except NotDeliveredError as failure:
                if failure.final:
                    return
                retry = (number + 1, failure.reason)
            else:
                return

    async def _wait(self, delay: float) -> None:
        socket = self.workspace.socket_mode
        over_socket = self.workspace.delivery is socket
        if over_socket and not socket.connections:
            try:
                await asyncio.wait_for(socket.connected.wait(), max(delay, 1))
            except TimeoutError:
                return
        else:
            await asyncio.sleep(delay)

    def _envelope(self, event: Json) -> Json:
        world = self.workspace.world
        authorization = {
            "enterprise_id": None,
            "team_id": TEAM_ID,
            "user_id": BOT_USER,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": "practice-verification-token",
            "team_id": TEAM_ID,
            "context_team_id": TEAM_ID,
            "context_enterprise_id": None,
            "api_app_id": APP_ID,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{secrets.token_hex(6).upper()}",
            "event_time": int(world.now().timestamp()),
            "authorizations": [authorization],
            "is_ext_shared_channel": False,
            "event_context": f"4-{secrets.token_hex(8)}",
        }

    def _event_ts(self) -> str:
        return f"{self.workspace.world.now().timestamp():.6f}"
