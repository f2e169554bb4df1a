"""The JSON API and the live feed of the workspace's own page; another site's page cannot reach it."""

import asyncio
import json
import math
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from aiohttp import WSMsgType, web

from practice import acts, clock, interactions
from practice.json_text import parse
from practice.refusals import Json, SlackError
from practice.story import Story, tell
from practice.tour import Hint
from practice.workspace import Workspace
from practice.world import BOT_USER, Channel

LONGEST_WAIT = 25.0


class PageApi:
    def __init__(
        self, workspace: Workspace, *, story: Story | None = None, on_reset: Callable[[], None] | None = None
    ) -> None:
        self.workspace = workspace
        self.story = story
        self.on_reset = on_reset
        self.sockets: set[web.WebSocketResponse] = set()
        self.stopping = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        posts: dict[str, Callable[[Json], Awaitable[Json]]] = {
            "send": self.send,
            "act": self.act,
            "submit": self.submit,
            "close": self.close,
            "shortcut": self.shortcut,
            "options": self.options,
            "open_home": self.open_home,
            "read": self.read,
            "clock": self.clock,
            "reset": self.reset,
        }
        gets: dict[str, Callable[[web.Request], Json]] = {
            "overview": self.overview,
            "messages": self.messages,
            "home": self.home,
            "next": self.next,
        }
        return [
            *(web.post(f"/practice/{name}", _answering_post(self._in_turn(run))) for name, run in posts.items()),
            web.post("/practice/plan", _answering_post(self.plan)),
            *(web.get(f"/practice/{name}", _answering_get(run)) for name, run in gets.items()),
            web.get("/practice/clock/wait", self.wait_for_clock),
            web.post("/practice/clock/visiting", _answering_post(self.visiting)),
            web.get("/practice/live", self.live),
        ]

    def _in_turn(self, run: Callable[[Json], Awaitable[Json]]) -> Callable[[Json], Awaitable[Json]]:
        """While the story is told, its own people act and nobody else."""

        async def act(body: Json) -> Json:
            if self.workspace.scenes_left:
                return acts.refused("story_being_told", "The story so far is being told. Please wait a moment.")
            return await run(body)

        return act

    # --- reading

    def overview(self, request: web.Request) -> Json:
        workspace, world = self.workspace, self.workspace.world
        wanted = request.query.get("as") or ""
        known = [each.id for each in world.people.values() if not (each.is_bot or each.deleted)]
        user = wanted if wanted in known else known[0]  # a page opened without a person needs somebody to be
        world.direct(user)
        return {
            "team": {"name": world.team_name},
            "now": clock.iso(world.now()),
            "offset": world.offset,
            "bot": {
                "connected": bool(workspace.socket_mode.connections) or workspace.delivery is not workspace.socket_mode,
                "user_id": BOT_USER,
                "name": workspace.manifest.name,
            },
            "people": [
                {
                    "id": each.id,
                    "name": each.name,
                    "title": each.title,
                    "tz": each.tz,
                    "locale": each.locale,
                    "is_guest": each.is_guest,
                    "deleted": each.deleted,
                }
                for each in world.people.values()
                if not each.is_bot
            ],
            "channels": [self._channel(each, user) for each in world.seen_by(user)],
            "commands": [
                {key: each.get(key, "") for key in ("command", "description", "usage_hint")}
                for each in workspace.manifest.commands
            ],
            "shortcuts": [
                {"callback_id": each["callback_id"], "name": each["name"], "type": each["type"]}
                for each in workspace.manifest.shortcuts
            ],
            "modal": workspace.modal(user),
            "story": workspace.scenes_left,
            "tour": self._tour(),
        }

    def _tour(self) -> Json | None:
        """The guided tour as the page shows it, or None without one."""
        world = self.workspace.world
        if self.story is None or world.tour is None:
            return None
        return {"done": world.tour, "steps": [self._step(each) for each in self.story.hints]}

    def _step(self, hint: Hint) -> Json:
        """A step with who may take it, if they are here: where they look, or else what they type."""
        who = hint.who if hint.who in self.workspace.world.people else None
        if not hint.words:
            return {"step": hint.step, "who": who, "in": self.workspace.world.direct(who).id if who else None}
        return {
            "step": hint.step,
            "who": who,
            "words": f"{self.workspace.manifest.commands[0]['command']} {hint.words}",
        }

    def _channel(self, channel: Channel, user: str) -> Json:
        read = channel.read.get(user, "")
        unread = [each for each in channel.messages if each["ts"] > read and each.get("user") != user]
        return {
            "id": channel.id,
            "name": self.workspace.manifest.name if channel.kind == "im" else channel.name,
            "kind": channel.kind,
            "member": user in channel.members,
            "with": BOT_USER if channel.kind == "im" else None,
            "unread": len(unread) if user in channel.members else 0,
            "last_ts": channel.messages[-1]["ts"] if channel.messages else None,
        }

    def messages(self, request: web.Request) -> Json:
        """All messages, or the newest `limit` of those older than `before`; `more` tells whether older ones remain."""
        user = self.workspace.person(request.query.get("as", "")).id
        channel = acts.visible_channel(self.workspace, user, request.query.get("channel", ""))
        everything = shown_messages(self.workspace, user, channel, request.query.get("thread"))
        before = request.query.get("before")
        older = [each for each in everything if each["ts"] < before] if before else everything
        limit = int(request.query.get("limit") or len(older))
        newest = older[max(0, len(older) - max(limit, 0)) :]
        return {"messages": newest, "more": len(newest) < len(older)}

    def home(self, request: web.Request) -> Json:
        user = self.workspace.person(request.query.get("as", "")).id
        return {"view": self.workspace.world.homes.get(user)}

    def next(self, _: web.Request) -> Json:
        now = clock.iso(self.workspace.world.now())
        return {"items": [each for each in self.workspace.plan if each["at"] >= now]}

    # --- acting

    async def send(self, body: Json) -> Json:
        return await acts.send(self.workspace, body["as"], body["channel"], str(body["text"]), body.get("thread_ts"))

    async def act(self, body: Json) -> Json:
        state = (body.get("state") or {}).get("values") or {}
        return await interactions.act(self.workspace, body["as"], body["container"], body["action"], state)

    async def submit(self, body: Json) -> Json:
        return await interactions.submit(self.workspace, body["as"], body["view_id"], body.get("values") or {})

    async def close(self, body: Json) -> Json:
        return await interactions.close(self.workspace, body["as"], body["view_id"])

    async def shortcut(self, body: Json) -> Json:
        return await acts.shortcut(self.workspace, body["as"], body["callback_id"], body.get("channel"), body.get("ts"))

    async def options(self, body: Json) -> Json:
        return await interactions.suggest(self.workspace, body["as"], body["container"], body)

    async def open_home(self, body: Json) -> Json:
        return acts.open_home(self.workspace, body["as"])

    async def read(self, body: Json) -> Json:
        return acts.mark_read(self.workspace, body["as"], body["channel"], str(body["ts"]))

    async def plan(self, body: Json) -> Json:
        """The bot tells what it will do next."""
        items = [
            {
                "at": clock.iso(datetime.fromisoformat(each["at"])),
                "kind": str(each["kind"]),
                "texts": {str(code): str(text) for code, text in each["texts"].items()},
            }
            for each in body["items"]
        ]
        self.workspace.plan = sorted(items, key=lambda each: str(each["at"]))
        return {"ok": True}

    async def visiting(self, body: Json) -> Json:
        """The app tells which moment it is at, on its way to where the clock was moved; None at its end."""
        at = body["at"]
        self.workspace.visiting = datetime.fromisoformat(at) if at else None
        return {"ok": True}

    async def clock(self, body: Json) -> Json:
        world = self.workspace.world
        now = world.now()
        if "to_next" in body:
            ahead = [each for each in self.workspace.plan if each["kind"] == body["to_next"]]
            later = [each["at"] for each in ahead if datetime.fromisoformat(each["at"]) > now]
            if not later:
                return acts.refused("nothing_planned", "Nothing of this kind is planned.")
            target = datetime.fromisoformat(later[0])
            offset = world.offset + (target - now).total_seconds() + 1
        elif "to" in body:
            target = datetime.fromisoformat(str(body["to"]))
            offset = world.offset + (target - now).total_seconds()
        else:
            offset = world.offset + float(body["advance"])
        self.workspace.move_clock(offset)
        return {"ok": True, "now": clock.iso(world.now()), "offset": offset}

    async def reset(self, _: Json) -> Json:
        workspace = self.workspace
        workspace.begin_anew()
        if self.on_reset is not None:
            await asyncio.to_thread(self.on_reset)
        if self.story is not None:
            workspace.spawn(tell(workspace, self.story))
        return {"ok": True}

    # --- waiting and watching

    async def wait_for_clock(self, request: web.Request) -> web.StreamResponse:
        """Answers once the offset is another than the caller knows, at the latest after 25 seconds."""
        try:
            known = float(request.query.get("offset", "nan"))
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_arguments"}, status=400)
        if not math.isnan(known):
            self.workspace.followed = known
        world = self.workspace.world
        if f"{known:.3f}" == f"{world.offset:.3f}" and not self.stopping.is_set():
            moved = asyncio.ensure_future(self.workspace.clock_moved.wait())
            stopping = asyncio.ensure_future(self.stopping.wait())
            await asyncio.wait({moved, stopping}, timeout=LONGEST_WAIT, return_when="FIRST_COMPLETED")
            moved.cancel()
            stopping.cancel()
        world = self.workspace.world
        return web.json_response({"ok": True, "offset": world.offset, "now": clock.iso(world.now())})

    async def live(self, request: web.Request) -> web.StreamResponse:
        user = self.workspace.person(request.query.get("as", "")).id
        socket = web.WebSocketResponse(heartbeat=20)
        await socket.prepare(request)
        self.sockets.add(socket)
        queue = self.workspace.live.listen(user)
        pump = asyncio.ensure_future(_pump(queue, socket))
        try:
            async for message in socket:
                if message.type is WSMsgType.ERROR:
                    break
        finally:
            pump.cancel()
            self.workspace.live.leave(user, queue)
            self.sockets.discard(socket)
        return socket

    async def stop(self) -> None:
        self.stopping.set()
        for socket in list(self.sockets):
            await socket.close()


