"""What an app answers outside the Web API: bodies of acknowledged commands, and posts to response URLs."""

import time
from types import SimpleNamespace

from aiohttp import web

from practice.api_chat import read_content
from practice.arguments import Arguments
from practice.faults import Call
from practice.json_text import parse
from practice.refusals import Json, SlackError
from practice.tickets import use_response_url
from practice.workspace import Workspace, copy_of


async def serve(workspace: Workspace, request: web.Request) -> web.StreamResponse:
    """`/respond/TOKEN`: five uses within thirty minutes."""
    body: Json = {}
    try:
        body = await _read(request)
        record = use_response_url(workspace.world.response_urls, request.match_info["token"])
        respond(workspace, record, body)
    except SlackError as refusal:
        status = 404 if refusal.code in ("expired_url", "used_url") else 400
        _log(workspace, body, refusal.body())
        return web.json_response(refusal.body(), status=status)
    _log(workspace, body, {"ok": True})
    return web.Response(text="ok")


async def _read(request: web.Request) -> Json:
    try:
        body = parse((await request.read()).decode())
    except ValueError:
        raise SlackError("invalid_payload") from None
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body


def _log(workspace: Workspace, body: Json, answer: Json) -> None:
    call = Call("response_url", "", body, bool(answer["ok"]), answer, time.monotonic())
    workspace.calls.append(call)


def respond(workspace: Workspace, record: Json, body: Json) -> Json | None:
    """Show an answer where it belongs; the message that came of it, or None if one was deleted."""
    user, channel = record["user"], workspace.world.channels[record["channel"]]
    original = _original(workspace, record)
    arguments = Arguments(body)
    if arguments.flag("delete_original"):
        _delete(workspace, original)
        return None
    if arguments.flag("replace_original") and original.message is not None:
        record["shown"] = original.message["ts"]
        return _replace(workspace, original, read_content(arguments))
    content = read_content(arguments)
    content["thread_ts"] = arguments.text("thread_ts") or None
    text = content.pop("text", "")
    if arguments.text("response_type") == "in_channel":
        message = workspace.post(channel, workspace.bot_message(text, **content))
    else:
        message = workspace.bot_message(text, ephemeral=True, is_ephemeral=True, **content)
        workspace.show_only(user, channel, message)
    record["shown"] = message["ts"]
    return message


def _original(workspace: Workspace, record: Json) -> SimpleNamespace:
    """The message that a response URL was issued for; `message` is None if it is gone."""
    channel = workspace.world.channels[record["channel"]]
    shown = workspace.ephemeral(record["user"], str(record["ts"])) if record["ephemeral"] else None
    message = shown["message"] if shown else channel.find(str(record["ts"]))
    return SimpleNamespace(user=record["user"], channel=channel, shown=shown, message=message)


def _delete(workspace: Workspace, original: SimpleNamespace) -> None:
    if original.shown is not None:
        workspace.world.ephemerals[original.user].remove(original.shown)
        event = {"type": "message_deleted", "channel": original.channel.id, "ts": original.message["ts"]}
        workspace.live.tell([original.user], event)
        workspace.keep()
    elif original.message is not None:
        workspace.remove(original.channel, original.message)


def _replace(workspace: Workspace, original: SimpleNamespace, content: Json) -> Json:
    message: Json = original.message
    before = copy_of(message)
    message.pop("blocks", None)
    message.update({"text": "", **content})
    if original.shown is None:
        workspace.changed(original.channel, message, before)
    else:
        event = {"type": "message_changed", "channel": original.channel.id, "message": message}
        workspace.live.tell([original.user], event)
        workspace.keep()
    return message
