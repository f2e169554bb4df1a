"""Reads what Slack shows: all visible words of messages and views, and the elements behind their labels."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

VISIBLE = (
    "title",
    "label",
    "text",
    "blocks",
    "fields",
    "elements",
    "accessory",
    "element",
    "rows",
    "initial_value",
    "placeholder",
    "options",
    "option_groups",
    "description",
    "hint",
    "alt_text",
    "attachments",
    "submit",
    "close",
)
"""The parts of Slack's objects that a person can see, in the order in which they are read."""


def words(shown: Any) -> str:
    """Every visible word of blocks, a message or a view, button labels and options included, a line each."""
    return "\n".join(_lines(shown))


def _lines(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, list):
        for item in shown:
            yield from _lines(item)
    elif isinstance(shown, dict):
        for name in VISIBLE:
            instead_of_blocks = name == "text" and shown.get("blocks") and isinstance(shown.get("text"), str)
            if name in shown and not instead_of_blocks:
                yield from _lines(shown[name])


def label_of(element: Json) -> str:
    text = element.get("text") or element.get("placeholder") or {}
    return str(text.get("text", ""))


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Each element that can be used, with its block, in the order shown."""
    for block in blocks:
        for element in [*block.get("elements", []), block.get("accessory"), block.get("element")]:
            if isinstance(element, dict) and "action_id" in element:
                yield block, element


def find_button(shown: Json, label: str, beside: str = "") -> Json:
    """The action object of the button or overflow option called `label`, at or after the words `beside`."""
    reached = not beside
    for block in shown.get("blocks", []):
        reached = reached or beside in words(block)
        if not reached:
            continue
        for _, element in elements_of([block]):
            common = {"block_id": block["block_id"], "action_id": element["action_id"], "type": element["type"]}
            if element["type"] == "button" and label_of(element) == label:
                return common
            options = element.get("options", []) if element["type"] == "overflow" else []
            for option in options:
                if option["text"]["text"] == label:
                    return common | {"selected_option": option}
    raise AssertionError(f"no button {label!r} beside {beside!r} in:\n{words(shown)}")


def find_field(shown: Json, label: str) -> tuple[Json, Json]:
    """The block and element of the input or menu called `label`: its label, its section's words or its placeholder."""
    for block, element in elements_of(shown.get("blocks", [])):
        if element["type"] in ("button", "overflow"):
            continue
        name = block["label"]["text"] if block["type"] == "input" else words(block.get("text", ""))
        if label == name or label == label_of(element) or (block["type"] == "section" and label in name):
            return block, element
    raise AssertionError(f"no field {label!r} in:\n{words(shown)}")


def options_of(element: Json) -> list[Json]:
    groups = element.get("option_groups", [])
    return [*element.get("options", []), *(option for group in groups for option in group["options"])]


def labels_of(shown: Json) -> dict[str, str]:
    """Input labels by block_id."""
    inputs = [block for block in shown["blocks"] if block["type"] == "input"]
    return {block["block_id"]: block["label"]["text"] for block in inputs}


def buttons_of(shown: Json) -> list[str]:
    """The labels of all buttons, in the order shown."""
    pairs = elements_of(shown.get("blocks", []))
    return [label_of(element) for _, element in pairs if element["type"] == "button"]
