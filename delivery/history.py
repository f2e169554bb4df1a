"""Reads back what Slack shows, to find our own messages by their mark."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from slack_sdk.web import SlackResponse

from delivery.mailroom import EVENT_TYPE, Mailroom, mark_of
from delivery.outcomes import Done, LockedOut, Outcome, Refused, outcome_of
from models.delivery import Notice

LOOK_BACK = timedelta(hours=26)
"""How long before the first attempt is looked: the machine's clock may have been a day wrong."""
PAGE = 200
MOST_PAGES = 50


@dataclass(frozen=True)
class Found:
    """The time stamps of everything of ours that stands there, by its mark."""

    stamps: Mapping[str, Sequence[str]]

    def copies(self, notice: Notice) -> tuple[str, ...]:
        """Return the time stamps of all copies of one message, oldest first."""
        return tuple(sorted(self.stamps.get(mark_of(notice), ()), key=float))


@dataclass(frozen=True)
class Unreadable:
    """Slack did not answer now, or (`forever`) will not let us look."""

    reason: str
    forever: bool


def find(room: Mailroom, notices: Sequence[Notice], *, thread_ts: str | None) -> Found | Unreadable:
    """Look for the messages of notices of one channel, or one thread of it, page by page."""
    stamps: dict[str, list[str]] = {}
    asked: dict[str, Any] = {"channel": notices[0].channel, "include_all_metadata": True, "limit": PAGE}
    tried = [notice.first_tried_at for notice in notices if notice.first_tried_at is not None]
    if len(tried) == len(notices):
        asked["oldest"] = f"{(min(tried) - LOOK_BACK).timestamp():.6f}"
    cursor = ""
    for _ in range(MOST_PAGES):
        outcome = _page(room, asked | ({"cursor": cursor} if cursor else {}), thread_ts)
        if not isinstance(outcome, Done):
            return Unreadable(getattr(outcome, "reason", "429"), forever=isinstance(outcome, Refused | LockedOut))
        for message in outcome.answer["messages"]:
            stamps.setdefault(_key(message) or "", []).append(message["ts"])
        cursor = (outcome.answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return Found(stamps)
    return Unreadable("too many messages", forever=False)


def _page(room: Mailroom, asked: dict[str, Any], thread_ts: str | None) -> Outcome:
    def call() -> SlackResponse:
        if thread_ts:
            return room.reading.conversations_replies(ts=thread_ts, **asked)
        return room.reading.conversations_history(**asked)

    return outcome_of(call)


def _key(message: dict[str, Any]) -> str | None:
    metadata = message.get("metadata") or {}
    return (metadata.get("event_payload") or {}).get("key") if metadata.get("event_type") == EVENT_TYPE else None
