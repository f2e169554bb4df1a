"""Web API: views.*, the modals and App Homes."""

import json
import secrets
from hashlib import sha256
from typing import Any

from practice import block_kit
from practice.arguments import Arguments
from practice.forms import initial_state, kept_state, with_ids
from practice.limits import Tier
from practice.refusals import Json, SlackError
from practice.web_api import method
from practice.workspace import Workspace, copy_of
from practice.world import APP_ID, BOT_ID, TEAM_ID

MOST_STACKED = 3
OPTIONAL_PARTS = ("title", "submit", "close")


def read_view(arguments: Arguments, kind: str) -> Json:
    view = arguments.structured("view", "invalid_arguments")
    return checked_view(view, kind)


def checked_view(view: Any, kind: str) -> Json:
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: view"])
    block_kit.check_view(view)
    if view["type"] != kind:
        raise SlackError("invalid_arguments", messages=[f"[ERROR] a view of type {kind} is expected here"])
    return view


def new_view(workspace: Workspace, view: Json, *, below: Json | None = None) -> Json:
    """A view as Slack keeps it: with ids, state and hash."""
    identity = f"V{workspace.world.number():06d}{secrets.token_hex(3).upper()}"
    kept: Json = {
        "id": identity,
        "team_id": TEAM_ID,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
        "root_view_id": below["root_view_id"] if below else identity,
        "previous_view_id": below["id"] if below else None,
    }
    write_content(kept, view)
    kept["state"] = {"values": initial_state(kept["blocks"])}
    return kept


def write_content(kept: Json, view: Json) -> None:
    """What the app says about a view; the hash changes with it."""
    kept.update(
        type=view["type"],
        blocks=with_ids(copy_of(view)["blocks"]),
        callback_id=view.get("callback_id", ""),
        private_metadata=view.get("private_metadata", ""),
        external_id=view.get("external_id", ""),
        clear_on_close=bool(view.get("clear_on_close", False)),
        notify_on_close=bool(view.get("notify_on_close", False)),
        **{part: view.get(part) for part in OPTIONAL_PARTS},
    )
    digest = sha256(json.dumps(view, sort_keys=True).encode()).hexdigest()[:6]
    kept["hash"] = f"{secrets.token_hex(5)}.{digest}"


def replace_content(workspace: Workspace, user: str, kept: Json, view: Json) -> None:
    """Give an open view new content; what stood in fields that remain stays."""
    state = kept["state"]["values"]
    write_content(kept, view)
    kept["state"] = {"values": kept_state(kept["blocks"], state)}
    workspace.live.tell([user], {"type": "view_updated", "view": kept})
    workspace.keep()


def open_modal(workspace: Workspace, user: str, view: Json, *, push: bool) -> Json:
    stack = workspace.world.modals.setdefault(user, [])
    if push and len(stack) >= MOST_STACKED:
        raise SlackError("push_limit_reached")
    if view.get("external_id"):
        _refuse_taken(workspace, view["external_id"])
    opened = new_view(workspace, view, below=stack[-1] if push and stack else None)
    if not push:
        stack.clear()
    stack.append(opened)
    workspace.live.tell([user], {"type": "view_opened", "view": opened})
    workspace.keep()
    return opened


def _refuse_taken(workspace: Workspace, external_id: str) -> None:
    """An app's own name for a view is good for one open view in the whole workspace."""
    if any(view["external_id"] == external_id for stack in workspace.world.modals.values() for view in stack):
        raise SlackError("duplicate_external_id")


def exchange(workspace: Workspace, arguments: Arguments) -> str:
    identity = arguments.text("trigger_id") or arguments.text("interactivity_pointer")
    if not identity:
        raise SlackError("invalid_arguments", messages=["[ERROR] missing required field: trigger_id"])
    return workspace.triggers.exchange(identity)


@method("views.open", Tier.FOUR)
def views_open(workspace: Workspace, arguments: Arguments) -> Json:
    view = read_view(arguments, "modal")
    user = exchange(workspace, arguments)
    return {"view": copy_of(open_modal(workspace, user, view, push=False))}


@method("views.push", Tier.FOUR)
def views_push(workspace: Workspace, arguments: Arguments) -> Json:
    view = read_view(arguments, "modal")
    user = exchange(workspace, arguments)
    if workspace.modal(user) is None:
        raise SlackError("not_found")
    return {"view": copy_of(open_modal(workspace, user, view, push=True))}


@method("views.update", Tier.FOUR)
def views_update(workspace: Workspace, arguments: Arguments) -> Json:
    found = _wanted(workspace, arguments)
    if found is None:
        raise SlackError("not_found")
    user, kept = found
    view = read_view(arguments, kept["type"])
    if arguments.get("hash") and arguments.text("hash") != kept["hash"]:
        raise SlackError("hash_conflict")
    replace_content(workspace, user, kept, view)
    return {"view": copy_of(kept)}


def _wanted(workspace: Workspace, arguments: Arguments) -> tuple[str, Json] | None:
    if "view_id" in arguments:
        return workspace.find_view(arguments.text("view_id"))
    external = arguments.required("external_id")
    for user, stack in workspace.world.modals.items():
        for view in stack:
            if view["external_id"] == external:
                return user, view
    return None


@method("views.publish", Tier.FOUR)
def views_publish(workspace: Workspace, arguments: Arguments) -> Json:
    user = workspace.person(arguments.required("user_id", error="invalid_arguments")).id
    view = read_view(arguments, "home")
    if not workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    home = workspace.world.homes.get(user)
    if home is None:
        workspace.world.homes[user] = home = new_view(workspace, view)
    else:
        if arguments.get("hash") and arguments.text("hash") != home["hash"]:
            raise SlackError("hash_conflict")
        write_content(home, view)
        home["state"] = {"values": initial_state(home["blocks"])}
    workspace.live.tell([user], {"type": "home", "view": home})
    workspace.keep()
    return {"view": copy_of(home)}
