"""The meetings in one's own calendar: `meeting calendar`, its address, and **Calendar file**."""

from foundation.errors import Refusal
from foundation.language import N_
from handlers.request import Answer, Reply, Request
from services.calendar_address import new_token, token_for_subscribers
from services.calendar_entries import entries_ahead
from services.directory import directory
from services.meeting_lookup import find_meeting
from services.meeting_news import send_file
from services.rights import require_reader
from views import ids, meeting_files


def command(request: Request) -> Reply:
    """`meeting calendar`: the address to subscribe to; `meeting calendar new` gives it another one."""
    if request.text.strip().casefold() == "new":
        return _new_address(request)
    with request.reading() as session:
        require_reader(directory(session), request.actor)
    found = None
    if request.office.settings.public_url:
        with request.transaction() as session:
            found = _address(request, token_for_subscribers(session, real=request.office.clock.real()))
    return Answer(meeting_files.address(found, say=request.say))


def send(request: Request) -> Reply:
    """**Calendar file**: of one meeting, or of all ahead, into the direct messages of whoever asks."""
    with request.transaction() as session:
        require_reader(directory(session), request.actor)
        meeting = find_meeting(session, request.value, now=request.now) if request.value else None
        if meeting is None and not entries_ahead(session, now=request.now):
            raise Refusal(N_("No meeting is scheduled. The secretariat schedules one with `meeting schedule`."))
        send_file(session, meeting, to=request.actor, now=request.now)
    return Answer(meeting_files.on_its_way(request.say))


def _new_address(request: Request) -> Reply:
    with request.transaction() as session:
        token = new_token(session, actor=request.actor, now=request.now, real=request.office.clock.real())
    return Answer(meeting_files.address(_address(request, token), say=request.say, anew=True))


def _address(request: Request, token: str) -> str | None:
    public = request.office.settings.public_url
    return f"{public}/calendar/{token}.ics" if public else None


ACTIONS = {ids.MEETING_FILE: send}
