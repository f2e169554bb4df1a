"""Web API: conversations.*."""

import re
from collections.abc import Callable
from math import inf

from practice.api_chat import find_channel
from practice.arguments import Arguments
from practice.limits import Tier
from practice.pages import MOST_PER_PAGE, page
from practice.refusals import Json, SlackError
from practice.web_api import method
from practice.workspace import Workspace, copy_of
from practice.world import BOT_USER, Channel

SCOPE_WORDS = {"channel": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
TYPE_WORDS = {"public_channel": "channel", "private_channel": "private", "im": "im", "mpim": "mpim"}
TIME_STAMP = re.compile(r"\d{1,12}(\.\d{1,6})?")


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
    named = arguments.required("users", error="users_list_not_supplied")
    users = [each.strip() for each in named.split(",") if each.strip()]
    if not users:
        raise SlackError("not_enough_users")
    if len(users) > 1:
        workspace.require_scope("mpim:write")
        raise SlackError("method_not_supported_for_channel_type")
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
    types = [each.strip() for each in arguments.text("types", "public_channel").split(",")]
    if not TYPE_WORDS.keys() >= set(types):
        raise SlackError("invalid_types")
    kinds = [TYPE_WORDS[each] for each in types]
    for kind in kinds:
        workspace.require_scope(f"{SCOPE_WORDS[kind]}:read")
    found = [
        channel
        for channel in workspace.world.channels.values()
        if channel.kind in kinds
        and (channel.kind == "channel" or channel.has_bot())
        and not (channel.archived and arguments.flag("exclude_archived"))
    ]
    found.sort(key=_identity)
    shown, cursor = page(found, arguments, default=100, mark=_identity)
    return {"channels": [describe(each) for each in shown], "response_metadata": cursor}


@method("conversations.info", Tier.THREE)
def conversation_info(workspace: Workspace, arguments: Arguments) -> Json:
    channel = known_channel(workspace, arguments, "read")
    return {"channel": describe(channel)}


@method("conversations.members", Tier.FOUR)
def conversation_members(workspace: Workspace, arguments: Arguments) -> Json:
    channel = known_channel(workspace, arguments, "read")
    shown, cursor = page(sorted(channel.members), arguments, default=100, mark=str)
    return {"members": shown, "response_metadata": cursor}


@method("conversations.history", Tier.THREE)
def history(workspace: Workspace, arguments: Arguments) -> Json:
    channel = known_channel(workspace, arguments, "history")
    if not channel.has_bot():
        raise SlackError("not_in_channel")
    wanted = _period(arguments)
    found = [each for each in reversed(channel.messages) if _is_top(each) and wanted(each)]
    shown, cursor = page(found, arguments, default=100, mark=_stamp, newest_first=True)
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
    wanted = _period(arguments)
    later = [each for each in channel.replies(root["ts"]) if wanted(each)]
    shown, cursor = page([root, *later], arguments, default=MOST_PER_PAGE, mark=_stamp)
    answer: Json = {
        "messages": [_readable(each, arguments) for each in shown],
        "has_more": bool(cursor["next_cursor"]),
    }
    return answer | ({"response_metadata": cursor} if cursor["next_cursor"] else {})


def _is_top(message: Json) -> bool:
    return message.get("thread_ts") in (None, message["ts"])


def _identity(channel: Channel) -> str:
    return channel.id


def _stamp(message: Json) -> str:
    return str(message["ts"])


def _period(arguments: Arguments) -> Callable[[Json], bool]:
    """Whether a message is between `oldest` and `latest`; the ends count only with `inclusive`."""
    oldest = _read_time(arguments, "oldest", 0)
    latest = _read_time(arguments, "latest", inf)
    if arguments.flag("inclusive"):
        return lambda message: oldest <= float(message["ts"]) <= latest
    return lambda message: oldest < float(message["ts"]) < latest


def _read_time(arguments: Arguments, name: str, default: float) -> float:
    written = arguments.text(name)
    if written and not TIME_STAMP.fullmatch(written):
        raise SlackError(f"invalid_ts_{name}")
    return float(written) if written else default


def _readable(message: Json, arguments: Arguments) -> Json:
    copy = copy_of(message)
    if not arguments.flag("include_all_metadata"):
        copy.pop("metadata", None)
    return copy
