"""Proposing an item for an agenda: `meeting propose [MTG-n] [text]`, the shortcut **Propose for agenda**, the form."""

from sqlmodel import Session

from handlers.agenda import in_place
from handlers.hints import number
from handlers.message_links import link_in_form, message_link
from handlers.request import Answer, Handler, Reply, Request
from handlers.slack_text import readable
from handlers.typing_forgiven import first_word
from models.agenda import AgendaItem
from models.meetings import Meeting
from services import proposals
from services.agenda import read_agenda
from services.agenda_acts import require_ahead
from services.agenda_entries import current_meeting
from services.directory import directory
from services.issue_lookup import read_number
from services.meeting_lookup import find_meeting
from services.proposals import Proposal
from services.rights import require_contributor
from views import agenda_forms as forms
from views import ids
from views import proposals as views
from views.blocks import Message


def propose(request: Request) -> Reply:
    """`meeting propose [MTG-n] [text]`; without a text the form."""
    word, rest = first_word(request.text)
    named = read_number(word, "MTG") is not None and (not word.isdecimal() or not rest)
    typed = word if named else ""
    with request.reading() as session:
        who = directory(session)
        require_contributor(who, request.actor)
        meeting = find_meeting(session, typed, now=request.now) if typed else None
        proposal = Proposal.of_text(readable(rest if named else request.text, who))
    return _keep(request, meeting, proposal) if proposal.title else _open(request, meeting, proposal)


def propose_shortcut(request: Request) -> Reply:
    """**Propose for agenda**: the form, with the message it was used on, if any, and its first line as the title."""
    message = request.payload.get("message")
    if not message:
        return _open(request, None, Proposal(""))
    with request.reading() as session:
        text = readable(str(message.get("text") or ""), directory(session))
    first = Proposal.of_text(text, permalink=message_link(request))
    return _open(request, None, Proposal(first.title, text.strip(), first.permalink))


def open_form(request: Request) -> Reply:
    """**Propose an item** under an agenda; its value names the meeting."""
    with request.reading() as session:
        require_contributor(directory(session), request.actor)
        meeting = find_meeting(session, request.value, now=request.now) if request.value else None
    return _open(request, meeting, Proposal(""))


def submitted(request: Request) -> Reply:
    """Propose what the form holds."""
    meeting_id = number(str(request.metadata.get("meeting")))
    with request.reading() as session:
        require_contributor(directory(session), request.actor)
        meeting = find_meeting(session, str(meeting_id), now=request.now) if meeting_id else None
    proposal = Proposal(request.typed(ids.TITLE), request.typed(ids.DESCRIPTION), link_in_form(request))
    return _keep(request, meeting, proposal)


def take_back(request: Request) -> Reply:
    """**Take back** beside one's own proposal."""
    with request.transaction() as session:
        item = proposals.take_back(session, actor=request.actor, item_id=number(request.value), now=request.now)
    return in_place(request, views.taken_back(item, request.say))


def _open(request: Request, meeting: Meeting | None, proposal: Proposal) -> Reply:
    with request.reading() as session:
        require_contributor(directory(session), request.actor)
        if meeting is not None:
            require_ahead(meeting, now=request.now)
        shown = meeting or current_meeting(session, request.now)
        form = forms.propose_form(request.say, shown, proposal, named=meeting is not None)
    request.open_form(form)
    return None


def _keep(request: Request, meeting: Meeting | None, proposal: Proposal) -> Reply:
    with request.transaction() as session:
        named = find_meeting(session, meeting.ref, now=request.now) if meeting else None
        item = proposals.propose(session, actor=request.actor, meeting=named, proposal=proposal, now=request.now)
        return Answer(_told(request, session, named, item))


def _told(request: Request, session: Session, named: Meeting | None, item: AgendaItem) -> Message:
    """Say where it stands, on the agenda of which meeting."""
    meeting = named or current_meeting(session, request.now)
    position = None
    if meeting is not None:
        position = read_agenda(session, meeting, actor=request.actor, now=request.now).position(item.key)
    return views.proposed(item, meeting, position, request.reader)


COMMANDS: dict[str, Handler] = {"propose": propose}
ACTIONS: dict[str, Handler] = {ids.PROPOSE_OPEN: open_form, ids.PROPOSE_UNDO: take_back}
FORMS: dict[str, Handler] = {ids.PROPOSE_FORM: submitted}
SHORTCUTS: dict[str, Handler] = {ids.PROPOSE_ITEM: propose_shortcut}
