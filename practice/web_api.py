"""The Web API's front door: tokens, scopes, limits, faults, and the table of methods behind them."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from practice.arguments import Arguments, read_arguments
from practice.faults import Call, Fault
from practice.limits import Tier
from practice.refusals import Json, SlackError
from practice.workspace import Workspace

Run = Callable[[Workspace, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """`token` is the kind it needs: bot, app, any or none; `scope` the one it always needs."""

    run: Run
    tier: Tier
    scope: str = ""
    token: str = "bot"  # noqa: S105 - a kind, not a secret


METHODS: dict[str, Method] = {}


def method(
    name: str,
    tier: Tier,
    *,
    scope: str = "",
    token: str = "bot",  # noqa: S107
) -> Callable[[Run], Run]:
    """Enter a function into the table of methods."""

    def enter(run: Run) -> Run:
        METHODS[name] = Method(run, tier, scope, token)
        return run

    return enter


class WebApi:
    """Answers `/api/METHOD`."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.stopping = asyncio.Event()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        try:
            arguments = await read_arguments(request)
            token = self._token(request, arguments)
        except SlackError as refusal:
            return web.json_response(refusal.body())
        kind = next((kind for kind, known in self.workspace.world.tokens.items() if known == token), "")
        payload = {key: value for key, value in arguments.values.items() if key != "token"}
        fault = self.workspace.faults.take(name, payload)
        accepted = fault is None or fault.accepts()
        headers: dict[str, str] = {}
        status = 200
        if accepted:
            status, answer = self._answer(name, arguments, bool(token), kind, headers)
        else:
            answer = {"ok": False, "error": fault.kind if fault else ""}
        effect = accepted and bool(answer.get("ok"))
        self.workspace.calls.append(Call(name, kind, payload, effect, answer, time.monotonic()))
        if fault is not None:
            return await self._suffer(fault, request)
        headers["x-oauth-scopes"] = ",".join(sorted(self.workspace.manifest.scopes))
        return web.json_response(answer, status=status, headers=headers)

    def _token(self, request: web.Request, arguments: Arguments) -> str:
        header = request.headers.get("Authorization", "")
        return header.removeprefix("Bearer ").strip() or arguments.text("token")

    def _answer(
        self, name: str, arguments: Arguments, sent_token: bool, kind: str, headers: dict[str, str]
    ) -> tuple[int, Json]:
        try:
            called = self._admit(name, sent_token=sent_token, kind=kind)
            wait = self.workspace.limits.retry_after(name, called.tier, self._channel(arguments))
            if wait is not None:
                headers["Retry-After"] = str(wait)
                return 429, {"ok": False, "error": "ratelimited"}
            return 200, {"ok": True, **called.run(self.workspace, arguments)}
        except SlackError as refusal:
            return 200, refusal.body()

    def _channel(self, arguments: Arguments) -> str:
        """The id of the channel that is written to, whichever way it is named."""
        wanted = arguments.text("channel")
        found = self.workspace.world.addressed(wanted)
        return found.id if found else wanted

    def _admit(self, name: str, *, sent_token: bool, kind: str) -> Method:
        called = METHODS.get(name)
        if called is None:
            raise SlackError("unknown_method", req_method=name)
        if called.token == "none":  # noqa: S105 - a kind, not a secret
            return called
        if not sent_token:
            raise SlackError("not_authed")
        if not kind:
            raise SlackError("invalid_auth")
        if called.token not in (kind, "any"):
            raise SlackError("not_allowed_token_type")
        if called.scope:
            self.workspace.require_scope(called.scope)
        return called

    async def _suffer(self, fault: Fault, request: web.Request) -> web.StreamResponse:
        """Answer as the fault has it; a call that it accepts has taken effect already."""
        match fault.kind.removesuffix("_after"):
            case "500":
                return web.Response(status=500, text="server error")
            case "html":
                return web.Response(text="<html><body>Bad gateway</body></html>", content_type="text/html")
            case "429":
                headers = {"Retry-After": str(fault.retry_after)}
                return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
            case "hang":
                await self._hang(fault.seconds)
                return self._cut(request)
            case "reset" | "refused":
                return self._cut(request)
            case code:
                return web.json_response({"ok": False, "error": code})

    async def _hang(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.stopping.wait(), seconds)
        except TimeoutError:
            return

    def _cut(self, request: web.Request) -> web.StreamResponse:
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
