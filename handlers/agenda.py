"""The agenda in Slack: `meeting agenda [MTG-n] [--at DAY] [--as @person]`, and what the secretariat does with it."""

from dataclasses import dataclass

from sqlmodel import Session

from foundation.errors import Denied, Refusal
from foundation.language import N_
from handlers.asking import moment_typed
from handlers.hints import moment_named, number
from handlers.request import Answer, Reply, Request
from handlers.slack_text import person_named
from handlers.typing_forgiven import take_option
from models.meetings import Meeting, MeetingState
from models.people import Person
from services import agenda_acts as acts
from services.agenda import meeting_of_agenda, read_agenda
from services.directory import directory, person_of
from services.meeting_lookup import find_meeting
from services.rights import may_contribute, may_manage, require_manager, require_reader
from views import agenda as views
from views import agenda_forms as forms
from views import answers, ids
from views.blocks import Message, section


@dataclass(frozen=True)
class About:
    """Which agenda: of a meeting, at a moment (empty: now), as somebody else sees it (empty: as oneself)."""

    meeting: str
    at: str = ""
    seen_by: str = ""

    @staticmethod
    def read(carried: str) -> "About":
        """Read what a button carries: `12`, `12@2026-11-30T22:59:59+00:00`, `12/U0BO`."""
        rest, _, seen_by = carried.partition("/")
        meeting, _, at = rest.partition("@")
        return About(meeting, at, seen_by)

    def carried(self) -> str:
        """Return what a button carries."""
        at, seen_by = (f"@{self.at}" if self.at else ""), (f"/{self.seen_by}" if self.seen_by else "")
        return f"{self.meeting}{at}{seen_by}"


def show(request: Request) -> Reply:
    """`meeting agenda [MTG-n] [--at DAY] [--as @person]`, and `agenda`."""
    typed_as, text = take_option(request.text, "as")
    typed_at, text = take_option(text, "at")
    with request.reading() as session:
        who = directory(session)
        require_reader(who, request.actor)
        at = moment_typed(request, session, typed_at)
        seen_by = ""
        if typed_as is not None:
            require_manager(who, request.actor, now=request.now)
            seen_by = _member(session, typed_as).slack_id
        meeting = meeting_of_agenda(session, text, now=moment_named(at) or request.now)
        return Answer(agenda_look(request, session, About(str(meeting.id or ""), at, seen_by).carried(), 1))


def show_clicked(request: Request) -> Reply:
    """**Agenda** beside a meeting."""
    with request.reading() as session:
        require_reader(directory(session), request.actor)
        meeting = meeting_of_agenda(session, request.value, now=request.now)
        return Answer(agenda_look(request, session, str(meeting.id or ""), 1))


def agenda_look(request: Request, session: Session, about: str, page: int) -> Message:
    """Show a page of an agenda, in the eyes of whoever asks or, for the secretariat and the chair, of somebody else."""
    who, asked = directory(session), About.read(about)
    require_reader(who, request.actor)
    meeting = meeting_of_agenda(session, asked.meeting, now=moment_named(asked.at) or request.now)
    if meeting.state is MeetingState.CANCELLED:
        raise Refusal(N_("{meeting} was cancelled: its items are on the agenda of the next meeting."),
                      meeting=meeting.ref)  # fmt: skip
    if asked.seen_by:
        return _preview(request, session, meeting, asked, page)
    agenda = read_agenda(session, meeting, actor=request.actor, now=request.now, at=moment_named(asked.at))
    shown = views.Asked(
        request.reader, about, page, person=request.actor, manages=may_manage(who, request.actor, now=request.now),
        proposes=may_contribute(who, request.actor),
    )  # fmt: skip
    return views.agenda_page(agenda, who, shown)


def item_look(request: Request, session: Session, about: str, _page: int) -> Message:
    """Show an item of an agenda with its whole text; `about` is `meeting_id:key`."""
    who = directory(session)
    require_reader(who, request.actor)
    carried, _, key = about.partition(":")
    meeting = meeting_of_agenda(session, str(number(carried) or ""), now=request.now)
    agenda = read_agenda(session, meeting, actor=request.actor, now=request.now)
    return views.item_page(acts.entry_named(agenda.items, meeting, key), agenda, who, request.reader)


def preview(request: Request) -> Reply:
    """**See it as …**: a person was chosen under an agenda."""
    with request.reading() as session:
        require_manager(directory(session), request.actor, now=request.now)
        carried = str(request.action.get("block_id") or "").rpartition(":")[2]
        meeting = meeting_of_agenda(session, str(number(carried) or ""), now=request.now)
        about = About(str(meeting.id), seen_by=_member(session, f"<@{request.value}>").slack_id)
        return Answer(agenda_look(request, session, about.carried(), 1))


# -- what the secretariat does with an item --------------------------------------------------------------------------


def item_chosen(request: Request) -> Reply:
    """One of **Move up**, **Move down**, **Change**, **Next meeting**, **Leave out** beside an item."""
    act, _, rest = request.value.partition(":")
    carried, _, key = rest.partition(":")
    if act in {"change", "next"}:
        return _open(request, act, number(carried), key)
    with request.transaction() as session:
        if act == "out":
            meeting = acts.leave_out(session, actor=request.actor, meeting_id=number(carried), key=key, now=request.now)
        else:
            meeting = acts.shift(session, actor=request.actor, meeting_id=number(carried), key=key,
                                 by=-1 if act == "up" else 1, now=request.now)  # fmt: skip
        shown = _as_it_stands(request, session, meeting, key)
    return in_place(request, shown)


