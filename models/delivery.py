"""What is owed to Slack, and what Slack already gave: the outbox and the inbox (DESIGN 3)."""

from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from models.base import document, instant, long_text, partial_index, words_of


class NoticeKind(StrEnum):
    """Every kind of message that Focal owes; each has one composer in `delivery`."""

    AREA_CARD = "area_card"
    """The card of an area in a cycle, in the shared channel. refs: area_id, cycle."""
    UPDATE_REPLY = "update_reply"
    """One update, in the thread of its card. refs: update_id."""
    DESK = "desk"
    """The one DM of a planning moment: updates owed, issues that came or will pass, dates. refs: reminder_ids."""
    CHAIR_ALERT = "chair_alert"
    """An escalated issue, to whoever may decide it. refs: issue_id, round, occasion (alert | reminder | delegated)."""
    ISSUE_NEWS = "issue_news"
    """Something happened to an issue, to one concerned. refs: issue_id, news, …"""
    ISSUE_POST = "issue_post"
    """An issue in the channel of its area, kept current. refs: issue_id."""
    MEETING_POST = "meeting_post"
    """A meeting is scheduled, moved or cancelled: in the channel. refs: meeting_id, news, revision."""
    MEETING_NEWS = "meeting_news"
    """The same to one person, when it is near. refs: meeting_id, news, revision. Or a file that was asked for."""
    BRIEF = "brief"
    """The brief of a meeting: in the channel, to the chair, and its details in the thread. refs: meeting_id, part."""
    MEETING_BOARD = "meeting_board"
    """A meeting that is being held, item by item, in the channel; its minutes once it is closed. refs: meeting_id."""
    ACTIONS_GIVEN = "actions_given"
    """What one person has to do because of a meeting, told once when its minutes are closed. refs: meeting_id."""
    SECRETARIAT = "secretariat"
    """Something the secretariat has to know or to settle. refs: news, …"""
    ABSENCE = "absence"
    """About an absence: to who stands in, and the question whether somebody is away. refs: news, …"""
    DRAFT = "draft"
    """An update as the bot understood it from a message, for its writer to post. refs: draft_id."""


class NoticeState(StrEnum):
    """The life of a notice: see DESIGN 3."""

    PENDING = "pending"
    SENDING = "sending"
    UNKNOWN = "unknown"
    CHECKING = "checking"
    SENT = "sent"
    DEAD = "dead"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Notice(SQLModel, table=True):
    """One message owed, once for its `key`. It is rendered late, in the reader's language, from the records."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: NoticeKind = words_of(NoticeKind)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    """The recipient of a DM; none for a channel post."""
    channel: str | None = None
    """The channel of a post (Slack's id); for a DM the channel it went to, once known."""
    parent_key: str | None = None
    """The notice in whose thread it goes; it waits until that one is sent."""
    subject: str = Field(index=True)
    """What it is about, so that events can find it: `issue:4`, `meeting:21`, `card:3:20`, `update:77`, `desk:12`."""
    refs: dict[str, Any] = document(default_factory=dict)
    urgent: bool = False
    state: NoticeState = words_of(NoticeState, default=NoticeState.PENDING)
    due_at: datetime = instant()
    """When it is owed (the movable clock)."""
    expires_at: datetime | None = instant(default=None)
    """After this it helps nobody (the movable clock)."""
    next_at: datetime | None = instant(default=None)
    """Not before this may the sender try, look or edit again (the real clock); none: as soon as it is due."""
    attempts: int = 0
    owner: str | None = None
    lease_until: datetime | None = instant(default=None)
    fence: int = 0
    """Grows with every claim; only the last claimant may finish."""
    first_tried_at: datetime | None = instant(default=None)
    """When it was first on its way (the movable clock, as Slack's time stamps are)."""
    ts: str | None = None
    shown: str | None = None
    """Digest of what Slack shows now: an edit that changes nothing is not made."""
    refresh_at: datetime | None = instant(default=None)
    """When a sent message is to be rendered anew, because events overtook it (the real clock); none: it is current."""
    sweep_at: datetime | None = instant(default=None)
    """When to look for a later copy, because it was posted anew after a doubt (the real clock)."""
    sweeps: int = 0
    error: str | None = long_text(default=None)
    created_at: datetime = instant()
    sent_at: datetime | None = instant(default=None)
    reported_at: datetime | None = instant(default=None)
    """When the secretariat was told that it could not be sent."""

    __table_args__ = (
        partial_index("ix_notice_pending", "due_at", where="state = 'pending'"),
        partial_index("ix_notice_in_flight", "lease_until", where="state IN ('sending', 'checking')"),
        partial_index("ix_notice_unknown", "next_at", where="state = 'unknown'"),
        partial_index("ix_notice_refresh", "refresh_at", where="refresh_at IS NOT NULL"),
        partial_index("ix_notice_sweep", "sweep_at", where="sweep_at IS NOT NULL"),
        sa.Index("ix_notice_message", "channel", "ts"),
    )


class InboxEntry(SQLModel, table=True):
    """A request from Slack that was carried out, so that its repetition is not."""

    __tablename__ = "inbox"

    key: str = Field(primary_key=True)
    at: datetime = instant(index=True)


class HomeMark(SQLModel, table=True):
    """A person whose App Home no longer shows how things stand."""

    __tablename__ = "home_mark"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    marked_at: datetime | None = instant(default=None)
    """None: it is current."""
    published_at: datetime | None = instant(default=None)
    """When it was last published (the real clock): at most once in 30 s."""


class Pause(SQLModel, table=True):
    """A bucket of Slack's limits that must rest until a moment of the real clock, shared by all replicas."""

    bucket: str = Field(primary_key=True)
    until: datetime = instant()
    reason: str = ""


class Allowance(SQLModel, table=True):
    """What was left of a bucket of Slack's limits at a moment of the real clock, shared by all replicas."""

    bucket: str = Field(primary_key=True)
    level: float
    """Calls that could still be made at once."""
    at: datetime = instant(index=True)


class Pulse(SQLModel, table=True):
    """The last time a part of the engine was seen at work (the real clock), for health and the auditor.

    Also what the task force as a whole has just one of, such as the address of its calendar, in `detail`.
    """

    name: str = Field(primary_key=True)
    at: datetime = instant()
    detail: str = long_text(default="")
