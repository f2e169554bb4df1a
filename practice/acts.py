"""What a person does by typing: messages, slash commands; and by shortcuts, and opening App Home."""

import uuid

from practice import responses
from practice.api_chat import permalink
from practice.refusals import Json, NotDeliveredError, SlackError
from practice.typed_text import with_references
from practice.workspace import Workspace, copy_of
from practice.world import APP_ID, TEAM_ID, Channel, Person

CHANNEL_NAMES = {"im": "directmessage", "private": "privategroup"}
TROUBLE = "We had some trouble connecting. Try again?"


def refused(error: str, sentence: str) -> Json:
    return {"ok": False, "error": error, "sentence": sentence}


def not_delivered(who: str, failure: NotDeliveredError) -> Json:
    """The sentence that a person sees when the app did not take what they did."""
    if failure.code == "operation_timeout":
        return refused(failure.code, f"{who} did not respond in time (operation_timeout)") | {"name": who}
    return refused(failure.code, f"{who} failed ({failure.code})")


def acting(workspace: Workspace, user: str) -> Person:
    person = workspace.person(user)
    if person.deleted or person.is_bot:
        raise SlackError("account_inactive")
    return person


def visible_channel(workspace: Workspace, user: str, channel: str) -> Channel:
    found = workspace.world.channel(channel)
    if found is None or found not in workspace.world.seen_by(user):
        raise SlackError("channel_not_found")
    return found


def channel_part(channel: Channel) -> Json:
    return {"id": channel.id, "name": CHANNEL_NAMES.get(channel.kind, channel.name)}


async def send(workspace: Workspace, user: str, channel_id: str, text: str, thread_ts: str | None) -> Json:
    """A message, or a slash command if the text begins with a slash."""
    person = acting(workspace, user)
    channel = visible_channel(workspace, user, channel_id)
    if channel.archived:
        return refused("is_archived", f"#{channel.name} is archived.")
    if not text.strip():
        return refused("no_text", "There is nothing to send.")
    if text.startswith("/"):
        word = text.split(maxsplit=1)[0]
        if thread_ts:
            return refused("no_commands_in_threads", f"{word} is not supported in threads. Sorry!")
        return await command(workspace, person, channel, text)
    join(workspace, person, channel)
    message: Json = {
        "type": "message",
        "user": user,
        "text": with_references(workspace.world, text, named=False),
        "ts": workspace.world.new_ts(),
        "team": TEAM_ID,
        "client_msg_id": str(uuid.uuid4()),
    }
    if thread_ts:
        parent = channel.find(thread_ts)
        if parent is None:
            return refused("message_not_found", "This thread is gone.")
        message["thread_ts"] = parent.get("thread_ts") or thread_ts
        message["parent_user_id"] = parent.get("user")
    workspace.post(channel, message)
    return {"ok": True, "ts": message["ts"]}


def join(workspace: Workspace, person: Person, channel: Channel) -> None:
    if person.id not in channel.members:
        channel.members.append(person.id)
        workspace.events.joined_channel(person, channel)
        workspace.live.tell([person.id], {"type": "channels"})


async def command(workspace: Workspace, person: Person, channel: Channel, line: str) -> Json:
    """Run a slash command; `answer` is the message that its acknowledgement made, if it made one."""
    word, _, text = line.partition(" ")
    installed = workspace.manifest.command(word)
    if installed is None:
        return refused("unknown_command", f"{word} is not a valid command.") | {"name": word}
    text = text.strip()
    if installed.get("should_escape"):
        text = with_references(workspace.world, text, named=True)
    url = workspace.response_url(person.id, channel.id)
    payload: Json = {
        "token": "practice-verification-token",
        "team_id": TEAM_ID,
        "team_domain": workspace.world.team_domain,
        "channel_id": channel.id,
        "channel_name": channel_part(channel)["name"],
        "user_id": person.id,
        "user_name": person.handle,
        "command": word,
        "text": text,
        "api_app_id": APP_ID,
        "is_enterprise_install": "false",
        "response_url": url,
        "trigger_id": workspace.triggers.issue(person.id),
    }
    try:
        seconds = workspace.settings.ack_seconds
        body = await workspace.delivery.send("slash_commands", payload, seconds=seconds)
    except NotDeliveredError as failure:
        return not_delivered(word, failure)
    return _show_answer(workspace, word, url, body)


def _show_answer(workspace: Workspace, word: str, url: str, body: object) -> Json:
    if not isinstance(body, dict) or not (body.get("text") or body.get("blocks")):
        return {"ok": True, "answer": None, "response_url": url}
    record = workspace.world.response_urls[url.rpartition("/")[2]]
    try:
        answer = responses.respond(workspace, record, body)
    except SlackError as refusal:
        failed = refused(refusal.code, f"{word} failed ({refusal.code})")
        return failed | {"messages": refusal.messages}
    return {"ok": True, "answer": answer, "response_url": url}


async def shortcut(workspace: Workspace, user: str, callback_id: str, channel_id: str | None, ts: str | None) -> Json:
    """A global shortcut, or one on a message."""
    acting(workspace, user)
    installed = workspace.manifest.shortcut(callback_id, "message" if ts else "global")
    if installed is None:
        return refused("unknown_shortcut", "There is no such shortcut.")
    payload = workspace.base(user) | {
        "type": "shortcut",
        "callback_id": callback_id,
        "trigger_id": workspace.triggers.issue(user),
        "action_ts": f"{workspace.world.now().timestamp():.6f}",
    }
    if installed["type"] == "message":
        channel = visible_channel(workspace, user, channel_id or "")
        message = channel.find(ts or "")
        if message is None:
            return refused("message_not_found", "This message is gone.")
        payload |= {
            "type": "message_action",
            "channel": channel_part(channel),
            "message_ts": message["ts"],
            "message": copy_of(message) | {"permalink": permalink(workspace, channel, message)},
            "response_url": workspace.response_url(user, channel.id, message=message),
        }
    return await deliver(workspace, payload, installed["name"])


async def deliver(workspace: Workspace, payload: Json, who: str) -> Json:
    """Send an interaction whose acknowledgement has no content."""
    try:
        seconds = workspace.settings.ack_seconds
        await workspace.delivery.send("interactive", payload, seconds=seconds)
    except NotDeliveredError as failure:
        return not_delivered(who, failure)
    return {"ok": True}


def open_home(workspace: Workspace, user: str) -> Json:
    acting(workspace, user)
    workspace.events.home_opened(user)
    return {"ok": True}


def mark_read(workspace: Workspace, user: str, channel_id: str, ts: str) -> Json:
    channel = visible_channel(workspace, user, channel_id)
    before = channel.read.get(user, "")
    if channel.kind == "im":
        workspace.tour.read(each for each in channel.messages if before < each["ts"] <= ts)
    channel.read[user] = max(ts, before)
    workspace.live.tell([user], {"type": "read", "channel": channel_id, "ts": channel.read[user]})
    workspace.keep()
    return {"ok": True}