def put_back(request: Request) -> Reply:
    """**Put back** beside what was left out."""
    carried, _, key = request.value.partition(":")
    with request.transaction() as session:
        meeting = acts.put_back(session, actor=request.actor, meeting_id=number(carried), key=key, now=request.now)
        shown = _as_it_stands(request, session, meeting, key)
    return in_place(request, shown)


def change_submitted(request: Request) -> Reply:
    """Give an item what its form holds."""
    meeting_id, key = _noted(request)
    wish = acts.Wish(
        request.typed(ids.AGENDA_POSITION), request.typed(ids.AGENDA_MINUTES), request.typed(ids.AGENDA_PRESENTER),
        request.typed(ids.TITLE), request.typed(ids.DESCRIPTION),
    )  # fmt: skip
    with request.transaction() as session:
        meeting = acts.change(session, actor=request.actor, meeting_id=meeting_id, key=key, wish=wish, now=request.now)
        return Answer(_as_it_stands(request, session, meeting, key))


def next_submitted(request: Request) -> Reply:
    """Have an item at the next meeting, instead of here or as well."""
    meeting_id, key = _noted(request)
    also = request.typed(ids.AGENDA_HOW) == forms.ALSO
    with request.transaction() as session:
        meeting, later = acts.postpone(session, actor=request.actor, meeting_id=meeting_id, key=key, also=also,
                                       now=request.now)  # fmt: skip
        shown = _as_it_stands(request, session, meeting, key)
    told = request.say.m("It waits for the meeting after {meeting}, which is not scheduled yet.", meeting=meeting.ref)
    if later is not None:
        told = request.say.m("It is on the agenda of {meeting}.", meeting=later.ref)
    return Answer(views.below(shown, told))


def in_place(request: Request, message: Message) -> Reply:
    """Show what stands now where the button was: on its page, or instead of the private answer."""
    if (request.payload.get("view") or {}).get("type") == "modal":
        request.update_form(answers.page(request.say, message))
        return None
    return Answer(message, replace=True)


# -- within ----------------------------------------------------------------------------------------------------------


def _preview(request: Request, session: Session, meeting: Meeting, asked: About, page: int) -> Message:
    who = directory(session)
    require_manager(who, request.actor, now=request.now)
    person = _member(session, f"<@{asked.seen_by}>")
    reader = who.reader(person)
    try:
        agenda = read_agenda(session, meeting, actor=person, now=request.now, at=moment_named(asked.at))
        shown = views.agenda_page(agenda, who, views.Asked(reader, asked.carried(), page))
    except Denied as denied:
        shown = Message(denied.mrkdwn(reader.language), [section(denied.mrkdwn(reader.language))])
    return views.previewed(shown, person.name, request.say)


def _member(session: Session, typed: str) -> Person:
    """Return the person of the workspace that was named."""
    who = directory(session)
    person = person_named(who, typed) or person_of(session, typed.strip("<@>").partition("|")[0])
    if person is None:
        raise Refusal(N_("Whose view? Name one person: `meeting agenda --as @name`."))
    return person


def _open(request: Request, act: str, meeting_id: int, key: str) -> Reply:
    with request.reading() as session:
        require_manager(directory(session), request.actor, now=request.now)
        meeting = find_meeting(session, str(meeting_id), now=request.now)
        entry = acts.find_entry(session, meeting, key, actor=request.actor, now=request.now)
        agenda = read_agenda(session, meeting, actor=request.actor, now=request.now)
        presenter = directory(session).people_by_id.get((entry.row and entry.row.presenter_id) or 0)
        item = forms.Standing(
            meeting, entry, agenda.position(key) or 1, presenter.slack_id if presenter and presenter.here else None
        )
    make = forms.change_form if act == "change" else forms.next_form
    request.open_form(make(request.say, item))
    return None


def _as_it_stands(request: Request, session: Session, meeting: Meeting, key: str) -> Message:
    """Show the page of the agenda on which the item stands now."""
    agenda = read_agenda(session, meeting, actor=request.actor, now=request.now)
    page = 1 + ((agenda.position(key) or 1) - 1) // views.LISTED
    return agenda_look(request, session, str(meeting.id), page)


def _noted(request: Request) -> tuple[int, str]:
    return number(str(request.metadata.get("meeting"))), str(request.metadata.get("item") or "")


LOOKS = {views.LOOK: agenda_look, views.ITEM_LOOK: item_look}
COMMANDS = {"agenda": show}
ACTIONS = {
    ids.AGENDA_SHOW: show_clicked,
    ids.AGENDA_ITEM: item_chosen,
    ids.AGENDA_BACK: put_back,
    ids.AGENDA_PREVIEW: preview,
}
FORMS = {ids.AGENDA_CHANGE_FORM: change_submitted, ids.AGENDA_NEXT_FORM: next_submitted}
