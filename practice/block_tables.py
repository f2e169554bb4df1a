"""Block Kit as tables: each object, element, block and view with its properties and their limits."""

from typing import Any

from practice.block_rich_text import BLOCK_ID, IDENTITY, RICH_TEXT, TABLE
from practice.shapes import (
    Problems,
    Rule,
    anything,
    by_type,
    flag,
    items,
    loosely,
    one_of,
    problem,
    shape,
    string,
    whole_number,
    written,
)

ACTION_ID = {"action_id": IDENTITY}
FOCUS = {"focus_on_load": flag}


def plain(most: int, least: int = 1) -> Rule:
    return by_type({"plain_text": shape({"text": string(most, least)}, {"emoji": flag})})


def formatted(most: int) -> Rule:
    """Plain text or mrkdwn."""
    rule = shape({"text": string(most)}, {"verbatim": flag})
    return by_type({"plain_text": shape({"text": string(most)}, {"emoji": flag}), "mrkdwn": rule})


CONFIRM = shape(
    {"title": plain(100), "text": formatted(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
RICH_OPTION = shape({"text": formatted(75), "value": string(150)}, {"description": formatted(75)})
OVERFLOW_OPTION = shape({"text": plain(75), "value": string(150)}, {"url": string(3000)})
GROUP = shape({"label": plain(75), "options": items(OPTION, 100)}, {})

MENU = ACTION_ID | FOCUS | {"placeholder": plain(150), "confirm": CONFIRM}
OPTIONS = {"options": items(OPTION, 100), "option_groups": items(GROUP, 100)}
NAMES = items(string(100), 100, 0)
MOST_SELECTED = {"max_selected_items": whole_number(1, 100)}
LEAST_TYPED = {"min_query_length": whole_number(0, 3000)}
DATE = written(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", "YYYY-MM-DD")
TIME = written(r"([01]\d|2[0-3]):[0-5]\d", "HH:mm")
MOMENT = whole_number(1_000_000_000, 9_999_999_999)
CONVERSATIONS = {
    "filter": shape(
        {},
        {
            "include": items(one_of("im", "mpim", "private", "public"), 4),
            "exclude_external_shared_channels": flag,
            "exclude_bot_users": flag,
        },
    ),
    "default_to_current_conversation": flag,
    "response_url_enabled": flag,
}
DISPATCH = shape({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 2)})
TEXT_FIELD = ACTION_ID | FOCUS | {"placeholder": plain(150), "dispatch_action_config": DISPATCH}


def _image(value: Any, pointer: str, problems: Problems) -> None:
    shape(
        {"alt_text": string(2000)},
        {"image_url": string(3000), "slack_file": anything, "title": plain(2000), **BLOCK_ID},
    )(value, pointer, problems)
    if isinstance(value, dict) and ("image_url" in value) == ("slack_file" in value):
        problem(problems, pointer, "exactly one of image_url and slack_file is required")


BUTTON = shape(
    {"text": plain(75)},
    ACTION_ID
    | {
        "url": string(3000),
        "value": string(2000),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
OVERFLOW = shape({"options": items(OVERFLOW_OPTION, 5)}, ACTION_ID | {"confirm": CONFIRM})
MENUS: dict[str, Rule] = {
    "static_select": shape({}, MENU | OPTIONS | {"initial_option": OPTION}),
    "external_select": shape({}, MENU | LEAST_TYPED | {"initial_option": OPTION}),
    "users_select": shape({}, MENU | {"initial_user": string(100)}),
    "conversations_select": shape({}, MENU | CONVERSATIONS | {"initial_conversation": string(100)}),
    "channels_select": shape({}, MENU | {"initial_channel": string(100), "response_url_enabled": flag}),
    "multi_static_select": shape({}, MENU | OPTIONS | MOST_SELECTED | {"initial_options": items(OPTION, 100)}),
    "multi_external_select": shape(
        {},
        MENU | LEAST_TYPED | MOST_SELECTED | {"initial_options": items(OPTION, 100)},
    ),
    "multi_users_select": shape({}, MENU | MOST_SELECTED | {"initial_users": NAMES}),
    "multi_conversations_select": shape({}, MENU | CONVERSATIONS | MOST_SELECTED | {"initial_conversations": NAMES}),
    "multi_channels_select": shape({}, MENU | MOST_SELECTED | {"initial_channels": NAMES}),
    "datepicker": shape({}, MENU | {"initial_date": DATE}),
    "timepicker": shape({}, MENU | {"initial_time": TIME, "timezone": string(100)}),
    "datetimepicker": shape({}, ACTION_ID | FOCUS | {"initial_date_time": MOMENT, "confirm": CONFIRM}),
    "radio_buttons": shape(
        {"options": items(RICH_OPTION, 10)}, ACTION_ID | FOCUS | {"initial_option": RICH_OPTION, "confirm": CONFIRM}
    ),
    "checkboxes": shape(
        {"options": items(RICH_OPTION, 10)},
        ACTION_ID | FOCUS | {"initial_options": items(RICH_OPTION, 10), "confirm": CONFIRM},
    ),
}
FIELDS: dict[str, Rule] = {
    "plain_text_input": shape(
        {},
        TEXT_FIELD
        | {
            "initial_value": string(3000, 0),
            "multiline": flag,
            "min_length": whole_number(0, 3000),
            "max_length": whole_number(1, 3000),
        },
    ),
    "email_text_input": shape({}, TEXT_FIELD | {"initial_value": string(3000, 0)}),
    "url_text_input": shape({}, TEXT_FIELD | {"initial_value": string(3000, 0)}),
    "number_input": shape(
        {"is_decimal_allowed": flag},
        TEXT_FIELD | {"initial_value": string(100, 0), "min_value": anything, "max_value": anything},
    ),
    "rich_text_input": shape(
        {},
        ACTION_ID | FOCUS | {"placeholder": plain(150), "dispatch_action_config": DISPATCH, "initial_value": RICH_TEXT},
    ),
    "file_input": shape({}, ACTION_ID | {"filetypes": items(string(100), 100), "max_files": whole_number(1, 10)}),
}
BUTTONS: dict[str, Rule] = {"button": BUTTON, "overflow": OVERFLOW, "workflow_button": loosely(ACTION_ID)}

SECTION = shape(
    {},
    BLOCK_ID
    | {
        "text": formatted(3000),
        "fields": items(formatted(2000), 10),
        "accessory": by_type({**BUTTONS, **MENUS, "image": _image}),
        "expand": flag,
    },
)
CONTEXT_ITEM = by_type(
    {
        "image": _image,
        "mrkdwn": shape({"text": string(3000)}, {"verbatim": flag}),
        "plain_text": shape({"text": string(3000)}, {"emoji": flag}),
    }
)
INPUT = shape(
    {"label": plain(2000), "element": by_type({**MENUS, **FIELDS})},
    BLOCK_ID | {"hint": plain(2000), "optional": flag, "dispatch_action": flag},
)

NEWER = ("video", "file", "alert", "card", "carousel", "data_table", "data_visualization")
"""Kinds that Slack may still change: sent only with a plain fallback, and not checked further."""

BLOCKS: dict[str, Rule] = {
    "section": SECTION,
    "header": shape({"text": plain(150)}, BLOCK_ID | {"level": whole_number(1, 4)}),
    "divider": shape({}, BLOCK_ID),
    "image": _image,
    "context": shape({"elements": items(CONTEXT_ITEM, 10)}, BLOCK_ID),
    "actions": shape({"elements": items(by_type({**BUTTONS, **MENUS}), 25)}, BLOCK_ID),
    "input": INPUT,
    "rich_text": RICH_TEXT,
    "markdown": shape({"text": string(12_000)}, BLOCK_ID),
    "table": TABLE,
    "context_actions": shape({"elements": items(loosely(ACTION_ID), 5)}, BLOCK_ID),
    **dict.fromkeys(NEWER, loosely(BLOCK_ID)),
}
MESSAGE_ONLY = frozenset({"markdown", "table", "context_actions", "file", "data_table", "data_visualization"})

COMMON_VIEW = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEW: dict[str, Rule] = {
    "modal": shape(
        {"title": plain(24), "blocks": anything},
        COMMON_VIEW
        | {
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": flag,
            "notify_on_close": flag,
            "submit_disabled": flag,
        },
    ),
    "home": shape({"blocks": anything}, COMMON_VIEW),
}
OPTIONS_ANSWER = shape({}, {"options": items(OPTION, 100, 0), "option_groups": items(GROUP, 100, 0)})
