"""How the practice workspace says no to an app: Slack's error codes, with the reason where Slack gives one."""

from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]


class SlackError(Exception):
    """A Web API call is refused; `code` is Slack's own error code."""

    def __init__(self, code: str, *, messages: Sequence[str] = (), **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.messages = list(messages)
        self.details = details

    def body(self) -> Json:
        answer: Json = {"ok": False, "error": self.code, **self.details}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer


class NotDeliveredError(Exception):
    """The app did not take what a person did; `code` is the word Slack shows the person.

    `final`: the app asked not to be sent this again.
    """

    def __init__(self, code: str, *, reason: str = "", final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason or code
        self.final = final
