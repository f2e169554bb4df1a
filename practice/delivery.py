"""How what people do reaches the app: one way in, over Socket Mode or as signed HTTP requests."""

from typing import Any, Literal, Protocol

from practice.refusals import Json

Kind = Literal["slash_commands", "interactive", "events_api"]

Retry = tuple[int, str]
"""Number and reason of a repeated event; 0 and "" the first time."""

FIRST_TIME: Retry = (0, "")


class Delivery(Protocol):
    """Carries one payload to the app and brings back what it acknowledged with."""

    async def send(self, kind: Kind, payload: Json, *, seconds: float, retry: Retry = FIRST_TIME) -> Any:
        """The acknowledgement's body (a dictionary, possibly empty); NotDeliveredError if there is none in time."""
