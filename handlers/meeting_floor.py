"""A meeting while it is held: its board, and the buttons and forms of whoever steers it."""

from collections.abc import Callable

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_
from handlers.hints import number
from handlers.request import Answer, Handler, Reply, Request
from models.agenda import AgendaItem, ItemOutcome
from models.meetings import Meeting
from services import decisions, meeting_floor
from services.directory import directory
from services.issue_lookup import find_issue
from services.meeting_decisions import Given, add_action, decide_item, decider_on
from services.meeting_floor import item_on_floor
from services.meeting_outcomes import conclude
from services.meeting_record import RecordedItem, live, read_record
from services.meeting_shown import for_person
from services.rights import may_manage, require_reader
from views import answers, chair, ids, meeting_board, meeting_forms
from views.blocks import Block, Message


def board(request: Request, session: Session, meeting: Meeting, *, page: int = 1, said: str = "") -> Message:
    """Return the board of a meeting that is being held, with its controls for whoever steers it."""
    who = directory(session)
    require_reader(who, request.actor)
    record, current = live(session, meeting)
    shown = for_person(who, record, request.actor, current=current)
    if may_manage(who, request.actor, now=request.now):
        return meeting_board.steering_board(meeting, shown, who, request.reader, page=page, said=said)
    return meeting_board.channel_board(meeting, shown, who, request.reader)


def look(request: Request, session: Session, about: str, page: int) -> Message:
    """A page of the steering board."""
    meeting = meeting_floor.require_held(session.get(Meeting, number(about)))
    return board(request, session, meeting, page=page)


def following(request: Request) -> Reply:
    """**Next item**: pressed on a board that is not current any more, it only shows how things stand."""
    meeting_id, _, after = request.value.partition(":")
    with request.transaction() as session:
        item = meeting_floor.take_next(
            session, actor=request.actor, now=request.now, meeting_id=number(meeting_id), after_id=number(after)
        )
    said = "" if item else request.say.m("No item is left. Close the meeting with `meeting close`.")
    return board_again(request, number(meeting_id), said)


def item_menu(request: Request) -> Reply:
    """The menu of an item that is not in hand."""
    word, _, carried = request.value.partition(":")
    act = MENU.get(word)
    if act is None:
        raise Refusal(N_("This button is from an older message. Ask again to see what is current."))
    return act(request, number(carried))


def take(request: Request, item_id: int) -> Reply:
    """Have the meeting come to an item."""
    with request.transaction() as session:
        item = meeting_floor.take_up(session, actor=request.actor, now=request.now, item_id=item_id)
    return board_again(request, item.meeting_id or 0)


def put(outcome: ItemOutcome) -> Callable[[Request, int], Reply]:
    """**Discussed** and **Defer**: said in one click."""

    def act(request: Request, item_id: int) -> Reply:
        with request.transaction() as session:
            item = conclude(session, actor=request.actor, now=request.now, item_id=item_id, outcome=outcome)
        return board_again(request, item.meeting_id or 0)

    return act


def open_decide(request: Request, item_id: int) -> Reply:
    """**Decide**: on an issue the chair's own form."""
    with request.reading() as session:
        meeting, item = item_on_floor(session, item_id, actor=request.actor, now=request.now, lock=False)
        if item.issue_id is not None:
            issue = find_issue(session, str(item.issue_id), actor=request.actor)
            decisions.decider_of(session, issue, actor=request.actor, now=request.now)
            return _open(request, chair.decide_form(request.say, issue, meeting_id=meeting.id))
        decider_on(session, meeting, actor=request.actor, now=request.now)
        return _open(request, meeting_forms.decide_form(request.say, _recorded(session, meeting, item)))


def opening(form: Callable[..., Block]) -> Callable[[Request, int], Reply]:
    """Open one of the other forms about an item."""

    def act(request: Request, item_id: int) -> Reply:
        with request.reading() as session:
            meeting, item = item_on_floor(session, item_id, actor=request.actor, now=request.now, lock=False)
            view = form(request.say, _recorded(session, meeting, item))
        return _open(request, view)

    return act


def decide(request: Request) -> Reply:
    """Record a decision."""
    with request.transaction() as session:
        decision = decide_item(
            session, actor=request.actor, now=request.now, item_id=_item_of_form(request), given=_given(request)
        )
    said = request.say.m("{decision} is recorded.", decision=decision.ref)
    return board_again(request, decision.meeting_id or 0, said)


def refer(request: Request) -> Reply:
    """Note where an item goes."""
    with request.transaction() as session:
        item = conclude(
            session, actor=request.actor, now=request.now, item_id=_item_of_form(request),
            outcome=ItemOutcome.REFERRED, text=request.typed(ids.TEXT),
        )  # fmt: skip
    return board_again(request, item.meeting_id or 0)


def give(request: Request) -> Reply:
    """Write an action down."""
    with request.transaction() as session:
        action = add_action(
            session, actor=request.actor, now=request.now, item_id=_item_of_form(request), given=_given(request)
        )
    said = request.say.m("{action} is recorded. Its owner is told when the minutes are closed.", action=action.ref)
    return board_again(request, action.meeting_id or 0, said)


def _given(request: Request) -> Given:
    return Given(request.typed(ids.TEXT), request.typed(ids.OWNER), request.chosen_day(ids.DUE))


def _item_of_form(request: Request) -> int:
    return number(request.metadata.get("item"))


def _recorded(session: Session, meeting: Meeting, item: AgendaItem) -> RecordedItem:
    return next(each for each in read_record(session, meeting).items if each.id == item.id)


def _open(request: Request, form: Block) -> Reply:
    """Open a form; on a page it takes the page's place, because Slack piles no more than three."""
    if (request.payload.get("view") or {}).get("type") == "modal":
        request.update_form(form)
    else:
        request.open_form(form)
    return None


def board_again(request: Request, meeting_id: int, said: str = "") -> Reply:
    """Show the board as it stands now, in place of the one that was acted on."""
    with request.reading() as session:
        message = board(request, session, session.get_one(Meeting, meeting_id), said=said)
    if (request.payload.get("view") or {}).get("type") == "modal" and request.action:
        request.update_form(answers.page(request.say, message))
        return None
    return Answer(message, replace=bool(request.action))


def _of_button(act: Callable[[Request, int], Reply]) -> Handler:
    return lambda request: act(request, number(request.value))


open_refer, open_action = opening(meeting_forms.refer_form), opening(meeting_forms.action_form)
MENU: dict[str, Callable[[Request, int], Reply]] = {
    "take": take,
    "decide": open_decide,
    "refer": open_refer,
    "defer": put(ItemOutcome.DEFERRED),
    "discussed": put(ItemOutcome.DISCUSSED),
}
LOOKS = {"floor": look}
ACTIONS: dict[str, Handler] = {
    ids.FLOOR_NEXT: following,
    ids.FLOOR_ITEM: item_menu,
    ids.FLOOR_DECIDE: _of_button(open_decide),
    ids.FLOOR_REFER: _of_button(open_refer),
    ids.FLOOR_ACTION: _of_button(open_action),
    ids.FLOOR_DEFER: _of_button(MENU["defer"]),
    ids.FLOOR_DISCUSSED: _of_button(MENU["discussed"]),
}
FORMS: dict[str, Handler] = {
    ids.FLOOR_DECIDE_FORM: decide,
    ids.FLOOR_REFER_FORM: refer,
    ids.FLOOR_ACTION_FORM: give,
}
