"""The stage of the end-to-end tests: a practice workspace as Slack, and `bot.py run` as a process that knows no more.

    stage.go_to("Europe/Zurich", "2037-11-25 14:31")   # both clocks; the bot has done all that fell due on the way
    stage.ben.command("status").plain
    stage.slack, stage.bot                              # see tests.slack_world and tests.e2e.bot_process

The stories play in 2037, which has the weekdays of 2026 and lies ahead of any machine's clock: the bot's own first load
happens in the present, and time only moves forward.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from operations.manifest import manifest
from tests.e2e.bot_process import BotProcess
from tests.fixtures_task_force import ISC_TF
from tests.slack_world import Player, SlackWorld, wait_for, words

Json = dict[str, Any]
Result = TypeVar("Result")

GENEVA, CAIRO, BANGKOK = "Europe/Zurich", "Africa/Cairo", "Asia/Bangkok"
BEGINS = "2037-11-23 09:00"
"""A Monday morning in Geneva."""
PATIENCE = 90.0
"""Seconds: a channel takes about one post a second, and several are owed at a time."""


@dataclass(frozen=True)
class Stage:
    """One workspace, one bot."""

    slack: SlackWorld
    bot: BotProcess

    def player(self, name: str) -> Player:
        """Return a member by the name that is part of their id: `ama`, `sec`, `chair`."""
        return self.slack.player(f"U0{name.upper()}")

    def go_to(self, zone: str, wall_time: str) -> None:
        """Move time ahead to a wall time somewhere, through everything that falls due before."""
        self.slack.go_to(at(zone, wall_time))
        self.slack.wait_until_followed()

    def channel(self) -> list[Json]:
        """What stands in the task force's channel, outside of threads."""
        return [post for post in self.slack.posts("isc-tf") if post.get("thread_ts", post["ts"]) == post["ts"]]

    def thread(self, parent: Json) -> list[Json]:
        """The replies to a message in the task force's channel."""
        posts = self.slack.posts("isc-tf")
        return [post for post in posts if post.get("thread_ts") == parent["ts"] != post["ts"]]

    def card(self, area: str) -> Json:
        """The one card of an area that stands now; waits for it."""

        def found() -> list[Json]:
            return [post for post in self.channel() if _header(post) == area]

        [card] = soon(found)
        return card

    def reminders(self, name: str, about: str) -> list[Json]:
        """The direct messages of the bot to a member that speak of something, oldest first."""
        return [message for message in self.player(name).dms() if about in words(message)]


@contextmanager
def stage(folder: Path, database_url: str, transport: str, kind: type[BotProcess] = BotProcess) -> Iterator[Stage]:
    """Set up the workspace, start the bot with the sample task force, and end it afterwards."""
    bot = kind(folder, DATABASE_URL=database_url, TASK_FORCE_FILE=str(ISC_TF), TRANSPORT=transport)
    with SlackWorld(task_force_file=ISC_TF, manifest=manifest(transport="socket")) as slack:
        slack.go_to(at(GENEVA, BEGINS))
        bot.environ |= {
            "SLACK_API_URL": slack.api_url, "SLACK_BOT_TOKEN": slack.bot_token,
            **({"SLACK_APP_TOKEN": slack.app_token} if transport == "socket" else
               {"SLACK_SIGNING_SECRET": slack.signing_secret, "HTTP_PORT": "0"}),
        }  # fmt: skip
        start(slack, bot)  # it loads the task force by itself
        soon(bot.is_quiet)  # the load owed the secretariat the news of vacant seats
        yield Stage(slack, bot)
        if not bot.ended:
            bot.stop()


def start(slack: SlackWorld, bot: BotProcess) -> None:
    """Start the bot, until Slack reaches it and it follows the workspace's clock."""
    bot.start()
    if bot.environ["TRANSPORT"] == "http":
        slack.deliver_over(bot.printed(r"http://127\.0\.0\.1:\d+/slack/events"))
    else:
        slack.wait_until_connected()
    slack.wait_until_followed()


def at(zone: str, wall_time: str) -> datetime:
    """Return the instant of a wall time somewhere."""
    return datetime.fromisoformat(wall_time).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def soon(look: Callable[[], Result]) -> Result:
    """Wait for what comes by itself: posts, edits, direct messages."""
    return wait_for(look, seconds=PATIENCE)


def spoken(message: object) -> str:
    """All visible words, without the marks of emphasis."""
    return re.sub(r"[*_`]", "", words(message))


def _header(post: Json) -> str:
    first = (post.get("blocks") or [{}])[0]
    return str(first["text"]["text"]) if first.get("type") == "header" else ""
