"""Files that go with messages: uploaded first, where nobody sees them, and named by the message when that is posted."""

from functools import partial

import structlog

from delivery.budget import FILE as FILE_BUCKET
from delivery.budget import POST, channel_bucket, give_back, rest, resting
from delivery.claims import Claim, finish
from delivery.composing import FILE
from delivery.mailroom import Mailroom, lock_out
from delivery.outcomes import Done, Limited, LockedOut, NotDone, Outcome, Refused, outcome_of
from delivery.turns import take_turns
from models.delivery import Notice, NoticeState
from views.blocks import File

log = structlog.get_logger("focal.delivery")

TRIES = 3
"""How often in a row a file is tried before its message goes without: the news matter more than the file."""
NOT_GRANTED = "missing_scope"
"""What Slack says where the app may send messages but no files: no reason to send nothing."""


def enclose(room: Mailroom, claim: Claim, notice: Notice, file: File) -> bool:
    """Upload the file of a claimed notice. Return whether that settled it: it is claimed again, knowing the permalink.

    False: it is to be posted now, without. Slack shares a file of the app's own with whoever sees the first message in
    which the app names its permalink (in `text`, also where there are blocks); until then nobody else sees it. So an
    upload may be repeated harmlessly when its answer is lost, and the message is posted once, like every other.
    """
    if notice.attempts % (TRIES + 1) == 0:
        # Where the message cannot be posted either, Slack was away, and the file has its chances again.
        return _without(notice, "tried too often")
    match _upload(room, file):
        case Done(answer=answer):
            link = answer["files"][0].get("permalink")
            return (
                _put_back(room, claim, notice, refs={**notice.refs, FILE: link}) if link else _without(notice, "none")
            )
        case LockedOut(reason=reason) if reason != NOT_GRANTED:
            lock_out(room, reason)
            return _put_back(room, claim, notice, error=reason)
        case Refused(reason=reason) | LockedOut(reason=reason):
            return _without(notice, reason)
        case Limited(seconds=seconds):
            with room.database.transaction() as session:
                rest(session, FILE_BUCKET, seconds=seconds, reason="429", real=room.clock.real())
            return _later(room, claim, notice, "429")
        case other:
            return _later(room, claim, notice, other.reason)


def _upload(room: Mailroom, file: File) -> Outcome:
    """Take the three steps of an upload, without a channel."""
    if not _affords(room):
        return NotDone("files rest")
    return outcome_of(partial(room.posting.files_upload_v2, filename=file.name, content=file.content))


def _affords(room: Mailroom) -> bool:
    real = room.clock.real()
    with room.database.transaction() as session:
        take_turns(session)
        if FILE_BUCKET in resting(session, real=real):
            return False
        with room.budget.spending(session, real=real) as purse:
            return purse.takes(FILE_BUCKET)


def _later(room: Mailroom, claim: Claim, notice: Notice, reason: str) -> bool:
    next_at = room.clock.real() + room.timing.back_off(notice.attempts)
    return _put_back(room, claim, notice, next_at=next_at, error=reason)


def _put_back(room: Mailroom, claim: Claim, notice: Notice, **values: object) -> bool:
    with room.database.transaction() as session:
        if finish(session, claim, state=NoticeState.PENDING, **values):
            give_back(session, POST)
            give_back(session, channel_bucket(notice.channel or ""))
    return True


def _without(notice: Notice, reason: str) -> bool:
    log.warning("notice.without_file", notice=notice.id, kind=notice.kind.value, reason=reason)
    return False
