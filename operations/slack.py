"""Slack for commands of whoever runs Focal: a client for looking, made from the settings."""

from slack_sdk import WebClient

from delivery.client import Line
from foundation.settings import Settings


def slack_client(settings: Settings) -> WebClient:
    """Return a client for calls that may be repeated."""
    return Line(token=settings.bot_token, base_url=settings.api_url, proxy=settings.https_proxy).reading()
