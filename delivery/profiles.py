"""Asks Slack about members: who they are, once a day, and when those who are soon reminded want to be left alone."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from slack_sdk.web import SlackResponse

from delivery.budget import ALL, AUTH, resting
from delivery.mailroom import Mailroom
from delivery.outcomes import Done, Limited, Outcome, Refused, outcome_of
from services.membership import learned, unseen
from services.quiet_times import Window, note_windows, soon_reminded

log = structlog.get_logger("focal.delivery")

MANY = 50
"""More than so many members are not asked for one by one: the list of the whole workspace has them all."""
PAGE = 200
AT_A_TIME = 50
"""So many people does `dnd.teamInfo` tell of in one call."""
PATIENCE = 5
"""How often one call is put off because Slack asks for it."""

Wait = Callable[[float], bool]
"""Waits for some seconds; returns whether the bot is stopping."""


def learn_profiles(room: Mailroom, *, wait: Wait) -> int:
    """Ask for every member of whom Slack has said nothing for a day; return of how many it did."""
    if _at_rest(room):
        return 0
    with room.database.reading() as session:
        wanted = unseen(session, now=room.clock.now())
    profiles = _listed(room, wait, set(wanted)) if len(wanted) > MANY else _one_by_one(room, wait, wanted)
    count = 0
    for profile in profiles:
        with room.database.transaction() as session:
            learned(session, str(profile["id"]), profile, room.clock.now())
        count += 1
    return count


def learn_quiet_times(room: Mailroom, *, wait: Wait) -> int:
    """Ask when those who are reminded within a day want to be left alone; return of how many Slack told."""
    if _at_rest(room):
        return 0
    with room.database.reading() as session:
        wanted = soon_reminded(session, now=room.clock.now())
    count = 0
    for first in range(0, len(wanted), AT_A_TIME):
        users = ",".join(wanted[first : first + AT_A_TIME])
        outcome = _ask(partial(room.posting.dnd_teamInfo, users=users), wait)
        if not isinstance(outcome, Done):
            break
        told: dict[str, dict[str, Any]] = outcome.answer.get("users") or {}
        with room.database.transaction() as session:
            note_windows(session, {slack_id: _window(rest) for slack_id, rest in told.items()})
        count += len(told)
    return count


def _one_by_one(room: Mailroom, wait: Wait, wanted: Collection[str]) -> Iterator[dict[str, Any]]:
    for slack_id in wanted:
        outcome = _ask(partial(room.posting.users_info, user=slack_id, include_locale=True), wait)
        if isinstance(outcome, Done):
            yield outcome.answer["user"]
        elif not isinstance(outcome, Refused):
            return


def _listed(room: Mailroom, wait: Wait, wanted: Collection[str]) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = {"cursor": cursor} if cursor else {}
        outcome = _ask(partial(room.posting.users_list, limit=PAGE, include_locale=True, **page), wait)
        if not isinstance(outcome, Done):
            return
        yield from (profile for profile in outcome.answer["members"] if profile["id"] in wanted)
        cursor = (outcome.answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _ask(call: Callable[[], SlackResponse], wait: Wait) -> Outcome:
    """Ask once, or as soon as Slack allows. What cannot be learned is asked for again within the hour.

    A scope that is missing here keeps no message from being sent: the sender finds out by itself whether it may send.
    """
    outcome = outcome_of(call)
    for _ in range(PATIENCE):
        if not isinstance(outcome, Limited) or wait(outcome.seconds):
            break
        outcome = outcome_of(call)
    if not isinstance(outcome, Done):
        log.info("people.not_learned", reason=getattr(outcome, "reason", "429"))
    return outcome


def _at_rest(room: Mailroom) -> bool:
    with room.database.reading() as session:
        return bool(resting(session, real=room.clock.real()) & {ALL, AUTH})


def _window(told: dict[str, Any]) -> Window | None:
    start, end = int(told.get("next_dnd_start_ts") or 0), int(told.get("next_dnd_end_ts") or 0)
    if not told.get("dnd_enabled") or end <= start:
        return None
    return Window(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
