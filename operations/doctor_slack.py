"""The doctor's questions to Slack: may Focal do what it needs, where it needs it, and does it know everybody."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlmodel import Session

from foundation.database import Database
from foundation.settings import Settings
from models.structure import TaskForce
from operations.findings import Finding, bad, fine, odd
from operations.manifest import SCOPES
from operations.people import people
from operations.slack import slack_client
from services.directory import Directory, directory

MOST_SKEW = 60
"""Seconds; Slack's signatures are refused beyond five minutes."""


def slack_checks(settings: Settings, database: Database | None, *, now: datetime) -> Iterator[Finding]:
    """Give what Slack says; of members and channels only with records. Without a token there is nothing to ask."""
    if not settings.bot_token:
        return
    slack = slack_client(settings)
    try:
        answer = slack.auth_test()
    except (SlackApiError, SlackClientError, OSError) as error:
        yield bad(
            "slack", f"{settings.api_url} does not let us in: {_reason(error)}", "check the token and the network"
        )
        return
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield fine("slack", f"{answer['team']}, as {answer['user']}")
    yield _scopes(headers.get("x-oauth-scopes", ""))
    yield from _clock(headers.get("date"), now=now)
    if settings.transport == "socket" and settings.app_token:
        yield _connection(slack, settings.app_token)
    if database is None:
        return
    with database.reading() as session:
        if session.get(TaskForce, 1) is not None:
            yield from _structure(slack, session)


def _structure(slack: WebClient, session: Session) -> Iterator[Finding]:
    who = directory(session)
    yield _channel(slack, who.task_force.channel_id or who.task_force.channel)
    for area in who.areas:
        if area.restricted and area.channel:
            yield _channel(slack, area.channel_id or area.channel)
    yield from _members(slack, who)


def _scopes(granted: str) -> Finding:
    missing = sorted(set(SCOPES) - {scope.strip() for scope in granted.split(",")})
    if not missing:
        return fine("scopes", "all of the manifest's")
    return bad("scopes", f"{', '.join(missing)} not granted", "install the app anew with the manifest of `manifest`")


def _connection(slack: WebClient, app_token: str) -> Finding:
    """Say whether Slack would let us connect; the address that it gives for that is not used."""
    try:
        slack.apps_connections_open(app_token=app_token)
    except (SlackApiError, SlackClientError, OSError) as error:
        return bad(
            "connection", f"Slack refuses SLACK_APP_TOKEN: {_reason(error)}", "make one with connections:write anew"
        )
    return fine("connection", "Socket Mode is open to the app-level token")


def _clock(date: str | None, *, now: datetime) -> Iterator[Finding]:
    if date is None:
        return
    skew = int((now - parsedate_to_datetime(date)).total_seconds())
    if abs(skew) <= MOST_SKEW:
        yield fine("clock", f"within {MOST_SKEW} s of Slack's")
    else:
        yield bad(
            "clock", f"{abs(skew)} s {'ahead of' if skew > 0 else 'behind'} Slack's", "let NTP set this machine's clock"
        )


def _channel(slack: WebClient, channel: str) -> Finding:
    """Say whether Focal is in a channel; a #name is looked up among those it can see."""
    try:
        if channel.startswith("#"):
            found = _named(slack, channel.removeprefix("#"))
        else:
            found = slack.conversations_info(channel=channel)["channel"]
    except (SlackApiError, SlackClientError, OSError) as error:
        return bad("channel", f"{channel}: {_reason(error)}", "check the id in the file; invite Focal if it is private")
    if found is None:
        return bad("channel", f"{channel} is not there or private", "check the name in the file, and invite Focal")
    if found.get("is_archived"):
        return bad("channel", f"#{found['name']} is archived", "name another one")
    if not found.get("is_member"):
        return bad("channel", f"Focal is not in #{found['name']}", "type /invite @Focal there")
    return fine("channel", f"in #{found['name']}")


def _named(slack: WebClient, name: str) -> dict[str, object] | None:
    for page in slack.conversations_list(types="public_channel,private_channel", limit=200):
        for channel in page["channels"]:
            if channel["name"] == name:
                return dict(channel)
    return None


def _members(slack: WebClient, who: Directory) -> Iterator[Finding]:
    known = {someone.slack_id: someone for someone in people(slack)}
    strangers = [f"{p.name} ({p.slack_id})" for p in who.members if p.slack_id not in known]
    gone = [p.name for p in who.members if p.slack_id in known and known[p.slack_id].deactivated]
    if strangers:
        yield bad("members", f"Slack does not know {', '.join(strangers)}", "`people` lists the ids; correct the file")
    if gone:
        yield odd("members", f"deactivated in Slack: {', '.join(gone)}", "the secretariat reassigns what they hold")
    if not strangers and not gone:
        yield fine("members", f"Slack knows all {len(who.members)}")


def _reason(error: Exception) -> str:
    return str(error.response["error"]) if isinstance(error, SlackApiError) else f"{type(error).__name__}: {error}"
