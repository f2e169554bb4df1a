"""The HTTP transport: what people do is POSTed to the app's address, signed as Slack signs."""

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlencode

import aiohttp

from practice import clock
from practice.delivery import FIRST_TIME, Kind, Retry
from practice.json_text import parse
from practice.refusals import Json, NotDeliveredError

OK = 200


def sign(body: bytes, *, secret: str, timestamp: int) -> dict[str, str]:
    """Slack's signature headers (version 0) for a request body."""
    base = b"v0:" + str(timestamp).encode() + b":" + body
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(timestamp), "X-Slack-Signature": f"v0={digest}"}


def encode(kind: Kind, payload: Json) -> tuple[str, bytes]:
    """Content type and body as Slack sends them for commands, interactions and events."""
    form = "application/x-www-form-urlencoded"
    if kind == "slash_commands":
        return form, urlencode({key: value for key, value in payload.items() if value is not None}).encode()
    if kind == "interactive":
        return form, urlencode({"payload": json.dumps(payload, ensure_ascii=False)}).encode()
    return "application/json", json.dumps(payload, ensure_ascii=False).encode()


class HttpDelivery:
    def __init__(self, url: str, *, signing_secret: str) -> None:
        self.url = url
        self._secret = signing_secret
        self._session = aiohttp.ClientSession()

    async def close(self) -> None:
        await self._session.close()

    async def send(self, kind: Kind, payload: Json, *, seconds: float, retry: Retry = FIRST_TIME) -> Any:
        content_type, body = encode(kind, payload)
        timestamp = int(clock.real().timestamp())
        headers = {"Content-Type": content_type, **sign(body, secret=self._secret, timestamp=timestamp)}
        if retry[0]:
            headers |= {"X-Slack-Retry-Num": str(retry[0]), "X-Slack-Retry-Reason": retry[1]}
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(self.url, data=body, headers=headers, timeout=limit) as response:
                text = await response.text(errors="replace")
        except TimeoutError:
            raise NotDeliveredError("operation_timeout", reason="http_timeout") from None
        except aiohttp.ClientError:
            raise NotDeliveredError("dispatch_failed", reason="connection_failed") from None
        if response.status != OK:
            final = response.headers.get("X-Slack-No-Retry") == "1"
            raise NotDeliveredError("http_service_error", reason="http_error", final=final)
        return read_body(response.content_type, text)


def read_body(content_type: str, text: str) -> Any:
    """An acknowledgement's body: JSON, or plain text as the words of a message."""
    if content_type != "application/json" or not text:
        return {"text": text} if text else {}
    try:
        return parse(text)
    except ValueError:
        raise NotDeliveredError("http_service_error", reason="http_error") from None
