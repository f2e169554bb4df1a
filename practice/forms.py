"""What is filled in on a surface: the state of inputs and menus, kept as Slack keeps it."""

import secrets
from collections.abc import Iterator

from practice.refusals import Json

VALUES: dict[str, tuple[str, str]] = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", ""),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "checkboxes": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
}
"""For each element that keeps a value: the key of the value, and the key of its initial value."""

LISTS = frozenset({"selected_options", "selected_users", "selected_conversations", "selected_channels", "files"})

State = dict[str, dict[str, Json]]


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        for element in _inside(block):
            if "action_id" in element:
                yield block, element


def _inside(block: Json) -> list[Json]:
    """What a block holds, interactive or not."""
    match block["type"]:
        case "section":
            return [block["accessory"]] if "accessory" in block else []
        case "input":
            return [block["element"]]
        case "actions" | "context_actions":
            return list(block["elements"])
        case _:
            return []


def find_element(blocks: list[Json], block_id: str, action_id: str) -> Json | None:
    for block, element in elements(blocks):
        if block.get("block_id") == block_id and element["action_id"] == action_id:
            return element
    return None


def with_ids(blocks: list[Json]) -> list[Json]:
    """Name the blocks and elements that the app left unnamed, as Slack does."""
    for block in blocks:
        block.setdefault("block_id", secrets.token_hex(3))
        for element in _inside(block):
            if element.get("type") in (*VALUES, "button", "overflow"):
                element.setdefault("action_id", secrets.token_hex(3))
    return blocks


def value_of(element: Json, given: Json) -> Json:
    """The state entry of an element that holds what `given` holds."""
    key, _ = VALUES[element["type"]]
    empty: object = [] if key in LISTS else None
    value = given.get(key, empty)
    return {"type": element["type"], key: empty if value in ("", None) else value}


def initial_state(blocks: list[Json]) -> State:
    state: State = {}
    for block, element in elements(blocks):
        if element["type"] in VALUES:
            key, initial = VALUES[element["type"]]
            entry = value_of(element, {key: element[initial]} if initial in element else {})
            state.setdefault(block["block_id"], {})[element["action_id"]] = entry
    return state


def kept_state(blocks: list[Json], before: State) -> State:
    """The state after a view changed: what stood in fields that are still there stays."""
    state = initial_state(blocks)
    for block_id, entries in state.items():
        for action_id, entry in entries.items():
            old = before.get(block_id, {}).get(action_id)
            if old is not None and old["type"] == entry["type"]:
                entries[action_id] = old
    return state


def filled_state(blocks: list[Json], before: State, given: State) -> State:
    """The state with what a person has filled in; fields that do not exist are passed over."""
    state = kept_state(blocks, before)
    for block, element in elements(blocks):
        entry = given.get(block["block_id"], {}).get(element["action_id"])
        if entry is not None and element["type"] in VALUES:
            state[block["block_id"]][element["action_id"]] = value_of(element, entry)
    return state


def missing(blocks: list[Json], state: State) -> dict[str, str]:
    """What Slack's own form checks refuse before the app is asked: block_id to sentence."""
    errors: dict[str, str] = {}
    for block in blocks:
        if block["type"] != "input":
            continue
        element = block["element"]
        key, _ = VALUES[element["type"]]
        value = state[block["block_id"]][element["action_id"]].get(key)
        if not value and not block.get("optional", False):
            errors[block["block_id"]] = "Please complete this required field."
        elif isinstance(value, str) and key == "value":
            errors.update(_length_error(block, element, value))
    return errors


def _length_error(block: Json, element: Json, value: str) -> dict[str, str]:
    if len(value) > element.get("max_length", 3000):
        return {block["block_id"]: f"Must be at most {element.get('max_length', 3000)} characters."}
    if len(value) < element.get("min_length", 0):
        return {block["block_id"]: f"Must be at least {element['min_length']} characters."}
    return {}
