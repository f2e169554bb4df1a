"""Files that the app uploads, and people download."""

import base64
import mimetypes

from aiohttp import web

from practice.refusals import Json
from practice.workspace import Workspace


def _stored(workspace: Workspace, request: web.Request) -> Json:
    stored = workspace.world.files.get(request.match_info["id"])
    if stored is None or stored["secret"] != request.match_info["secret"]:
        raise web.HTTPNotFound(text="no such file")
    return stored


async def take(workspace: Workspace, request: web.Request) -> web.StreamResponse:
    """The second step of an upload: the content, as the raw body or as a form's file."""
    stored = _stored(workspace, request)
    if request.content_type == "multipart/form-data":
        fields = await request.post()
        parts = [each.file.read() for each in fields.values() if isinstance(each, web.FileField)]
        content = parts[0] if parts else b""
    else:
        content = await request.read()
    if len(content) != stored["length"]:
        return web.Response(status=400, text="the length is not the one that was announced")
    kind = mimetypes.guess_type(stored["name"])[0] or "application/octet-stream"
    stored |= {"content": base64.b64encode(content).decode(), "mimetype": kind}
    workspace.keep()
    return web.Response(text=f"OK - {len(content)}")


async def give(workspace: Workspace, request: web.Request) -> web.StreamResponse:
    stored = _stored(workspace, request)
    if stored["content"] is None:
        raise web.HTTPNotFound(text="not uploaded yet")
    headers = {"Content-Disposition": "attachment"}
    content = base64.b64decode(stored["content"])
    return web.Response(body=content, content_type=stored["mimetype"], headers=headers)
