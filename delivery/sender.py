"""Sends what is owed: claimed, rendered late, posted outside any transaction, recorded."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from slack_sdk.web import SlackResponse
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from delivery import tally
from delivery.budget import ALL, AUTH, OPEN, POST, give_back, rest, rest_channel, wake
from delivery.claims import Claim, claim_due, finish
from delivery.composing import FILE, Moot
from delivery.enclosures import enclose
from delivery.mailroom import EVENT_TYPE, Mailroom, digest_of, lock_out, mark_of, render
from delivery.outcomes import Done, Doubtful, Limited, LockedOut, NotDone, Outcome, Refused, outcome_of
from models.delivery import Notice, NoticeKind, NoticeState
from models.people import Person
from services.secretariat import News, tell_secretariat
from views.blocks import Message

log = structlog.get_logger("focal.delivery")

AT_ONCE = 4
"""Posts on their way at the same time, each in another channel. No more are claimed: a kill would keep them waiting."""
SOON = 1.0
"""Seconds within which posts mostly end. What takes longer is not waited for before others are sent."""
RENDERINGS = 5
"""How often a notice that cannot be rendered is tried."""
NO_SUCH_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format"})
NOT_FOUND = "user_disabled"


@dataclass(frozen=True)
class Draft:
    """One claimed notice, ready to be posted."""

    claim: Claim
    notice: Notice
    person: Person | None
    message: Message

    def post(self, room: Mailroom, *, plain: bool) -> SlackResponse:
        """Post it; `plain` without its blocks."""
        mark = mark_of(self.notice)
        return room.posting.chat_postMessage(
            channel=self.notice.channel or "",
            text=self.message.text,
            blocks=None if plain else self.message.blocks or None,
            thread_ts=self.claim.thread_ts,
            metadata={"event_type": EVENT_TYPE, "event_payload": {"key": mark}},
            client_msg_id=mark,
            unfurl_links=False,
            # Slack shares a file that a message names by unfolding its address; nothing else is unfolded.
            unfurl_media=FILE in self.notice.refs,
        )


class Sender:
    """Posts notices. Several may run, in threads, processes and replicas: each notice has one claimant."""

    def __init__(self, room: Mailroom) -> None:
        self.room = room
        self._troubles = 0
        self._workers = ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="send")

    def deliver(self, *, stopping: Callable[[], bool] = lambda: False) -> int:
        """Send everything that is due now and may be sent; return how many were handled."""
        handled, on_their_way = 0, set[Future[None]]()
        self.room.budget.denied = False
        while not stopping():
            claims = claim_due(self.room, most=AT_ONCE - len(on_their_way))
            begun = {self._workers.submit(self.send, claim) for claim in claims}
            handled += len(begun)
            on_their_way |= begun
            if not on_their_way:
                break
            wait(begun or on_their_way, timeout=SOON)
            ended = {each for each in on_their_way if each.done()}
            on_their_way -= ended
            for each in ended:
                each.result()
        return handled

    def waits_for_pace(self) -> bool:
        """Whether something due was left for later, only because it would have been too fast for Slack."""
        return self.room.budget.denied

    def close(self) -> None:
        """Wait for what is on its way."""
        self._workers.shutdown()

    def send(self, claim: Claim) -> None:
        """Send one claimed notice."""
        draft = self._prepare(claim)
        if draft is None:
            return
        if draft.notice.channel is None:
            self._open_conversation(draft)
            return
        if draft.message.file is not None and enclose(self.room, claim, draft.notice, draft.message.file):
            return
        if not claim.time_left(self.room):
            self._settle(claim, state=NoticeState.PENDING)
            return
        outcome = outcome_of(lambda: draft.post(self.room, plain=False))
        if isinstance(outcome, Refused) and outcome.reason in NO_SUCH_BLOCKS and claim.time_left(self.room):
            log.error("notice.blocks_refused", notice=claim.notice_id, kind=draft.notice.kind.value)
            outcome = outcome_of(lambda: draft.post(self.room, plain=True))
        self._record(draft, outcome)

    # -- before the post -------------------------------------------------------------------------------------------

    def _prepare(self, claim: Claim) -> Draft | None:
        """Render a claimed notice; None when it was settled otherwise."""
        with self.room.database.reading() as session:
            notice = session.get_one(Notice, claim.notice_id)
            person = session.get(Person, notice.person_id) if notice.person_id else None
            said = self._say(session, notice, person) if notice.fence == claim.fence else None
        if notice.fence != claim.fence:
            return None
        if person is not None and not person.here:
            self._not_here(claim, notice, person)
        elif said is None:
            self._unrenderable(claim, notice)
        elif isinstance(said, Moot):
            self._settle(claim, state=NoticeState.SUPERSEDED, error=said.reason)
            tally.sends(notice.kind, "moot")
        else:
            return Draft(claim, notice, person, said)
        return None

    def _say(self, session: Session, notice: Notice, person: Person | None) -> Message | Moot | None:
        try:
            return render(self.room, session, notice, person)
        except OperationalError:
            raise
        except Exception:
            log.exception("notice.unrenderable", notice=notice.id, kind=notice.kind.value)
            return None

    def _unrenderable(self, claim: Claim, notice: Notice) -> None:
        if notice.attempts >= RENDERINGS:
            self._give_up(claim, notice, "cannot be rendered")
        else:
            self._again(claim, notice, "cannot be rendered")

    def _not_here(self, claim: Claim, notice: Notice, person: Person) -> None:
        if person.deactivated:
            self._give_up(claim, notice, NOT_FOUND)
        else:
            self._settle(claim, state=NoticeState.SUPERSEDED, error="left")

    def _open_conversation(self, draft: Draft) -> None:
        """Learn where somebody's direct messages go; the notice is claimed again at once, knowing it."""
        claim, person = draft.claim, draft.person
        if person is None:
            self._give_up(claim, draft.notice, "no recipient")
            return
        outcome = outcome_of(lambda: self.room.posting.conversations_open(users=person.slack_id))
        if isinstance(outcome, Done):
            with self.room.database.transaction() as session:
                session.get_one(Person, person.id).dm_channel_id = outcome.answer["channel"]["id"]
                if finish(session, claim, state=NoticeState.PENDING):
                    give_back(session, POST)
        elif isinstance(outcome, Doubtful):
            # Opening is not posting: it may be repeated.
            self._not_done(claim, draft.notice, NotDone(outcome.reason))
        else:
            self._record(draft, outcome)

    # -- after the post --------------------------------------------------------------------------------------------

    def _record(self, draft: Draft, outcome: Outcome) -> None:
        claim, notice = draft.claim, draft.notice
        tally.sends(notice.kind, type(outcome).__name__.casefold())
        match outcome:
            case Done():
                self._sent(draft, outcome.answer)
            case NotDone():
                self._not_done(claim, notice, outcome)
            case Limited():
                self._limited(claim, notice, outcome)
            case Doubtful():
                self._trouble(outcome.reason, from_count=3)
                until = self.room.clock.real() + self.room.timing.settle
                self._settle(claim, state=NoticeState.UNKNOWN, next_at=until, error=outcome.reason)
            case Refused():
                self._give_up(claim, notice, outcome.reason)
            case LockedOut():
                self._locked_out(claim, outcome)

    def _sent(self, draft: Draft, answer: SlackResponse) -> None:
        self._troubles = 0
        real = self.room.clock.real()
        with self.room.database.transaction() as session:
            ours = finish(
                session, draft.claim, state=NoticeState.SENT, ts=answer["ts"], channel=answer["channel"], error=None,
                next_at=None, shown=digest_of(draft.message), sent_at=self.room.clock.now(),
            )  # fmt: skip
            wake(session, AUTH)
            if not ours:
                # We stalled past our lease, and somebody may have posted it anew: have the copies looked at.
                notice = session.get_one(Notice, draft.claim.notice_id)
                notice.sweep_at = real
        if not ours:
            log.warning("notice.lease_lost", notice=draft.claim.notice_id)

    def _not_done(self, claim: Claim, notice: Notice, outcome: NotDone) -> None:
        self._trouble(outcome.reason, from_count=1)
        self._again(claim, notice, outcome.reason)

    def _limited(self, claim: Claim, notice: Notice, outcome: Limited) -> None:
        real = self.room.clock.real()
        next_at = real + timedelta(seconds=outcome.seconds)
        with self.room.database.transaction() as session:
            if notice.channel:
                rest_channel(session, notice.channel, seconds=outcome.seconds, real=real)
            else:
                rest(session, OPEN, seconds=outcome.seconds, reason="429", real=real)
            # Not given back: whoever is told to wait has counted wrongly, and counts right again by that.
            finish(session, claim, state=NoticeState.PENDING, next_at=next_at, error="429")
        log.info("slack.limits", channel=notice.channel, seconds=outcome.seconds)

    def _locked_out(self, claim: Claim, outcome: LockedOut) -> None:
        lock_out(self.room, outcome.reason)
        self._settle(claim, state=NoticeState.PENDING, error=outcome.reason)

    def _give_up(self, claim: Claim, notice: Notice, reason: str) -> None:
        """Nothing will make Slack take this: keep it for the record, and tell the secretariat once."""
        with self.room.database.transaction() as session:
            if finish(session, claim, state=NoticeState.DEAD, error=reason, reported_at=self.room.clock.real()):
                report_unsent(session, notice, self.room)
        log.error("notice.dead", notice=notice.id, kind=notice.kind.value, reason=reason)

    def _again(self, claim: Claim, notice: Notice, reason: str) -> None:
        next_at = self.room.clock.real() + self.room.timing.back_off(notice.attempts)
        with self.room.database.transaction() as session:
            if finish(session, claim, state=NoticeState.PENDING, next_at=next_at, error=reason):
                give_back(session, POST)

    def _settle(self, claim: Claim, **values: Any) -> None:
        with self.room.database.transaction() as session:
            finish(session, claim, **values)

    def _trouble(self, reason: str, *, from_count: int) -> None:
        """Slack cannot be reached: let everything rest a little, longer each time, rather than try row after row."""
        self._troubles += 1
        if self._troubles >= from_count:
            seconds = self.room.timing.back_off(min(self._troubles - from_count, 6)).total_seconds()
            with self.room.database.transaction() as session:
                rest(session, ALL, seconds=seconds, reason=reason, real=self.room.clock.real())
            log.warning("slack.unreachable", reason=reason, seconds=seconds)


def report_unsent(session: Session, notice: Notice, room: Mailroom) -> None:
    """Tell the secretariat that a notice could not be sent; what was meant for them is not reported to them."""
    if notice.kind is not NoticeKind.SECRETARIAT:
        tell_secretariat(
            session, News.NOT_SENT, about=f"notice:{notice.id}", now=room.clock.now(), notice_id=notice.id
        )  # fmt: skip
