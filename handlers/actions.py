"""Actions in Slack: `action add | list | show | done | assign | due`, their buttons and forms."""

import re
from datetime import date

from sqlmodel import Session

from foundation.errors import FieldRefusal, Refusal
from foundation.language import N_, Day, Mrkdwn
from handlers.action_lists import LOOKS, list_typed
from handlers.hints import number
from handlers.request import Answer, Handler, Reply, Request
from handlers.slack_text import person_named, readable
from handlers.typing_forgiven import first_word, take_option
from models.issues import Action
from models.people import Person
from services.action_evidence import updates_for_evidence
from services.action_giving import Given, action_to_steer, assign_action, give_action, set_action_due
from services.action_page import see_action
from services.actions import action_to_finish, find_action, finish_action
from services.areas import require_area, visible_areas
from services.decision_register import find_decision
from services.directory import Directory, area_id, directory
from services.issue_lookup import read_number
from services.rights import require_manager
from services.typed_dates import read_when
from views import action_pages as views
from views import ids
from views.blocks import Message

_NO_DATE = {"none", "no", "never", "-", "–", "—"}
_MENTION = re.compile(r"<@[^<>]+>")

__all__ = ["ACTIONS", "COMMANDS", "FORMS", "LOOKS", "WORDS"]


def command(request: Request) -> Reply:
    """`action …`; with a number alone the action, with anything else the list of what that means."""
    word, rest = first_word(request.text)
    act = WORDS.get(word.casefold() or "list")
    if act is not None:
        request.text = rest
        return act(request)
    return show(request) if read_number(word, "ACT") is not None else list_typed(request)


# -- typed ---------------------------------------------------------------------------------------------------------


def add(request: Request) -> Reply:
    """`action add @name 2026-12-20 text [--area AREA] [--decision DEC-3]`; the form when nothing is given."""
    typed_area, typed = take_option(request.text, "area")
    decision, typed = take_option(typed, "decision")
    with request.reading() as session:
        who = directory(session)
        require_manager(who, request.actor, now=request.now)
        area = require_area(who, typed_area, actor=request.actor) if typed_area else None
        if not typed:
            return _open_form(request, session, decision or "")
        owner, rest = _owner(request, who, typed)
        due, text = _due(request, rest)
        given = Given(readable(text, who), owner.slack_id, due, area_id(area) if area else None, decision or "")
    return _give(request, given)


def show(request: Request) -> Reply:
    """`action show ACT-1`."""
    if not request.text:
        raise Refusal(N_("Say which action: for example {example}."), example="action show ACT-1")
    with request.reading() as session:
        return Answer(page(request, session, find_action(session, request.text, actor=request.actor)))


def done(request: Request) -> Reply:
    """`action done ACT-1 word of evidence`; without a word the form."""
    typed, evidence = first_word(request.text)
    with request.reading() as session:
        action = action_to_finish(session, typed, actor=request.actor)
        evidence = readable(evidence, directory(session))
        if not evidence:
            return _open_done(request, session, action)
    return _finish(request, action.id or 0, evidence)


def assign(request: Request) -> Reply:
    """`action assign ACT-1 @person`; without a person the form."""
    typed, rest = first_word(request.text)
    with request.reading() as session:
        action = action_to_steer(session, typed, actor=request.actor, now=request.now)
        if not rest:
            request.open_form(views.assign_form(request.say, action))
            return None
        owner, _ = _owner(request, directory(session), rest)
    return _assign(request, action.id or 0, owner.slack_id)


def due(request: Request) -> Reply:
    """`action due ACT-1 DAY|none`; without a day the form."""
    typed, rest = first_word(request.text)
    with request.reading() as session:
        action = action_to_steer(session, typed, actor=request.actor, now=request.now)
        if not rest:
            request.open_form(views.due_form(request.say, action))
            return None
    return _set_due(request, action.id or 0, _due(request, rest)[0])


# -- clicked -------------------------------------------------------------------------------------------------------


def show_clicked(request: Request) -> Reply:
    """**Details** of an action."""
    with request.reading() as session:
        return Answer(page(request, session, find_action(session, request.value, actor=request.actor)))


def open_add(request: Request) -> Reply:
    """**Add action**, of a decision or of none."""
    with request.reading() as session:
        require_manager(directory(session), request.actor, now=request.now)
        return _open_form(request, session, f"DEC-{request.value}" if request.value else "")


def open_done(request: Request) -> Reply:
    """**Done** beside an action."""
    with request.reading() as session:
        return _open_done(request, session, action_to_finish(session, request.value, actor=request.actor))


def open_assign(request: Request) -> Reply:
    """**Change owner**."""
    with request.reading() as session:
        action = action_to_steer(session, request.value, actor=request.actor, now=request.now)
    request.open_form(views.assign_form(request.say, action))
    return None


def open_due(request: Request) -> Reply:
    """**Change date**."""
    with request.reading() as session:
        action = action_to_steer(session, request.value, actor=request.actor, now=request.now)
    request.open_form(views.due_form(request.say, action))
    return None


# -- submitted -----------------------------------------------------------------------------------------------------


def add_submitted(request: Request) -> Reply:
    """Give what the form holds."""
    return _give(request, Given(
        request.typed(ids.TEXT), request.typed(ids.OWNER), request.chosen_day(ids.DUE),
        number(request.typed(ids.AREA)) or None, str(request.metadata.get("decision") or ""),
    ))  # fmt: skip


