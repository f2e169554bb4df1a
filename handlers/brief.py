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
from services.rights import may_manage, require_reader
from views import brief as views
from views import ids
from views.blocks import Message

COMMENT = N_("The brief of {meeting} for printing, as it stands now: as a Word document and as a page for the browser.")


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
    """**For printing**: both files, in the language of who clicked, in their direct messages."""
    from views.brief_printed import paper  # noqa: PLC0415 - only for those who print
    from views.paper_docx import docx  # noqa: PLC0415
    from views.paper_html import html  # noqa: PLC0415

    with request.reading() as session:
        meeting = _meeting(request, session, request.value)
        written = paper(_read(request, session, meeting), directory(session), request.reader)
        ref, name, made = meeting.ref, f"{meeting.ref}-brief", {"docx": docx(written), "html": html(written)}
    slack = request.office.slack
    with request.answering():
        channel = request.actor.dm_channel_id
        if channel is None:
            channel = slack.conversations_open(users=request.slack_id)["channel"]["id"]
        slack.files_upload_v2(
            channel=channel,
            initial_comment=request.say.m(COMMENT, meeting=ref),
            file_uploads=[
                {"filename": f"{name}.{kind}", "title": f"{written.title} ({kind})", "content": content}
                for kind, content in made.items()
            ],
        )
    return Answer(views.printed(meeting, request.say))


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
