"""Keeps the workspace to this computer's own programs and its own page: no other site's page can reach it."""

from collections.abc import Awaitable, Callable

from aiohttp import web

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost"})
FOREIGN = frozenset({"cross-site", "same-site"})
"""What a browser says of requests that a page of another address causes; another port is another address."""


@web.middleware
async def only_own_page(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse other hosts' names (DNS rebinding) and other sites' pages; of the page's API also what is not JSON."""
    if request.host.partition(":")[0].lower() not in LOCAL_NAMES:
        raise web.HTTPForbidden(text="only from this computer")
    if _from_elsewhere(request):
        raise web.HTTPForbidden(text="only from the workspace's own page")
    if (
        request.path.startswith("/practice/")
        and request.method == "POST"
        and request.content_type != "application/json"
    ):
        raise web.HTTPUnsupportedMediaType(text="application/json is expected")
    return await handler(request)


def _from_elsewhere(request: web.Request) -> bool:
    """Whether another site's page causes this; only a link to the front page may stand anywhere."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.host}":
        return True
    return request.headers.get("Sec-Fetch-Site") in FOREIGN and request.path != "/"
