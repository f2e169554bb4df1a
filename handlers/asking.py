"""Asking how things stand: my desk, the board, an area, now or as it was; sharing it; App Home."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_, Names
from handlers.hints import moment_named, number
from handlers.keeping import kept
from handlers.request import Answer, Reply, Request
from handlers.slack_text import readable
from handlers.typing_forgiven import take_option
from models.delivery import HomeMark
from models.structure import Area
from services.area_page import read_area
from services.areas import find_area, unknown_area
from services.as_of import read_moment
from services.board import areas_for, areas_for_channel, may_show, read_board
from services.desk import read_desk, read_home
from services.directory import area_id, directory
from services.journal import record
from services.rights import require_reader
from views import area_page as area_views
from views import board as board_views
from views import desk as desk_views
from views import home as home_views
from views import ids
from views.blocks import Message
from views.paging import which_area


def desk(request: Request) -> Reply:
    """`/isctf` alone: my desk."""
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        found = read_desk(session, request.actor, now=request.now)
        return Answer(desk_views.desk(found, who, request.reader))


def status(request: Request) -> Reply:
    """`status [AREA] [--at DAY|MTG-n]`: the board or one area, as it stands or as it stood."""
    typed_at, typed = take_option(request.text, "at")
    with request.reading() as session:
        moment = moment_typed(request, session, typed_at)
        if not typed:
            return Answer(board(request, session, moment))
        area = area_typed(request, session, typed, "area", after=f"@{moment}" if moment else "")
        return Answer(area if isinstance(area, Message) else area_now(request, session, about_area(area, moment)))


def board(request: Request, session: Session, about: str, page: int = 1) -> Message:
    """Show the board; `about` is the moment, empty for now."""
    who, at = directory(session), moment_named(about)
    require_reader(who, request.actor)
    areas, share = areas_for(who, request.actor, at=at), _can_share(request)

    def made() -> Message:
        found = read_board(session, areas, now=request.now, at=at)
        return board_views.board(found, request.reader, page=page, about=about, share=share)

    alike = (about, page, share, request.reader, request.now.replace(second=0, microsecond=0))
    seen = tuple(area.id for area in areas)
    return kept(session, (who.task_force.version, seen, *alike), made)


def area_now(request: Request, session: Session, about: str, page: int = 1) -> Message:
    """Show an area; `about` is its id, with the moment where it is past (`3@…`)."""
    who = directory(session)
    area, at = area_of(session, about)
    require_reader(who, request.actor, area)
    share = _can_share(request) and may_show(area, request.channel_id)
    found = read_area(session, area, now=request.now, at=at)
    return area_views.area_page(found, request.reader, about=about, page=page, share=share, pings=True)


def open_board(request: Request) -> Reply:
    """**How the areas stand**, on the desk and in App Home."""
    with request.reading() as session:
        return Answer(board(request, session, ""))


def open_area(request: Request) -> Reply:
    """**Open** beside an area."""
    with request.reading() as session:
        return Answer(area_now(request, session, request.value))


def share(request: Request) -> Reply:
    """**Share here**: what was asked goes to the whole channel, in its language, with who shared it."""
    kind, _, seen = request.value.partition(":")
    about, _, page = seen.partition("#")
    with request.transaction() as session:
        reader = directory(session).channel_reader()
        require_reader(directory(session), request.actor)
        area, at = area_of(session, about) if kind == "area" else (None, moment_named(about))
        if area is not None:
            _require_shareable(request, session, area)
            page_of_area = read_area(session, area, now=request.now, at=at)
            message = area_views.area_page(page_of_area, reader, about=about, page=number(page), share=False)
        else:
            areas = areas_for_channel(directory(session), request.channel_id, at=at)
            found = read_board(session, areas, now=request.now, at=at)
            message = board_views.board(found, reader, about=about, page=number(page), share=False)
        record(
            session,
            act="answer.share",
            subject=area.key if area else "board",
            actor=request.actor,
            now=request.now,
            area_id=area_id(area) if area else None,
            after={"channel": request.channel_id, "at": str(at or "")},
        )
    return Answer(board_views.shared(message, request.actor.name, reader.language), in_channel=True)


def open_home(request: Request) -> Reply:
    """App Home was opened: publish it at once, and keep it fresh from now on."""
    if (request.payload.get("event") or {}).get("tab") != "home":
        return None
    # Publishing again does no harm, and what failed is to be tried again: no inbox key.
    request.inbox_key = None
    person_id = request.actor.id
    if person_id is not None:
        with request.transaction() as session:
            session.merge(HomeMark(person_id=person_id, marked_at=None, published_at=request.office.clock.real()))
    with request.reading() as session:
        who = directory(session)
        try:
            require_reader(who, request.actor)
            view = home_views.home(read_home(session, request.actor, now=request.now), who, request.reader)
        except Refusal as refusal:
            view = home_views.refused(refusal.mrkdwn(request.say))
    request.stop_reading()
    request.office.slack.views_publish(user_id=request.actor.slack_id, view=view)
    return None


# -- what was meant -------------------------------------------------------------------------------------------------


def area_typed(request: Request, session: Session, typed: str, kind: str, *, after: str = "") -> Area | Message:
    """Return the area that was typed, or the question which one was meant, with a button that shows it as `kind`."""
    who = directory(session)
    require_reader(who, request.actor)
    typed = readable(typed, who)
    found = find_area(who, typed, actor=request.actor)
    if isinstance(found, Area):
        return found
    if not found:
        raise unknown_area(typed, found)
    return which_area(request.say, typed, found, kind, after=after)


def area_of(session: Session, about: str) -> tuple[Area, datetime | None]:
    """Return the area and the moment that a button names; whether the reader may see it is asked by the caller."""
    key, _, at = about.partition("@")
    area = directory(session).areas_by_id.get(number(key))
    if area is None:
        raise Refusal(N_("This area does not exist any more."))
    return area, moment_named(at)


def about_area(area: Area, moment: str) -> str:
    """Return what a button carries to name an area at a moment."""
    return f"{area_id(area)}@{moment}" if moment else str(area_id(area))


def moment_typed(request: Request, session: Session, typed: str | None) -> str:
    """Return the moment that was typed after `--at`, as buttons carry it; nothing for now."""
    if typed is None:
        return ""
    require_reader(directory(session), request.actor)
    if not typed:
        raise Refusal(N_("Write a day or a meeting after `--at`, for example `--at 2026-05-12` or `--at MTG-21`."))
    languages: Sequence[str] = [request.say.code]
    moment = read_moment(session, typed, now=request.now, languages=languages)
    return moment.isoformat() if moment < request.now else ""


def _require_shareable(request: Request, session: Session, area: Area) -> None:
    require_reader(directory(session), request.actor, area)
    if not may_show(area, request.channel_id):
        raise Refusal(N_("{area} is only shown to members, so it cannot be shared here."), area=Names(area.name))


def _can_share(request: Request) -> bool:
    """Only what was asked in a channel can be shared there: App Home and forms are in none."""
    return request.response_url is not None


LOOKS = {"board": board, "area": area_now}
COMMANDS = {"": desk, "desk": desk, "status": status}
ACTIONS = {
    ids.DESK_OPEN: desk,
    ids.BOARD_OPEN: open_board,
    ids.AREA_OPEN: open_area,
    ids.SHARE_HERE: share,
}
EVENTS = {"app_home_opened": open_home}