async def _pump(queue: asyncio.Queue[Json], socket: web.WebSocketResponse) -> None:
    while not socket.closed:
        await socket.send_str(json.dumps(await queue.get(), ensure_ascii=False))


def shown_messages(workspace: Workspace, user: str, channel: Channel, thread: str | None) -> list[Json]:
    """What a person sees in a channel, or in one of its threads, oldest first."""
    own = workspace.world.ephemerals.get(user, [])
    private = [each["message"] for each in own if each["channel"] == channel.id]
    everything = sorted([*channel.messages, *private], key=lambda each: str(each["ts"]))
    if thread:
        return [each for each in everything if thread in (each["ts"], each.get("thread_ts"))]
    return [
        each
        for each in everything
        if each.get("thread_ts") in (None, each["ts"]) or each.get("subtype") == "thread_broadcast"
    ]


def _answering_post(run: Callable[[Json], Awaitable[Json]]) -> Any:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            body = await request.json(loads=parse)
            return web.json_response(await run(body))
        except SlackError as refusal:
            return web.json_response(refusal.body() | {"sentence": refusal.code}, status=400)
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            sentence = f"{type(error).__name__}: {error}"
            answer = {"ok": False, "error": "invalid_arguments", "sentence": sentence}
            return web.json_response(answer, status=400)

    return answer


def _answering_get(run: Callable[[web.Request], Json]) -> Any:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return web.json_response(run(request))
        except SlackError as refusal:
            return web.json_response(refusal.body() | {"sentence": refusal.code}, status=404)
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_arguments"}, status=400)

    return answer
