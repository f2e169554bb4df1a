"""The link of the message that a shortcut was used on: it travels in the form, and is believed only as a link."""

import re

from handlers.request import Request

_LINK = re.compile(r"https://[^\s<>|]+")


def message_link(request: Request) -> str:
    """Return the link that Slack gave; where the bot is no member it cannot ask, so it is made from its parts."""
    message, team = request.payload.get("message") or {}, request.payload.get("team") or {}
    stamp = str(message.get("ts") or request.payload.get("message_ts") or "").replace(".", "")
    made = f"https://{team.get('domain')}.slack.com/archives/{request.channel_id}/p{stamp}"
    return str(message.get("permalink") or made)


def link_in_form(request: Request) -> str | None:
    """Return the link that the form's opener noted, if it is one."""
    link = str(request.metadata.get("permalink") or "")
    return link if _LINK.fullmatch(link) else None
