"""An engine for tests, on the post office's database and small Slack."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from foundation.settings import Settings, read_settings
from models.delivery import NoticeKind
from models.people import Person
from schedules.duties import Duty, NextDue
from schedules.engine import Engine
from services import upcoming
from tests.delivery.post_office import SHORT, PostOffice, compose
from tests.slack_world import SlackWorld
from views.blocks import section


def settings_for(slack: SlackWorld, **more: str) -> Settings:
    """Return the settings of a bot in this workspace."""
    environ = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
        "TICK_SECONDS": "0.2",
        **more,
    }
    return read_settings(environ, env_file=Path("no-such-file"))


def engine_for(
    office: PostOffice,
    *,
    duties: Mapping[str, Duty] | None = None,
    next_due: Callable[[Session, datetime], datetime | None] | None = None,
    **settings: str,
) -> Engine:
    """Return an engine, not started, that says the post office's simple letters."""
    due: tuple[NextDue, ...] = (upcoming.next_notice, *([next_due] if next_due else []))
    return Engine(
        office.database,
        office.clock,
        settings_for(office.slack, **settings),
        composers=dict.fromkeys(NoticeKind, compose),
        home=compose_home,
        duties=duties or {},
        next_due=due,
        timing=SHORT,
        pace=None,
    )


def compose_home(_session: Session, person: Person, _now: datetime) -> dict[str, Any]:
    """Return an App Home that says whose it is."""
    return {"type": "home", "blocks": [section(person.name)]}
