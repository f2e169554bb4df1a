"""The running workspace: its world, who listens, what the app may do, and how things become visible."""

import asyncio
import json
import math
from collections import deque
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from practice import clock
from practice.delivery import Delivery
from practice.events import Events
from practice.faults import CALLS_KEPT, Call, Faults
from practice.limits import Limits
from practice.live import Live
from practice.manifest import Manifest
from practice.refusals import Json, SlackError
from practice.socket_mode import SocketMode
from practice.tickets import Triggers, expired, new_response_url
from practice.tour import Tour
from practice.world import APP_ID, BOT_ID, BOT_USER, TEAM_ID, Channel, Person, World


@dataclass
class Settings:
    """Waits that tests may shorten, and for how long a message may be edited (as long as one likes); in seconds."""

    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)
    edit_seconds: float = math.inf


class Workspace:
    """Everything here runs on the server's own event loop; nothing else touches it."""

    def __init__(
        self,
        *,
        seed: Callable[[], World],
        manifest: Manifest,
        limits: Limits,
        state_file: Path | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.seed = seed
        self.manifest = manifest
        self.limits = limits
        self.state_file = state_file
        self.settings = settings or Settings()
        self.world = World.load(state_file) if state_file and state_file.exists() else seed()
        self.url = ""
        self.live = Live()
        self.faults = Faults()
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.triggers = Triggers(self.settings.trigger_seconds)
        self.plan: list[Json] = []
        self.followed: float | None = None
        """The offset up to which the bot has followed the clock, as it says itself."""
        self.tour = Tour(self._tour_went_on)
        self.tour.steps = self.world.tour
        self.visiting: datetime | None = None
        """The moment at which the bot is, on its way to where the clock was moved; what it posts is dated so."""
        self.scenes_left = 0
        """How much of its story is still to be told; nobody acts meanwhile, and nothing is kept of it."""
        self.clock_moved = asyncio.Event()
        self.socket_mode = SocketMode(on_change=self._connection_changed)
        self.delivery: Delivery = self.socket_mode
        self.events = Events(self)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._saving = False

    # --- people and channels

    def person(self, user: str) -> Person:
        person = self.world.people.get(user)
        if person is None:
            raise SlackError("user_not_found")
        return person

    def require_scope(self, *scopes: str) -> None:
        """Refused unless the app was granted one of these."""
        if not self.manifest.scopes.intersection(scopes):
            provided = ",".join(sorted(self.manifest.scopes))
            raise SlackError("missing_scope", needed=scopes[0], provided=provided)

    def watchers(self, channel: Channel) -> Iterable[str]:
        if channel.kind == "channel":
            return [each.id for each in self.world.people.values() if not each.is_guest] + channel.members
        return channel.members

    # --- what becomes visible

    def post(self, channel: Channel, message: Json) -> Json:
        self.world.add(channel, message)
        self.tour.posted(channel, message)
        if message.get("user") in self.world.people:
            channel.read[message["user"]] = message["ts"]
        self.tell(channel, {"type": "message", "channel": channel.id, "message": message})
        self._tell_parent(channel, message)
        self.events.message_posted(channel, message)
        return message

    def changed(self, channel: Channel, message: Json, before: Json) -> None:
        self.tour.edited(before, message)
        self.tell(channel, {"type": "message_changed", "channel": channel.id, "message": message})
        self.events.message_changed(channel, message, before)

    def remove(self, channel: Channel, message: Json) -> None:
        self.world.remove(channel, message)
        self.tell(channel, {"type": "message_deleted", "channel": channel.id, "ts": message["ts"]})
        self._tell_parent(channel, message)
        self.events.message_deleted(channel, message)

    def _tell_parent(self, channel: Channel, message: Json) -> None:
        thread = message.get("thread_ts")
        parent = channel.find(thread) if thread and thread != message["ts"] else None
        if parent is not None:
            self.tell(channel, {"type": "message_changed", "channel": channel.id, "message": parent})

    def tell(self, channel: Channel, event: Json) -> None:
        self.live.tell(self.watchers(channel), event)
        self.keep()

    def show_only(self, user: str, channel: Channel, message: Json) -> Json:
        """An ephemeral message: one person sees it, and no history has it."""
        self.world.ephemerals.setdefault(user, []).append({"channel": channel.id, "message": message})
        self.tour.answered(message)
        self.live.tell([user], {"type": "message", "channel": channel.id, "message": message})
        self.keep()
        return message

    def ephemeral(self, user: str, ts: str) -> Json | None:
        shown = self.world.ephemerals.get(user, [])
        return next((each for each in shown if each["message"]["ts"] == ts), None)

    # --- views

    def modal(self, user: str) -> Json | None:
        stack = self.world.modals.get(user)
        return stack[-1] if stack else None

    def find_view(self, view_id: str) -> tuple[str, Json] | None:
        """Whose view this is, and the view: a modal of somebody's stack or their App Home."""
        for user, stack in self.world.modals.items():
            for view in stack:
                if view["id"] == view_id:
                    return user, view
        for user, home in self.world.homes.items():
            if home["id"] == view_id:
                return user, home
        return None

    def close_view(self, user: str, view: Json) -> None:
        stack = self.world.modals.get(user, [])
        if view in stack:
            stack.remove(view)
        self.live.tell([user], {"type": "view_closed", "view_id": view["id"]})
        below = self.modal(user)
        if below is not None:
            self.live.tell([user], {"type": "view_updated", "view": below})
        self.keep()

    # --- what goes to the app

    def base(self, user: str) -> Json:
        """The part that every interaction payload has."""
        person = self.world.people[user]
        return {
            "token": "practice-verification-token",
            "api_app_id": APP_ID,
            "team": {"id": TEAM_ID, "domain": self.world.team_domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": user,
                "username": person.handle,
                "name": person.handle,
                "team_id": TEAM_ID,
            },
        }

    def response_url(self, user: str, channel: str, *, message: Json | None = None, ephemeral: bool = False) -> str:
        token, record = new_response_url(user, channel, message=message, ephemeral=ephemeral)
        issued = self.world.response_urls
        for old in [each for each, known in issued.items() if expired(known)]:
            del issued[old]
        issued[token] = record
        return f"{self.url}/respond/{token}"

    def bot_message(self, text: str, **parts: object) -> Json:
        """A message of the app's bot, stamped with a new time stamp."""
        message: Json = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "app_id": APP_ID,
            "team": TEAM_ID,
            "username": self.manifest.name,
            "text": text,
            "ts": self.world.new_ts(self.visiting),
        }
        message.update({key: value for key, value in parts.items() if value is not None})
        return message

    # --- time

    def move_clock(self, offset: float) -> None:
        """Set how far the workspace is ahead of real time; the bot and the pages are told.

        ValueError or OverflowError if no calendar knows such a time.
        """
        clock.moved(offset)
        self.world.offset = offset
        self.clock_moved.set()
        self.clock_moved = asyncio.Event()
        self.live.tell_all({"type": "clock", "now": clock.iso(self.world.now()), "offset": offset})
        self.keep()

    def begin_anew(self, *, scenes: int = 0) -> None:
        """Forget everything; with a story of so many scenes still to be told, also what was kept."""
        self.scenes_left = scenes
        if scenes and self.state_file:
            self.state_file.unlink(missing_ok=True)
        tokens = self.world.tokens
        self.world = self.seed()
        self.world.tokens = tokens
        self.tour.steps = self.world.tour
        self.plan = []
        self.move_clock(self.world.offset)
        self.live.tell_all({"type": "reset"})

    # --- the tour

    def begin_tour(self) -> None:
        """From now on the steps of the tour are noticed; what came before, everybody has read."""
        for channel in self.world.channels.values():
            channel.read = {user: channel.messages[-1]["ts"] for user in channel.members if channel.messages}
        self._tour_went_on([])

    def _tour_went_on(self, done: list[str]) -> None:
        self.tour.steps = self.world.tour = done
        self.live.tell_all({"type": "tour", "done": done})
        self.keep()

    # --- housekeeping

    def spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.save()

    def keep(self) -> None:
        """Write the state file soon; changes that come together are written together."""
        if self.state_file and not self._saving:
            self._saving = True
            asyncio.get_running_loop().call_later(0.3, self.save)

    def save(self) -> None:
        self._saving = False
        if self.state_file and not self.scenes_left:
            self.world.save(self.state_file)

    def _connection_changed(self) -> None:
        self.live.tell_all({"type": "bot", "connected": bool(self.socket_mode.connections)})


def copy_of(message: Json) -> Json:
    """A deep copy that shares nothing with the original."""
    copy: Json = json.loads(json.dumps(message))
    return copy
