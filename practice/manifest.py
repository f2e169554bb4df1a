"""What the app was installed with: its commands, shortcuts, events and scopes, read from an app manifest."""

from dataclasses import dataclass, field

from practice.refusals import Json

DEFAULT_SCOPES = (
    "commands chat:write im:write im:history app_mentions:read users:read files:write dnd:read "
    "channels:read groups:read channels:history groups:history"
)
DEFAULT_EVENTS = "app_home_opened app_mention message.im user_change team_join member_joined_channel"
DEFAULT_SHORTCUTS = (
    ("global", "Post status update", "post_update"),
    ("message", "Use as status update", "use_as_update"),
    ("message", "Raise as issue", "raise_issue"),
    ("message", "Propose for agenda", "propose_item"),
)


@dataclass
class Manifest:
    name: str = "Focal"
    commands: list[Json] = field(
        default_factory=lambda: [
            {
                "command": "/isctf",
                "description": "Status, updates, issues and meetings of the task force",
                "usage_hint": "[update | status | issue | meeting | help]",
                "should_escape": True,
            }
        ]
    )
    shortcuts: list[Json] = field(
        default_factory=lambda: [
            {"type": kind, "name": name, "callback_id": callback, "description": name}
            for kind, name, callback in DEFAULT_SHORTCUTS
        ]
    )
    events: set[str] = field(default_factory=lambda: set(DEFAULT_EVENTS.split()))
    scopes: set[str] = field(default_factory=lambda: set(DEFAULT_SCOPES.split()))
    home_tab: bool = True

    @classmethod
    def read(cls, source: Json | None) -> "Manifest":
        """From an app manifest (version 2) as a dictionary; None means the usual settings."""
        if source is None:
            return cls()
        features = source.get("features", {})
        settings = source.get("settings", {})
        return cls(
            name=features.get("bot_user", {}).get("display_name") or source["display_information"]["name"],
            commands=list(features.get("slash_commands", [])),
            shortcuts=list(features.get("shortcuts", [])),
            events=set(settings.get("event_subscriptions", {}).get("bot_events", [])),
            home_tab=bool(features.get("app_home", {}).get("home_tab_enabled")),
            scopes=set(source.get("oauth_config", {}).get("scopes", {}).get("bot", [])),
        )

    def command(self, word: str) -> Json | None:
        return next((each for each in self.commands if each["command"] == word), None)

    def shortcut(self, callback_id: str, kind: str | None = None) -> Json | None:
        """A shortcut; where one is installed for messages and without one, `kind` says which is meant."""
        named = [each for each in self.shortcuts if each["callback_id"] == callback_id]
        return next((each for each in named if each["type"] == kind), named[0] if named else None)
