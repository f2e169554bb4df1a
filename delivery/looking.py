"""Whether there is anything to deliver just now: one look, as it is taken every second."""

from collections.abc import Callable
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col

from delivery.claims import notices_due
from delivery.edits import edits_due
from delivery.homes import homes_due
from delivery.mailroom import Mailroom
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


def looker(room: Mailroom) -> Callable[[], bool]:
    """Return how to ask whether something is to be sent, edited or published."""
    now, real = Moment(room.clock.now), Moment(room.clock.real)
    notice, home = sa.exists(col(Notice.id)), sa.exists(col(HomeMark.person_id))
    looks = (
        notice.where(*notices_due(now=now, real=real)),
        notice.where(*edits_due(real=real)),
        home.where(*homes_due(room, real=real)),
    )
    anything = sa.select(sa.or_(*looks))

    def anything_due() -> bool:
        with room.database.reading() as session:
            return bool(session.connection().scalar(anything))

    return anything_due
