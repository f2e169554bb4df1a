"""The people of a workspace, by name: to find the ids that a task-force file needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from foundation.settings import Settings
from operations.cannot import Cannot
from operations.slack import slack_client

SLACKBOT = "USLACKBOT"


@dataclass(frozen=True)
class Someone:
    """Somebody in the workspace, as Slack knows them."""

    slack_id: str
    name: str
    zone: str
    guest: bool
    deactivated: bool


def people(slack: WebClient) -> list[Someone]:
    """Return everybody but bots, by name. Raises what the Slack client raises."""
    return sorted(_everybody(slack), key=lambda someone: someone.name.casefold())


def find_people(settings: Settings) -> list[Someone]:
    """Return everybody, by name. Raises `Cannot` when Slack does not tell."""
    try:
        return people(slack_client(settings))
    except SlackApiError as error:
        raise Cannot(f"Slack refuses to list people: {error.response['error']}. `doctor` says more.") from None
    except (SlackClientError, OSError) as error:
        raise Cannot(f"Slack cannot be reached at {settings.api_url}: {error}.") from None


def _everybody(slack: WebClient) -> Iterator[Someone]:
    for page in slack.users_list(limit=200):
        for user in page["members"]:
            if not user.get("is_bot") and user["id"] != SLACKBOT:
                yield _someone(user)


def _someone(user: dict[str, Any]) -> Someone:
    profile = user.get("profile") or {}
    return Someone(
        slack_id=user["id"],
        name=user.get("real_name") or profile.get("real_name") or user.get("name") or user["id"],
        zone=user.get("tz") or "",
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted") or user.get("is_stranger")),
        deactivated=bool(user.get("deleted")),
    )


def listing(found: list[Someone]) -> list[str]:
    """Return a line for each person: id, name, zone, and what matters besides."""
    width = max((len(someone.name) for someone in found), default=0)
    return [f"{s.slack_id:<12} {s.name:<{width}}  {s.zone}{_remarks(s)}" for s in found]


def _remarks(someone: Someone) -> str:
    remarks = [word for word, true in (("guest", someone.guest), ("deactivated", someone.deactivated)) if true]
    return f"  ({', '.join(remarks)})" if remarks else ""
