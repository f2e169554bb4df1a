"""Web API: chat.* and reactions."""

from urllib.parse import quote

from practice import block_kit
from practice.arguments import Arguments
from practice.files import named_in, publish
from practice.forms import with_ids
from practice.limits import Tier
from practice.refusals import Json, SlackError
from practice.web_api import method
from practice.workspace import Workspace, copy_of
from practice.world import BOT_ID, BOT_USER, Channel

LONGEST_TEXT = 40_000
LONGEST_EDIT = 4_000


def find_channel(workspace: Workspace, wanted: str) -> Channel:
    """A channel that the bot may know of, by id."""
    return _known(workspace.world.channels.get(wanted))


def addressed_channel(workspace: Workspace, arguments: Arguments) -> Channel:
    """Where a post may go: only posting takes a #name, or a person's id for their direct messages."""
    wanted = arguments.required("channel", error="channel_not_found")
    return writable(workspace, _known(workspace.world.addressed(wanted)))


def _known(channel: Channel | None) -> Channel:
    if channel is None or (channel.kind == "private" and not channel.has_bot()):
        raise SlackError("channel_not_found")
    return channel


def writable_channel(workspace: Workspace, wanted: str) -> Channel:
    return writable(workspace, find_channel(workspace, wanted))


def writable(workspace: Workspace, channel: Channel) -> Channel:
    if channel.archived:
        raise SlackError("is_archived")
    anywhere = channel.kind == "channel" and "chat:write.public" in workspace.manifest.scopes
    if not (channel.has_bot() or anywhere):
        raise SlackError("not_in_channel")
    if channel.person and workspace.world.people[channel.person].deleted:
        raise SlackError("user_disabled")
    return channel


def read_content(arguments: Arguments, *, longest: int = LONGEST_TEXT) -> Json:
    """Text, blocks and attachments of a message, checked; those not sent are left out."""
    content: Json = {}
    if "text" in arguments:
        content["text"] = arguments.text("text")
    blocks = arguments.structured("blocks", "invalid_blocks_format")
    if blocks is not None:
        content["blocks"] = with_ids(block_kit.check_message(blocks)) if blocks else []
    attachments = arguments.structured("attachments", "invalid_attachments")
    if attachments is not None:
        content["attachments"] = block_kit.check_attachments(attachments)
    words = content.get("text", "")
    if len(words) > longest:
        raise SlackError("msg_too_long")
    if not (words.strip() or content.get("blocks") or content.get("attachments")):
        raise SlackError("no_text")
    return content


