"""The practice workspace's server: one thread with its own loop, on 127.0.0.1 only."""

import asyncio
import secrets
import threading
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

from aiohttp import web

from practice import (  # noqa: F401 - the api_* modules enter their methods into the table
    api_chat,
    api_conversations,
    api_files,
    api_people,
    api_views,
    files,
    responses,
)
from practice.faults import Call, Faults
from practice.gate import only_own_page
from practice.http_delivery import HttpDelivery
from practice.limits import Limits
from practice.manifest import Manifest
from practice.page_api import PageApi
from practice.refusals import Json
from practice.seed import seed_world
from practice.story import Story, tell
from practice.web_api import WebApi
from practice.workspace import Settings, Workspace
from practice.world import World

HOST = "127.0.0.1"
STORY_SECONDS = 300
PAGE = Path(__file__).parent / "page"
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'"

Result = TypeVar("Result")


class PracticeServer:
    """A small Slack. `start()` returns once it listens; `stop()` keeps the world in the state file, if it has one."""

    def __init__(
        self,
        *,
        port: int = 0,
        state_file: Path | None = None,
        task_force_file: Path | None = None,
        manifest: Json | None = None,
        delivery: str = "socket",
        limits: Limits | None = None,
        settings: Settings | None = None,
        seed: Callable[[], World] | None = None,
        story: Story | None = None,
        on_reset: Callable[[], None] | None = None,
    ) -> None:
        self._port = port
        self._delivery = delivery
        self._thread: threading.Thread | None = None
        self._loop = asyncio.new_event_loop()
        self.workspace = Workspace(
            seed=seed or (lambda: seed_world(task_force_file, begins=story.begins if story else None)),
            manifest=Manifest.read(manifest),
            limits=limits or Limits(),
            state_file=state_file,
            settings=settings,
        )
        self._story = story
        self._on_reset = on_reset
        self._give_tokens()

    # --- what a caller may read

    @property
    def world(self) -> World:
        return self.workspace.world

    @property
    def url(self) -> str:
        return self.workspace.url

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    @property
    def bot_token(self) -> str:
        return self.world.tokens["bot"]

    @property
    def app_token(self) -> str:
        return self.world.tokens["app"]

    @property
    def signing_secret(self) -> str:
        return self.world.tokens["secret"]

    @property
    def faults(self) -> Faults:
        return self.workspace.faults

    @property
    def calls(self) -> list[Call]:
        """The last ones of the Web API, oldest first."""
        return list(self.workspace.calls)

    # --- running

    def start(self) -> None:
        self._thread = threading.Thread(target=self._loop.run_forever, name="practice", daemon=True)
        self._thread.start()
        self.run(self._listen())

    def stop(self) -> None:
        if self._thread is None:
            return
        self.run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._thread = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def run(self, work: Coroutine[Any, Any, Result], *, seconds: float = 60) -> Result:
        """Do something on the server's loop and wait for its result."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def pause(self) -> None:
        """Refuse connections, as if the network were gone; what is connected stays."""
        self.run(self._site.stop())

    def resume(self) -> None:
        self.run(self._open_site(int(self.url.rpartition(":")[2])))

    def deliver_over(self, delivery: str) -> None:
        """Switch to "socket", or to signed HTTP requests to this address."""
        self.run(self._switch(delivery))

    def disconnect(self) -> None:
        """Send the Socket Mode connections a disconnect frame: they shall be replaced by new ones."""
        self.run(self.workspace.socket_mode.disconnect())

    def hang_up(self) -> None:
        """End the Socket Mode connections without a word before."""
        self.run(self.workspace.socket_mode.close())

    def tell_story(self) -> None:
        """Let the people of a new world live through its story, once the app is there; returns when it is told."""
        if self._story is not None and self.world.tour is None:
            self.run(tell(self.workspace, self._story), seconds=STORY_SECONDS)

    def move_clock(self, offset: float) -> None:
        """Seconds that the workspace is ahead of real time."""

        async def move() -> None:
            self.workspace.move_clock(offset)

        self.run(move())

    # --- inside the loop

    def _give_tokens(self) -> None:
        if not self.world.tokens:
            self.world.tokens = {
                "bot": f"xoxb-practice-{secrets.token_hex(12)}",
                "app": f"xapp-practice-{secrets.token_hex(12)}",
                "secret": secrets.token_hex(16),
            }

    async def _listen(self) -> None:
        self._web_api = WebApi(self.workspace)
        self._page_api = PageApi(self.workspace, story=self._story, on_reset=self._on_reset)
        app = web.Application(middlewares=[only_own_page], client_max_size=8 * 1024 * 1024)
        app.on_response_prepare.append(self._stamp)
        app.add_routes(self._routes())
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await self._runner.setup()
        await self._open_site(self._port)
        await self._switch(self._delivery)

    async def _open_site(self, port: int) -> None:
        self._site = web.TCPSite(self._runner, HOST, port, reuse_address=True)
        await self._site.start()
        bound = self._runner.addresses[-1][1]
        self.workspace.url = f"http://{HOST}:{bound}"

    def _routes(self) -> list[web.AbstractRouteDef]:
        workspace = self.workspace
        return [
            web.route("*", "/api/{method}", self._web_api.serve),
            web.get("/socket", workspace.socket_mode.serve),
            web.post("/respond/{token}", partial(responses.serve, workspace)),
            web.post("/files/upload/{id}/{secret}", partial(files.take, workspace)),
            web.get("/files/{id}/{secret}/{name}", partial(files.give, workspace)),
            *self._page_api.routes(),
            web.get("/", self._front_page),
            web.static("/page", PAGE),
        ]

    async def _front_page(self, _: web.Request) -> web.StreamResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _stamp(self, _: web.BaseRequest, response: web.StreamResponse) -> None:
        response.headers["X-Practice-Clock-Offset"] = f"{self.world.offset:.3f}"
        limits = self.workspace.limits
        response.headers["X-Practice-Limits"] = f"{limits.factor:g}" if limits.enabled else "off"
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-cache"

    async def _switch(self, delivery: str) -> None:
        old = self.workspace.delivery
        if delivery == "socket":
            self.workspace.delivery = self.workspace.socket_mode
        else:
            self.workspace.delivery = HttpDelivery(delivery, signing_secret=self.signing_secret)
        if isinstance(old, HttpDelivery):
            await old.close()

    async def _close(self) -> None:
        self._web_api.stopping.set()
        await self._page_api.stop()
        await self.workspace.socket_mode.close()
        if isinstance(self.workspace.delivery, HttpDelivery):
            await self.workspace.delivery.close()
        await self.workspace.stop()
        await self._runner.cleanup()
