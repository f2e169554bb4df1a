"""Reminders in Slack: **Snooze** and **Not mine** of the one message, and `/isctf reminders`, the plan of them all."""

import re

from foundation.errors import Refusal
from foundation.language import N_
from handlers.hints import number
from handlers.meetings import read_appointment
from handlers.request import Answer, Reply, Request
from services import seats, snoozes
from services.directory import directory
from services.issue_rights import member_chosen
from services.meeting_lookup import find_meeting
from services.meetings import intended
from services.reminder_overview import overview, preview
from services.reminder_plan import SnoozeChoice
from services.rights import require_manager
from views import ids, people, reminder_plan
from views import reminders as views

_MEETING = re.compile(r"(?:mtg\W?)?\d{1,9}", re.IGNORECASE)


def snooze(request: Request) -> Reply:
    """**Snooze**: the option names how long, and for which meeting."""
    word, _, meeting = request.value.partition(":")
    if word not in set(SnoozeChoice) or not number(meeting):
        raise Refusal(N_("Choose how long to snooze: 1 hour, tomorrow morning or 2 days."))
    with request.transaction() as session:
        _, until = snoozes.snooze(
            session, actor=request.actor, meeting_id=number(meeting), choice=SnoozeChoice(word), now=request.now
        )
    return Answer(views.snoozed(until, reader=request.reader))


def open_not_mine(request: Request) -> Reply:
    """**Not mine** asks why."""
    with request.reading() as session:
        seat_id = number(request.value)
        area, unit = seats.seat_to_disclaim(session, actor=request.actor, seat_id=seat_id, now=request.now)
    request.open_form(people.not_mine_form(seat_id, area, unit, reader=request.reader))
    return None


def submit_not_mine(request: Request) -> Reply:
    """Tell the secretariat, and stop reminding of it meanwhile."""
    with request.transaction() as session:
        seat_id = number(str(request.metadata.get("seat", "")))
        area, unit = seats.seat_to_disclaim(session, actor=request.actor, seat_id=seat_id, now=request.now)
        seats.disclaim(session, actor=request.actor, seat_id=seat_id, reason=request.typed(ids.REASON), now=request.now)
    return Answer(people.disclaimed(area, unit, reader=request.reader))


def open_reassign(request: Request) -> Reply:
    """**Reassign** asks who speaks for a seat from now on; the value names the seat."""
    with request.reading() as session:
        asked = seats.seat_to_reassign(session, actor=request.actor, seat_id=number(request.value), now=request.now)
        form = people.reassign_form(asked, directory(session), reader=request.reader)
    request.open_form(form)
    return None


def submit_reassign(request: Request) -> Reply:
    """Give the seat to the person chosen, in place of who said "Not mine"."""
    with request.transaction() as session:
        chosen = member_chosen(session, request.typed(ids.PERSON), field=ids.PERSON)
        seat_id = number(str(request.metadata.get("seat", "")))
        seat = seats.reassign_seat(session, actor=request.actor, seat_id=seat_id, person=chosen, now=request.now)
        who = directory(session)
        area, unit = who.areas_by_id[seat.area_id], who.units_by_id[seat.unit_id]
        return Answer(people.seat_set(area, unit, who.holders(seat), reader=request.reader))


def plan(request: Request) -> Reply:
    """`/isctf reminders [MTG-n]`: the plan, for the secretariat and the chair; with a date, a dry run for it."""
    return _plan(request, request.text, page=0)


def turn(request: Request) -> Reply:
    """Another page of the plan."""
    meeting, _, page = request.value.rpartition(":")
    return _plan(request, meeting, page=number(page))


def _plan(request: Request, named: str, *, page: int) -> Reply:
    with request.reading() as session:
        who = directory(session)
        require_manager(who, request.actor, now=request.now)
        if not named or _MEETING.fullmatch(named):
            shown = overview(session, find_meeting(session, named, now=request.now), request.now)
        else:
            appointment, _ = read_appointment(request, named, who)
            meeting = intended(session, actor=request.actor, appointment=appointment, now=request.now)
            shown = preview(session, meeting, request.now)
    return Answer(reminder_plan.plan(shown, who, reader=request.reader, page=page), replace=bool(request.action))


COMMANDS = {"reminders": plan}
ACTIONS = {
    ids.SNOOZE: snooze,
    ids.NOT_MINE_OPEN: open_not_mine,
    ids.REASSIGN_OPEN: open_reassign,
    ids.PLAN_BACK: turn,
    ids.PLAN_ON: turn,
}
FORMS = {ids.NOT_MINE_FORM: submit_not_mine, ids.REASSIGN_FORM: submit_reassign}
