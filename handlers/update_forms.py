"""Opening the form for a status update: empty, for one area, from a message, a draft, or an update to be edited."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers.hints import number
from handlers.request import Request
from models.people import Person
from models.structure import Area, Unit
from models.updates import Health
from services.area_cards import card_channel
from services.directory import Directory, area_id, directory
from services.drafts import open_draft
from services.rights import is_secretariat
from services.speaking import own_areas, require_some_area, units_seated, units_spoken_for
from services.update_history import latest_content
from services.updates import changeable_update
from views import ids
from views.blocks import Block
from views.updates import Typed, UpdateForm, update_form


def open_update_form(
    request: Request, *, area: Area | None = None, unit: Unit | None = None, typed: Typed | None = None, note: str = "",
    on_behalf: str | None = None, hints: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Open the form; the area is chosen if the person has only one. Refuses whoever posts no updates at all."""
    with request.reading() as session:
        who = directory(session)
        own = own_areas(who, request.actor, now=request.now)
        chosen = area or (own[0] if len(own) == 1 else None)
        form = _form(session, request.actor, chosen, unit, on_behalf, now=request.now)
        form = replace(form, typed=typed or Typed(), note=note, hints=hints or {})
        view = update_form(form, who, request.reader)
    request.open_form(view)


def open_edit_form(request: Request, update_id: int) -> None:
    """Open the form with an update that its author may still change."""
    with request.reading() as session:
        who = directory(session)
        update = changeable_update(session, actor=request.actor, update_id=update_id, now=request.now)
        if update.confirms_id is not None:
            raise Refusal(N_("“No change” has no text of its own. Post an update instead."))
        about = {"unit": who.unit_key(update.unit_id), "area": who.area_name(update.area_id)}
        form = UpdateForm(
            areas=(), area=None, units=(), unit=None, last=None, channel=None, editing=True,
            hints={"update": update.id},
            typed=Typed(update.health, update.changed, update.next_steps, update.help_needed),
            note=request.say.m("*{unit}* on *{area}*", **about),
        )  # fmt: skip
        view = update_form(form, who, request.reader)
    request.open_form(view)


def open_draft_form(request: Request, draft_id: int) -> None:
    """Open the form with what a draft says."""
    with request.reading() as session:
        who = directory(session)
        draft = open_draft(session, actor=request.actor, draft_id=draft_id)
        area, unit = who.areas_by_id.get(draft.area_id or 0), who.units_by_id.get(draft.unit_id or 0)
        on_behalf = who.people_by_id.get(draft.for_id or 0)
    open_update_form(
        request, area=area, unit=unit, on_behalf=on_behalf.slack_id if on_behalf else None,
        hints={"draft": draft.id, "permalink": draft.permalink},
        typed=Typed(draft.health, draft.changed, draft.next_steps, draft.help_needed),
    )  # fmt: skip


def follow_choice(request: Request) -> None:
    """Show the form anew for the area or unit that was chosen in it; what was typed stays."""
    if (request.payload.get("view") or {}).get("callback_id") != ids.UPDATE_FORM:
        return
    with request.reading() as session:
        who = directory(session)
        area, unit = chosen_area(request, who), chosen_unit(request, who)
        form = _form(session, request.actor, area, unit, request.typed(ids.FOR_WHOM) or None, now=request.now)
        form = replace(form, typed=typed_in(request), hints=request.metadata)
        view = update_form(form, who, request.reader)
    request.update_form(_with_notes_of(request, view))


def chosen_area(request: Request, who: Directory) -> Area | None:
    """Return the area chosen in the form."""
    return who.areas_by_id.get(number(request.typed(ids.AREA)))


def chosen_unit(request: Request, who: Directory) -> Unit | None:
    """Return the unit chosen in the form, if it shows one."""
    return who.units_by_id.get(number(request.typed(ids.UNIT)))


def typed_in(request: Request) -> Typed:
    """Return what stands in the form's texts."""
    health = request.typed(ids.HEALTH)
    return Typed(
        Health(health) if health in set(Health) else None,
        request.typed(ids.CHANGED), request.typed(ids.NEXT), request.typed(ids.HELP),
    )  # fmt: skip


def _form(
    session: Session, actor: Person, area: Area | None, unit: Unit | None, on_behalf: str | None, *, now: datetime
) -> UpdateForm:
    who = directory(session)
    areas = require_some_area(who, actor, area, now=now)
    speaks = area is None or bool(units_spoken_for(who, actor, area, now=now))
    for_others = is_secretariat(who, actor) and (on_behalf is not None or not speaks)
    units: list[Unit] = []
    if area is not None:
        units = units_seated(who, area) if for_others else units_spoken_for(who, actor, area, now=now)
    if unit is None or unit.id not in {u.id for u in units}:
        unit = units[0] if len(units) == 1 else None
    last = latest_content(session, area_id=area_id(area), unit_id=unit.id or 0) if area and unit else None
    return UpdateForm(
        areas=areas, area=area, units=units, unit=unit, last=last, channel=card_channel(who, area) if area else None,
        for_others=for_others, on_behalf=on_behalf if for_others else None,
    )  # fmt: skip


def _with_notes_of(request: Request, view: Block) -> Block:
    """Keep the sentence at the top that said why the form is open."""
    shown = (request.payload["view"].get("blocks") or [{}])[0]
    return view | ({"blocks": [shown, *view["blocks"]]} if shown.get("type") == "section" else {})
