"""Files that the app uploads, and people download."""

import base64
import mimetypes
from collections.abc import Iterable
from urllib.parse import quote

from aiohttp import web

from practice.refusals import Json
from practice.workspace import Workspace
from practice.world import BOT_USER


def described(workspace: Workspace, identity: str) -> Json:
    """A file as messages have it."""
    stored = workspace.world.files[identity]
    address = f"{workspace.url}/files/{identity}/{stored['secret']}/{quote(stored['name'], safe='')}"
    return {
        "id": identity,
        "name": stored["name"],
        "title": stored["title"],
        "mimetype": stored.get("mimetype", "application/octet-stream"),
        "size": stored["length"],
        "user": BOT_USER,
        "url_private": address,
        "url_private_download": address,
        "permalink": address,
    }


def publish(workspace: Workspace, files: Iterable[Json]) -> None:
    """From now on people may download these; a file that no message shares is the app's alone."""
    for each in files:
        workspace.world.files[each["id"]]["shared"] = True


def named_in(workspace: Workspace, text: str) -> list[Json]:
    """The app's own files whose permalink stands in the text of a message: Slack shares them with it."""
    complete = [identity for identity, stored in workspace.world.files.items() if "title" in stored]
    return [file for identity in complete if (file := described(workspace, identity))["permalink"] in text]


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
    if not stored.get("shared"):
        raise web.HTTPNotFound(text="not shared with anybody")
    headers = {"Content-Disposition": "attachment"}
    content = base64.b64decode(stored["content"])
    return web.Response(body=content, content_type=stored["mimetype"], headers=headers)
