"""The workspace's clock for its page and for the app: moving it, following it, and what is planned."""

import asyncio
import math
from datetime import datetime

from aiohttp import web

from practice import acts, clock
from practice.refusals import Json
from practice.workspace import Workspace

LONGEST_WAIT = 25.0


class PageClock:
    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.stopping = asyncio.Event()

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

    async def move(self, body: Json) -> Json:
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

    def next(self, _: web.Request) -> Json:
        now = clock.iso(self.workspace.world.now())
        return {"items": [each for each in self.workspace.plan if each["at"] >= now]}

    async def wait(self, request: web.Request) -> web.StreamResponse:
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
