"""How a direct answer reaches the person who acted, whatever they used to act."""

import json
from typing import Any

from slack_bolt import BoltResponse
from slack_sdk.webhook import WebhookClient

from handlers.request import Answer, Errors, Reply, Request, Show
from views import answers
from views.blocks import TEXT, Message, fit

FRAME = 60_000
"""Bytes of an acknowledgement. The Socket Mode client cannot send more than 65,535, and JSON needs six for each letter
in Chinese, Arabic or Russian, twelve for an emoji."""


def to_command(request: Request, reply: Reply) -> BoltResponse:
    """Answer a slash command in the acknowledgement itself: no further call, unless it is too large for one frame."""
    if not isinstance(reply, Answer):
        return BoltResponse(status=200, body="")
    body = _body(reply)
    if request.response_url and len(json.dumps(body)) > FRAME:
        WebhookClient(request.response_url).send_dict(body)
        return BoltResponse(status=200, body="")
    return BoltResponse(status=200, body=body)


def to_form(request: Request, reply: Reply) -> BoltResponse:
    """Answer a submitted form: errors at its fields, another page, or done."""
    if isinstance(reply, Errors):
        return _form_action("errors", errors=_at_existing_fields(request, reply.by_field))
    if isinstance(reply, Show):
        return _form_action("update", view=reply.view)
    if isinstance(reply, Answer):
        return _form_action("update", view=answers.page(request.say, reply.message))
    return BoltResponse(status=200, body="")


def to_click(request: Request, reply: Reply) -> BoltResponse:
    """Answer a click or shortcut: privately where it was made, or on a page where there is no such place."""
    if isinstance(reply, Answer):
        _say_privately(request, reply)
    elif isinstance(reply, Show):
        request.open_form(reply.view)
    return BoltResponse(status=200, body="")


def to_event(request: Request, reply: Reply) -> BoltResponse:
    """Answer something written to the bot, once: in its DM, or privately in the channel where it was mentioned."""
    if isinstance(reply, Answer) and request.channel_id:
        event = request.payload.get("event") or {}
        slack = request.office.slack
        thread = {"thread_ts": event["thread_ts"]} if event.get("thread_ts") else {}
        shown: dict[str, Any] = {"channel": request.channel_id, "text": reply.message.text, **thread}
        if reply.message.blocks:
            shown["blocks"] = reply.message.blocks
        with request.answering():
            if event.get("channel_type") == "im":
                slack.chat_postMessage(**shown)
            else:
                slack.chat_postEphemeral(user=request.slack_id, **shown)
    return BoltResponse(status=200, body="")


def _say_privately(request: Request, answer: Answer) -> None:
    if request.response_url:
        WebhookClient(request.response_url).send_dict(_body(answer) | {"replace_original": answer.replace})
    elif request.trigger_id:
        request.open_form(answers.page(request.say, answer.message))


def _body(answer: Answer) -> dict[str, Any]:
    body: dict[str, Any] = {
        "response_type": "in_channel" if answer.in_channel else "ephemeral",
        "text": answer.message.text,
    }
    return body | ({"blocks": answer.message.blocks} if answer.message.blocks else {})


def _form_action(kind: str, **content: Any) -> BoltResponse:
    return BoltResponse(status=200, body={"response_action": kind, **content})


def _at_existing_fields(request: Request, by_field: dict[str, str]) -> dict[str, str]:
    """Slack drops errors at blocks that do not exist: a sentence without its field goes to the first field there is."""
    inputs = [b["block_id"] for b in request.payload["view"]["blocks"] if b["type"] == "input"]
    placed: dict[str, str] = {}
    for field, sentence in by_field.items():
        at = next((i for i in inputs if i == field or i.startswith(f"{field}.")), inputs[0])
        placed[at] = f"{placed[at]} {sentence}" if at in placed else sentence
    return placed


def refused(sentence: str, *, typed: str = "", replace: bool = False, request: Request | None = None) -> Answer:
    """Make the private answer of a refusal, handing back what was typed."""
    blocks = answers.refusal(request.say, sentence, typed) if request and typed else []
    return Answer(Message(fit(sentence, TEXT), blocks), replace=replace)
