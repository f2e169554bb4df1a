"""Who may send what: due notices are claimed in one short transaction, and only the last claimant may finish."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from delivery.budget import ALL, AUTH, OPEN, POST, channel_bucket, resting, ripe
from delivery.mailroom import Mailroom
from delivery.turns import take_turns
from models.delivery import Notice, NoticeState
from models.people import Person
from services.late_messages import give_up

MOST_LOOKED_AT = 1000
OVER = (NoticeState.SENT, NoticeState.DEAD, NoticeState.EXPIRED, NoticeState.SUPERSEDED)

Parent = aliased(Notice)
Lane = sa.func.coalesce(
    col(Notice.channel), col(Person.dm_channel_id), sa.literal("person:") + sa.cast(col(Notice.person_id), sa.String)
)
"""Where a notice goes; one is on its way in each lane. Whose direct messages were never opened has one too."""


@dataclass(frozen=True)
class Claim:
    """The right to send (or check, or edit) one notice until the lease ends."""

    notice_id: int
    fence: int
    lease_until: datetime
    steady_until: float
    thread_ts: str | None = None

    def time_left(self, room: Mailroom) -> bool:
        """Whether a call begun now ends within the lease, by both clocks."""
        needed = room.timing.needed
        steady_enough = self.steady_until - room.clock.steady() >= needed.total_seconds()
        return steady_enough and self.lease_until - room.clock.real() >= needed


def in_state(*states: NoticeState) -> sa.ColumnElement[bool]:
    """Compare with words written into the statement: a bound value would keep a partial index from being used."""
    kind = sa.inspect(Notice).columns["state"].type
    words = [sa.literal(state, kind, literal_execute=True) for state in states]
    return col(Notice.state) == words[0] if len(words) == 1 else col(Notice.state).in_(words)


def notices_due(*, now: Any, real: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of a notice that is to be sent. The moments are given, or read when it is asked."""
    # What was owed at once does not wait for a day when the machine's clock, a day ahead then, was put right since.
    come = sa.or_(col(Notice.due_at) <= now, col(Notice.due_at) <= col(Notice.created_at))
    return in_state(NoticeState.PENDING), come, ripe(col(Notice.next_at), real)


def claim_due(room: Mailroom, *, most: int = 20) -> list[Claim]:
    """Claim what is due: urgent first, then oldest first, one for each lane. What expired is marked so."""
    real, now = room.clock.real(), room.clock.now()
    due = notices_due(now=now, real=real)
    with room.database.reading() as session:
        # Writers wait for each other: most of the time nothing is due, and that is found without writing.
        if session.connection().scalar(sa.select(col(Notice.id)).where(*due).limit(1)) is None:
            return []
    with room.database.transaction() as session:
        take_turns(session)
        _expire(session, now=now)
        paused = resting(session, real=real)
        if paused & {ALL, AUTH, POST}:
            return []
        rows = _first_of_each_lane(session, due, paused)
        orphans = [row.id for row in rows if row.parent_key and row.parent_state is not NoticeState.SENT]
        _close(session, orphans, NoticeState.SUPERSEDED, "the message that it answers was not sent")
        rows = [row for row in rows if row.id not in orphans]
        with room.budget.spending(session, real=real) as purse:
            affordable = islice((row for row in rows if purse.takes(POST, channel_bucket(row.lane))), most)
            return [_take(room, session, row, now=now, real=real) for row in affordable]


def finish(session: Session, claim: Claim, **values: Any) -> bool:
    """Write down what became of a claimed notice, unless the claim was lost; return whether it was ours."""
    done = session.connection().execute(
        sa.update(Notice)
        .where(col(Notice.id) == claim.notice_id, col(Notice.fence) == claim.fence)
        .values(owner=None, lease_until=None, **values)
    )
    return done.rowcount == 1


def take(
    room: Mailroom, session: Session, notice_id: int, fence: int, *, real: datetime, **values: Any
) -> Claim:  # fmt: skip
    """Put our name, a lease and a new fence on a row that this transaction holds."""
    lease_until = real + room.timing.lease
    session.connection().execute(
        sa.update(Notice)
        .where(col(Notice.id) == notice_id)
        .values(owner=room.database.name, lease_until=lease_until, fence=fence + 1, **values)
    )
    steady_until = room.clock.steady() + room.timing.lease.total_seconds()
    return Claim(notice_id, fence + 1, lease_until, steady_until)


def _first_of_each_lane(session: Session, due: tuple[sa.ColumnElement[bool], ...], paused: frozenset[str]) -> list[Any]:
    connection = session.connection()
    busy = connection.scalars(
        sa.select(Lane).select_from(Notice).outerjoin(Person, col(Notice.person_id) == col(Person.id))
        # The first condition is that of the partial index: SQLite does not see that the second one implies it.
        .where(in_state(NoticeState.SENDING, NoticeState.CHECKING), in_state(NoticeState.SENDING))
    )  # fmt: skip
    closed = {*busy, *(bucket.removeprefix(f"{POST}:") for bucket in paused)}
    open_lanes = [Lane.not_in(closed), *([Lane.not_like("person:%")] if OPEN in paused else [])]
    rows: sa.Result[Any] = connection.execute(
        sa.select(
            col(Notice.id), col(Notice.fence), col(Notice.attempts), col(Notice.parent_key), Lane.label("lane"),
            col(Notice.channel), col(Person.dm_channel_id), col(Notice.first_tried_at),
            col(Parent.state).label("parent_state"), col(Parent.ts).label("parent_ts"),
            col(Parent.channel).label("parent_channel"),
        )
        .select_from(Notice)
        .outerjoin(Person, col(Notice.person_id) == col(Person.id))
        .outerjoin(Parent, col(Parent.key) == col(Notice.parent_key))
        .where(*due, *open_lanes, sa.or_(col(Notice.parent_key).is_(None), col(Parent.state).in_(OVER)))
        .order_by(col(Notice.urgent).desc(), col(Notice.due_at), col(Notice.id))
        .limit(MOST_LOOKED_AT)
        .with_for_update(of=Notice, skip_locked=True)
    )  # fmt: skip
    first: dict[str, Any] = {}
    for row in rows:
        first.setdefault(row.lane, row)
    return list(first.values())


def _take(room: Mailroom, session: Session, row: Any, *, now: datetime, real: datetime) -> Claim:
    claim = take(
        room, session, row.id, row.fence, real=real, state=NoticeState.SENDING, attempts=row.attempts + 1,
        # Rendered after this: whatever asked for a new look before is heard.
        refresh_at=None,
        first_tried_at=row.first_tried_at or now,
        channel=row.parent_channel or row.channel or row.dm_channel_id,
    )  # fmt: skip
    return Claim(claim.notice_id, claim.fence, claim.lease_until, claim.steady_until, row.parent_ts)


def _expire(session: Session, *, now: datetime) -> None:
    late = session.exec(select(Notice).where(in_state(NoticeState.PENDING), col(Notice.expires_at) <= now)).all()
    give_up(session, late, now=now)


def _close(session: Session, ids: list[int], state: NoticeState, reason: str) -> None:
    if ids:
        session.connection().execute(
            sa.update(Notice).where(col(Notice.id).in_(ids)).values(state=state, error=reason, refresh_at=None)
        )
