"""Finding things: `history AREA`, `areas`, `who [AREA]`, `search words`."""

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers.asking import area_of, area_typed
from handlers.request import Answer, Reply, Request
from handlers.slack_text import readable
from models.people import Person, RoleName
from models.structure import Area
from services.area_page import read_history
from services.board import areas_for, read_board
from services.covers import away_now, covers
from services.directory import Directory, area_id, directory, person_id
from services.rights import require_reader
from services.search import search as search_for
from views import history as history_views
from views import search as search_views
from views import who as who_views
from views.blocks import Message


def history(request: Request) -> Reply:
    """`history AREA`: what units said of it over time."""
    with request.reading() as session:
        area = _area(request, session, "history", N_("Of which area? For example `history climate`."))
        return Answer(area if isinstance(area, Message) else history_page(request, session, str(area_id(area)), 1))


def areas(request: Request) -> Reply:
    """`areas`: every area with the word to type for it."""
    with request.reading() as session:
        return Answer(areas_page(request, session, "", 1))


def who_is_who(request: Request) -> Reply:
    """`who [AREA]`: who speaks for each unit of an area; without one the roles of the task force."""
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        if not request.text:
            return Answer(_task_force(request, who))
        area = area_typed(request, session, request.text, "who")
        return Answer(area if isinstance(area, Message) else who_page(request, session, str(area_id(area)), 1))


def search(request: Request) -> Reply:
    """`search words`: what anybody wrote that has all of them."""
    with request.reading() as session:
        return Answer(search_page(request, session, readable(request.text, directory(session)), 1))


def history_page(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of an area's history."""
    area, _ = area_of(session, about)
    require_reader(directory(session), request.actor, area)
    return history_views.history(read_history(session, area, page=page), request.reader)


def areas_page(request: Request, session: Session, _about: str, page: int) -> Message:
    """Show a page of the list of areas."""
    who = directory(session)
    require_reader(who, request.actor)
    found = read_board(session, areas_for(who, request.actor), now=request.now)
    return who_views.areas(found.areas, who, request.reader, away_now(who, now=request.now), page=page)


def who_page(request: Request, session: Session, about: str, page: int) -> Message:
    """Show who is who in an area."""
    who = directory(session)
    area, _ = area_of(session, about)
    require_reader(who, request.actor, area)
    return who_views.who_is_who(area, who, request.reader, away_now(who, now=request.now), page=page)


def search_page(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of what a search found."""
    hits = search_for(session, about, actor=request.actor, page=page)
    return search_views.found(hits, directory(session), request.reader)


def _area(request: Request, session: Session, kind: str, missing: str) -> Area | Message:
    require_reader(directory(session), request.actor)
    if not request.text:
        raise Refusal(missing)
    return area_typed(request, session, request.text, kind)


def _task_force(request: Request, who: Directory) -> Message:
    say = request.say
    roles = (
        (say.t("Chair"), RoleName.CHAIR),
        (say.t("Secretariat"), RoleName.SECRETARIAT),
        (say.t("Deputies"), RoleName.DEPUTY),
        (say.t("Regional Directors"), RoleName.REGIONAL_DIRECTOR),
        (say.t("Chiefs of Department"), RoleName.DEPARTMENT_CHIEF),
        (say.t("Observers"), RoleName.OBSERVER),
        (say.t("Invited"), RoleName.INVITED),
    )
    focal: dict[int, Person] = {person_id(p): p for area in who.areas for p in who.focal_points(area_id(area))}
    groups = [*((name, who.with_role(role)) for name, role in roles), (say.t("Focal points"), list(focal.values()))]
    absent = covers(who, now=request.now)
    return who_views.task_force(say.of(who.task_force.title), groups, who, request.reader, absent)


LOOKS = {"history": history_page, "areas": areas_page, "who": who_page, "search": search_page}
COMMANDS = {"history": history, "areas": areas, "who": who_is_who, "search": search}
