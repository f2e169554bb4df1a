"""Who is here in a meeting that is being held: each says so, and the secretariat and the chair say it for others."""

from foundation.errors import Refusal
from foundation.language import N_, Listing
from handlers.hints import number
from handlers.issue_texts import said, told
from handlers.meeting_floor import board_again
from handlers.meeting_names import meeting_named
from handlers.people_named import take_people
from handlers.request import Handler, Reply, Request
from handlers.slack_text import readable
from models.agenda import Presence
from models.meetings import Meeting
from models.people import Person
from services import meeting_floor as floor
from services import meeting_lookup as lookup
from services.attendance import say_present
from services.directory import directory
from services.issue_rights import member_chosen
from views import ids, meeting_forms


def here(presence: Presence | None) -> Handler:
    """**In the room**, **Remotely**, **Not here**."""

    def handler(request: Request) -> Reply:
        return _own(request, number(request.value), presence)

    return handler


def attend(request: Request) -> Reply:
    """`meeting attend [MTG-1] [@person …] room|remote|not`: without a person, oneself."""
    word, rest = meeting_named(request.text)
    with request.reading() as session:
        who = directory(session)
        people, how = take_people(who, rest)
        meeting = lookup.meeting_to_close(session, word, now=request.now)
    if how.casefold() not in WORDS:
        raise Refusal(
            N_("I cannot read “{text}”. Write it like `meeting attend @name remote`; besides `remote` there are `room` "
               "and `not`."), text=readable(request.text, who),
        )  # fmt: skip
    presence = WORDS[how.casefold()]
    return _others(request, meeting.id or 0, people, presence) if people else _own(request, meeting.id or 0, presence)


def open_form(request: Request) -> Reply:
    """**Add somebody**."""
    with request.reading() as session:
        meeting = floor.held_meeting(session, number(request.value), actor=request.actor, now=request.now, lock=False)
        view = meeting_forms.attendance_form(request.say, meeting)
    request.open_form(view)
    return None


def submit(request: Request) -> Reply:
    """Note how somebody else takes part."""
    with request.reading() as session:
        person = member_chosen(session, request.typed(ids.PERSON), field=ids.PERSON)
    presence = WORDS.get(request.typed(ids.PRESENCE), Presence.ROOM)
    return _others(request, number(request.metadata.get("meeting")), [person], presence)


def _own(request: Request, meeting_id: int, presence: Presence | None) -> Reply:
    meeting = _note(request, meeting_id, [request.actor], presence)
    return told(request, OWN[presence], meeting=meeting.ref)


def _others(request: Request, meeting_id: int, people: list[Person], presence: Presence | None) -> Reply:
    meeting = _note(request, meeting_id, people, presence)
    listed = Listing(tuple(person.name for person in people))
    return board_again(request, meeting_id, said(request, OTHERS[presence], meeting=meeting.ref, people=listed))


def _note(request: Request, meeting_id: int, people: list[Person], presence: Presence | None) -> Meeting:
    with request.transaction() as session:
        noted = [
            say_present(
                session, actor=request.actor, person=person, now=request.now, meeting_id=meeting_id, presence=presence
            )
            for person in people
        ]  # fmt: skip
    return noted[0]


WORDS = {**{each.value: each for each in Presence}, "remotely": Presence.REMOTE, "not": None}
OWN = {
    Presence.ROOM: N_("You are noted as taking part in {meeting}, in the room."),
    Presence.REMOTE: N_("You are noted as taking part in {meeting}, remotely."),
    None: N_("You are not noted as taking part in {meeting}."),
}
OTHERS = {
    Presence.ROOM: N_("Noted for {meeting}, in the room: {people}."),
    Presence.REMOTE: N_("Noted for {meeting}, remotely: {people}."),
    None: N_("Noted for {meeting}, not here: {people}."),
}
ACTIONS: dict[str, Handler] = {
    ids.PRESENT_ROOM: here(Presence.ROOM),
    ids.PRESENT_REMOTE: here(Presence.REMOTE),
    ids.PRESENT_NOT: here(None),
    ids.PRESENT_ADD: open_form,
}
FORMS: dict[str, Handler] = {ids.PRESENT_FORM: submit}
