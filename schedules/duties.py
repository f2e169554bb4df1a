"""What the passing of time causes: each duty changes records and owes notices, in a transaction of its own."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from services import action_climbing, area_cards, brief_posts, escalation, home_turns, meetings, reminders, upcoming


class Duty(Protocol):
    """Does what is due by `now`. Done again it changes nothing."""

    def __call__(self, session: Session, /, *, now: datetime) -> None:
        """Change records and owe notices."""


NextDue = Callable[[Session, datetime], datetime | None]
"""The next moment after one at which a duty has something to do."""

DUTIES: dict[str, Duty] = {
    "follow the zones' rules": meetings.follow_zone_rules,
    "raise overdue actions": action_climbing.climb,
    "climb the ladder": escalation.climb,
    "plan reminders": reminders.plan_due,
    "send reminders": reminders.send_due,
    "close ended cycles": area_cards.close_ended,
    "keep the brief current": brief_posts.keep_current,
    "show what time changed": home_turns.show_passing,
}
"""In the order in which they are done at one moment."""

NEXT_DUE: tuple[NextDue, ...] = (
    upcoming.next_notice,
    reminders.next_due,
    escalation.next_due,
    action_climbing.next_due,
    meetings.moments_after,
)
