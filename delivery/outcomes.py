"""What Slack's answer, or its absence, says about a call: done, not done, doubtful, refused, locked out."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from socket import gaierror
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse

LOCKED_OUT = frozenset(
    {
        "invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed", "org_login_required",
        "missing_scope", "not_allowed_token_type", "team_access_not_granted", "access_denied",
    }
)  # fmt: skip
"""Errors that concern the app as a whole: no other call would fare better."""

PERHAPS_DONE = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack says that part of the call may have succeeded before it failed."""

RATE_LIMITED = frozenset({"ratelimited", "rate_limited"})

NOT_CONNECTED = (ConnectionRefusedError, gaierror, ssl.SSLCertVerificationError)
"""Failures before the first byte of a request was written."""

SERVER_ERROR, TOO_MANY, OK = 500, 429, 200


@dataclass(frozen=True)
class Done:
    """Slack took it."""

    answer: SlackResponse


@dataclass(frozen=True)
class NotDone:
    """Slack certainly did not take it, and may later."""

    reason: str


@dataclass(frozen=True)
class Limited:
    """Slack did not take it, and names the seconds to wait."""

    seconds: float


@dataclass(frozen=True)
class Doubtful:
    """Nobody knows whether Slack took it."""

    reason: str


@dataclass(frozen=True)
class Refused:
    """Slack will not take it as it is, ever."""

    reason: str


@dataclass(frozen=True)
class LockedOut:
    """Slack refuses the app as a whole."""

    reason: str


Outcome = Done | NotDone | Limited | Doubtful | Refused | LockedOut


def outcome_of(call: Callable[[], SlackResponse]) -> Outcome:
    """Make one call and say what became of it."""
    try:
        return Done(call())
    except SlackApiError as error:
        return _answered(error.response)
    except URLError as error:
        if isinstance(error.reason, NOT_CONNECTED):
            return NotDone(type(error.reason).__name__)
        return Doubtful(type(error.reason).__name__)
    except (OSError, HTTPException, SlackClientError, ValueError) as error:
        return Doubtful(type(error).__name__)


def _answered(response: SlackResponse) -> Outcome:
    data = response.data if isinstance(response.data, dict) else {}
    error = str(data.get("error") or "")
    if response.status_code == TOO_MANY or error in RATE_LIMITED:
        return Limited(_seconds(response.headers))
    if response.status_code >= SERVER_ERROR or error in PERHAPS_DONE:
        return Doubtful(f"HTTP {response.status_code}")
    if not _is_code(error):
        return Doubtful("no JSON")
    return LockedOut(error) if error in LOCKED_OUT else Refused(error)


def _is_code(error: str) -> bool:
    """Whether this is an error of Slack's, rather than the SDK's sentence about a body that is none."""
    return bool(error) and all(letter.isalnum() or letter in "_-:." for letter in error)


def _seconds(headers: dict[str, str]) -> float:
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(given) if given.isdecimal() else 1.0
