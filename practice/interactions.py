"""What a person does on what the app showed: buttons, menus, type-ahead, and filling in, sending and closing forms."""

from dataclasses import dataclass
from typing import Any

from practice import block_kit
from practice.acts import TROUBLE, acting, channel_part, deliver, not_delivered, refused, visible_channel
from practice.api_views import checked_view, open_modal, replace_content
from practice.forms import VALUES, State, filled_state, find_element, initial_state, missing, value_of
from practice.refusals import Json, NotDeliveredError, SlackError
from practice.workspace import Workspace, copy_of
from practice.world import BOT_ID, Channel

CHOICES = frozenset(key for key, _ in VALUES.values())


@dataclass(frozen=True)
class Surface:
    """Where an element stands: a view of the person's, or a message that they see."""

    view: Json | None = None
    message: Json | None = None
    channel: Channel | None = None
    ephemeral: bool = False

    def blocks(self) -> list[Json]:
        blocks: list[Json] = (self.view or self.message or {}).get("blocks", [])
        return blocks

    def container(self) -> Json:
        if self.view is not None:
            return {"type": "view", "view_id": self.view["id"]}
        message, channel = self.message or {}, self.channel
        container: Json = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel.id if channel else "",
            "is_ephemeral": self.ephemeral,
        }
        return container | ({"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {})


def find_surface(workspace: Workspace, user: str, container: Json) -> Surface:
    """`container` as the page names it; refused unless this person has it before them."""
    if container.get("type") == "view":
        found = workspace.find_view(str(container.get("view_id")))
        if found is None or found[0] != user:
            raise SlackError("view_not_found")
        return Surface(view=found[1])
    channel = visible_channel(workspace, user, str(container.get("channel")))
    ts = str(container.get("ts"))
    shown = workspace.ephemeral(user, ts)
    message = shown["message"] if shown else channel.find(ts)
    if message is None or message.get("bot_id") != BOT_ID:
        raise SlackError("message_not_found")
    return Surface(message=message, channel=channel, ephemeral=shown is not None)


async def act(workspace: Workspace, user: str, container: Json, action: Json, state: State) -> Json:
    """Press a button or choose from a menu."""
    acting(workspace, user)
    surface = find_surface(workspace, user, container)
    block_id, action_id = str(action.get("block_id")), str(action.get("action_id"))
    element = find_element(surface.blocks(), block_id, action_id)
    if element is None:
        return refused("action_not_found", "This button or menu is gone.")
    values = _values(surface, element, state, action)
    payload = workspace.base(user) | {
        "type": "block_actions",
        "container": surface.container(),
        "trigger_id": workspace.triggers.issue(user),
        "actions": [_action(workspace, element, block_id, action)],
    }
    if surface.view is not None:
        surface.view["state"] = {"values": values}
        workspace.keep()
        payload["view"] = copy_of(surface.view)
    else:
        payload |= _message_part(workspace, user, surface, values)
    return await deliver(workspace, payload, workspace.manifest.name)


def _values(surface: Surface, element: Json, state: State, action: Json) -> State:
    before = surface.view["state"]["values"] if surface.view else initial_state(surface.blocks())
    values = filled_state(surface.blocks(), before, state)
    if element["type"] in VALUES:
        values[action["block_id"]][action["action_id"]] = value_of(element, action)
    return values


def _action(workspace: Workspace, element: Json, block_id: str, given: Json) -> Json:
    """The action object: what the element says of itself, and what was chosen."""
    action: Json = {
        "type": element["type"],
        "block_id": block_id,
        "action_id": element["action_id"],
        "action_ts": f"{workspace.world.now().timestamp():.6f}",
    }
    own = ("text", "value", "style", "url") if element["type"] == "button" else ("placeholder", "confirm")
    action |= {key: element[key] for key in own if key in element}
    if element["type"] != "button":
        action |= {key: given[key] for key in CHOICES if key in given}
    return action


def _message_part(workspace: Workspace, user: str, surface: Surface, values: State) -> Json:
    message, channel = surface.message, surface.channel
    if message is None or channel is None:
        raise SlackError("message_not_found")
    url = workspace.response_url(user, channel.id, message=message, ephemeral=surface.ephemeral)
    part: Json = {"channel": channel_part(channel), "state": {"values": values}, "response_url": url}
    return part if surface.ephemeral else part | {"message": copy_of(message)}


async def suggest(workspace: Workspace, user: str, container: Json, asked: Json) -> Json:
    """The options of an external menu for what was typed so far."""
    acting(workspace, user)
    surface = find_surface(workspace, user, container)
    payload = workspace.base(user) | {
        "type": "block_suggestion",
        "container": surface.container(),
        "action_id": asked["action_id"],
        "block_id": asked["block_id"],
        "value": asked.get("value", ""),
    }
    if surface.view is not None:
        payload["view"] = copy_of(surface.view)
    elif surface.message is not None and surface.channel is not None:
        payload |= {"message": copy_of(surface.message), "channel": channel_part(surface.channel)}
    try:
        seconds = workspace.settings.ack_seconds
        answer = await workspace.delivery.send("interactive", payload, seconds=seconds)
        return block_kit.check_options(answer)
    except NotDeliveredError as failure:
        return not_delivered(workspace.manifest.name, failure)


async def submit(workspace: Workspace, user: str, view_id: str, given: State) -> Json:
    """Send a form; Slack's own checks come first, then the app's."""
    acting(workspace, user)
    surface = find_surface(workspace, user, {"type": "view", "view_id": view_id})
    view = surface.view or {}
    if view["type"] != "modal" or not view.get("submit"):
        return refused("no_submit", "This view cannot be submitted.")
    values = filled_state(view["blocks"], view["state"]["values"], given)
    view["state"] = {"values": values}
    errors = missing(view["blocks"], values)
    if errors:
        return {"ok": True, "errors": errors}
    payload = workspace.base(user) | {
        "type": "view_submission",
        "trigger_id": workspace.triggers.issue(user),
        "view": copy_of(view),
        "response_urls": [],
    }
    try:
        seconds = workspace.settings.ack_seconds
        answer = await workspace.delivery.send("interactive", payload, seconds=seconds)
        return _submitted(workspace, user, view, answer)
    except NotDeliveredError as failure:
        return refused(failure.code, TROUBLE)
    except SlackError as refusal:
        return refused(refusal.code, TROUBLE) | {"messages": refusal.messages}


def _submitted(workspace: Workspace, user: str, view: Json, answer: Any) -> Json:
    """Do what the app's acknowledgement of a form asks for."""
    action = answer.get("response_action") if isinstance(answer, dict) else None
    match action:
        case "errors":
            return {"ok": True, "errors": _checked_errors(view, answer.get("errors"))}
        case "update":
            replace_content(workspace, user, view, checked_view(answer.get("view"), "modal"))
        case "push":
            open_modal(workspace, user, checked_view(answer.get("view"), "modal"), push=True)
        case "clear":
            clear(workspace, user)
        case None:
            workspace.close_view(user, view)
        case other:
            raise SlackError("invalid_arguments", messages=[f"[ERROR] unknown response_action: {other}"])
    return {"ok": True}


def _checked_errors(view: Json, errors: Any) -> dict[str, str]:
    """Slack shows errors only beneath inputs that the view has."""
    inputs = {block["block_id"] for block in view["blocks"] if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors or not inputs.issuperset(errors):
        messages = [f"[ERROR] errors must name input blocks, not {errors!r}"]
        raise SlackError("invalid_arguments", messages=messages)
    return {str(block): str(sentence) for block, sentence in errors.items()}


def clear(workspace: Workspace, user: str) -> None:
    for view in reversed(list(workspace.world.modals.get(user, []))):
        workspace.close_view(user, view)


async def close(workspace: Workspace, user: str, view_id: str) -> Json:
    """Leave a form without sending it; the app hears of it if it asked to."""
    view = find_surface(workspace, user, {"type": "view", "view_id": view_id}).view or {}
    if view["clear_on_close"]:
        clear(workspace, user)
    else:
        workspace.close_view(user, view)
    if view["notify_on_close"]:
        payload = workspace.base(user) | {"type": "view_closed", "view": copy_of(view)}
        payload["is_cleared"] = view["clear_on_close"]
        await deliver(workspace, payload, workspace.manifest.name)
    return {"ok": True}
