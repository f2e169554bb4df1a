"""Keeps sent messages true: what events overtook is rendered anew and edited in place."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
import structlog
from sqlmodel import Session, col

from delivery import tally
from delivery.budget import ALL, AUTH, EDIT, rest, resting, ripe
from delivery.claims import Claim, finish, in_state, take
from delivery.composing import INSTEAD, Moot
from delivery.mailroom import Mailroom, digest_of, lock_out, render
from delivery.outcomes import Done, Limited, LockedOut, Outcome, Refused, outcome_of
from delivery.turns import take_turns
from models.delivery import Notice, NoticeState
from models.people import Person
from services.outbox import owe
from views.blocks import Message

log = structlog.get_logger("focal.delivery")

MOST = 20
TOO_LATE = frozenset({"edit_window_closed", "cant_update_message"})
"""Slack lets nobody change the message any more: what it would say is said in its thread, and it is left alone."""
TRIES = 6
"""How often an edit that cannot be rendered is tried."""


def edit_overtaken(room: Mailroom) -> int:
    """Edit what is due for it; return how many were looked at."""
    claims = _claim_edits(room)
    for claim in claims:
        _edit(room, claim)
    return len(claims)


def edits_due(*, real: Any) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of a notice that is to be edited."""
    return (
        col(Notice.refresh_at).is_not(None),
        in_state(NoticeState.SENT),
        ripe(col(Notice.next_at), real),
        ripe(col(Notice.lease_until), real),
    )


def _claim_edits(room: Mailroom) -> list[Claim]:
    real = room.clock.real()
    due = edits_due(real=real)
    with room.database.reading() as session:
        if session.connection().scalar(sa.select(col(Notice.id)).where(*due).limit(1)) is None:
            return []
    with room.database.transaction() as session:
        take_turns(session)
        if resting(session, real=real) & {ALL, AUTH, EDIT}:
            return []
        with room.budget.spending(session, real=real) as purse:
            # What could not be edited now would only keep what happens meanwhile from being shown first.
            most = min(MOST, int(purse.level(EDIT)))
        rows = session.connection().execute(
            sa.select(col(Notice.id), col(Notice.fence)).where(*due)
            .order_by(col(Notice.urgent).desc(), col(Notice.refresh_at).desc(), col(Notice.id).desc()).limit(most)
            .with_for_update(skip_locked=True)
        ).all()  # fmt: skip
        # `refresh_at` takes the lease's end: a refresh asked for meanwhile writes another moment, and is not lost.
        mark = real + room.timing.lease
        return [take(room, session, row.id, row.fence, real=real, refresh_at=mark) for row in rows]


def _edit(room: Mailroom, claim: Claim) -> None:
    with room.database.reading() as session:
        notice = session.get_one(Notice, claim.notice_id)
        said = None if notice.error in TOO_LATE else _say(room, session, notice)
    if notice.error in TOO_LATE or isinstance(said, Moot):
        _done(room, claim)
    elif said is None:
        _put_off(room, claim, attempts=notice.attempts + 1)
    elif (digest := digest_of(said)) == notice.shown:
        _done(room, claim)
    elif not claim.time_left(room) or not _affords(room):
        _release(room, claim)
    else:
        outcome = outcome_of(
            lambda: room.posting.chat_update(
                channel=notice.channel or "", ts=notice.ts or "", text=said.text, blocks=said.blocks
            )
        )
        tally.edits(type(outcome).__name__.casefold())
        _record(room, claim, notice, outcome, digest)


def _affords(room: Mailroom) -> bool:
    """Take one edit from what is left. Not when it was claimed: most of what is looked at needs no edit."""
    if room.budget.is_open:
        return True
    real = room.clock.real()
    with room.database.transaction() as session:
        take_turns(session)
        with room.budget.spending(session, real=real) as purse:
            return purse.takes(EDIT)


def _say(room: Mailroom, session: Session, notice: Notice) -> Message | Moot | None:
    """Render a notice anew; None when that fails."""
    person = session.get(Person, notice.person_id) if notice.person_id else None
    try:
        return render(room, session, notice, person)
    except Exception:
        log.exception("notice.unrenderable", notice=notice.id)
        return None


def _record(room: Mailroom, claim: Claim, notice: Notice, outcome: Outcome, digest: str) -> None:
    real = room.clock.real()
    match outcome:
        case Done():
            _done(room, claim, shown=digest, next_at=None, error=None)
        case Refused(reason=reason):
            # Too old to be edited, or gone: Slack will not have it otherwise later.
            with room.database.transaction() as session:
                if _finish(session, claim, error=reason) and reason in TOO_LATE:
                    _say_in_thread(session, notice, now=room.clock.now())
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


def _say_in_thread(session: Session, notice: Notice, *, now: datetime) -> None:
    """Owe a reply that shows how the message would look; it can be edited in its turn, and is replaced by nothing."""
    if INSTEAD not in notice.refs:
        person = session.get(Person, notice.person_id) if notice.person_id else None
        owe(
            session, notice.kind, key=f"{notice.key}:{INSTEAD}", subject=notice.subject, now=now, to=person,
            channel=None if person else notice.channel, refs={**notice.refs, INSTEAD: notice.id},
            parent_key=notice.parent_key or notice.key,
        )  # fmt: skip


def _done(room: Mailroom, claim: Claim, **values: object) -> None:
    with room.database.transaction() as session:
        _finish(session, claim, **values)


def _finish(session: Session, claim: Claim, **values: object) -> bool:
    """It shows how things stood when it was claimed; a refresh asked for since then stays asked for."""
    current = sa.case((col(Notice.refresh_at) == claim.lease_until, sa.null()), else_=col(Notice.refresh_at))
    return finish(session, claim, refresh_at=current, **values)


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
