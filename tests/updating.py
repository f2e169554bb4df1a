"""What became of updates in a story: cards and replies in the channel, updates and drafts in the records."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from models.updates import Draft, Update
from tests.focal_app import Bot
from tests.slack_world import SlackWorld

Json = dict[str, Any]


def cards(slack: SlackWorld) -> list[Json]:
    """The cards in the task force's channel, oldest first."""
    return [post for post in slack.posts("isc-tf") if not _is_reply(post)]


def replies(slack: SlackWorld) -> list[Json]:
    """What stands in the threads of the cards, oldest first."""
    posts = slack.posts("isc-tf")
    briefs = {post["ts"] for post in posts if "Brief for" in post["text"]}
    return [post for post in posts if _is_reply(post) and post["thread_ts"] not in briefs]


def updates(bot: Bot) -> Sequence[Update]:
    """Every update, withdrawn ones too, oldest first."""
    with bot.database.reading() as session:
        return session.exec(select(Update).order_by(col(Update.id))).all()


def drafts(bot: Bot) -> Sequence[Draft]:
    """Every draft, oldest first."""
    with bot.database.reading() as session:
        return session.exec(select(Draft).order_by(col(Draft.id))).all()


def _is_reply(post: Json) -> bool:
    return bool(post.get("thread_ts", post["ts"]) != post["ts"])
