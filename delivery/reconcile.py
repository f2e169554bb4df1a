"""Settles doubts: what may or may not have been posted is looked for, and copies are taken back."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import partial
from itertools import islice
from typing import Any

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col, select

from delivery.budget import AUTH, LOOK, POST, give_back, resting, ripe
from delivery.claims import Claim, finish, in_state, take
from delivery.history import Found, Unreadable, find
from delivery.mailroom import Mailroom
from delivery.outcomes import Done, outcome_of
from delivery.sender import report_unsent
from delivery.turns import take_turns
from models.base import UtcDateTime
from models.delivery import Notice, NoticeState
from services.secretariat import News, tell_secretariat

log = structlog.get_logger("focal.delivery")

SWEEPS = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""When, after something was posted anew, it is looked whether the first attempt arrived after all."""
MOST = 20
"""Doubts, or copies, considered in one go."""
LOOKS = 4
"""Places whose doubts are claimed at the same time: a stall keeps those waiting for the lease."""
SPARED = 10
"""Looks that are kept for doubts: copies are rare, and can wait."""
LOCKED_WORDS = frozenset({"invalid_auth", "token_revoked", "token_expired", "account_inactive", "not_authed"})


def settle_doubts(room: Mailroom) -> int:
    """Look for everything that is in doubt and has had time to appear; return how many were looked for."""
    release_stalled(room)
    release_forsaken(room)
    looked_for = 0
    while places := _claim_unknown(room):
        for claims in places:
            _check(room, claims)
            looked_for += len(claims)
    return looked_for


def release_stalled(room: Mailroom) -> None:
    """Take over what somebody claimed and did not finish within the lease: nobody knows whether it was posted."""
    real = room.clock.real()
    _release(room, *is_stalled(room, real=real), look_at=real + room.timing.settle)


def release_forsaken(room: Mailroom) -> None:
    """Take over what somebody claimed who has no connection with the database any more, before the lease ends."""
    # Most likely a process was killed. One that was only cut off may still begin a post, as late as its lease allows.
    begins = col(Notice.lease_until) - sa.literal(room.timing.needed, sa.Interval())
    last = sa.func.greatest(sa.literal(room.clock.real(), UtcDateTime()), begins)
    _release(room, *is_forsaken(room), look_at=last + sa.literal(room.timing.settle, sa.Interval()))


def release_claims(room: Mailroom) -> None:
    """Take over at once whatever is claimed: at the start, where a lock proves that nobody else is at work."""
    in_flight = in_state(NoticeState.SENDING, NoticeState.CHECKING)
    _release(room, in_flight, look_at=room.clock.real() + room.timing.settle)


def sweep_copies(room: Mailroom) -> None:
    """Look whether something that was posted anew stands in Slack twice; take the later copies back."""
    with room.database.reading() as session:
        notices = session.exec(select(Notice).where(*sweep_is_due(real=room.clock.real())).limit(MOST)).all()
        places = [(each, _thread_of(session, each[0])) for each in _by_place(notices)]
    for there, thread_ts in places:
        if not _spares_a_look(room):
            return
        found = find(room, there, thread_ts=thread_ts)
        if isinstance(found, Found):
            for notice in there:
                _swept(room, notice, removed=_remove_copies(room, notice, found))


