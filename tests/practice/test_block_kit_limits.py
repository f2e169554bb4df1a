"""Each limit of Block Kit, met exactly and passed by one."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from practice.block_kit import MOST_TEXT
from tests.practice.test_strictness import button, menu, option, plain, refusal

Json = dict[str, Any]
Parts = list[Json]


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def options(number: int) -> Parts:
    return [option(str(each)) for each in range(number)]


def actions(*elements: Json) -> Parts:
    return [{"type": "actions", "elements": list(elements)}]


def field(element: Json, **parts: Any) -> Parts:
    return [{"type": "input", "label": plain("Field"), "element": element, **parts}]


def typed(**parts: Any) -> Parts:
    return field({"type": "plain_text_input", "action_id": "typed", **parts})


def confirming(**parts: Any) -> Parts:
    confirm = {"title": plain("Sure?"), "text": plain("Really?"), "confirm": plain("Yes"), "deny": plain("No")}
    return actions(button(confirm=confirm | parts))


def choice(kind: str, number: int) -> Parts:
    return actions({"type": kind, "action_id": "choice", "options": options(number)})


def groups(number: int) -> Parts:
    found = [{"label": plain("Group"), "options": [option(str(each))]} for each in range(number)]
    return [menu(option_groups=found)]


def rich(*pieces: Json) -> Parts:
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}]


def table(rows: int, columns: int) -> Parts:
    cell = {"type": "raw_text", "text": "1"}
    return [{"type": "table", "rows": [[cell] * columns] * rows}]


def image(**parts: Any) -> Parts:
    return [{"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A", **parts}]


def dated(kind: str, **initial: Any) -> Parts:
    return actions({"type": kind, "action_id": "when", **initial})


AT_THE_LIMIT = [
    ([{"type": "divider"}] * 50, [{"type": "divider"}] * 51),
    ([{"type": "header", "text": plain("x" * 150)}], [{"type": "header", "text": plain("x" * 151)}]),
    ([{"type": "section", "text": mrkdwn("x" * 3000)}], [{"type": "section", "text": mrkdwn("x" * 3001)}]),
    ([{"type": "section", "fields": [plain("x")] * 10}], [{"type": "section", "fields": [plain("x")] * 11}]),
    ([{"type": "context", "elements": [mrkdwn("x")] * 10}], [{"type": "context", "elements": [mrkdwn("x")] * 11}]),
    (actions(*[button(action_id=f"{n}") for n in range(25)]), actions(*[button(action_id=f"{n}") for n in range(26)])),
    (actions(button(text=plain("x" * 75))), actions(button(text=plain("x" * 76)))),
    (actions(button(value="x" * 2000)), actions(button(value="x" * 2001))),
    (actions(button(url="x" * 3000)), actions(button(url="x" * 3001))),
    (actions(button(action_id="x" * 255)), actions(button(action_id="x" * 256))),
    (actions(button()), actions(button(style="warning"))),
    (actions(button()), actions(button(), button())),
    (confirming(title=plain("x" * 100)), confirming(title=plain("x" * 101))),
    (confirming(text=plain("x" * 300)), confirming(text=plain("x" * 301))),
    (confirming(confirm=plain("x" * 30)), confirming(confirm=plain("x" * 31))),
    (confirming(deny=plain("x" * 30)), confirming(deny=plain("x" * 31))),
    ([menu(options=options(100))], [menu(options=options(101))]),
    (groups(100), groups(101)),
    ([menu(options=[option("x" * 150)])], [menu(options=[option("x" * 151)])]),
    ([menu(options=[option("1", "x" * 75)])], [menu(options=[option("1", "x" * 76)])]),
    (choice("overflow", 5), choice("overflow", 6)),
    (choice("radio_buttons", 10), choice("radio_buttons", 11)),
    (choice("checkboxes", 10), choice("checkboxes", 11)),
    (typed(placeholder=plain("x" * 150)), typed(placeholder=plain("x" * 151))),
    (typed(initial_value="x" * 3000), typed(initial_value="x" * 3001)),
    (typed(max_length=3000), typed(max_length=3001)),
    (typed(min_length=0), typed(min_length=-1)),
    (field({"type": "datepicker"}, label=plain("x" * 2000)), field({"type": "datepicker"}, label=plain("x" * 2001))),
    (field({"type": "datepicker"}, hint=plain("x" * 2000)), field({"type": "datepicker"}, hint=plain("x" * 2001))),
    (image(alt_text="x" * 2000), image(alt_text="x" * 2001)),
    (image(title=plain("x" * 2000)), image(title=plain("x" * 2001))),
    (image(block_id="x" * 255), image(block_id="x" * 256)),
    (image(block_id="one"), image(block_id="one") * 2),
    (dated("datepicker", initial_date="2026-12-03"), dated("datepicker", initial_date="3 Dec")),
    (dated("timepicker", initial_time="09:30"), dated("timepicker", initial_time="25:00")),
    (dated("datetimepicker", initial_date_time=1796140200), dated("datetimepicker", initial_date_time=17961402)),
    (table(100, 2), table(101, 2)),
    (table(2, 20), table(2, 21)),
    (table(1, 1), table(1, 1) * 2),
    (rich({"type": "text", "text": "hello", "style": {"bold": True}}), rich({"type": "text", "text": 5})),
    (rich({"type": "user", "user_id": "U0AMA"}), rich({"type": "person", "user_id": "U0AMA"})),
    ([{"type": "markdown", "text": "x" * 12_000}], [{"type": "markdown", "text": "x" * 12_001}]),
]


@pytest.mark.parametrize(("fits", "exceeds"), AT_THE_LIMIT)
def test_a_limit_is_kept_to_the_last_character(client: WebClient, fits: Parts, exceeds: Parts) -> None:
    client.chat_postMessage(channel="C0TASKFORCE", text="limits", blocks=fits)
    refused = refusal(lambda: client.chat_postMessage(channel="C0TASKFORCE", text="limits", blocks=exceeds))
    assert refused == "invalid_blocks"


def test_all_texts_of_a_message_together_have_a_limit(client: WebClient) -> None:
    full = [{"type": "section", "text": mrkdwn("x" * 3000)} for _ in range(MOST_TEXT // 3000)]
    client.chat_postMessage(channel="C0TASKFORCE", text="long", blocks=full)
    over = [*full, {"type": "section", "text": mrkdwn("x")}]
    refused = refusal(lambda: client.chat_postMessage(channel="C0TASKFORCE", text="long", blocks=over))
    assert refused == "msg_blocks_too_long"


def home(**parts: Any) -> Json:
    return {"type": "home", "blocks": [], **parts}


@pytest.mark.parametrize(
    ("fits", "exceeds", "error"),
    [
        (home(blocks=[{"type": "divider"}] * 100), home(blocks=[{"type": "divider"}] * 101), "invalid_arguments"),
        (home(private_metadata="x" * 3000), home(private_metadata="x" * 3001), "invalid_arguments"),
        (home(callback_id="x" * 255), home(callback_id="x" * 256), "invalid_arguments"),
        (home(), {"type": "home"}, "invalid_arguments"),
        (home(), home(blocks=5), "invalid_arguments"),
        (home(), {"type": "options", "options": []}, "invalid_arguments"),
        (home(), home(blocks=[{"type": "section", "text": plain("\u6c14" * 3000)}] * 30), "view_too_large"),
    ],
)
def test_an_app_home_has_limits_of_its_own(client: WebClient, fits: Json, exceeds: Json, error: str) -> None:
    client.views_publish(user_id="U0AMA", view=fits)
    assert refusal(lambda: client.views_publish(user_id="U0AMA", view=exceeds)) == error


def test_every_reason_is_given_at_once(client: WebClient) -> None:
    blocks = [{"type": "header", "text": plain("x" * 151)}, {"type": "section", "text": plain("")}]
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel="C0TASKFORCE", text="x", blocks=blocks)
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]",
        "[ERROR] must be more than 0 characters [json-pointer:/blocks/1/text/text]",
    ]
