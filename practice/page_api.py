"""The JSON API and the live feed of the workspace's own page; another site's page cannot reach it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import WSMsgType, web

from practice import acts, interactions
from practice.json_text import parse
from practice.page_clock import PageClock
from practice.page_reading import PageReading
from practice.refusals import Json, SlackError
from practice.story import Story, tell
from practice.workspace import Workspace


class PageApi:
    def __init__(
        self, workspace: Workspace, *, story: Story | None = None, on_reset: Callable[[], None] | None = None
    ) -> None:
        self.workspace = workspace
        self.story = story
        self.on_reset = on_reset
        self.reading = PageReading(workspace, story)
        self.clock = PageClock(workspace)
        self.sockets: set[web.WebSocketResponse] = set()

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
            "clock": self.clock.move,
            "reset": self.reset,
        }
        gets: dict[str, Callable[[web.Request], Json]] = {
            "overview": self.reading.overview,
            "messages": self.reading.messages,
            "home": self.reading.home,
            "next": self.clock.next,
        }
        return [
            *(web.post(f"/practice/{name}", _answering_post(self._in_turn(run))) for name, run in posts.items()),
            web.post("/practice/plan", _answering_post(self.clock.plan)),
            *(web.get(f"/practice/{name}", _answering_get(run)) for name, run in gets.items()),
            web.get("/practice/clock/wait", self.clock.wait),
            web.post("/practice/clock/visiting", _answering_post(self.clock.visiting)),
            web.get("/practice/live", self.live),
        ]

    def _in_turn(self, run: Callable[[Json], Awaitable[Json]]) -> Callable[[Json], Awaitable[Json]]:
        """While the story is told, its own people act and nobody else."""

        async def act(body: Json) -> Json:
            if self.workspace.scenes_left:
                return acts.refused("story_being_told", "The story so far is being told. Please wait a moment.")
            return await run(body)

        return act

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

    async def reset(self, _: Json) -> Json:
        # The page that asked is drawn anew at once, and its request ends with it: the work does not.
        await asyncio.shield(self.workspace.spawn(self._begin_anew()))
        return {"ok": True}

    async def _begin_anew(self) -> None:
        workspace, story = self.workspace, self.story
        workspace.begin_anew(scenes=len(story.scenes) if story else 0)
        if self.on_reset is not None:
            await asyncio.to_thread(self.on_reset)
        if story is not None:
            workspace.spawn(tell(workspace, story))

    # --- watching

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
        self.clock.stopping.set()
        for socket in list(self.sockets):
            await socket.close()


async def _pump(queue: asyncio.Queue[Json], socket: web.WebSocketResponse) -> None:
    while not socket.closed:
        await socket.send_str(json.dumps(await queue.get(), ensure_ascii=False))


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
