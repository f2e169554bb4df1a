"""Status updates: the form, the shortcuts, and the buttons beneath them."""

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, clean
from handlers import updates_typed
from handlers.hints import number
from handlers.message_links import link_in_form, message_link
from handlers.request import Answer, Reply, Request
from handlers.slack_text import readable
from handlers.update_acts import confirm_now, is_private, told
from handlers.update_forms import chosen_area, chosen_unit, follow_choice, open_edit_form, open_update_form, typed_in
from handlers.updates_typed import whom
from services.area_cards import card_channel
from services.cycles import owed_meeting
from services.directory import directory
from services.drafts import open_draft, settle_draft
from services.obligations import is_owed
from services.updates import edit_update, file_update, withdraw_update
from views import ids, updates
from views.updates import Typed

# -- the form ---------------------------------------------------------------------------------------------------------


def submitted(request: Request) -> Reply:
    """Post what was filled in, or keep a new version of the update that was edited."""
    hints, typed = request.metadata, typed_in(request)
    with request.transaction() as session:
        who = directory(session)
        texts = {"changed": typed.changed, "next_steps": typed.next_steps, "help_needed": typed.help_needed}
        if "update" in hints:
            about = number(hints["update"])
            edit_update(session, actor=request.actor, update_id=about, health=typed.health, now=request.now, **texts)
            return None
        area = chosen_area(request, who)
        if area is None:
            raise FieldRefusal(ids.AREA, N_("Choose an area."))
        for_whom = request.typed(ids.FOR_WHOM)
        filed = file_update(
            session, actor=request.actor, area=area, unit=chosen_unit(request, who), health=typed.health,
            on_behalf=whom(who, f"<@{for_whom}>" if for_whom else None), permalink=link_in_form(request),
            now=request.now, **texts,
        )  # fmt: skip
        if "draft" in hints:
            kept = open_draft(session, actor=request.actor, draft_id=number(hints["draft"]), lock=True)
            settle_draft(session, kept, filed, now=request.now)
        # Nothing appears in a channel then: the author would not see that it was kept.
        return Answer(told(session, filed, request)) if card_channel(who, area) is None else None


def chosen(request: Request) -> Reply:
    """Show what belongs to the area or unit that was chosen in the form."""
    follow_choice(request)
    return None


# -- shortcuts --------------------------------------------------------------------------------------------------------


def post_update(request: Request) -> Reply:
    """Open the form from anywhere."""
    open_update_form(request)
    return None


def use_as_update(request: Request) -> Reply:
    """Open the form with the text of a message as what changed; the link to it is kept."""
    message = request.payload.get("message") or {}
    with request.reading() as session:
        text = clean(readable(message.get("text") or "", directory(session)))
    open_update_form(request, typed=Typed(changed=text), hints={"permalink": message_link(request)})
    return None


# -- buttons ----------------------------------------------------------------------------------------------------------


def open_form(request: Request) -> Reply:
    """**Post update**: the form, for the area and unit that the button is about."""
    with request.reading() as session:
        who = directory(session)
        area_id, unit_id, _ = _numbers(request.value)
    open_update_form(request, area=who.areas_by_id.get(area_id), unit=who.units_by_id.get(unit_id))
    return None


def no_change(request: Request) -> Reply:
    """**No change**, beneath a reminder or on the desk."""
    area_id, unit_id, meeting_id = _numbers(request.value)
    with request.reading() as session:
        who = directory(session)
        area, unit, meeting = (
            who.areas_by_id.get(area_id),
            who.units_by_id.get(unit_id),
            owed_meeting(session, request.now),
        )
    if area is None or unit is None or (meeting_id and (meeting is None or meeting.id != meeting_id)):
        raise Refusal(N_("This button belongs to an earlier meeting. Use `update` to say where the area stands now."))
    return confirm_now(request, area, unit, None)


def edit(request: Request) -> Reply:
    """**Edit**: the form with the update as it stands."""
    open_edit_form(request, number(request.value.removeprefix("edit:")))
    return None


def withdraw(request: Request) -> Reply:
    """**Withdraw**."""
    with request.transaction() as session:
        taken_back = withdraw_update(
            session, actor=request.actor, update_id=number(request.value.removeprefix("withdraw:")), now=request.now
        )
        owed = is_owed(session, taken_back.area_id, taken_back.unit_id, request.now)
        message = updates.withdrawn(taken_back, directory(session), request.reader, owed=owed)
    return Answer(message, replace=is_private(request))


def settle(request: Request) -> Reply:
    """The menu of an update in the channel."""
    return edit(request) if request.value.startswith("edit:") else withdraw(request)


def _numbers(value: str) -> tuple[int, int, int]:
    area, unit, meeting = ([number(part) for part in value.split(":")] + [0, 0, 0])[:3]
    return area, unit, meeting


COMMANDS = {"update": updates_typed.update, "confirm": updates_typed.confirm, "note": updates_typed.note}
ACTIONS = {
    ids.AREA: chosen, ids.UNIT: chosen, ids.UPDATE_OPEN: open_form, ids.UPDATE_CONFIRM: no_change,
    ids.UPDATE_EDIT: edit, ids.UPDATE_WITHDRAW: withdraw, ids.UPDATE_SETTLE: settle,
}  # fmt: skip
FORMS = {ids.UPDATE_FORM: submitted}
SHORTCUTS = {ids.POST_UPDATE: post_update, ids.USE_AS_UPDATE: use_as_update}