def done_submitted(request: Request) -> Reply:
    """Note the evidence for an action."""
    return _finish(request, _noted(request), request.typed(ids.EVIDENCE), number(request.typed(ids.BY_UPDATE)) or None)


def assign_submitted(request: Request) -> Reply:
    """Give an action another owner."""
    return _assign(request, _noted(request), request.typed(ids.PERSON))


def due_submitted(request: Request) -> Reply:
    """Give an action another date."""
    return _set_due(request, _noted(request), request.chosen_day(ids.DUE))


# -- done ----------------------------------------------------------------------------------------------------------


def page(request: Request, session: Session, action: Action, *, said: str = "") -> Message:
    """Show one action, and what the person may do with it."""
    seen = see_action(session, action, actor=request.actor, now=request.now)
    return views.action_page(request.reader, seen, directory(session), said=said)


def _give(request: Request, given: Given) -> Reply:
    with request.transaction() as session:
        action = give_action(session, actor=request.actor, now=request.now, given=given)
        name, ref = directory(session).name_of(action.owner_id), action.ref
        if action.due is None:
            said = request.say.m("{ref} is {name}'s.", ref=ref, name=name)
        else:
            said = request.say.m("{ref} is {name}'s, due on {day}.", ref=ref, name=name, day=Day(action.due))
        return Answer(page(request, session, action, said=said))


def _finish(request: Request, action_id: int, evidence: str, update_id: int | None = None) -> Reply:
    with request.transaction() as session:
        action = finish_action(
            session, actor=request.actor, now=request.now, action_id=action_id, evidence=evidence, update_id=update_id
        )
    return Answer(views.action_done(request.say, action))


def _assign(request: Request, action_id: int, slack_id: str) -> Reply:
    with request.transaction() as session:
        action = assign_action(
            session, actor=request.actor, now=request.now, action_id=action_id, owner_slack_id=slack_id
        )
        name = directory(session).name_of(action.owner_id)
        return Answer(page(request, session, action,
                           said=request.say.m("{ref} is {name}'s now.", ref=action.ref, name=name)))  # fmt: skip


def _set_due(request: Request, action_id: int, day: date | None) -> Reply:
    with request.transaction() as session:
        action = set_action_due(session, actor=request.actor, now=request.now, action_id=action_id, due=day)
        if day is None:
            said = request.say.m("{ref} has no due date any more.", ref=action.ref)
        else:
            said = request.say.m("{ref} is due on {day}.", ref=action.ref, day=Day(day))
        return Answer(page(request, session, action, said=said))


# -- what was typed ------------------------------------------------------------------------------------------------


def _owner(request: Request, who: Directory, typed: str) -> tuple[Person, str]:
    """Read who is meant off the front of a text: chosen from Slack's list, their id, or a name where it is clear."""
    chosen = _MENTION.match(typed)
    word, rest = (chosen[0], typed[chosen.end() :].strip()) if chosen else first_word(typed)
    person = request.actor if word.casefold() == "me" else who.by_slack_id(word.upper()) or person_named(who, word)
    if person is None:
        raise FieldRefusal("owner", N_("“{typed}” is not a member of the task force. Choose a member."),
                           typed=readable(word, who))  # fmt: skip
    return person, rest


def _due(request: Request, typed: str) -> tuple[date | None, str]:
    """Read a day off the front of a text; a time of day after it belongs to what is to be done."""
    word, rest = first_word(typed)
    if word.casefold() in _NO_DATE:
        return None, rest
    if not word:
        raise Refusal(N_("Write owner, day and what is to be done, for example {example}."),
                      example=Mrkdwn("`action add @name 2026-12-20 …`"))  # fmt: skip
    read = read_when(typed, now=request.now, zone=request.reader.zone, languages=[request.say.code])
    return read.date, f"{read.time:%H:%M} {read.rest}".strip() if read.time else read.rest


def _open_form(request: Request, session: Session, typed: str) -> Reply:
    who = directory(session)
    decision = find_decision(session, typed, actor=request.actor) if typed else None
    request.open_form(views.action_form(request.say, visible_areas(who, request.actor), decision=decision))
    return None


def _open_done(request: Request, session: Session, action: Action) -> Reply:
    updates = updates_for_evidence(session, action, request.actor)
    request.open_form(views.action_done_form(request.reader, action, updates, directory(session)))
    return None


def _noted(request: Request) -> int:
    return number(request.metadata.get("action"))


WORDS: dict[str, Handler] = {
    "add": add,
    "list": list_typed,
    "show": show,
    "done": done,
    "assign": assign,
    "due": due,
}
COMMANDS: dict[str, Handler] = {"action": command, "actions": command}
ACTIONS: dict[str, Handler] = {
    ids.ACTION_SHOW: show_clicked,
    ids.ACTION_OPEN: open_add,
    ids.ACTION_DONE: open_done,
    ids.ACTION_ASSIGN: open_assign,
    ids.ACTION_DUE: open_due,
}
FORMS: dict[str, Handler] = {
    ids.ACTION_FORM: add_submitted,
    ids.ACTION_DONE_FORM: done_submitted,
    ids.ACTION_ASSIGN_FORM: assign_submitted,
    ids.ACTION_DUE_FORM: due_submitted,
}
