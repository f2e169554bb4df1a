"""Decisions in Slack: `decision add | show`, and `decisions`: those that wait for a person, and the register."""

import re

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_, Names
from handlers.asking import area_of, moment_typed
from handlers.hints import moment_named, number
from handlers.request import Answer, Handler, Reply, Request
from handlers.slack_text import readable
from handlers.typing_forgiven import first_word, take_option
from models.issues import Decision
from models.structure import Area
from services.areas import find_area, require_area, visible_areas
from services.decision_adding import add_decision, decider_now
from services.decision_register import find_decision, list_decisions, see_decision
from services.directory import area_id, directory
from services.docket import cases, waiting_for
from services.issue_lookup import read_number
from services.rights import is_chair, may_manage, require_reader
from views import decision_register as views
from views import ids
from views.blocks import Message, context
from views.decision_register import KIND, LISTED
from views.docket import KIND as WAITING
from views.docket import LISTED as WAITING_LISTED
from views.docket import docket_page

ALL, OPEN = "all", "open"
_REPLACES = re.compile(r"replaces?\s+(dec[\s#\-‐-―]*[0-9]{1,9})(?=\s|$)", re.IGNORECASE)
_ISSUE = re.compile(r"iss[\s#\-‐-―]*[0-9]{1,9}(?=\s|$)", re.IGNORECASE)


def command(request: Request) -> Reply:
    """`decision …`; with a number alone the decision, without a word the register."""
    word, rest = first_word(request.text)
    act = WORDS.get(word.casefold() or "list")
    if act is not None:
        request.text = rest
        return act(request)
    if read_number(word, "DEC") is not None:
        return show(request)
    raise Refusal(N_("I do not know `decision {word}`. Use `decision add`, `decision show` or `decisions`."), word=word)


def decisions_typed(request: Request) -> Reply:
    """`decisions [AREA|open|all|words] [--at DAY|MTG-n]`; alone, those that wait for the person come first."""
    word, rest = first_word(request.text)
    act = {"add": add, "show": show}.get(word.casefold())
    if act is not None:
        request.text = rest
        return act(request)
    typed_at, typed = take_option(request.text, "at")
    with request.reading() as session:
        require_reader(directory(session), request.actor)
        moment = moment_typed(request, session, typed_at)
        if typed or moment:
            return Answer(register(request, session, f"{moment}@{_what(request, session, typed)}", 1))
        if waiting_for(session, request.actor, now=request.now):
            return Answer(waiting(request, session, "", 1))
        found = register(request, session, f"@{ALL}", 1)
        if not is_chair(directory(session), request.actor, now=request.now):
            return Answer(found)
        none = context(request.say.m("No decision waits for you."))
        return Answer(Message(f"{request.say.m('No decision waits for you.')} {found.text}", [none, *found.blocks]))


def listing(request: Request) -> Reply:
    """`decision list [AREA|open|words]`: the register."""
    request.text = request.text or ALL
    return decisions_typed(request)


def add(request: Request) -> Reply:
    """`decision add [--area AREA] [replaces DEC-2] text`; without a text the form."""
    typed_area, typed = take_option(request.text, "area")
    with request.reading() as session:
        who = directory(session)
        decider_now(session, actor=request.actor, now=request.now)
        if issue := _ISSUE.match(typed):
            raise Refusal(N_("{issue} is decided with its button *Decide*: {command} shows it."),
                          issue=f"ISS-{read_number(issue.group(), 'ISS')}",
                          command=f"{who.task_force.command} issue show {issue.group()}")  # fmt: skip
        replaces, text = _replaced(typed)
        area = require_area(who, typed_area, actor=request.actor) if typed_area else None
        text = readable(text, who)
        if not text:
            replaced = find_decision(session, replaces, actor=request.actor).ref if replaces else ""
            request.open_form(views.decision_form(request.say, visible_areas(who, request.actor), replaces=replaced))
            return None
    return _record(request, text, area_id(area) if area else None, replaces)


def show(request: Request) -> Reply:
    """`decision show DEC-3`."""
    typed, _ = first_word(request.text)
    if not typed:
        raise Refusal(N_("Say which decision: for example {example}."), example="decision show DEC-1")
    with request.reading() as session:
        return Answer(page(request, session, find_decision(session, request.text, actor=request.actor)))


