"""The plan of reminders: one row for every step that one person is to hear, with the reason for its moment."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import document, instant, long_text, partial_index, words_of


class ReminderKind(StrEnum):
    """What a planned reminder is about."""

    UPDATES = "updates"
    """Updates owed for a meeting: `meeting_id`, `step` is the offset (`7d`) or `snooze`, `once`."""
    LADDER = "ladder"
    """An issue reached this person: `issue_id`, `step` is `round.n`."""
    ANNOUNCED = "announced"
    """An issue is about to pass this person: `issue_id`, `step` is `round.n`."""
    DUE = "due"
    """An issue or action that this person owns nears its date or is past it."""


class ReminderState(StrEnum):
    """What became of a planned reminder."""

    PLANNED = "planned"
    SENT = "sent"
    MERGED = "merged"
    """Its moment fell together with another step's: heard there."""
    DROPPED = "dropped"
    """It could no longer help, or the cap was reached; the secretariat sees why."""
    WITHDRAWN = "withdrawn"
    """No longer owed: done, reassigned, cancelled."""


class Reminder(SQLModel, table=True):
    """One step for one person. Planned rows are replaced freely; sent ones never change and never repeat."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: ReminderKind = words_of(ReminderKind)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    issue_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    action_id: int | None = Field(default=None, foreign_key="action.id", index=True)
    step: str
    asked_at: datetime = instant()
    """When it would be said if nobody slept."""
    due_at: datetime | None = instant(default=None)
    """When it is said: the person's working time. None when it is not said (merged, dropped)."""
    state: ReminderState = words_of(ReminderState, default=ReminderState.PLANNED)
    reason: dict[str, Any] = document(default_factory=dict)
    """Why it was moved, merged or dropped: `{"code": "weekend", …}`, said by `views.reminders`."""
    covers_id: int | None = Field(default=None, foreign_key="person.id")
    """For whom this person stands in, when they hear it as an alternate."""
    sent_at: datetime | None = instant(default=None)
    notice_id: int | None = Field(default=None, foreign_key="notice.id", index=True)
    detail: str | None = long_text(default=None)

    __table_args__ = (
        partial_index("ix_reminder_due", "due_at", where="state = 'planned'"),
        sa.Index("ix_reminder_meeting_person", "meeting_id", "person_id"),
    )


class Disclaimer(SQLModel, table=True):
    """Somebody said "Not mine" of a seat: it stops reminding them until the secretariat settled it."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    seat_id: int = Field(foreign_key="seat.id", index=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id")
    reason: str = long_text()
    at: datetime = instant()
    settled_at: datetime | None = instant(default=None)
    settled_by_id: int | None = Field(default=None, foreign_key="person.id")
