"""What the secretariat has to know or to settle: told once each, in working time."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from models.delivery import NoticeKind
from models.people import Person, RoleName
from services.directory import Directory, directory, person_id
from services.outbox import mark_homes, owe


class News(StrEnum):
    """Everything the secretariat is told; each has its words in `views.secretariat`."""

    VACANT_SEAT = "vacant_seat"
    """refs: seat_ids, vacancies"""
    NOT_MINE = "not_mine"
    """refs: disclaimer_id"""
    REMINDERS_DROPPED = "reminders_dropped"
    """refs: meeting_id, reminder_ids"""
    NOBODY_REACHABLE = "nobody_reachable"
    """refs: person_id, meeting_id"""
    NOT_SENT = "not_sent"
    """refs: notice_id"""
    COPY_REMOVED = "copy_removed"
    """refs: notice_id"""
    MEMBER_LEFT = "member_left"
    """refs: person_id"""
    CHAIR_SILENT = "chair_silent"
    """refs: issue_id, round"""
    LADDER_SKIPPED = "ladder_skipped"
    """refs: issue_id, step"""
    DECISION_RECORDED = "decision_recorded"
    """refs: decision_id"""
    NO_CHAIR = "no_chair"
    """Nobody acts as chair while the chair is away, or nobody has the role. refs: absence_id"""
    ALTERNATE_GONE = "alternate_gone"
    """Somebody's alternate can stand in for nobody any more. refs: person_id, alternate_id"""
    MINUTES_WAIT = "minutes_wait"
    """A meeting was held, and its minutes are not closed. refs: meeting_id"""


def tell_secretariat(
    session: Session, news: News, *, about: str, now: datetime, urgent: bool = False, subject: str = "",
    not_before: datetime | None = None, **refs: Any,
) -> None:  # fmt: skip
    """Owe the secretariat one piece of news (`about` makes it once for all), each in their working time.

    `subject` is what later events find it by, where that is not the news and what it is about.
    """
    who, heard_from = directory(session), not_before or now
    told = _hearers(who, now=heard_from, urgent=urgent)
    # Their desks list what waits for them.
    mark_homes(session, {*secretariat_ids(who), *(person_id(person) for person in told)}, now=now)
    for person in told:
        owe(
            session,
            NoticeKind.SECRETARIAT,
            key=f"secretariat:{news}:{about}:{person.id}",
            subject=subject or f"{news}:{about}",
            now=now,
            to=person,
            refs={"news": news.value, **refs},
            urgent=urgent,
            due_at=_heard_at(who, person, now=heard_from, urgent=urgent),
        )


def _hearers(who: Directory, *, now: datetime, urgent: bool) -> list[Person]:
    """Return who hears what the secretariat has to know: those of it who are there when they would hear it.

    Where none of them is, their alternates hear it, and the chair, who can settle it in their place.
    """
    staff = [(person, _heard_at(who, person, now=now, urgent=urgent)) for person in who.with_role(RoleName.SECRETARIAT)]
    there = [person for person, at in staff if who.absence(person, now=at) is None]
    covering = [stand_in for person, at in staff if (stand_in := who.stand_in(person, now=at)) is not None]
    instead = {person_id(person): person for person in [*covering, *who.chairs_on_duty(now=now)]}
    return there or list(instead.values()) or [person for person, _ in staff]


def _heard_at(who: Directory, person: Person, *, now: datetime, urgent: bool) -> datetime:
    return now if urgent else who.hours_of(person).next_moment(now) or now


def member_left_subject(person_id: int) -> str:
    """Return by what the news of somebody's leaving is found."""
    return f"{News.MEMBER_LEFT}:{person_id}"


def no_chair_subject(absence_id: int | None) -> str:
    """Return by what the news is found that nobody acts as chair during an absence."""
    return f"{News.NO_CHAIR}:{absence_id}"


def secretariat_ids(who: Directory) -> list[int]:
    """Return the ids of the secretariat's members."""
    return [person_id(person) for person in who.with_role(RoleName.SECRETARIAT)]
