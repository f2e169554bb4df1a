"""Minutes in Slack: `/isctf meeting close | minutes | correct`, with their buttons and forms."""

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers.hints import number
from handlers.issue_texts import told
from handlers.meeting_names import meeting_named
from handlers.request import Answer, Handler, Reply, Request
from handlers.slack_text import readable
from models.agenda import AgendaItem
from models.meetings import Meeting
from services import meeting_lookup as lookup
from services import minutes as rules
from services import minutes_draft as draft
from services.directory import directory
from services.meeting_floor import item_on_floor
from services.meeting_record import read_record
from services.meeting_shown import Shown, for_person
from services.printing import Printed, send_printed
from services.rights import may_manage, require_reader
from views import ids, meeting_forms, printing
from views import minutes as views
from views.blocks import Message
from views.meetings import closed


def close(request: Request) -> Reply:
    """`meeting close [MTG-1] [carry]`: it is over, and its minutes are frozen."""
    word, rest = meeting_named(request.text)
    if rest and rest.casefold() != CARRY:
        raise Refusal(N_("I do not know “{typed}”. Type `meeting close`, or `meeting close {example} carry`."),
                      typed=rest[:40], example=word or "MTG-1")  # fmt: skip
    return _close(request, word, carry=bool(rest))


def carry_over(request: Request) -> Reply:
    """**Carry over and close**."""
    return _close(request, f"MTG-{number(request.value)}", carry=True)


def _close(request: Request, word: str, *, carry: bool) -> Reply:
    with request.reading() as session:
        meeting = lookup.meeting_to_close(session, word, now=request.now)
    try:
        with request.transaction() as session:
            rules.close_meeting(session, actor=request.actor, meeting=meeting, now=request.now, carry=carry)
    except rules.StillOpen as refusal:
        return Answer(views.still_open(request.say, meeting, refusal.mrkdwn(request.say)))
    with request.reading() as session:
        said = closed(meeting, reader=request.reader)
        return Answer(_page(request, session, meeting, 1, said=said), replace=bool(request.action))


def show(request: Request) -> Reply:
    """`meeting minutes [MTG-1]`, **Minutes**: as they were closed, or their draft."""
    with request.reading() as session:
        require_reader(directory(session), request.actor)
        meeting = lookup.meeting_with_minutes(session, request.text or request.value, now=request.now)
        return Answer(_page(request, session, meeting, 1))


def look(request: Request, session: Session, about: str, page: int) -> Message:
    """A page of minutes."""
    require_reader(directory(session), request.actor)
    return _page(request, session, lookup.find_meeting(session, f"MTG-{number(about)}", now=request.now), page)


def print_out(request: Request) -> Reply:
    """**For printing**: a Word document and a page for the browser, in the direct messages of whoever asks."""
    with request.transaction() as session:
        require_reader(directory(session), request.actor)
        meeting = lookup.meeting_with_minutes(session, request.value, now=request.now)
        rules.read_minutes(session, meeting)
        send_printed(session, Printed.MINUTES, meeting, to=request.actor, now=request.now)
    return Answer(printing.on_its_way(request.say))


def correct(request: Request) -> Reply:
    """`meeting correct MTG-1 text`: an addendum to closed minutes; without a text the form."""
    word, text = meeting_named(request.text)
    with request.reading() as session:
        meeting = lookup.meeting_with_minutes(session, word, now=request.now)
        rules.require_closed(session, meeting, actor=request.actor, now=request.now)
        text = readable(text, directory(session))
    if not text:
        request.open_form(meeting_forms.addendum_form(request.say, meeting))
        return None
    return _add(request, meeting, text)


def open_addendum(request: Request) -> Reply:
    """**Add a correction**."""
    request.text = f"MTG-{number(request.value)}"
    return correct(request)


def add_submitted(request: Request) -> Reply:
    """The form with a correction of closed minutes."""
    with request.reading() as session:
        named = f"MTG-{number(request.metadata.get('meeting'))}"
        meeting = lookup.find_meeting(session, named, now=request.now)
    return _add(request, meeting, request.typed(ids.TEXT))


def _add(request: Request, meeting: Meeting, text: str) -> Reply:
    with request.transaction() as session:
        rules.add_addendum(session, actor=request.actor, meeting=meeting, now=request.now, text=text)
    return told(request, N_("Your correction stands beneath the minutes of {meeting} now."), meeting=meeting.ref)


def open_correct(request: Request) -> Reply:
    """**Correct** beside an item of the draft."""
    with request.reading() as session:
        meeting, item = item_on_floor(session, number(request.value), actor=request.actor, now=request.now, lock=False)
        recorded = next(each for each in read_record(session, meeting).items if each.id == item.id)
        view = meeting_forms.correct_form(request.say, recorded, draft.decisions_to_correct(session, item))
    request.open_form(view)
    return None


def correct_submitted(request: Request) -> Reply:
    """The form with other words for an item of the draft."""
    fields = ((request.payload.get("view") or {}).get("state") or {}).get("values") or {}
    decided = {number(name.partition(".")[2]): request.typed(name) for name in fields if name.startswith(ids.DECIDED)}
    with request.transaction() as session:
        item = draft.correct_item(
            session, actor=request.actor, now=request.now, item_id=number(request.metadata.get("item")),
            text=request.typed(ids.TEXT), decided=decided,
        )  # fmt: skip
    with request.reading() as session:
        return Answer(_page(request, session, _meeting_of(session, item), 1))


def _meeting_of(session: Session, item: AgendaItem) -> Meeting:
    return session.get_one(Meeting, item.meeting_id)


def shown_of(request: Request, session: Session, meeting: Meeting) -> Shown:
    """Return what the person may see of the minutes of a meeting."""
    read = rules.read_minutes(session, meeting)
    return for_person(directory(session), read.record, request.actor)


def _page(request: Request, session: Session, meeting: Meeting, page: int, *, said: str = "") -> Message:
    who = directory(session)
    meeting = session.get_one(Meeting, meeting.id)
    read = rules.read_minutes(session, meeting)
    shown = for_person(who, read.record, request.actor)
    manages = may_manage(who, request.actor, now=request.now)
    return views.minutes(read, shown, who, request.reader, manages=manages, page=page, said=said)


CARRY = "carry"
LOOKS = {"minutes": look}
ACTIONS: dict[str, Handler] = {
    ids.MEETING_CARRY: carry_over,
    ids.MINUTES_OPEN: show,
    ids.MINUTES_PRINT: print_out,
    ids.MINUTES_CORRECT: open_correct,
    ids.ADDENDUM_OPEN: open_addendum,
}
FORMS: dict[str, Handler] = {
    ids.MINUTES_CORRECT_FORM: correct_submitted,
    ids.ADDENDUM_FORM: add_submitted,
}
