"""Every block and element that Focal may send, once each, for the tests of the page."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(label: str, value: str) -> Json:
    return {"text": plain(label), "value": value}


OPTIONS = [option("Climate change", "climate"), option("Youth", "youth")]
NOON = 1796126400
"""1 December 2026, 12:00 UTC."""
PIXEL = "https://pictures.invalid/square.png"
CONFIRM: Json = {"title": plain("Withdraw it?"), "text": mrkdwn("It is *gone* then."), "confirm": plain("Withdraw")}
CONFIRM |= {"deny": plain("Keep it"), "style": "danger"}
MARKS = (
    "*bold* _italic_ ~struck~ `code` <https://www.itu.int|the site> <@U0BO> <#C0GENERAL> <!here> :white_check_mark:\n"
    "> quoted *twice*\n• one\n• two\n```a < b\n  c```\n5 * 3 * 2 and snake_case_word, AT&amp;T &lt;tag&gt;\n"
    f"<!date^{NOON}^{{date_short_pretty}} {{time}}|noon>"
)
RICH: Json = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "Bold", "style": {"bold": True}},
                {"type": "text", "text": " and "},
                {"type": "link", "url": "https://www.itu.int", "text": "a link"},
                {"type": "user", "user_id": "U0BO"},
                {"type": "emoji", "name": "tada"},
            ],
        },
        {
            "type": "rich_text_list",
            "style": "ordered",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "Point"}]}],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Quoted"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "as typed"}]},
    ],
}


def button(action_id: str, label: str, **parts: Any) -> Json:
    return {"type": "button", "action_id": f"any-{action_id}", "text": plain(label), "value": action_id, **parts}


def menu(kind: str, label: str, **parts: Any) -> Json:
    return {"type": kind, "action_id": f"any-{kind}", "placeholder": plain(label), **parts}


SHOWN: list[Json] = [
    {"type": "header", "text": plain("Every block :tada:")},
    {"type": "section", "text": mrkdwn(MARKS)},
    {
        "type": "section",
        "fields": [mrkdwn("*Health*\nat risk"), plain("Age: *3 days*")],
        "accessory": {"type": "image", "image_url": PIXEL, "alt_text": "A small square"},
    },
    {"type": "divider"},
    {"type": "context", "elements": [mrkdwn("by *Ama*"), {"type": "image", "image_url": PIXEL, "alt_text": "Seal"}]},
    {"type": "image", "image_url": PIXEL, "alt_text": "A chart", "title": plain("The chart")},
    RICH,
    {
        "type": "table",
        "column_settings": [{"align": "left"}, {"align": "right"}],
        "rows": [
            [{"type": "raw_text", "text": "Area"}, {"type": "raw_text", "text": "Age"}],
            [{"type": "raw_text", "text": "Climate"}, {"type": "raw_text", "text": "3"}],
        ],
    },
    {"type": "card", "title": {"text": "not known here"}},
]

ACTED: list[Json] = [
    {
        "type": "actions",
        "block_id": "buttons",
        "elements": [
            button("plain", "Plain"),
            button("main", "Main", style="primary"),
            button("gone", "Withdraw", style="danger", confirm=CONFIRM),
            button("link", "The site", url="https://www.itu.int"),
            {"type": "overflow", "action_id": "any-overflow", "options": OPTIONS},
        ],
    },
    {
        "type": "actions",
        "block_id": "menus",
        "elements": [
            menu("static_select", "Static", options=OPTIONS),
            menu("external_select", "External", min_query_length=2),
            menu("users_select", "Person"),
            menu("conversations_select", "Conversation"),
            menu("channels_select", "Channel"),
            menu("multi_static_select", "Several", options=OPTIONS),
            menu("datepicker", "Day", initial_date="2026-12-03"),
            menu("timepicker", "Hour", initial_time="14:30"),
            {"type": "radio_buttons", "action_id": "any-radio", "options": OPTIONS},
            {"type": "checkboxes", "action_id": "any-checks", "options": OPTIONS},
        ],
    },
]


def asked(label: str, element: Json, **parts: Any) -> Json:
    block_id = element["type"]
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, "optional": True, **parts}


def field(kind: str, **parts: Any) -> Json:
    return {"type": kind, "action_id": "it", **parts}


FORM: Json = {
    "type": "modal",
    "callback_id": "every",
    "title": plain("Every field"),
    "submit": plain("Send"),
    "blocks": [
        asked("Line", field("plain_text_input", max_length=40), hint=plain("In a few words"), optional=False),
        asked("Address", field("email_text_input")),
        asked("Link", field("url_text_input")),
        asked("Number", field("number_input", is_decimal_allowed=False)),
        asked("Static", field("static_select", options=OPTIONS)),
        asked("External", field("external_select", min_query_length=0)),
        asked("Person", field("users_select")),
        asked("Conversation", field("conversations_select")),
        asked("Areas", field("multi_static_select", options=OPTIONS)),
        asked("People", field("multi_users_select", max_selected_items=2)),
        asked("Day", field("datepicker")),
        asked("Hour", field("timepicker")),
        asked("Moment", field("datetimepicker", initial_date_time=NOON)),
        asked("Health", field("radio_buttons", options=OPTIONS)),
        asked("Tell", field("checkboxes", options=OPTIONS)),
        {"type": "actions", "block_id": "deeds", "elements": [button("push", "One more"), button("renew", "Change")]},
    ],
}
