"""What the practice workspace holds: people, channels, messages, open views; kept in a JSON file if it has one."""

import json
from bisect import insort
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from practice import clock
from practice.refusals import Json

BOT_USER = "U0FOCAL"
BOT_ID = "B0FOCAL"
APP_ID = "A0FOCAL"
TEAM_ID = "T0PRACTICE"

ChannelKind = Literal["channel", "private", "im"]


@dataclass
class Person:
    id: str
    handle: str
    name: str
    title: str = ""
    tz: str = "Europe/Zurich"
    locale: str = "en-GB"
    is_guest: bool = False
    deleted: bool = False
    is_bot: bool = False
    team: str = TEAM_ID
    """Their workspace: another one for who is met in a shared channel."""
    status_text: str = ""
    status_emoji: str = ""
    dnd: list[int] | None = None
    """The next do-not-disturb window: start and end in epoch seconds."""


@dataclass
class Channel:
    id: str
    name: str
    kind: ChannelKind = "channel"
    members: list[str] = field(default_factory=list)
    archived: bool = False
    person: str | None = None
    """The person at the other end of a direct message."""
    topic: str = ""
    messages: list[Json] = field(default_factory=list)
    read: dict[str, str] = field(default_factory=dict)

    def find(self, ts: str) -> Json | None:
        return next((message for message in reversed(self.messages) if message["ts"] == ts), None)

    def replies(self, thread_ts: str) -> list[Json]:
        return [each for each in self.messages if each.get("thread_ts") == thread_ts and each["ts"] != thread_ts]

    def has_bot(self) -> bool:
        return self.kind == "im" or BOT_USER in self.members


@dataclass
class World:
    """All state that survives a restart. Only the server's own loop touches it."""

    team_name: str = "ISC-TF practice"
    team_domain: str = "isc-tf-practice"
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    ephemerals: dict[str, list[Json]] = field(default_factory=dict)
    """Per person: {"channel", "message"}, oldest first."""
    modals: dict[str, list[Json]] = field(default_factory=dict)
    homes: dict[str, Json] = field(default_factory=dict)
    files: dict[str, Json] = field(default_factory=dict)
    response_urls: dict[str, Json] = field(default_factory=dict)
    offset: float = 0.0
    last_ts: float = 0.0
    highest_ts: float = 0.0
    count: int = 0
    tour: list[str] | None = None
    """The steps of the guided tour that are done; None as long as the story before it is not told."""
    tokens: dict[str, str] = field(default_factory=dict)

    def now(self) -> datetime:
        return clock.moved(self.offset)

    def number(self) -> int:
        """A number never given before in this world."""
        self.count += 1
        return self.count

    def new_ts(self, moment: datetime | None = None) -> str:
        """A message time stamp of a moment, or by the clock; unique, also after the clock was moved back."""
        at = (moment or self.now()).timestamp()
        if at <= self.last_ts and self.last_ts - at < 1:
            at = self.last_ts + 0.000001
        self.last_ts = at
        if at > self.highest_ts:
            self.highest_ts = at
            return f"{at:.6f}"
        while any(channel.find(f"{at:.6f}") for channel in self.channels.values()):
            at += 0.000001
        return f"{at:.6f}"

    def direct(self, user: str) -> Channel:
        """The person's direct messages with the bot; there is always one."""
        identity = f"D0{user[2:]}"
        if identity not in self.channels:
            self.channels[identity] = Channel(id=identity, name=user, kind="im", members=[user, BOT_USER], person=user)
        return self.channels[identity]

    def channel(self, name_or_id: str) -> Channel | None:
        if name_or_id in self.channels:
            return self.channels[name_or_id]
        name = name_or_id.removeprefix("#")
        return next((each for each in self.channels.values() if each.kind != "im" and each.name == name), None)

    def addressed(self, wanted: str) -> Channel | None:
        """Where a post goes: a channel by id or #name, or the direct messages of a person."""
        if wanted in self.people and wanted != BOT_USER:
            return self.direct(wanted)
        return self.channel(wanted)

    def seen_by(self, user: str) -> list[Channel]:
        """The channels in a person's sidebar, and the public ones that they could join."""
        guest = self.people[user].is_guest
        return [
            each for each in self.channels.values() if user in each.members or (each.kind == "channel" and not guest)
        ]

    def person_called(self, word: str) -> Person | None:
        """By id or by handle, with or without the at sign."""
        word = word.removeprefix("@")
        if word in self.people:
            return self.people[word]
        return next((each for each in self.people.values() if each.handle.lower() == word.lower()), None)

    def add(self, channel: Channel, message: Json) -> Json:
        """Put a message into a channel, in the order of time stamps, and count it in its thread."""
        insort(channel.messages, message, key=lambda each: str(each["ts"]))
        thread = message.get("thread_ts")
        parent = channel.find(thread) if thread and thread != message["ts"] else None
        if parent is not None:
            count_replies(channel, parent)
        return message

    def remove(self, channel: Channel, message: Json) -> None:
        channel.messages.remove(message)
        parent = channel.find(str(message.get("thread_ts")))
        if parent is not None:
            count_replies(channel, parent)

    def save(self, path: Path) -> None:
        partial = path.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> "World":
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        state["people"] = {key: Person(**value) for key, value in state["people"].items()}
        state["channels"] = {key: Channel(**value) for key, value in state["channels"].items()}
        return cls(**state)


def count_replies(channel: Channel, parent: Json) -> None:
    """Keep a thread's figures on its first message, as Slack does."""
    replies = channel.replies(parent["ts"])
    if not replies:
        for key in ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply"):
            parent.pop(key, None)
        return
    users = list(dict.fromkeys(each.get("user", "") for each in replies))
    parent.update(
        thread_ts=parent["ts"],
        reply_count=len(replies),
        reply_users=users,
        reply_users_count=len(users),
        latest_reply=replies[-1]["ts"],
    )
