"""The channels that a task-force file calls by #name: their ids, asked of Slack once."""

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlmodel import Session, col, select

from foundation.database import Database
from models.structure import Area, TaskForce
from services.directory import touch

log = structlog.get_logger("focal.channels")


def name_channels(database: Database, slack: WebClient) -> None:
    """Note the ids of channels known by name only; what Slack does not show stays as it is, and `doctor` says so."""
    with database.reading() as session:
        wanted = {record.channel for record in _nameless(session)}
    if not wanted:
        return
    try:
        pages = slack.conversations_list(types="public_channel,private_channel", exclude_archived=True, limit=200)
        ids = {f"#{channel['name']}": channel["id"] for page in pages for channel in page["channels"]}
    except (SlackApiError, SlackClientError, OSError) as error:
        log.warning("channels.unknown", names=sorted(filter(None, wanted)), cause=type(error).__name__)
        return
    with database.transaction() as session:
        for record in _nameless(session):
            record.channel_id = ids.get(record.channel or "")
            session.add(record)
        touch(session)


def _nameless(session: Session) -> list[TaskForce | Area]:
    areas = select(Area).where(col(Area.channel_id).is_(None), col(Area.channel).is_not(None))
    rules = select(TaskForce).where(col(TaskForce.channel_id).is_(None))
    return [*session.exec(rules), *session.exec(areas)]
