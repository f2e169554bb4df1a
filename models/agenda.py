"""What a meeting takes up, item by item, who was there, and the minutes that remain."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import document, instant, long_text, partial_index, words_of


class ItemKind(StrEnum):
    """Why something stands on an agenda; in this order unless the secretariat orders otherwise (SPEC 5)."""

    STANDING = "standing"
    ISSUE = "issue"
    AREA = "area"
    ACTIONS = "actions"
    PROPOSED = "proposed"


class ItemOutcome(StrEnum):
    """What became of an item in its meeting."""

    DISCUSSED = "discussed"
    DECIDED = "decided"
    REFERRED = "referred"
    """It goes elsewhere: to an area, a unit or another body; the text says where."""
    DEFERRED = "deferred"
    """It is taken up at the next meeting."""


class AgendaItem(SQLModel, table=True):
    """An item that somebody proposed, changed or took up.

    What stands on an agenda only because of the records has no row until the secretariat touches it or the meeting
    is held; then every item has one.
    """

    __tablename__ = "agenda_item"

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    """None: of the next meeting, whichever that will be."""
    kind: ItemKind = words_of(ItemKind)
    key: str
    """What it is about, once for each meeting: `standing:0`, `issue:4`, `area:3`, `actions`, `proposed:…`."""
    names: dict[str, str] = document(default_factory=dict)
    """The title of a standing item by language, as the task force's file has it."""
    issue_id: int | None = Field(default=None, foreign_key="issue.id", index=True)
    area_id: int | None = Field(default=None, foreign_key="area.id", index=True)
    title: str = ""
    """What its proposer called it."""
    description: str = long_text(default="")
    language: str = "en"
    permalink: str | None = long_text(default=None)
    """The message that it was proposed from."""
    proposed_by_id: int | None = Field(default=None, foreign_key="person.id")
    proposed_at: datetime | None = instant(default=None)
    carried_from_id: int | None = Field(default=None, foreign_key="agenda_item.id", index=True)
    """The item of an earlier meeting that it goes on from."""
    place: int | None = None
    """Where the secretariat put it; None: where its kind stands."""
    minutes: int | None = None
    presenter_id: int | None = Field(default=None, foreign_key="person.id")
    left_out_at: datetime | None = instant(default=None)
    """When the secretariat took it off."""
    begun_at: datetime | None = instant(default=None)
    """When the meeting came to it; the last one begun without an outcome is the one in hand."""
    outcome: ItemOutcome | None = words_of(ItemOutcome, default=None)
    outcome_text: str = long_text(default="")
    outcome_at: datetime | None = instant(default=None)
    outcome_by_id: int | None = Field(default=None, foreign_key="person.id")

    __table_args__ = (
        sa.UniqueConstraint("meeting_id", "key"),
        partial_index("ix_agenda_item_waiting", "id", where="meeting_id IS NULL"),
    )


class Presence(StrEnum):
    """How somebody took part."""

    ROOM = "room"
    REMOTE = "remote"


class Attendance(SQLModel, table=True):
    """Somebody took part in a meeting; the last word of how stands."""

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    presence: Presence = words_of(Presence)
    at: datetime = instant()


class Minutes(SQLModel, table=True):
    """The minutes of a meeting as they were closed: they never change again."""

    meeting_id: int = Field(primary_key=True, foreign_key="meeting.id")
    content: dict[str, Any] = document()
    """Facts and texts, each as it was then; the words around them are in the language of who reads."""
    sha256: str
    """Of the content as JSON: keys sorted, no spaces, UTF-8."""
    frozen_at: datetime = instant()
    frozen_by_id: int = Field(foreign_key="person.id")


class Addendum(SQLModel, table=True):
    """A correction of closed minutes, dated and signed."""

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    text: str = long_text()
    language: str = "en"
    author_id: int = Field(foreign_key="person.id")
    at: datetime = instant()
