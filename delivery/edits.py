"""Keeps sent messages true: what events overtook is rendered anew and edited in place."""

import sqlalchemy as sa
import structlog
from sqlmodel import col

from delivery import tally
from delivery.budget import ALL, AUTH, EDIT, rest, resting, ripe
from delivery.claims import Claim, finish, in_state, take
from delivery.composing import Moot
from delivery.mailroom import Mailroom, digest_of, lock_out, render
from delivery.outcomes import Done, Limited, LockedOut, Outcome, Refused, outcome_of
from delivery.turns import take_turns
from models.delivery import Notice, NoticeState
from models.people import Person

log = structlog.get_logger("focal.delivery")

MOST = 20
TRIES = 6
"""How often an edit that cannot be rendered is tried."""


def edit_overtaken(room: Mailroom) -> int:
    """Edit what is due for it; return how many were looked at."""
    claims = _claim_edits(room)
    for claim in claims:
        _edit(room, claim)
    return len(claims)


def _claim_edits(room: Mailroom) -> list[Claim]:
    real = room.clock.real()
    due = (
        col(Notice.refresh_at).is_not(None),
        in_state(NoticeState.SENT),
        ripe(col(Notice.next_at), real),
        ripe(col(Notice.lease_until), real),
    )
    with room.database.reading() as session:
        if session.connection().scalar(sa.select(col(Notice.id)).where(*due).limit(1)) is None:
            return []
    with room.database.transaction() as session:
        take_turns(session)
        if resting(session, real=real) & {ALL, AUTH, EDIT}:
            return []
        rows = session.connection().execute(
            sa.select(col(Notice.id), col(Notice.fence)).where(*due)
            .order_by(col(Notice.urgent).desc(), col(Notice.id)).limit(MOST).with_for_update(skip_locked=True)
        ).all()  # fmt: skip
        # `refresh_at` takes the lease's end: a refresh asked for meanwhile writes another moment, and is not lost.
        mark = real + room.timing.lease
        return [take(room, session, row.id, row.fence, real=real, refresh_at=mark) for row in rows]


def _edit(room: Mailroom, claim: Claim) -> None:
    with room.database.reading() as session:
        notice = session.get_one(Notice, claim.notice_id)
        person = session.get(Person, notice.person_id) if notice.person_id else None
        try:
            said = render(room, session, notice, person)
        except Exception:
            log.exception("notice.unrenderable", notice=claim.notice_id)
            said = None
    if said is None:
        _put_off(room, claim, attempts=notice.attempts + 1)
        return
    digest = None if isinstance(said, Moot) else digest_of(said)
    if isinstance(said, Moot) or digest == notice.shown:
        _done(room, claim)
        return
    if not claim.time_left(room) or not room.budget.takes(EDIT):
        _release(room, claim)
        return
    outcome = outcome_of(
        lambda: room.posting.chat_update(
            channel=notice.channel or "", ts=notice.ts or "", text=said.text, blocks=said.blocks
        )
    )
    tally.edits(type(outcome).__name__.casefold())
    _record(room, claim, notice, outcome, digest)


def _record(room: Mailroom, claim: Claim, notice: Notice, outcome: Outcome, digest: str | None) -> None:
    real = room.clock.real()
    match outcome:
        case Done():
            _done(room, claim, shown=digest, next_at=None, error=None)
        case Refused(reason=reason):
            # Too old to be edited, or gone: Slack will not have it otherwise later.
            _done(room, claim, error=reason)
            log.info("edit.refused", notice=notice.id, reason=reason)
        case Limited(seconds=seconds):
            with room.database.transaction() as session:
                rest(session, EDIT, seconds=seconds, reason="429", real=real)
            _release(room, claim)
        case LockedOut(reason=reason):
            lock_out(room, reason)
            _release(room, claim)
        case _:
            _put_off(room, claim, attempts=notice.attempts)


def _done(room: Mailroom, claim: Claim, **values: object) -> None:
    """It shows how things stood when it was claimed; a refresh asked for since then stays asked for."""
    current = sa.case((col(Notice.refresh_at) == claim.lease_until, sa.null()), else_=col(Notice.refresh_at))
    with room.database.transaction() as session:
        finish(session, claim, refresh_at=current, **values)


def _release(room: Mailroom, claim: Claim) -> None:
    with room.database.transaction() as session:
        finish(session, claim)


def _put_off(room: Mailroom, claim: Claim, *, attempts: int) -> None:
    """Try again later: an edit may be repeated without harm. What cannot be rendered is left as it is in the end."""
    if attempts > TRIES:
        _done(room, claim, error="cannot be rendered")
        return
    next_at = room.clock.real() + room.timing.back_off(attempts)
    with room.database.transaction() as session:
        finish(session, claim, attempts=attempts, next_at=next_at)
