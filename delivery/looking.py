"""Whether there is anything to deliver or to settle just now: one look, as it is taken all the time."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col

from delivery.claims import notices_due
from delivery.edits import edits_due
from delivery.homes import homes_due
from delivery.mailroom import Mailroom
from delivery.reconcile import is_forsaken, is_stalled, may_be_looked_for, sweep_is_due
from models.base import UtcDateTime
from models.delivery import HomeMark, Notice


class Moment:
    """A moment that is read when the statement is carried out: to build one costs more than to carry it out."""

    def __init__(self, read: Callable[[], datetime]) -> None:
        self._read = read

    def __add__(self, span: timedelta) -> "Moment":
        """Return a later one."""
        return Moment(lambda: self._read() + span)

    def __sub__(self, span: timedelta) -> "Moment":
        """Return an earlier one."""
        return Moment(lambda: self._read() - span)

    def __clause_element__(self) -> sa.BindParameter[datetime]:
        """Return it as a part of a statement."""
        return sa.bindparam(None, callable_=self._read, type_=UtcDateTime())


def looker_for_doubts(room: Mailroom) -> Callable[[], bool]:
    """Return how to ask whether something is to be looked for in Slack."""
    real, notice = Moment(room.clock.real), sa.exists(col(Notice.id))
    return _asker(
        room,
        notice.where(*is_stalled(room, real=real)),
        notice.where(*is_forsaken(room)),
        notice.where(*may_be_looked_for(real=real)),
        notice.where(*sweep_is_due(real=real)),
    )


def looker(room: Mailroom) -> Callable[[], bool]:
    """Return how to ask whether something is to be sent, edited or published."""
    now, real = Moment(room.clock.now), Moment(room.clock.real)
    notice, home = sa.exists(col(Notice.id)), sa.exists(col(HomeMark.person_id))
    return _asker(
        room,
        notice.where(*notices_due(now=now, real=real)),
        notice.where(*edits_due(real=real)),
        home.where(*homes_due(room, real=real)),
    )


def _asker(room: Mailroom, *looks: sa.ColumnElement[bool]) -> Callable[[], bool]:
    anything = sa.select(sa.or_(*looks))

    def is_any() -> bool:
        with room.database.reading() as session:
            return bool(session.connection().scalar(anything))

    return is_any
