"""The address of the calendar: whoever knows it may read when the task force meets, until it gets another one."""

import hmac
import secrets
from contextlib import suppress
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from models.delivery import Pulse
from models.people import Person
from services.directory import directory
from services.journal import record
from services.rights import require_manager

NAME = "calendar address"
RANDOM_BYTES = 24


def known_token(session: Session) -> str | None:
    """Return what only subscribers know; None while the calendar has no address."""
    row = session.get(Pulse, NAME)
    return row.detail if row is not None else None


def is_known(session: Session, token: str) -> bool:
    """Whether this is the address, compared in a time that tells nothing."""
    return hmac.compare_digest((known_token(session) or "").encode(), token.encode()) and bool(token)


def token_for_subscribers(session: Session, *, real: datetime) -> str:
    """Return what only subscribers know, drawn by who asks first; another replica may do so at the same moment."""
    with suppress(IntegrityError), session.begin_nested():
        if known_token(session) is None:
            _draw(session, real)
    return known_token(session) or ""


def new_token(session: Session, *, actor: Person, now: datetime, real: datetime) -> str:
    """Give the calendar another address; the earlier one works no more. Secretariat and chair."""
    require_manager(directory(session), actor, now=now)
    record(session, act="meeting.calendar", subject="calendar", actor=actor, now=now)
    return _draw(session, real)


def _draw(session: Session, real: datetime) -> str:
    token = secrets.token_urlsafe(RANDOM_BYTES)
    session.merge(Pulse(name=NAME, at=real, detail=token))
    session.flush()
    return token
