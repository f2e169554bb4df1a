"""“No change” in somebody's own words, in direct messages, by mention or answering a reminder: the act itself."""

from sqlmodel import Session

from foundation.errors import Denied, Refusal
from foundation.language import N_
from handlers.request import Answer, Reply, Request
from handlers.update_acts import told
from models.people import Person
from models.structure import Area, Unit
from services.cycles import owed_meeting
from services.directory import directory
from services.no_change import asked_in_thread, confirmable
from services.speaking import own_areas, require_some_area
from services.updates import confirm_update
from views import updates
from views.blocks import Message

OF_WHICH = N_("Of which area? For example `confirm climate`.")


def say_no_change(
    request: Request, area: Area | None, unit: Unit | None, on_behalf: Person | None, *, thread_ts: str | None
) -> Reply:
    """Confirm the area named, or all that the reminder answered asks for; ask where neither is clear."""
    with request.reading() as session:
        require_some_area(directory(session), request.actor, area, now=request.now)
        meant = _meant(request, session, unit, thread_ts) if area is None else [(area, unit)]
    if isinstance(meant, Answer):
        return meant
    with request.transaction() as session:
        return Answer(updates.several([_confirmed(session, request, *each, on_behalf) for each in meant]))


def _meant(
    request: Request, session: Session, unit: Unit | None, thread_ts: str | None
) -> list[tuple[Area, Unit | None]] | Answer:
    """Return what no area was named for: all that a reminder asks, the one that is owed, or the one there is."""
    who, actor, now = directory(session), request.actor, request.now
    owed = asked_in_thread(session, actor, channel_id=request.channel_id, thread_ts=thread_ts, now=now)
    if owed is None:
        owed = confirmable(session, actor, now=now)
        if len(owed) > 1:
            return Answer(updates.no_change_where(owed, owed_meeting(session, now), who, request.say))
    elif not owed:
        raise Refusal(N_("Nothing of what this reminder asks for is owed any more."))
    own = own_areas(who, actor, now=now)
    if not owed and len(own) != 1:
        raise Refusal(OF_WHICH)
    return [(who.areas_by_id[seat.area_id], who.units_by_id[seat.unit_id]) for seat in owed] or [(own[0], unit)]


def _confirmed(session: Session, request: Request, area: Area, unit: Unit | None, on_behalf: Person | None) -> Message:
    try:
        kept = confirm_update(session, actor=request.actor, area=area, unit=unit, on_behalf=on_behalf, now=request.now)
    except Denied:
        raise
    except Refusal as refusal:
        return updates.words_instead(refusal.mrkdwn(request.say), area, unit, request.say)
    return told(session, kept, request)
