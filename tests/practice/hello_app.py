"""The SDK's documented hello world, grown by a command, a form and an App Home: an app that is not ours."""

from typing import Any

from slack_bolt import App
from slack_sdk import WebClient

FORM = {
    "type": "modal",
    "callback_id": "form",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "colour",
            "dispatch_action": True,
            "label": {"type": "plain_text", "text": "Colour"},
            "element": {
                "type": "static_select",
                "action_id": "colour.chosen",
                "options": [
                    {"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("Red", "Blue")
                ],
            },
        },
        {
            "type": "input",
            "block_id": "why",
            "label": {"type": "plain_text", "text": "Why"},
            "element": {"type": "plain_text_input", "action_id": "why.typed", "multiline": True},
        },
        {
            "type": "input",
            "block_id": "town",
            "optional": True,
            "label": {"type": "plain_text", "text": "Town"},
            "element": {"type": "external_select", "action_id": "town.asked", "min_query_length": 1},
        },
    ],
}
BUTTON = {
    "type": "actions",
    "block_id": "row",
    "elements": [
        {
            "type": "button",
            "action_id": "press",
            "text": {"type": "plain_text", "text": "Press me"},
            "value": "42",
        }
    ],
}


def hello_app(*, token: str, signing_secret: str, api_url: str) -> tuple[App, list[dict[str, Any]]]:
    """The app, and a list that collects what it was told."""
    client = WebClient(token=token, base_url=api_url)
    app = App(client=client, signing_secret=signing_secret, process_before_response=True)
    told: list[dict[str, Any]] = []

    def listen(body: dict[str, Any], next: Any) -> None:  # noqa: A002 - Bolt's name
        told.append(body)
        next()

    app.use(listen)
    app.command("/isctf")(on_command)
    app.action("press")(on_press)
    app.action("colour.chosen")(on_colour)
    app.options("town.asked")(on_town)
    app.view("form")(on_form)
    app.view_closed("form")(on_closed)
    app.shortcut("use_as_update")(on_closed)
    app.event("message")(on_message)
    app.event("app_mention")(on_mention)
    app.event("app_home_opened")(on_home)
    return app, told


def on_command(ack: Any, command: Any, client: Any, respond: Any) -> None:
    match command["text"].partition(" ")[0]:
        case "form":
            client.views_open(trigger_id=command["trigger_id"], view=FORM)
            ack()
        case "later":
            ack()
            respond("came later")
        case "deaf":
            return
        case _:
            ack(text=f"you said {command['text']}", blocks=[BUTTON])


def on_press(ack: Any, respond: Any) -> None:
    ack()
    respond(text="pressed", replace_original=True)


def on_colour(ack: Any, body: Any, client: Any) -> None:
    ack()
    title = {"type": "plain_text", "text": body["actions"][0]["selected_option"]["text"]["text"]}
    client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view={**FORM, "title": title})


def on_town(ack: Any, payload: Any) -> None:
    town = payload["value"].title()
    ack(options=[{"text": {"type": "plain_text", "text": town}, "value": town.lower()}])


def on_form(ack: Any, view: Any, body: Any, client: Any) -> None:
    why = view["state"]["values"]["why"]["why.typed"]["value"]
    if why == "because":
        ack(response_action="errors", errors={"why": "Say more."})
        return
    ack()
    client.chat_postMessage(channel=body["user"]["id"], text=f"noted: {why}")


def on_closed(ack: Any) -> None:
    ack()


def on_message(event: Any, say: Any) -> None:
    say(f"I read: {event['text']}")


def on_mention(event: Any, say: Any) -> None:
    say(text="you called?", thread_ts=event["ts"])


def on_home(event: Any, client: Any) -> None:
    client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [BUTTON]})
