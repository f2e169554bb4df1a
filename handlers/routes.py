"""Everything a person can do, as dictionaries: word or id -> handler. One look-up each, however many there are."""

from collections.abc import Iterable
from types import ModuleType
from typing import Any

from handlers import (
    absence,
    actions,
    agenda,
    asking,
    attendance,
    brief,
    calendar,
    decisions,
    finding,
    help_pages,
    issues,
    issues_chair,
    journal,
    meeting_floor,
    meetings,
    minutes,
    paging,
    people,
    proposals,
    quiet,
    reminders,
    settings,
    updates,
    updates_drafts,
)
from handlers.request import Choices, Handler

MODULES: tuple[ModuleType, ...] = (
    updates,
    updates_drafts,
    asking,
    finding,
    paging,
    help_pages,
    settings,
    journal,
    reminders,
    absence,
    people,
    quiet,
    issues,
    issues_chair,
    decisions,
    actions,
    meetings,
    calendar,
    brief,
    agenda,
    proposals,
    meeting_floor,
    attendance,
    minutes,
)


def gathered(table: str, modules: Iterable[ModuleType] = MODULES) -> dict[str, Any]:
    """Join the tables of one name; a word that two modules claim is a mistake found at start."""
    joined: dict[str, Any] = {}
    for module in modules:
        for key, handler in getattr(module, table, {}).items():
            if key in joined:
                message = f"{key!r} of {table} is claimed twice, the second time by {module.__name__}"
                raise ValueError(message)
            joined[key] = handler
    return joined


COMMANDS: dict[str, Handler] = gathered("COMMANDS")
"""First word after the slash command, in English, casefolded."""
ACTIONS: dict[str, Handler] = gathered("ACTIONS")
FORMS: dict[str, Handler] = gathered("FORMS")
SHORTCUTS: dict[str, Handler] = gathered("SHORTCUTS")
CHOICES: dict[str, Choices] = gathered("CHOICES")
"""Options of type-ahead selects."""
EVENTS: dict[str, Handler] = gathered("EVENTS")
"""By event type: `message` (DMs), `app_mention`, `app_home_opened`, `user_change`, `team_join`."""
