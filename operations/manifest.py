"""The app manifest: everything that Slack has to be told of Focal, one source for both transports."""

from typing import Any, Literal

Json = dict[str, Any]

SCOPES = (
    "commands", "chat:write", "im:write", "im:history", "app_mentions:read", "users:read", "files:write", "dnd:read",
    "channels:read", "groups:read", "channels:history", "groups:history",
)  # fmt: skip
"""The least that Focal needs; history is for reading back a post whose answer was lost."""

EVENTS = ("app_home_opened", "app_mention", "message.im", "user_change", "team_join", "member_joined_channel")
SHORTCUTS = (
    ("global", "post_update", "Post status update", "Say how one of your areas stands"),
    ("message", "use_as_update", "Use as status update", "Make a status update of this message"),
    ("message", "raise_issue", "Raise as issue", "Raise an issue from this message"),
    ("message", "propose_item", "Propose for agenda", "Propose this message for the next meeting"),
)
EVENTS_PATH = "/slack/events"
NAME, DESCRIPTION = (
    "Focal",
    "The coordination desk of a task force: status updates, fair reminders, issues on their way to the chair.",
)
USAGE = (
    "[status [AREA] | update [AREA] | note AREA TEXT | issue raise/list/show/comment/position/escalate/resolve | "
    "meeting schedule/list/show/agenda/propose/move/cancel/hold | history AREA | areas | who AREA | search WORDS | "
    "away FROM TO | reminders | journal [AREA] | settings | help [topic]]"
)
"""What may follow the command; small letters are typed as they are, which the practice workspace completes."""


def manifest(*, transport: Literal["socket", "http"], command: str = "/isctf", url: str | None = None) -> Json:
    """Return the manifest (version 2). `url` is where Slack reaches Focal; only HTTP needs it."""
    request_url = f"{(url or '').rstrip('/').removesuffix(EVENTS_PATH)}{EVENTS_PATH}"
    reached = {"request_url": request_url} if transport == "http" else {}
    choices = {"message_menu_options_url": request_url} if reached else {}
    slash_command = {
        "command": command,
        "description": "Status, updates, issues and meetings of the task force",
        "usage_hint": USAGE,
        "should_escape": True,
    }
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {"name": NAME, "description": DESCRIPTION, "background_color": "#1d4f91"},
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [slash_command | ({"url": request_url} if reached else {})],
            "shortcuts": [
                {"type": kind, "callback_id": callback_id, "name": name, "description": description}
                for kind, callback_id, name, description in SHORTCUTS
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(EVENTS)} | reached,
            "interactivity": {"is_enabled": True, **reached, **choices},
            "org_deploy_enabled": False,
            "socket_mode_enabled": transport == "socket",
            "token_rotation_enabled": False,
        },
    }
