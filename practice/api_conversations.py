"""Web API: conversations.*."""

import base64
from typing import Any

from practice.api_chat import find_channel
from practice.arguments import Arguments
from practice.limits import Tier
from practice.refusals import Json, SlackError
from practice.web_api import method
from practice.workspace import Workspace, copy_of
from practice.world import BOT_USER, Channel

SCOPE_WORDS = {"channel": "channels", "private": "groups", "im": "im"}
TYPE_WORDS = {"channel": "public_channel", "private": "private_channel", "im": "im"}
MOST_PER_PAGE = 1000


def describe(channel: Channel) -> Json:
    """Slack's conversation object, as the bot sees it."""
    common: Json = {
        "id": channel.id,
        "created": 1735689600,
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "private",
        "is_im": channel.kind == "im",
        "is_mpim": False,
        "is_private": channel.kind != "channel",
        "is_archived": channel.archived,
    }
    if channel.kind == "im":
        return common | {"user": channel.person, "is_open": True}
    return common | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_member": channel.has_bot(),
        "is_general": channel.name == "general",
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def page(items: list[Any], arguments: Arguments, *, default: int) -> tuple[list[Any], Json]:
    """One page of a list and Slack's cursor to the next, empty at the end."""
    limit = arguments.number("limit", default)
    if not 1 <= limit <= MOST_PER_PAGE:
        raise SlackError("invalid_limit")
    start = _read_cursor(arguments.text("cursor"))
    more = start + limit < len(items)
    cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
    return items[start : start + limit], {"next_cursor": cursor}


def _read_cursor(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except ValueError:
        raise SlackError("invalid_cursor") from None


def known_channel(workspace: Workspace, arguments: Arguments, scope: str) -> Channel:
    """The channel named, if the app was granted `scope` for its kind."""
    channel = find_channel(workspace, arguments.required("channel", error="channel_not_found"))
    workspace.require_scope(f"{SCOPE_WORDS[channel.kind]}:{scope}")
    return channel


@method("conversations.open", Tier.THREE)
def open_conversation(workspace: Workspace, arguments: Arguments) -> Json:
    workspace.require_scope("im:write")
    if "channel" in arguments:
        channel = find_channel(workspace, arguments.text("channel"))
        return {"channel": describe(channel), "no_op": True, "already_open": True}
    users = [each.strip() for each in arguments.required("users", error="users_list_not_supplied").split(",")]
    if len(users) > 1:
        raise SlackError("not_enough_users" if not all(users) else "missing_scope", needed="mpim:write")
    if users[0] == BOT_USER:
        raise SlackError("cannot_dm_bot")
    person = workspace.person(users[0])
    if person.deleted:
        raise SlackError("user_disabled")
    channel = workspace.world.direct(person.id)
    whole = describe(channel) if arguments.flag("return_im") else {"id": channel.id}
    return {"channel": whole}


@method("conversations.list", Tier.TWO)
def list_conversations(workspace: Workspace, arguments: Arguments) -> Json:
    types = arguments.text("types", "public_channel").split(",")
    kinds = [kind for kind, word in TYPE_WORDS.items() if word in [each.strip() for each in types]]
    if not kinds:
        raise SlackError("invalid_types")
    for kind in kinds:
        workspace.require_scope(f"{SCOPE_WORDS[kind]}:read")
    found = [
        channel
        for channel in workspace.world.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or channel.has_bot())
        and not (channel.archived and arguments.flag("exclude_archived"))
    ]
    shown, cursor = page(found, arguments, default=100)
    return {"channels": [describe(each) for each in shown], "response_metadata": cursor}


@method("conversations.info", Tier.THREE)
def conversation_info(workspace: Workspace, arguments: Arguments) -> Json:
    channel = known_channel(workspace, arguments, "read")
    return {"channel": describe(channel)}


@method("conversations.members", Tier.FOUR)
def conversation_members(workspace: Workspace, arguments: Arguments) -> Json:
    channel = known_channel(workspace, arguments, "read")
    shown, cursor = page(channel.members, arguments, default=100)
    return {"members": shown, "response_metadata": cursor}


@method("conversations.history", Tier.THREE)
def history(workspace: Workspace, arguments: Arguments) -> Json:
    channel = known_channel(workspace, arguments, "history")
    if not channel.has_bot():
        raise SlackError("not_in_channel")
    top = [each for each in channel.messages if _is_top(each)]
    found = [each for each in reversed(top) if _within(each, arguments)]
    shown, cursor = page(found, arguments, default=100)
    answer: Json = {
        "messages": [_readable(each, arguments) for each in shown],
        "has_more": bool(cursor["next_cursor"]),
        "pin_count": 0,
    }
    return answer | ({"response_metadata": cursor} if cursor["next_cursor"] else {})


@method("conversations.replies", Tier.THREE)
def replies(workspace: Workspace, arguments: Arguments) -> Json:
    channel = known_channel(workspace, arguments, "history")
    if not channel.has_bot():
        raise SlackError("not_in_channel")
    first = channel.find(arguments.required("ts", error="thread_not_found"))
    if first is None:
        raise SlackError("thread_not_found")
    root = channel.find(str(first.get("thread_ts") or first["ts"])) or first
    later = [each for each in channel.replies(root["ts"]) if _within(each, arguments)]
    shown, cursor = page([root, *later], arguments, default=MOST_PER_PAGE)
    answer: Json = {
        "messages": [_readable(each, arguments) for each in shown],
        "has_more": bool(cursor["next_cursor"]),
    }
    return answer | ({"response_metadata": cursor} if cursor["next_cursor"] else {})


def _is_top(message: Json) -> bool:
    return message.get("thread_ts") in (None, message["ts"])


def _within(message: Json, arguments: Arguments) -> bool:
    """Between `oldest` and `latest`; the ends count only with `inclusive`."""
    ts = float(message["ts"])
    oldest = float(arguments.text("oldest") or 0)
    latest = float(arguments.text("latest") or "inf")
    return oldest <= ts <= latest if arguments.flag("inclusive") else oldest < ts < latest


def _readable(message: Json, arguments: Arguments) -> Json:
    copy = copy_of(message)
    if not arguments.flag("include_all_metadata"):
        copy.pop("metadata", None)
    return copy
