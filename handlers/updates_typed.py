"""Status updates and notes as commands."""

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, clean
from handlers.request import Answer, Reply, Request
from handlers.slack_text import person_named, readable
from handlers.typing_forgiven import first_word, take_option
from handlers.update_acts import confirm_now, told
from handlers.update_forms import open_update_form
from models.people import Person
from models.structure import Area, Unit
from services.areas import require_area, split_area
from services.directory import Directory, directory
from services.drafts import keep_draft, read_draft
from services.notes import add_note
from services.rights import require_contributor, require_reader
from services.speaking import own_areas, require_some_area
from services.typed_updates import TypedUpdate, read_update
from services.updates import file_update
from views import drafts, ids, updates


def update(request: Request) -> Reply:
    """`update [AREA] [HEALTH] [text | next: … | help: …] [--unit TSB --for @name]`."""
    with request.reading() as session:
        who = directory(session)
        text, unit, on_behalf = take_options(request.text, who)
        typed = read_update(who, text, actor=request.actor, prose=False)
        require_some_area(who, request.actor, typed.area, now=request.now)
    says_nothing = typed.health is None and not typed.changed and not typed.next_steps and not typed.help_needed
    if says_nothing and not typed.named:
        open_update_form(request, area=typed.area, unit=unit, on_behalf=on_behalf.slack_id if on_behalf else None)
        return None
    if says_nothing:
        offered = [(area, f"{area.id}:{unit.id if unit else ''}") for area in typed.near]
        return Answer(updates.which_area(typed.named, offered, ids.UPDATE_OPEN, request.say))
    if typed.area and typed.health and typed.changed:
        return _post(request, typed, typed.area, unit, on_behalf)
    return _ask_for_the_rest(request, typed, unit, on_behalf)


def _post(request: Request, typed: TypedUpdate, area: Area, unit: Unit | None, on_behalf: Person | None) -> Reply:
    with request.transaction() as session:
        filed = file_update(
            session, actor=request.actor, area=area, unit=unit, health=typed.health, changed=typed.changed,
            next_steps=typed.next_steps, help_needed=typed.help_needed, on_behalf=on_behalf, now=request.now,
        )  # fmt: skip
        return Answer(told(session, filed, request))


def _ask_for_the_rest(request: Request, typed: TypedUpdate, unit: Unit | None, on_behalf: Person | None) -> Reply:
    """Keep what was typed as a draft, and ask for what is not sure: the area by buttons, the rest in the draft."""
    with request.transaction() as session:
        kept = keep_draft(session, typed, actor=request.actor, unit=unit, on_behalf=on_behalf, now=request.now)
        if not typed.named:
            return Answer(drafts.draft(read_draft(session, kept, now=request.now), request.say))
        offered = [(area, f"{kept.id}:{area.id}") for area in typed.near]
        return Answer(updates.which_area(typed.named, offered, ids.DRAFT_SEND, request.say))


def confirm(request: Request) -> Reply:
    """`confirm [AREA] [--unit TSB --for @name]`: No change; the area is theirs if they have only one."""
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        text, unit, on_behalf = take_options(request.text, who)
        own = own_areas(who, request.actor, now=request.now)
        if not text and len(own) != 1:
            raise Refusal(N_("Of which area? For example `confirm climate`."))
        area = require_area(who, text, actor=request.actor) if text else own[0]
    return confirm_now(request, area, unit, on_behalf)


def note(request: Request) -> Reply:
    """`note AREA text`."""
    with request.reading() as session:
        who = directory(session)
        require_contributor(who, request.actor)
        typed = readable(request.text, who)
        area, text = split_area(who, typed, actor=request.actor)
        if area is None and not typed:
            raise Refusal(N_("Write `note AREA text`, for example `note climate COP side event confirmed`."))
        if area is None:
            name, text = first_word(typed)
            area = require_area(who, name, actor=request.actor)
    with request.transaction() as session:
        add_note(session, actor=request.actor, area=area, text=text, now=request.now)
    return Answer(updates.note_added(area, request.say))


def take_options(text: str, who: Directory) -> tuple[str, Unit | None, Person | None]:
    """Take `--unit TSB --for @name` out of a typed text. Returns (the rest as people read it, the unit, the person)."""
    unit_key, text = take_option(text, "unit")
    name, text = take_option(text, "for")
    unit = who.unit_by_key(unit_key) if unit_key else None
    if unit_key is not None and unit is None:
        keys = ", ".join(u.key for u in who.units)
        raise FieldRefusal(ids.UNIT, N_("There is no unit called “{typed}”. The units are {units}."),
                           typed=unit_key, units=keys)  # fmt: skip
    return clean(readable(text, who)), unit, whom(who, name)


def whom(who: Directory, named: str | None) -> Person | None:
    """Return the member on whose behalf something is said; None if nobody was named. Refuses who is no member."""
    person = person_named(who, named) if named else None
    if named is not None and person is None:
        raise FieldRefusal(ids.FOR_WHOM, N_("“{typed}” is nobody in the task force. Choose them from Slack's list."),
                           typed=readable(named, who))  # fmt: skip
    return person
