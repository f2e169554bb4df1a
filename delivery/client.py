"""The two ways to speak to Slack: one that never repeats a call by itself, for messages, and one that does."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from ssl import SSLContext, create_default_context
from typing import Any, Protocol
from urllib.error import HTTPError
from urllib.request import Request

from slack_sdk import WebClient
from slack_sdk.http_retry import RetryHandler
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from typing_extensions import override

TIME_OUT = 10
"""Seconds that Slack is given to answer; well below the lease of a claim."""


class Headers(Protocol):
    """The headers of an answer, whichever class urllib gave them."""

    def get(self, name: str, /) -> str | None:
        """Return the value of one header."""
        ...


class ListeningClient(WebClient):
    """A Slack client that lets somebody see the headers of every answer."""

    def __init__(self, *, on_headers: Callable[[Headers], None] | None, **options: Any) -> None:
        super().__init__(**options)
        self.proxy = options.get("proxy")  # the settings say which; the SDK would ask the environment by itself
        self._on_headers = on_headers

    @override
    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        try:
            answer = super()._perform_urllib_http_request_internal(url, req)
        except HTTPError as error:
            self._tell(error.headers)
            raise
        self._tell(answer["headers"])
        return answer

    def _tell(self, headers: Headers) -> None:
        if self._on_headers is not None:
            self._on_headers(headers)


@cache
def trust() -> SSLContext:
    """Return whom we trust, read once: urllib would read the machine's certificates anew for every call."""
    return create_default_context()


@dataclass(frozen=True)
class Line:
    """How Slack is reached."""

    token: str | None
    base_url: str
    proxy: str | None = None
    time_out: int = TIME_OUT
    on_headers: Callable[[Headers], None] | None = None

    def posting(self) -> WebClient:
        """Return the client for messages: the SDK's own retry would post twice when an answer is lost."""
        return self._client([])

    def reading(self) -> WebClient:
        """Return the client for calls that may be repeated: reading, and publishing views."""
        return self._client(
            [
                ConnectionErrorRetryHandler(max_retry_count=1),
                RateLimitErrorRetryHandler(max_retry_count=1),
                ServerErrorRetryHandler(max_retry_count=1),
            ]
        )

    def _client(self, retry_handlers: list[RetryHandler]) -> WebClient:
        return ListeningClient(
            on_headers=self.on_headers, token=self.token, base_url=self.base_url, proxy=self.proxy,
            timeout=self.time_out, retry_handlers=retry_handlers, ssl=trust(),
        )  # fmt: skip
