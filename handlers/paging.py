"""Everything that can be looked at by name, and the buttons that turn its pages."""

from collections.abc import Callable

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers import (
    action_lists,
    agenda,
    asking,
    brief,
    decisions,
    finding,
    issue_lists,
    journal,
    meeting_floor,
    minutes,
    people,
)
from handlers.hints import number
from handlers.request import Answer, Reply, Request
from views import answers, ids
from views.blocks import Message

LOOKS: dict[str, Callable[[Request, Session, str, int], Message]] = {
    **agenda.LOOKS,
    **asking.LOOKS,
    **brief.LOOKS,
    **finding.LOOKS,
    **issue_lists.LOOKS,
    **decisions.LOOKS,
    **action_lists.LOOKS,
    **journal.LOOKS,
    **meeting_floor.LOOKS,
    **minutes.LOOKS,
    **people.LOOKS,
}


def turn(request: Request) -> Reply:
    """A page was turned, or something else is to be looked at; rights are asked anew."""
    page, _, rest = request.value.partition(":")
    kind, _, about = rest.partition(":")
    look = LOOKS.get(kind)
    if look is None or not number(page):
        raise Refusal(N_("This button is from an older message. Ask again to see what is current."))
    with request.reading() as session:
        message = look(request, session, about, number(page))
    # The first page of something else stands beside what led there; turned pages take each other's place.
    turned = int(page) > 1 or request.action.get("action_id") == ids.PAGE_BACK
    if turned and (request.payload.get("view") or {}).get("type") == "modal":
        request.update_form(answers.page(request.say, message))
        return None
    return Answer(message, replace=turned)


ACTIONS = {ids.PAGE_TURN: turn, ids.PAGE_BACK: turn}
