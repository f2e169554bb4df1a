"""The arguments of a Web API call, whichever of Slack's encodings they came in."""

from typing import Any

from aiohttp import web

from practice.json_text import parse
from practice.refusals import Json, SlackError

TRUE_WORDS = ("1", "true", "True")
FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
CHARSETS = frozenset({None, "utf-8", "utf8", "iso-8859-1"})


class Arguments:
    def __init__(self, values: Json) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def get(self, name: str) -> Any:
        return self.values.get(name)

    def text(self, name: str, default: str = "") -> str:
        match self.values.get(name):
            case None:
                return default
            case str() as value:
                return value
            case bool() as value:
                return str(value).lower()
            case int() | float() as value:
                return str(value)
            case _:
                raise SlackError("invalid_arguments", messages=[f"[ERROR] must be a string [json-pointer:/{name}]"])

    def required(self, name: str, *, error: str = "invalid_arguments") -> str:
        value = self.text(name)
        if not value:
            raise SlackError(error, messages=[f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str) -> bool:
        return self.text(name) in TRUE_WORDS

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise SlackError("invalid_arguments", messages=[f"[ERROR] {name} must be an integer"]) from None

    def structured(self, name: str, error: str) -> Any:
        """A JSON value, sent as JSON or as a string of JSON; None if it was not sent."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return parse(value)
        except ValueError:
            raise SlackError(error, messages=[f"[ERROR] {name} is not valid JSON"]) from None


async def read_arguments(request: web.Request) -> Arguments:
    """From the query and a JSON or form body."""
    values: Json = dict(request.query)
    if not request.can_read_body:
        return Arguments(values)
    if (request.charset or "utf-8").lower() not in CHARSETS:
        raise SlackError("invalid_charset")
    if request.content_type == "application/json":
        values |= await _json_object(request)
    elif request.content_type in FORMS:
        values |= await _form(request)
    else:
        raise SlackError("invalid_post_type" if "Content-Type" in request.headers else "missing_post_type")
    return Arguments(values)


async def _json_object(request: web.Request) -> Json:
    try:
        body = await request.text()
        sent = parse(body) if body else {}
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(sent, dict):
        raise SlackError("json_not_object")
    return sent


async def _form(request: web.Request) -> Json:
    try:
        return dict(await request.post())
    except ValueError:
        raise SlackError("invalid_form_data") from None