def is_stalled(room: Mailroom, *, real: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of a notice that was claimed and not finished within the lease."""
    until = col(Notice.lease_until)
    return (
        in_state(NoticeState.SENDING, NoticeState.CHECKING),
        sa.or_(until <= real, until > real + 2 * room.timing.lease),
    )


def is_forsaken(room: Mailroom) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of a notice that was claimed by somebody who is gone."""
    return in_state(NoticeState.SENDING, NoticeState.CHECKING), room.database.is_gone(col(Notice.owner))


def may_be_looked_for(*, real: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of a notice that is in doubt and has had time to appear."""
    return in_state(NoticeState.UNKNOWN), ripe(col(Notice.next_at), real)


def sweep_is_due(*, real: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of a notice that was posted anew, and of which there may be copies."""
    return col(Notice.sweep_at).is_not(None), ripe(col(Notice.sweep_at), real), in_state(NoticeState.SENT)


def _release(room: Mailroom, *stalled: sa.ColumnElement[bool], look_at: Any) -> None:
    with room.database.reading() as session:
        if session.connection().scalar(sa.select(col(Notice.id)).where(*stalled).limit(1)) is None:
            return
    # Nothing is posted before it is known where; for that it need not be looked for, and could not be.
    nowhere, word = col(Notice.channel).is_(None), sa.inspect(Notice).columns["state"].type
    state = sa.case(
        (nowhere, sa.literal(NoticeState.PENDING, word)), else_=sa.literal(NoticeState.UNKNOWN, word)
    )  # fmt: skip
    # A post is given time to appear; where only a look was begun, the next may begin.
    next_at = sa.case(
        (nowhere, sa.null()), (in_state(NoticeState.SENDING), look_at), else_=room.clock.real()
    )  # fmt: skip
    with room.database.transaction() as session:
        session.connection().execute(
            sa.update(Notice)
            .where(*stalled)
            .values(
                state=state, owner=None, lease_until=None, fence=col(Notice.fence) + 1, next_at=next_at,
                error="its sender stalled",
            )
        )  # fmt: skip


def _claim_unknown(room: Mailroom) -> list[list[Claim]]:
    """Claim doubts that have settled, oldest first: all those of a place together, since one look answers them."""
    real = room.clock.real()
    ready = may_be_looked_for(real=real)
    with room.database.reading() as session:
        if session.connection().scalar(sa.select(col(Notice.id)).where(*ready).limit(1)) is None:
            return []
    with room.database.transaction() as session:
        take_turns(session)
        if AUTH in resting(session, real=real):
            return []
        rows = session.connection().execute(
            sa.select(col(Notice.id), col(Notice.fence), col(Notice.channel), col(Notice.parent_key))
            .where(*ready).order_by(col(Notice.next_at)).limit(MOST).with_for_update(skip_locked=True)
        ).all()  # fmt: skip
        with room.budget.spending(session, real=real) as purse:
            places = list(islice((place for place in _by_place(rows) if purse.takes(LOOK)), LOOKS))
        return [
            [take(room, session, row.id, row.fence, real=real, state=NoticeState.CHECKING) for row in place]
            for place in places
        ]


def _by_place(rows: Iterable[Any]) -> list[list[Any]]:
    """Sort what has a channel and a thread by where it was to go; the first stay first."""
    places: dict[tuple[str | None, str | None], list[Any]] = {}
    for row in rows:
        places.setdefault((row.channel, row.parent_key), []).append(row)
    return list(places.values())


def _spares_a_look(room: Mailroom) -> bool:
    """Take a look from what is left, unless doubts may soon need it."""
    if room.budget.is_open:
        return True
    with room.database.transaction() as session:
        take_turns(session)
        with room.budget.spending(session, real=room.clock.real()) as purse:
            return purse.level(LOOK) > SPARED and purse.takes(LOOK)


def _check(room: Mailroom, claims: Sequence[Claim]) -> None:
    """Look for doubts of one place, and conclude."""
    if not all(claim.time_left(room) for claim in claims):
        with room.database.transaction() as session:
            for claim in claims:
                finish(session, claim, state=NoticeState.UNKNOWN)
        return
    with room.database.reading() as session:
        notices = [session.get_one(Notice, claim.notice_id) for claim in claims]
        thread_ts = _thread_of(session, notices[0])
    found = find(room, notices, thread_ts=thread_ts)
    with room.database.transaction() as session:
        for claim, notice in zip(claims, notices, strict=True):
            _conclude(room, session, claim, notice, found)
    log.info("notice.checked", notices=[claim.notice_id for claim in claims], found=type(found).__name__)


def _conclude(room: Mailroom, session: Session, claim: Claim, notice: Notice, found: Found | Unreadable) -> None:
    real = room.clock.real()
    match found:
        case Found() if copies := found.copies(notice):
            finish(
                session, claim, state=NoticeState.SENT, ts=copies[0], error=None, next_at=None,
                sent_at=room.clock.now(), sweep_at=real if len(copies) > 1 else None,
            )  # fmt: skip
        case Found():
            if finish(
                session, claim, state=NoticeState.PENDING, next_at=None, error="not found, posted anew",
                sweep_at=real + SWEEPS[0], sweeps=0,
            ):  # fmt: skip
                give_back(session, POST)
        case Unreadable(reason=reason, forever=True) if reason not in LOCKED_WORDS:
            # It may stand there, and we cannot look: to post it again could say it twice.
            if finish(session, claim, state=NoticeState.DEAD, error=f"cannot look: {reason}", reported_at=real):
                report_unsent(session, notice, room)
        case Unreadable(reason=reason):
            later = real + room.timing.back_off(min(notice.attempts + 2, 6))
            finish(session, claim, state=NoticeState.UNKNOWN, next_at=later, error=reason, attempts=notice.attempts + 1)


def _remove_copies(room: Mailroom, notice: Notice, found: Found) -> bool:
    channel, removed = notice.channel or "", False
    for copy in found.copies(notice):
        if copy != notice.ts:
            outcome = outcome_of(partial(room.posting.chat_delete, channel=channel, ts=copy))
            removed = removed or isinstance(outcome, Done)
    return removed


def _swept(room: Mailroom, notice: Notice, *, removed: bool) -> None:
    count = notice.sweeps + 1
    following = room.clock.real() + SWEEPS[count] - SWEEPS[count - 1] if count < len(SWEEPS) else None
    with room.database.transaction() as session:
        session.connection().execute(
            sa.update(Notice)
            .where(col(Notice.id) == notice.id, col(Notice.sweep_at) == notice.sweep_at)
            .values(sweep_at=following, sweeps=count)
        )
        if removed:
            tell_secretariat(
                session, News.COPY_REMOVED, about=f"notice:{notice.id}", now=room.clock.now(), notice_id=notice.id
            )
    if removed:
        log.warning("notice.copy_removed", notice=notice.id)


def _thread_of(session: Session, notice: Notice) -> str | None:
    if notice.parent_key is None:
        return None
    return session.exec(select(Notice.ts).where(Notice.key == notice.parent_key)).one_or_none()
