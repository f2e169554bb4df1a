"""The brief of a meeting in Slack: `/isctf meeting brief [MTG-n]`, its details, **Send now** and **For printing**."""

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers.request import Answer, Reply, Request
from models.meetings import Meeting, MeetingState
from services.board import areas_for
from services.brief import Brief, Part, has_begun, read_brief
from services.brief_posts import goes_out_at, needless, send_now, was_sent
from services.directory import directory
from services.meeting_lookup import find_meeting
from services.printing import Printed, send_printed
from services.rights import may_manage, require_reader
from views import brief as views
from views import ids, printing
from views.blocks import Message


def show(request: Request) -> Reply:
    """`meeting brief [MTG-1]`: the brief as it stands, for who asks; of the next meeting when none is named."""
    with request.reading() as session:
        meeting = _meeting(request, session, request.text)
        brief, who = _read(request, session, meeting), directory(session)
        sends = may_manage(who, request.actor, now=request.now) and _can_go_out(request, session, meeting)
        return Answer(views.head(brief, who, request.reader, private=True, sends=sends))


def details(request: Request, session: Session, about: str, page: int = 1) -> Message:
    """Show a page of a section; `about` is the meeting's id and the section (`21/changed`)."""
    meeting_id, _, named = about.partition("/")
    meeting = _meeting(request, session, meeting_id)
    if named not in list(Part):
        raise Refusal(N_("This button is from an older message. Ask again to see what is current."))
    brief = _read(request, session, meeting)
    return views.page(brief, Part(named), page, directory(session), request.reader, private=True)


def send(request: Request) -> Reply:
    """**Send now**: the brief goes out before its deadline."""
    with request.transaction() as session:
        meeting = find_meeting(session, request.value, now=request.now)
        send_now(session, actor=request.actor, meeting=meeting, now=request.now)
    return Answer(views.sent(meeting, request.say))


def print_out(request: Request) -> Reply:
    """**For printing**: a Word document and a page for the browser, in the direct messages of whoever asks."""
    with request.transaction() as session:
        meeting = _meeting(request, session, request.value)
        send_printed(session, Printed.BRIEF, meeting, to=request.actor, now=request.now)
    return Answer(printing.on_its_way(request.say))


def _meeting(request: Request, session: Session, named: str) -> Meeting:
    """Return the meeting that is named, the next one when none is. Refuses one that was cancelled."""
    require_reader(directory(session), request.actor)
    meeting = find_meeting(session, named, now=request.now)
    if meeting.state is MeetingState.CANCELLED:
        raise needless(meeting)
    return meeting


def _read(request: Request, session: Session, meeting: Meeting) -> Brief:
    who = directory(session)
    return read_brief(session, meeting, lambda at: areas_for(who, request.actor, at=at), now=request.now)


def _can_go_out(request: Request, session: Session, meeting: Meeting) -> bool:
    out = was_sent(session, meeting) and goes_out_at(session, meeting) <= request.now
    return not out and not has_begun(meeting, request.now)


LOOKS = {"brief": details}
ACTIONS = {ids.BRIEF_PRINT: print_out, ids.BRIEF_SEND: send}