def read_metadata(arguments: Arguments) -> Json | None:
    metadata = arguments.structured("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None
    formed = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not formed or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_format")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def thread_of(channel: Channel, thread_ts: str) -> str | None:
    """The first message's stamp of the thread that a reply belongs to."""
    if not thread_ts:
        return None
    parent = channel.find(thread_ts)
    if parent is None:
        raise SlackError("cannot_reply_to_message")
    return str(parent.get("thread_ts") or parent["ts"])


@method("chat.postMessage", Tier.UNLIMITED, scope="chat:write")
def post_message(workspace: Workspace, arguments: Arguments) -> Json:
    channel = addressed_channel(workspace, arguments)
    content = read_content(arguments)
    metadata = read_metadata(arguments)
    thread = thread_of(channel, arguments.text("thread_ts"))
    files = named_in(workspace, content.get("text", ""))
    publish(workspace, files)
    message = workspace.bot_message(
        content.pop("text", ""),
        thread_ts=thread,
        metadata=metadata,
        client_msg_id=arguments.get("client_msg_id"),
        files=files or None,
        **content,
    )
    if thread:
        message["parent_user_id"] = (channel.find(thread) or {}).get("user")
    workspace.post(channel, message)
    return {"channel": channel.id, "ts": message["ts"], "message": copy_of(message)}


@method("chat.update", Tier.THREE, scope="chat:write")
def update_message(workspace: Workspace, arguments: Arguments) -> Json:
    channel = writable_channel(workspace, arguments.required("channel", error="channel_not_found"))
    message = own_message(channel, arguments.required("ts"), refusal="cant_update_message")
    if workspace.settings.edit_seconds < _age(workspace, message):
        raise SlackError("edit_window_closed")
    content = read_content(arguments, longest=LONGEST_EDIT)
    before = copy_of(message)
    message.update(content)
    if "blocks" in content and not content["blocks"]:
        del message["blocks"]
    if "metadata" in arguments:
        message.pop("metadata", None)
        metadata = read_metadata(arguments)
        if metadata is not None:
            message["metadata"] = metadata
    message["edited"] = {"user": BOT_USER, "ts": f"{workspace.world.now().timestamp():.6f}"}
    workspace.changed(channel, message, before)
    return {
        "channel": channel.id,
        "ts": message["ts"],
        "text": message["text"],
        "message": copy_of(message),
    }


@method("chat.delete", Tier.THREE, scope="chat:write")
def delete_message(workspace: Workspace, arguments: Arguments) -> Json:
    channel = find_channel(workspace, arguments.required("channel", error="channel_not_found"))
    message = own_message(channel, arguments.required("ts"), refusal="cant_delete_message")
    workspace.remove(channel, message)
    return {"channel": channel.id, "ts": message["ts"]}


def own_message(channel: Channel, ts: str, *, refusal: str) -> Json:
    message = channel.find(ts)
    if message is None:
        raise SlackError("message_not_found")
    if message.get("bot_id") != BOT_ID:
        raise SlackError(refusal)
    return message


def _age(workspace: Workspace, message: Json) -> float:
    """Seconds since a message was posted, by the workspace's clock."""
    return workspace.world.now().timestamp() - float(message["ts"])


@method("chat.postEphemeral", Tier.FOUR, scope="chat:write")
def post_ephemeral(workspace: Workspace, arguments: Arguments) -> Json:
    channel = addressed_channel(workspace, arguments)
    user = arguments.text("user")
    if user not in channel.members or workspace.person(user).deleted:
        raise SlackError("user_not_in_channel")
    content = read_content(arguments)
    thread = arguments.text("thread_ts") or None
    message = workspace.bot_message(
        content.pop("text", ""), thread_ts=thread, ephemeral=True, is_ephemeral=True, **content
    )
    workspace.show_only(user, channel, message)
    return {"message_ts": message["ts"]}


@method("chat.getPermalink", Tier.UNLIMITED)
def get_permalink(workspace: Workspace, arguments: Arguments) -> Json:
    channel = find_channel(workspace, arguments.required("channel", error="channel_not_found"))
    if not channel.has_bot():
        raise SlackError("channel_not_found")
    message = channel.find(arguments.required("message_ts", error="message_not_found"))
    if message is None:
        raise SlackError("message_not_found")
    return {"channel": channel.id, "permalink": permalink(workspace, channel, message)}


def permalink(workspace: Workspace, channel: Channel, message: Json) -> str:
    stamp = message["ts"].replace(".", "")
    address = f"https://{workspace.world.team_domain}.slack.com/archives/{channel.id}/p{stamp}"
    thread = message.get("thread_ts")
    if not thread or thread == message["ts"]:
        return address
    return f"{address}?thread_ts={quote(thread)}&cid={channel.id}"


@method("reactions.add", Tier.THREE, scope="reactions:write")
def add_reaction(workspace: Workspace, arguments: Arguments) -> Json:
    channel = writable_channel(workspace, arguments.required("channel", error="channel_not_found"))
    message = channel.find(arguments.required("timestamp", error="no_item_specified"))
    if message is None:
        raise SlackError("message_not_found")
    name = arguments.required("name", error="invalid_name").strip(":")
    reactions: list[Json] = message.setdefault("reactions", [])
    reaction = next((each for each in reactions if each["name"] == name), None)
    if reaction is None:
        reactions.append({"name": name, "users": [BOT_USER], "count": 1})
    elif BOT_USER in reaction["users"]:
        raise SlackError("already_reacted")
    else:
        reaction["users"].append(BOT_USER)
        reaction["count"] += 1
    workspace.tell(channel, {"type": "message_changed", "channel": channel.id, "message": message})
    return {}
