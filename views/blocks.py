"""The pieces of Block Kit that Focal uses, each within Slack's limits whatever it is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from foundation.language import Language

Block = dict[str, Any]
Element = dict[str, Any]

TEXT, HEADER, BUTTON, OPTION, CONTEXT_ITEMS, ACTIONS = 3000, 150, 75, 75, 10, 25
MESSAGE_BLOCKS, MODAL_BLOCKS, MODAL_TITLE, INPUT = 50, 100, 24, 3000
FIELDS, FIELD, OPTIONS, LABEL, PLACEHOLDER, METADATA = 10, 2000, 100, 2000, 150, 3000
MESSAGE_TEXT = 11_500


@dataclass(frozen=True)
class File:
    """A file that goes with a message."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Message:
    """A message: its blocks, and the text that notifications and screen readers use."""

    text: str
    """mrkdwn, complete enough to stand alone."""
    blocks: list[Block] = field(default_factory=list)
    file: File | None = None
    """What it is to be rendered anew with, once it has an address in Slack."""


def fit(text: str, limit: int) -> str:
    """Cut a text to Slack's limit, visibly, never inside an escaped character, link or mention."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    for opening, closing in (("<", ">"), ("&", ";")):
        start = cut.rfind(opening)
        if start > cut.rfind(closing) and (opening == "<" or len(cut) - start < 6):  # noqa: PLR2004 - "&amp;"
            cut = cut[:start]
    return cut.rstrip() + "…"


def plain(text: str, limit: int = TEXT) -> Element:
    """Text shown as it is."""
    return {"type": "plain_text", "text": fit(text, limit) or " ", "emoji": True}


def mrkdwn(text: str, limit: int = TEXT) -> Element:
    """Formatted text; everything foreign in it must be inert already."""
    return {"type": "mrkdwn", "text": fit(text, limit) or " "}


def header(text: str) -> Block:
    """A title."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, *, accessory: Element | None = None, block_id: str | None = None) -> Block:
    """A paragraph of mrkdwn, perhaps with one control at its side."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory:
        block["accessory"] = accessory
    return _named(block, block_id)


def fields(texts: Sequence[str]) -> Block:
    """Short paragraphs of mrkdwn side by side (at most ten)."""
    return {"type": "section", "fields": [mrkdwn(text, FIELD) for text in texts[:FIELDS]]}


def context(*texts: str) -> Block:
    """Small print in mrkdwn."""
    return {"type": "context", "elements": [mrkdwn(text) for text in texts[:CONTEXT_ITEMS]]}


def divider() -> Block:
    """A line."""
    return {"type": "divider"}


def actions(elements: Sequence[Element], *, block_id: str | None = None) -> Block:
    """A row of controls."""
    return _named({"type": "actions", "elements": list(elements[:ACTIONS])}, block_id)


def button(
    label: str,
    action_id: str,
    *,
    value: str = "",
    style: str | None = None,
    confirm: Element | None = None,
    url: str | None = None,
    spoken: str | None = None,
) -> Element:
    """A button. `style` is `primary` or `danger`; `spoken` is its longer label for screen readers."""
    made: Element = {"type": "button", "text": plain(label, BUTTON), "action_id": action_id}
    extras = {
        "value": value,
        "style": style,
        "confirm": confirm,
        "url": url,
        "accessibility_label": fit(spoken or "", BUTTON),
    }
    return made | {key: extra for key, extra in extras.items() if extra}


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    """A question before something that is hard to take back."""
    return {
        "title": plain(title, 100),
        "text": mrkdwn(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(label: str, value: str) -> Element:
    """One choice of a select, radio or overflow."""
    return {"text": plain(label, OPTION), "value": value}


def select(
    action_id: str,
    options: Sequence[Element],
    *,
    chosen: str | None = None,
    placeholder: str = "",
) -> Element:
    """A list to choose one from (at most a hundred)."""
    made: Element = {"type": "static_select", "action_id": action_id, "options": list(options[:OPTIONS])}
    if placeholder:
        made["placeholder"] = plain(placeholder, PLACEHOLDER)
    initial = next((o for o in made["options"] if o["value"] == chosen), None)
    return made | ({"initial_option": initial} if initial else {})


def radio(action_id: str, options: Sequence[Element], *, chosen: str | None = None) -> Element:
    """A few choices in sight (at most ten)."""
    initial = next((o for o in options if o["value"] == chosen), None)
    return {"type": "radio_buttons", "action_id": action_id, "options": list(options[:10])} | (
        {"initial_option": initial} if initial else {}
    )


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """A menu behind dots (at most five)."""
    return {"type": "overflow", "action_id": action_id, "options": list(options[:5])}


def people_select(action_id: str, *, chosen: str | None = None, placeholder: str = "") -> Element:
    """A person of the workspace; who may be chosen is checked at submission."""
    made: Element = {"type": "users_select", "action_id": action_id}
    if placeholder:
        made["placeholder"] = plain(placeholder, PLACEHOLDER)
    return made | ({"initial_user": chosen} if chosen else {})


def date_picker(action_id: str, *, chosen: date | None = None) -> Element:
    """A calendar day."""
    return {"type": "datepicker", "action_id": action_id} | ({"initial_date": chosen.isoformat()} if chosen else {})


def time_picker(action_id: str, *, chosen: str | None = None) -> Element:
    """A time of day, `HH:MM`."""
    return {"type": "timepicker", "action_id": action_id} | ({"initial_time": chosen} if chosen else {})


def text_input(
    action_id: str,
    *,
    initial: str = "",
    multiline: bool = False,
    most: int = INPUT,
    placeholder: str = "",
) -> Element:
    """A field to type in."""
    made: Element = {
        "type": "plain_text_input",
        "action_id": action_id,
        "multiline": multiline,
        "max_length": min(most, INPUT),
    }
    if initial:
        made["initial_value"] = initial[:most]
    if placeholder:
        made["placeholder"] = plain(placeholder, PLACEHOLDER)
    return made


def field_block(
    name: str,
    label: str,
    element: Element,
    *,
    hint: str = "",
    optional: bool = False,
    dispatch: bool = False,
) -> Block:
    """A field of a form. Block and element are both called `name` (of `views.ids`): answers are read by it."""
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, LABEL),
        "element": element | {"action_id": name},
        "optional": optional,
    }
    if hint:
        block["hint"] = plain(hint, LABEL)
    if dispatch:
        block["dispatch_action"] = True
    return block


def modal(
    form_id: str,
    *,
    title: str,
    blocks: Sequence[Block],
    say: Language,
    submit: str | None = None,
    metadata: str = "",
    close: str | None = None,
    notify_on_close: bool = False,
) -> Block:
    """A form (with `submit`) or a page to read. `metadata` is only a hint: what it says is checked at submission."""
    view: Block = {
        "type": "modal",
        "callback_id": form_id,
        "title": plain(title, MODAL_TITLE),
        "blocks": list(blocks[:MODAL_BLOCKS]),
        "close": plain(close or say.t("Close"), MODAL_TITLE),
        "private_metadata": metadata,
        "notify_on_close": notify_on_close,
    }
    if submit:
        view["submit"] = plain(submit, MODAL_TITLE)
    return view


def quote(text: str) -> str:
    """Put inert text into a quotation, line by line."""
    return "\n".join(f">{line}" for line in text.split("\n"))


def within_message(blocks: Iterable[Block], *, more: Block | None = None, foot: Sequence[Block] = ()) -> list[Block]:
    """Keep a message under Slack's number of blocks and characters; `more` says that something was left out.

    `foot` stands beneath it whatever is left out: without its buttons nobody would get any further.
    """
    kept: list[Block] = []
    size, room = _weight(list(foot)), MESSAGE_BLOCKS - len(foot) - (1 if more else 0)
    for block in blocks:
        size += _weight(block)
        if size > MESSAGE_TEXT or len(kept) >= room:
            return [*kept, *([more] if more else []), *foot]
        kept.append(block)
    return [*kept, *foot]


def _weight(part: Any) -> int:
    if isinstance(part, dict):
        own = part.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(
            _weight(v) for v in part.values() if not isinstance(v, str)
        )
    return sum(_weight(item) for item in part) if isinstance(part, list) else 0


def _named(block: Block, block_id: str | None) -> Block:
    return block | ({"block_id": block_id} if block_id else {})
