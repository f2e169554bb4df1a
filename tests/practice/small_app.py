"""A small Bolt app for the tests of the page: a command that answers with blocks, a form that refuses, a home."""

import re
from dataclasses import dataclass, field
from threading import Condition
from typing import Any

from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode.builtin import SocketModeHandler
from slack_sdk import WebClient

from practice.server import PracticeServer
from tests.practice import every_block
from tests.slack_world import part

Json = dict[str, Any]
PATIENCE = 90


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def option(label: str, value: str) -> Json:
    return {"text": plain(label), "value": value}


def field_of(block_id: str, label: str, element: Json, **parts: Any) -> Json:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **parts}


AREAS = [option("Climate change", "climate"), option("Accessibility", "accessibility")]

CARD: list[Json] = [
    {"type": "header", "text": plain("Status board")},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Climate* is :large_yellow_circle: at risk, <@U0AMA>"}},
    {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": "<!date^1796140200^{time}|in UTC>"}],
    },
    {
        "type": "actions",
        "block_id": "deeds",
        "elements": [
            {"type": "button", "action_id": "form", "text": plain("Post update"), "value": "climate"},
            {"type": "static_select", "action_id": "area", "placeholder": plain("Area"), "options": AREAS},
        ],
    },
]

FORM: Json = {
    "type": "modal",
    "callback_id": "update",
    "title": plain("Status update"),
    "submit": plain("Post"),
    "close": plain("Not now"),
    "blocks": [
        field_of("area", "Area", {"type": "static_select", "action_id": "it", "options": AREAS}),
        field_of("text", "What changed", {"type": "plain_text_input", "action_id": "it", "multiline": True}),
        field_of("day", "Due", {"type": "datepicker", "action_id": "it"}, optional=True),
        field_of("who", "Help from", {"type": "multi_users_select", "action_id": "it"}, optional=True),
        field_of(
            "tell",
            "Tell",
            {"type": "checkboxes", "action_id": "it", "options": [option("The chair", "chair")]},
            optional=True,
        ),
    ],
}


@dataclass
class SmallApp:
    """The app, connected to the workspace; `seen` holds what reached it, by kind."""

    server: PracticeServer
    seen: dict[str, list[Json]] = field(default_factory=dict)
    heard: Condition = field(default_factory=Condition)

    def start(self) -> "SmallApp":
        client = WebClient(token=self.server.bot_token, base_url=self.server.api_url)
        app = App(client=client, signing_secret=self.server.signing_secret)
        app.command("/isctf")(self.command)
        app.action("form")(self.open_form)
        app.action("area")(self.chosen)
        app.action("any-push")(self.push)
        app.action("any-renew")(self.renew)
        app.action(re.compile("any-.*"))(self.acted)
        app.options(re.compile(".*"))(self.suggest)
        app.shortcut("use_as_update")(self.open_form)
        app.shortcut("post_update")(self.open_every_field)
        app.view("update")(self.submitted)
        app.view("every")(self.keep_values)
        app.event("app_home_opened")(self.home)
        app.event("message")(self.ignore)
        self.handler = SocketModeHandler(
            app,
            app_token=self.server.app_token,
            web_client=WebClient(token=self.server.app_token, base_url=self.server.api_url),
        )
        self.handler.connect()
        return self

    def stop(self) -> None:
        part(self.server, self.handler)

    def keep(self, kind: str, body: Json) -> None:
        with self.heard:
            self.seen.setdefault(kind, []).append(body)
            self.heard.notify_all()

    def wait_for(self, kind: str, count: int) -> None:
        """Wait until so many of a kind have reached the app."""
        with self.heard:
            assert self.heard.wait_for(lambda: len(self.seen.get(kind, [])) >= count, PATIENCE), self.seen.get(kind)

    def command(self, ack: Ack, command: Json) -> None:
        if command["text"] == "silence":
            return
        ack(text="Status board", blocks=CARD)

    def open_form(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        self.keep("opened", body)
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def chosen(self, ack: Ack, body: Json) -> None:
        ack()
        self.keep("chosen", body)

    def acted(self, ack: Ack, body: Json) -> None:
        ack()
        self.keep("acted", body["actions"][0])

    def suggest(self, ack: Ack, payload: Json) -> None:
        ack(options=[option(f"{payload['value']} found", "found")])

    def open_every_field(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=every_block.FORM)

    def push(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_push(trigger_id=body["trigger_id"], view={**FORM, "title": plain("One more")})

    def renew(self, ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        view = {**every_block.FORM, "title": plain("Changed")}
        client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    def keep_values(self, ack: Ack, view: Json) -> None:
        ack()
        self.keep("every", view["state"]["values"])

    def submitted(self, ack: Ack, view: Json, body: Json, client: WebClient) -> None:
        values = view["state"]["values"]
        if values["text"]["it"]["value"] == "nothing":
            ack(response_action="errors", errors={"text": "Please say what changed."})
            return
        ack()
        self.keep("submitted", values)
        client.chat_postMessage(channel="C0TASKFORCE", text=f"<@{body['user']['id']}>: {values['text']['it']['value']}")

    def home(self, event: Json, client: WebClient) -> None:
        blocks = [{"type": "header", "text": plain("Your desk")}, CARD[3]]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    def ignore(self, event: Json) -> None:
        self.keep("message", event)
