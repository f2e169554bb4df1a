"""What the ways to report have in common: "No change", and what the author is told."""

from sqlmodel import Session

from handlers.request import Answer, Reply, Request
from handlers.update_forms import open_update_form
from models.people import Person
from models.structure import Area, Unit
from models.updates import Update
from services.area_cards import card_channel
from services.directory import directory
from services.updates import SaySomething, confirm_update
from views import updates
from views.blocks import Message


def confirm_now(request: Request, area: Area, unit: Unit | None, on_behalf: Person | None) -> Reply:
    """Confirm a unit's last update, or open the form where something has to be said instead."""
    try:
        with request.transaction() as session:
            kept = confirm_update(
                session, actor=request.actor, area=area, unit=unit, on_behalf=on_behalf, now=request.now
            )
            return Answer(told(session, kept, request))
    except SaySomething as refusal:
        if request.trigger_id is None:
            raise
        open_update_form(request, area=area, unit=unit, note=refusal.mrkdwn(request.say))
        return None


def told(session: Session, filed: Update, request: Request) -> Message:
    """Tell the author what was posted."""
    who = directory(session)
    channel = card_channel(who, who.areas_by_id[filed.area_id])
    return updates.posted(filed, who, request.reader, channel=channel, kept=filed.confirms_id is not None)


def is_private(request: Request) -> bool:
    """Return whether the click came from an answer that only the clicker sees: it may be replaced at once."""
    return bool((request.payload.get("container") or {}).get("is_ephemeral"))
