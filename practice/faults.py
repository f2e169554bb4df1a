"""Faults on demand, for tests: what the next calls of a Web API method shall suffer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from practice.refusals import Json

BEFORE_ACCEPTANCE = frozenset({"500", "reset", "hang", "html", "429", "refused"})
AFTER_ACCEPTANCE = frozenset({"500_after", "reset_after", "hang_after", "html_after"})


@dataclass
class Fault:
    """`kind` is one of the words above, or a Slack error code such as `token_revoked`."""

    method: str
    kind: str
    times: int = 1
    retry_after: int = 1
    seconds: float = 60.0
    match: Callable[[Json], bool] | None = None

    def concerns(self, method: str, payload: Json) -> bool:
        named = self.method in (method, "*")
        return named and self.times > 0 and (self.match is None or self.match(payload))

    def accepts(self) -> bool:
        """Whether Slack takes the call before the answer is lost."""
        return self.kind in AFTER_ACCEPTANCE


@dataclass
class Faults:
    waiting: list[Fault] = field(default_factory=list)

    def next(
        self,
        method: str,
        kind: str,
        times: int = 1,
        *,
        retry_after: int = 1,
        seconds: float = 60.0,
        match: Callable[[Json], bool] | None = None,
    ) -> Fault:
        """The next `times` calls of `method` ("*" = any) suffer `kind`; `match` narrows by the call's arguments.

        429 says `retry_after`; a hang lasts `seconds`.
        """
        fault = Fault(method, kind, times, retry_after, seconds, match)
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, method: str, payload: Json) -> Fault | None:
        fault = next((each for each in self.waiting if each.concerns(method, payload)), None)
        if fault is not None:
            fault.times -= 1
        self.waiting = [each for each in self.waiting if each.times > 0]
        return fault


CALLS_KEPT = 10_000
"""The last ones: a workspace may be left open for weeks."""


@dataclass(frozen=True)
class Call:
    """One call of the Web API as it came in; `accepted` tells whether it took effect."""

    method: str
    token: str
    payload: Json
    accepted: bool
    answer: Json
    at: float
    """Seconds on the monotonic clock."""
