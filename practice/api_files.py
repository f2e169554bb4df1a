"""Web API: files, uploaded in the three steps that Slack has."""

import secrets

from practice.api_chat import thread_of, writable_channel
from practice.arguments import Arguments
from practice.files import described, publish
from practice.limits import Tier
from practice.refusals import Json, SlackError
from practice.web_api import method
from practice.workspace import Workspace, copy_of


@method("files.getUploadURLExternal", Tier.FOUR, scope="files:write")
def upload_url(workspace: Workspace, arguments: Arguments) -> Json:
    name = arguments.required("filename")
    length = arguments.number("length", 0)
    if length < 1:
        raise SlackError("invalid_arguments", messages=["[ERROR] length must be more than 0"])
    identity = f"F{workspace.world.number():06d}"
    secret = secrets.token_hex(8)
    workspace.world.files[identity] = {"name": name, "length": length, "secret": secret, "content": None}
    return {"file_id": identity, "upload_url": f"{workspace.url}/files/upload/{identity}/{secret}"}


@method("files.completeUploadExternal", Tier.FOUR, scope="files:write")
def complete_upload(workspace: Workspace, arguments: Arguments) -> Json:
    wanted = arguments.structured("files", "invalid_arguments")
    if not isinstance(wanted, list) or not wanted:
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: files"])
    complete = [_completed(workspace, each) for each in wanted]
    if arguments.text("channel_id"):
        channel = writable_channel(workspace, arguments.text("channel_id"))
        publish(workspace, complete)
        message = workspace.bot_message(
            arguments.text("initial_comment"),
            subtype="file_share",
            files=complete,
            thread_ts=thread_of(channel, arguments.text("thread_ts")),
        )
        workspace.post(channel, message)
    return {"files": [copy_of(each) for each in complete]}


def _completed(workspace: Workspace, wanted: object) -> Json:
    if not isinstance(wanted, dict):
        raise SlackError("invalid_arguments", messages=["[ERROR] must be an object [json-pointer:/files]"])
    identity = str(wanted.get("id"))
    stored = workspace.world.files.get(identity)
    if stored is None or stored["content"] is None:
        raise SlackError("file_not_found")
    stored["title"] = wanted.get("title") or stored["name"]
    return described(workspace, identity)
