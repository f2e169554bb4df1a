"""People in Slack: `/isctf member list | add | leave`, `seat set`, **Reassign all**, and what Slack says of people."""

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_, Listing
from handlers.hints import number
from handlers.identity import profile_of, seen_from
from handlers.people_named import take_account, take_people
from handlers.request import Answer, Reply, Request
from handlers.typing_forgiven import first_word
from models.people import Person
from models.structure import Unit
from services import membership, seats
from services.areas import split_area, visible_areas
from services.directory import Directory, directory, person_of
from services.issue_rights import member_chosen
from services.rights import require_manager, require_reader
from views import ids
from views import people as views
from views.blocks import Message

_NOBODY = ("-", "–", "nobody", "vacant")


def member_command(request: Request) -> Reply:
    """`/isctf member …`; without a word the list."""
    word, request.text = first_word(request.text)
    act = ACTS.get(word.casefold() or "list")
    if act is None:
        raise Refusal(
            N_("I do not know `member {word}`. You can use `member list`, `member add` or `member leave`."), word=word
        )
    return act(request)


def members(request: Request) -> Reply:
    """`member list`: everybody, with roles, units and seats."""
    with request.reading() as session:
        return Answer(members_page(request, session, "", 1))


def members_page(request: Request, session: Session, _about: str, page: int) -> Message:
    """Show a page of the members."""
    who = directory(session)
    require_reader(who, request.actor)
    away = [p.id for p in who.members if p.id is not None and who.absence(p, now=request.now) is not None]
    areas = visible_areas(who, request.actor)
    return views.members(who, areas, away=away, reader=request.reader, page=page)


def leave(request: Request) -> Reply:
    """`member leave @person`: seats vacant, issues and actions to the secretariat."""
    with request.transaction() as session:
        person = _one(directory(session), request.text)
        membership.leave(session, actor=request.actor, person=person, now=request.now)
        given = membership.estate(session, person)
        return Answer(views.left(given, directory(session), reader=request.reader))


def add(request: Request) -> Reply:
    """`member add @person [UNIT]`: somebody of the workspace becomes a member."""
    slack_id, unit_key = take_account(request.text)
    if not slack_id:
        raise Refusal(N_("Whom? Choose the person from Slack's list: `member add @name UNIT`."))
    with request.reading() as session:
        require_manager(directory(session), request.actor, now=request.now)
        known = person_of(session, slack_id)
    if known is None:
        # A stranger: Slack says who it is, and whether they are a guest, before anything is written.
        profile = profile_of(request.office, slack_id)
        with request.office.database.transaction() as session:
            membership.learned(session, slack_id, profile, request.now)
    with request.transaction() as session:
        unit = _unit(directory(session), unit_key) if unit_key else None
        person = membership.join(
            session, actor=request.actor, slack_id=slack_id, name=slack_id, unit=unit, now=request.now
        )
    return Answer(views.joined(person, reader=request.reader))


def seat_command(request: Request) -> Reply:
    """`/isctf seat set AREA UNIT @person…`; with nobody the seat is vacant."""
    word, rest = first_word(request.text)
    if word.casefold() != "set":
        raise Refusal(N_("Write who speaks for a unit in an area: `seat set climate BR @name`."))
    with request.transaction() as session:
        who = directory(session)
        require_manager(who, request.actor, now=request.now)
        people, text = take_people(who, rest)
        area, text = split_area(who, text, actor=request.actor)
        if area is None:
            raise Refusal(N_("Which area? Write it like `seat set climate BR @name`."))
        key, nobody = first_word(text)
        unit = _unit(who, key)
        if not people and nobody.casefold() not in _NOBODY:
            raise Refusal(N_("Who? Write it like `seat set climate BR @name`, or `seat set climate BR nobody`."))
        seats.set_seat(session, actor=request.actor, area=area, unit=unit, people=people, now=request.now)
    return Answer(views.seat_set(area, unit, people, reader=request.reader))


def open_reassign_all(request: Request) -> Reply:
    """**Reassign all** asks to whom; the value names who left."""
    with request.reading() as session:
        who = directory(session)
        require_manager(who, request.actor, now=request.now)
        given = membership.estate(session, _left(who, request.value))
        if given.settled:
            raise Refusal(N_("Everything that {person} held has been reassigned."), person=given.person.name)
        form = views.reassign_all_form(given, who, reader=request.reader)
    request.open_form(form)
    return None


def submit_reassign_all(request: Request) -> Reply:
    """Give everything that somebody left behind to the person chosen."""
    with request.transaction() as session:
        person = _left(directory(session), str(request.metadata.get("person", "")))
        to = member_chosen(session, request.typed(ids.PERSON), field=ids.PERSON)
        given = membership.reassign_all(session, actor=request.actor, person=person, to=to, now=request.now)
        return Answer(views.reassigned(given, to, directory(session), reader=request.reader))


def profile_changed(request: Request) -> Reply:
    """`user_change`, `team_join`: note the language, zone and standing; a member whose account is closed has left."""
    profile = (request.payload.get("event") or {}).get("user") or {}
    if isinstance(profile, dict) and profile.get("id") and not profile.get("is_bot"):
        if not request.actor.member:
            # Members are those whom the task-force file names, wherever their account is.
            profile = seen_from(profile, (request.payload.get("authorizations") or [{}])[0].get("team_id"))
        with request.transaction() as session:
            membership.learned(session, str(profile["id"]), profile, request.now)
    return None


def _one(who: Directory, text: str) -> Person:
    people, _ = take_people(who, text)
    if len(people) != 1:
        raise Refusal(N_("Whom? Name one person: `member leave @name`."))
    return people[0]


def _unit(who: Directory, key: str) -> Unit:
    unit = who.unit_by_key(key)
    if unit is None:
        raise Refusal(
            N_("There is no unit “{typed}”. There are {units}."),
            typed=key,
            units=Listing(tuple(u.key for u in who.units)),
        )
    return unit


def _left(who: Directory, value: str) -> Person:
    person = who.people_by_id.get(number(value))
    if person is None:
        raise Refusal(N_("This person is not known any more."))
    return person


ACTS = {"list": members, "leave": leave, "remove": leave, "add": add, "join": add}
LOOKS = {"members": members_page}
COMMANDS = {"member": member_command, "members": members, "seat": seat_command}
ACTIONS = {ids.REASSIGN_ALL: open_reassign_all}
FORMS = {ids.REASSIGN_ALL_FORM: submit_reassign_all}
EVENTS = {"user_change": profile_changed, "team_join": profile_changed}
