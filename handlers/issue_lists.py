"""Lists of issues, in pages: `issue list [mine|open|escalated|AREA]`."""

from sqlmodel import Session

from foundation.language import Names
from handlers.asking import area_of
from handlers.request import Answer, Reply, Request
from models.issues import Issue, IssueState
from services.areas import require_area
from services.directory import area_id, directory
from services.issue_lookup import LIVE, list_issues
from services.issues import card
from services.rights import require_reader
from views import issues
from views.area_page import issue_state
from views.blocks import Message

MINE = "mine"
STATES = {state.value for state in IssueState}


def list_typed(request: Request) -> Reply:
    """`issue list [mine|open|escalated|AREA]`."""
    word = request.text.strip()
    about = word.casefold()
    with request.reading() as session:
        require_reader(directory(session), request.actor)
        if about and about not in {MINE, *STATES}:
            about = f"#{area_id(require_area(directory(session), word, actor=request.actor))}"
        return Answer(issues_page(request, session, about, 1))


def issues_page(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of the issues that are live; `about` is `mine`, a state, or an area as `#3`."""
    who = directory(session)
    require_reader(who, request.actor)
    found, heading = _wanted(request, session, about)
    here = found[(page - 1) * issues.LISTED : page * issues.LISTED]
    cards = [card(session, issue.id or 0, who, request.now) for issue in here]
    return issues.issue_list(request.reader, cards, heading=heading, about=about, page=page, found=len(found))


def _wanted(request: Request, session: Session, about: str) -> tuple[list[Issue], str]:
    say, actor = request.say, request.actor
    if about == MINE:
        return list_issues(session, actor=actor, mine=True), say.t("My issues")
    if about in STATES:
        found = list_issues(session, actor=actor, states=(IssueState(about),))
        return found, say.t("Issues: {which}", which=issue_state(about, say))
    if about.startswith("#"):
        area, _ = area_of(session, about.removeprefix("#"))
        require_reader(directory(session), actor, area)
        found = list_issues(session, actor=actor, states=LIVE, area_id=area.id)
        return found, say.t("Issues: {which}", which=Names(area.name))
    return list_issues(session, actor=actor), say.t("Issues")


LOOKS = {"issues": issues_page}
