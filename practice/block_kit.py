"""Block Kit's limits: what Slack refuses in messages, modals and App Homes, and why."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from practice.block_tables import BLOCKS, MESSAGE_ONLY, OPTIONS_ANSWER, VIEW
from practice.forms import elements
from practice.refusals import Json, SlackError
from practice.shapes import Problems, by_type, items, problem

MOST_BLOCKS_IN_MESSAGE = 50
MOST_BLOCKS_IN_VIEW = 100
LARGEST_VIEW = 250_000
MOST_MARKDOWN = 12_000
MOST_TEXT = 12_000
"""Of a whole message: Slack gives no figure, and refuses from about here."""
MOST_ATTACHMENTS = 100

_message_blocks = items(by_type(BLOCKS), MOST_BLOCKS_IN_MESSAGE, 0)
_view_blocks = items(
    by_type({name: rule for name, rule in BLOCKS.items() if name not in MESSAGE_ONLY}), MOST_BLOCKS_IN_VIEW, 0
)


def check_message(blocks: Any) -> list[Json]:
    """The blocks, if a message may have them; `invalid_blocks` with the reasons otherwise."""
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    problems: Problems = []
    _message_blocks(blocks, "/blocks", problems)
    if not problems:
        _check_together(blocks, "/blocks", problems)
        _check_message_wholes(blocks, problems)
    if problems:
        raise SlackError("invalid_blocks", messages=problems)
    if sum(map(len, _texts(blocks))) > MOST_TEXT:
        raise SlackError("msg_blocks_too_long")
    return blocks


def check_attachments(attachments: Any) -> list[Json]:
    """The older way to add to a message; blocks in it have the same limits."""
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise SlackError("too_many_attachments")
    for attachment in attachments:
        check_message(attachment.get("blocks", []))
    return attachments


def check_view(view: Json) -> None:
    """Refuses with `invalid_arguments` and the reasons, or `view_too_large`."""
    problems: Problems = []
    kind = view.get("type")
    if not isinstance(kind, str) or kind not in VIEW:
        problem(problems, "/view/type", "must be one of modal, home")
        raise SlackError("invalid_arguments", messages=problems)
    if len(json.dumps(view, ensure_ascii=False).encode()) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    VIEW[kind](view, "/view", problems)
    if "blocks" in view:
        _view_blocks(view["blocks"], "/view/blocks", problems)
    if not problems:
        _check_together(view["blocks"], "/view/blocks", problems)
        has_inputs = any(block["type"] == "input" for block in view["blocks"])
        if kind == "modal" and has_inputs and not view.get("submit"):
            problem(problems, "/view/submit", "missing required field: submit, as the view has inputs")
    if problems:
        raise SlackError("invalid_arguments", messages=problems)


def check_options(answer: Any) -> Json:
    """What an app answers for an external select: options or option groups within the limits."""
    problems: Problems = []
    OPTIONS_ANSWER(answer, "", problems)
    sent = [field for field in ("option_groups", "options") if not problems and field in answer]
    if not sent and not problems:
        problem(problems, "", "missing required field: options")
    if problems:
        raise SlackError("invalid_options", messages=problems)
    return {sent[0]: answer[sent[0]]}


def _check_together(blocks: list[Json], pointer: str, problems: Problems) -> None:
    """What no block can be refused for alone."""
    names = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    for name in [name for name, times in names.items() if times > 1]:
        problem(problems, pointer, f"block_id {name!r} is used more than once")
    for number, block in enumerate(blocks):
        at = f"{pointer}/{number}"
        if block["type"] == "section" and not (block.get("text") or block.get("fields")):
            problem(problems, at, "missing required field: text or fields")
        actions = Counter(element["action_id"] for _, element in elements([block]))
        for name in [name for name, times in actions.items() if times > 1]:
            problem(problems, at, f"action_id {name!r} is used more than once in this block")
        for _, element in elements([block]):
            _check_choices(element, at, problems)
    if sum(bool(element.get("focus_on_load")) for _, element in elements(blocks)) > 1:
        problem(problems, pointer, "only one element may have focus_on_load")


def _check_choices(element: Json, pointer: str, problems: Problems) -> None:
    """Options or groups, not both; what is chosen at first must be one of them."""
    if element["type"] in ("static_select", "multi_static_select"):
        if ("options" in element) == ("option_groups" in element):
            problem(problems, pointer, "exactly one of options and option_groups is required")
            return
    elif "options" not in element:
        return
    groups = element.get("option_groups", [])
    options = [*element.get("options", []), *(option for group in groups for option in group["options"])]
    initial = [*element.get("initial_options", []), element.get("initial_option")]
    for chosen in [option for option in initial if option is not None and option not in options]:
        problem(problems, pointer, f"initial option {chosen['value']!r} is not one of the options")
    times = Counter(option["value"] for option in options)
    for value in [value for value, count in times.items() if count > 1]:
        problem(problems, pointer, f"option value {value!r} is used more than once")


def _texts(part: Any) -> Iterator[str]:
    """Every text within blocks, however deep."""
    if isinstance(part, list):
        for inner in part:
            yield from _texts(inner)
    elif isinstance(part, dict):
        if isinstance(part.get("text"), str):
            yield part["text"]
        for inner in part.values():
            yield from _texts(inner)


def _check_message_wholes(blocks: list[Json], problems: Problems) -> None:
    if sum(block["type"] == "table" for block in blocks) > 1:
        problem(problems, "/blocks", "only one table per message is allowed")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MOST_MARKDOWN:
        problem(problems, "/blocks", f"markdown must be less than {MOST_MARKDOWN + 1} characters in all")
