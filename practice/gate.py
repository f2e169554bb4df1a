"""Keeps the page's API to the workspace's own page on this computer."""

from collections.abc import Awaitable, Callable

from aiohttp import web

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})


@web.middleware
async def only_own_page(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse /practice/* to other hosts' and sites' pages, and bodies that are not JSON."""
    if request.path.startswith("/practice/"):
        origin = request.headers.get("Origin")
        if request.host.rpartition(":")[0] not in LOCAL_NAMES and request.host not in LOCAL_NAMES:
            raise web.HTTPForbidden(text="only from this computer")
        if origin is not None and origin != f"http://{request.host}":
            raise web.HTTPForbidden(text="only from the workspace's own page")
        if request.method == "POST" and request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="application/json is expected")
    return await handler(request)
