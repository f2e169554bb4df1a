"""Lists of actions, in pages: `action list [mine|overdue|AREA|@person] [--at DAY|MTG-n]`."""

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_, Mrkdwn, Names
from handlers.asking import area_of, moment_typed
from handlers.hints import moment_named, number
from handlers.request import Answer, Reply, Request
from handlers.slack_text import person_named, readable
from handlers.typing_forgiven import take_option
from models.structure import Area
from services.actions import is_overdue, list_actions, may_finish
from services.areas import find_area
from services.directory import area_id, directory
from services.rights import require_reader
from views import action_pages as views
from views.action_pages import LISTED, Listed
from views.blocks import Message

MINE, OVERDUE = "mine", "overdue"
_KNOWN = "`add`, `list`, `show`, `done`, `assign`, `due`, `mine`, `overdue`"


def list_typed(request: Request) -> Reply:
    """`action list [mine|overdue|AREA|@person] [--at DAY|MTG-n]`."""
    typed_at, typed = take_option(request.text, "at")
    with request.reading() as session:
        require_reader(directory(session), request.actor)
        moment, what = moment_typed(request, session, typed_at), _what(request, session, typed.strip())
        return Answer(actions_page(request, session, f"{moment}@{what}" if moment else what, 1))


def actions_page(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of actions; `about` is `mine`, `overdue`, an area `#3` or a person `~5`, after a moment and `@`."""
    before, sep, after = about.partition("@")
    what, at = (after, moment_named(before)) if sep else (about, None)
    who, area = directory(session), None
    require_reader(who, request.actor)
    if what.startswith("#"):
        area, _ = area_of(session, what.removeprefix("#"))
        require_reader(who, request.actor, area)
    owner_id = number(what.removeprefix("~")) if what.startswith("~") else None
    found = list_actions(
        session, actor=request.actor, mine=what == MINE, owner_id=owner_id, area_id=area.id if area else None,
        overdue=what == OVERDUE, at=at, now=request.now,
    )  # fmt: skip
    here = found[(page - 1) * LISTED : page * LISTED]
    listed = Listed(
        _heading(request, session, what, area), about, page, len(found),
        frozenset(one.id or 0 for one in here if may_finish(who, request.actor, one)),
        frozenset(one.id or 0 for one in here if is_overdue(who, one, now=at or request.now)), at,
    )  # fmt: skip
    return views.action_list(request.reader, here, who, listed)


def _what(request: Request, session: Session, typed: str) -> str:
    word, who = typed.casefold(), directory(session)
    if word in {"", "all", MINE, OVERDUE}:
        return word.removeprefix("all")
    if word == "me":
        return MINE
    if typed.startswith(("@", "<@")):
        person = person_named(who, typed)
        if person is None:
            raise Refusal(N_("“{typed}” is not a member of the task force. Choose a member."),
                          typed=readable(typed, who))  # fmt: skip
        return f"~{person.id}"
    found = find_area(who, readable(typed, who), actor=request.actor)
    if isinstance(found, Area):
        return f"#{area_id(found)}"
    raise Refusal(N_("I do not know `action {word}`. Use `action` with {words}, an area or a person."),
                  word=readable(typed, who)[:40], words=Mrkdwn(_KNOWN))  # fmt: skip


def _heading(request: Request, session: Session, what: str, area: Area | None) -> str:
    say = request.say
    if what == MINE:
        return say.t("My actions")
    if what == OVERDUE:
        return say.t("Actions: {which}", which=say.t("overdue"))
    if area is not None:
        return say.t("Actions: {which}", which=Names(area.name))
    if what.startswith("~"):
        return say.t("Actions: {which}", which=directory(session).name_of(number(what.removeprefix("~"))))
    return say.t("Actions")


LOOKS = {"actions": actions_page}
