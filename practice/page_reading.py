"""What the workspace's own page reads: an overview of everything, the messages of a channel, App Home, the tour."""

from aiohttp import web

from practice import acts, clock
from practice.refusals import Json
from practice.story import Story
from practice.tour import Hint
from practice.workspace import Workspace
from practice.world import BOT_USER, Channel


class PageReading:
    def __init__(self, workspace: Workspace, story: Story | None) -> None:
        self.workspace = workspace
        self.story = story

    def overview(self, request: web.Request) -> Json:
        workspace, world = self.workspace, self.workspace.world
        wanted = request.query.get("as") or ""
        known = [each.id for each in world.people.values() if not (each.is_bot or each.deleted)]
        user = wanted if wanted in known else known[0]  # a page opened without a person needs somebody to be
        world.direct(user)
        return {
            "team": {"name": world.team_name},
            "now": clock.iso(world.now()),
            "offset": world.offset,
            "bot": {
                "connected": bool(workspace.socket_mode.connections) or workspace.delivery is not workspace.socket_mode,
                "user_id": BOT_USER,
                "name": workspace.manifest.name,
            },
            "people": [
                {
                    "id": each.id,
                    "name": each.name,
                    "title": each.title,
                    "tz": each.tz,
                    "locale": each.locale,
                    "is_guest": each.is_guest,
                    "deleted": each.deleted,
                }
                for each in world.people.values()
                if not each.is_bot
            ],
            "channels": [self._channel(each, user) for each in world.seen_by(user)],
            "commands": [
                {key: each.get(key, "") for key in ("command", "description", "usage_hint")}
                for each in workspace.manifest.commands
            ],
            "shortcuts": [
                {"callback_id": each["callback_id"], "name": each["name"], "type": each["type"]}
                for each in workspace.manifest.shortcuts
            ],
            "modal": workspace.modal(user),
            "story": workspace.scenes_left,
            "tour": self._tour(),
        }

    def _tour(self) -> Json | None:
        """The guided tour as the page shows it, or None without one."""
        world = self.workspace.world
        if self.story is None or world.tour is None:
            return None
        return {"done": world.tour, "steps": [self._step(each) for each in self.story.hints]}

    def _step(self, hint: Hint) -> Json:
        """A step with who may take it, if they are here: where they look, or else what they type."""
        who = hint.who if hint.who in self.workspace.world.people else None
        if not hint.words:
            return {"step": hint.step, "who": who, "in": self.workspace.world.direct(who).id if who else None}
        return {
            "step": hint.step,
            "who": who,
            "words": f"{self.workspace.manifest.commands[0]['command']} {hint.words}",
        }

    def _channel(self, channel: Channel, user: str) -> Json:
        read = channel.read.get(user, "")
        unread = [each for each in channel.messages if each["ts"] > read and each.get("user") != user]
        return {
            "id": channel.id,
            "name": self.workspace.manifest.name if channel.kind == "im" else channel.name,
            "kind": channel.kind,
            "member": user in channel.members,
            "with": BOT_USER if channel.kind == "im" else None,
            "unread": len(unread) if user in channel.members else 0,
            "last_ts": channel.messages[-1]["ts"] if channel.messages else None,
        }

    def messages(self, request: web.Request) -> Json:
        """All messages, or the newest `limit` of those older than `before`; `more` tells whether older ones remain."""
        user = self.workspace.person(request.query.get("as", "")).id
        channel = acts.visible_channel(self.workspace, user, request.query.get("channel", ""))
        everything = shown_messages(self.workspace, user, channel, request.query.get("thread"))
        before = request.query.get("before")
        older = [each for each in everything if each["ts"] < before] if before else everything
        limit = int(request.query.get("limit") or len(older))
        newest = older[max(0, len(older) - max(limit, 0)) :]
        return {"messages": newest, "more": len(newest) < len(older)}

    def home(self, request: web.Request) -> Json:
        user = self.workspace.person(request.query.get("as", "")).id
        return {"view": self.workspace.world.homes.get(user)}


def shown_messages(workspace: Workspace, user: str, channel: Channel, thread: str | None) -> list[Json]:
    """What a person sees in a channel, or in one of its threads, oldest first."""
    own = workspace.world.ephemerals.get(user, [])
    private = [each["message"] for each in own if each["channel"] == channel.id]
    everything = sorted([*channel.messages, *private], key=lambda each: str(each["ts"]))
    if thread:
        return [each for each in everything if thread in (each["ts"], each.get("thread_ts"))]
    return [
        each
        for each in everything
        if each.get("thread_ts") in (None, each["ts"]) or each.get("subtype") == "thread_broadcast"
    ]
