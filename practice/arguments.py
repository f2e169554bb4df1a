"""The arguments of a Web API call, whichever of Slack's encodings they came in."""

import json
from typing import Any

from aiohttp import web

from practice.refusals import Json, SlackError

TRUE_WORDS = frozenset({"1", "true", "True", True})


class Arguments:
    def __init__(self, values: Json) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def text(self, name: str, default: str = "") -> str:
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str, *, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if not value:
            raise SlackError(error, messages=[f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        return self.values.get(name) in TRUE_WORDS

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.values.get(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments", messages=[f"[ERROR] {name} must be an integer"]) from None

    def structured(self, name: str, error: str) -> Any:
        """A JSON value, sent as JSON or as a string of JSON; None if it was not sent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackError(error, messages=[f"[ERROR] {name} is not valid JSON"]) from None


async def read_arguments(request: web.Request) -> Arguments:
    """From the query and a JSON or form body."""
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        body = await request.text()
        try:
            sent = json.loads(body) if body else {}
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(sent, dict):
            raise SlackError("json_not_object")
        values |= sent
    elif request.can_read_body:
        values |= dict(await request.post())
    return Arguments(values)