def show_clicked(request: Request) -> Reply:
    """**Details** of a decision."""
    with request.reading() as session:
        return Answer(page(request, session, find_decision(session, request.value, actor=request.actor)))


def submit(request: Request) -> Reply:
    """Record what the form holds."""
    return _record(
        request, request.typed(ids.TEXT), number(request.typed(ids.AREA)) or None,
        str(request.metadata.get("replaces") or ""),
    )  # fmt: skip


# -- pages ---------------------------------------------------------------------------------------------------------


def page(request: Request, session: Session, decision: Decision, *, said: str = "") -> Message:
    """Show one decision, with what may be done because of it."""
    who = directory(session)
    seen = see_decision(session, decision, actor=request.actor)
    may_give = may_manage(who, request.actor, now=request.now)
    return views.decision_page(request.reader, seen, who, said=said, may_give=may_give)


def waiting(request: Request, session: Session, _about: str, page: int) -> Message:
    """Show a page of the decisions that wait for the person, the oldest first, and the way to the register."""
    require_reader(directory(session), request.actor)
    found = waiting_for(session, request.actor, now=request.now)
    shown = cases(session, request.actor, found[(page - 1) * WAITING_LISTED : page * WAITING_LISTED], now=request.now)
    docket = docket_page(request.reader, shown, page=page, found=len(found))
    return Message(docket.text, [*docket.blocks, views.to_register(request.say)])


def register(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of the register; `about` is a moment, then `@all`, `@open`, `@#3` or `@?words`."""
    moment, _, what = about.partition("@")
    who, at = directory(session), moment_named(moment)
    area = _area(request, session, what)
    found = list_decisions(
        session, actor=request.actor, area_id=area.id if area else None, with_open_action=what == OPEN,
        words=what.removeprefix("?") if what.startswith("?") else "", at=at,
    )  # fmt: skip
    here = found[(page - 1) * LISTED : page * LISTED]
    return views.register_page(
        request.reader, [see_decision(session, one, actor=request.actor, at=at) for one in here], who,
        heading=_heading(request, what, area), about=about, page=page, found=len(found), at=at,
    )  # fmt: skip


# -- parts ---------------------------------------------------------------------------------------------------------


def _record(request: Request, text: str, area: int | None, replaces: str) -> Reply:
    with request.transaction() as session:
        decision = add_decision(
            session, actor=request.actor, now=request.now, text=text, area_id=area, replaces=replaces
        )
        said = request.say.m("{ref} is recorded.", ref=decision.ref)
        return Answer(page(request, session, decision, said=said))


def _replaced(typed: str) -> tuple[str, str]:
    """Split off the decision that is replaced. Returns (its number as typed or nothing, the rest)."""
    found = _REPLACES.match(typed)
    return (found[1], typed[found.end() :].strip()) if found else ("", typed)


def _what(request: Request, session: Session, typed: str) -> str:
    """Return how a page names what was typed: a word, an area as `#3`, or words to look for as `?words`."""
    word, who = typed.strip().casefold(), directory(session)
    if word in {"", ALL, OPEN}:
        return word or ALL
    typed = readable(typed, who)
    found = find_area(who, typed, actor=request.actor)
    return f"#{area_id(found)}" if isinstance(found, Area) else f"?{typed[:200]}"


def _area(request: Request, session: Session, what: str) -> Area | None:
    if not what.startswith("#"):
        return None
    area, _ = area_of(session, what.removeprefix("#"))
    require_reader(directory(session), request.actor, area)
    return area


def _heading(request: Request, what: str, area: Area | None) -> str:
    say = request.say
    if area is not None:
        return say.t("Decisions: {which}", which=Names(area.name))
    if what == OPEN:
        return say.t("Decisions: {which}", which=say.t("something of them is still to be done"))
    if what.startswith("?"):
        return say.t("Decisions: {which}", which=f"“{what[1:60]}”")
    return say.t("Decisions taken")


WORDS: dict[str, Handler] = {"add": add, "show": show, "list": listing}
LOOKS = {WAITING: waiting, KIND: register}
COMMANDS: dict[str, Handler] = {"decision": command, "decisions": decisions_typed}
ACTIONS: dict[str, Handler] = {ids.DECISION_SHOW: show_clicked}
FORMS: dict[str, Handler] = {ids.DECISION_FORM: submit}
