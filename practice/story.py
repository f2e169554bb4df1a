"""The story that a practice workspace opens on: its people live through a fortnight, as if they had typed it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from practice import acts, interactions
from practice.tour import Hint
from practice.workspace import Workspace

STORY = Path(__file__).parent / "story.yaml"
SILENCE = 0.25
"""Seconds without a message of the app's after which it has said what it had to say."""
PATIENCE = 20.0
"""Seconds that the app is given to arrive, to follow the clock, or to fall silent; the story goes on without it."""


@dataclass(frozen=True)
class Scene:
    """What people do at one moment. Each line is a person's id, `type`, `write` or `press`, and the words."""

    at: datetime
    lines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Story:
    """Scenes in order, and the moments (aware) at which the workspace's clock begins and at which people take over."""

    begins: datetime
    ends: datetime
    scenes: tuple[Scene, ...]
    hints: tuple[Hint, ...]


def read_story(path: Path = STORY) -> Story:
    """Read a story from its file."""
    source = yaml.safe_load(path.read_text(encoding="utf-8"))
    zone = ZoneInfo(source["timezone"])

    def moment(given: object) -> datetime:
        return datetime.fromisoformat(str(given)).replace(tzinfo=zone)

    scenes = tuple(Scene(moment(each["at"]), tuple(map(_line, each["lines"]))) for each in source["scenes"])
    hints = tuple(Hint(**each) for each in source["tour"])
    return Story(moment(source["begins"]), moment(source["ends"]), scenes, hints)


def _line(source: dict[str, str]) -> tuple[str, str, str]:
    (kind, words), *_ = [(key, value) for key, value in source.items() if key != "who"]
    return source["who"], kind, words


async def tell(workspace: Workspace, story: Story) -> None:
    """Play a story from a fresh world on; while it lasts nothing limits the app, and nobody else may act."""
    limited, workspace.limits.enabled = workspace.limits.enabled, False
    try:
        await _until(lambda: bool(workspace.socket_mode.connections) or workspace.delivery is not workspace.socket_mode)
        for number, scene in enumerate(story.scenes):
            _announce(workspace, len(story.scenes) - number)
            await _advance(workspace, scene.at)
            for who, kind, words in scene.lines:
                if who in workspace.world.people:
                    await LINES[kind](workspace, who, words)
            await _silence(workspace)
        await _advance(workspace, story.ends)
        await _silence(workspace)
        workspace.begin_tour()
    finally:
        workspace.limits.enabled = limited
        _announce(workspace, 0)
        workspace.keep()


def _announce(workspace: Workspace, left: int) -> None:
    workspace.scenes_left = left
    workspace.live.tell_all({"type": "story", "left": left})


async def _advance(workspace: Workspace, to: datetime) -> None:
    """Move the clock, and wait until the app has followed it there."""
    world = workspace.world
    workspace.move_clock(world.offset + (to - world.now()).total_seconds())
    followed = f"{world.offset:.3f}"
    await _until(lambda: workspace.followed is None or f"{workspace.followed:.3f}" == followed)


async def _silence(workspace: Workspace) -> None:
    """Wait until the app has posted and edited what the scene made it owe."""
    said = -1

    def nothing_new() -> bool:
        nonlocal said
        before, said = said, sum(call.method.startswith("chat.") for call in workspace.calls)
        return before == said

    await _until(nothing_new, pause=SILENCE)


async def _until(true: Callable[[], bool], *, pause: float = 0.02) -> None:
    for _ in range(int(PATIENCE / pause)):
        if true():
            return
        await asyncio.sleep(pause)


async def _type(workspace: Workspace, who: str, words: str) -> None:
    command = workspace.manifest.commands[0]["command"]
    await acts.send(workspace, who, _channel(workspace), f"{command} {words}", None)


async def _write(workspace: Workspace, who: str, words: str) -> None:
    await acts.send(workspace, who, workspace.world.direct(who).id, words, None)


async def _press(workspace: Workspace, who: str, action_id: str) -> None:
    """Press a button in the last message that has it, among the app's direct messages."""
    channel = workspace.world.direct(who)
    for message in reversed(channel.messages):
        for block in message.get("blocks", []):
            for element in [*block.get("elements", []), block.get("accessory") or {}]:
                if element.get("action_id") == action_id:
                    where = {"type": "message", "channel": channel.id, "ts": message["ts"]}
                    await interactions.act(workspace, who, where, element | {"block_id": block["block_id"]}, {})
                    return


def _channel(workspace: Workspace) -> str:
    """The task force's channel: the first one that the app is in."""
    return next(each.id for each in workspace.world.channels.values() if each.kind == "channel" and each.has_bot())


LINES: dict[str, Callable[[Workspace, str, str], Any]] = {"type": _type, "write": _write, "press": _press}
