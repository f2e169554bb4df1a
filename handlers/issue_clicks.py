"""The buttons and forms of issues, for members."""

from collections.abc import Callable

from handlers import issue_acts as acts
from handlers.hints import number
from handlers.issue_alike import add_kept, raise_kept, raise_or_ask_in_form
from handlers.issue_texts import answer_with_card, issue_of_click, issue_of_form
from handlers.message_links import link_in_form
from handlers.request import Handler, Reply, Request
from models.issues import Issue, Severity
from services.directory import directory
from services.issues import Draft
from services.rights import require_contributor
from views import ids


def open_raise(request: Request) -> Reply:
    """A button that opens the form; its value may name an area."""
    with request.reading() as session:
        require_contributor(directory(session), request.actor)
    return acts.open_raise_form(request, Draft("", area_id=number(request.value) or None))


def show_clicked(request: Request) -> Reply:
    """**Details**."""
    with request.reading() as session:
        return answer_with_card(request, session, issue_of_click(request, session))


def _clicked(act: Callable[[Request, Issue], Reply]) -> Handler:
    def handler(request: Request) -> Reply:
        with request.reading() as session:
            issue = issue_of_click(request, session)
        return act(request, issue)

    return handler


# -- submitted -----------------------------------------------------------------------------------------------------


def raise_submitted(request: Request) -> Reply:
    """Raise what the form holds."""
    severity = request.typed(ids.SEVERITY)
    draft = Draft(
        request.typed(ids.TITLE), area_id=number(request.typed(ids.AREA)) or None,
        description=request.typed(ids.DESCRIPTION), proposal=request.typed(ids.PROPOSAL),
        due=request.chosen_day(ids.DUE), severity=Severity(severity) if severity in set(Severity) else Severity.NORMAL,
        permalink=link_in_form(request),
    )  # fmt: skip
    return raise_or_ask_in_form(request, draft)


def _submitted(act: Callable[[Request, Issue], Reply]) -> Handler:
    def handler(request: Request) -> Reply:
        with request.reading() as session:
            issue = issue_of_form(request, session)
        return act(request, issue)

    return handler


ACTIONS: dict[str, Handler] = {
    ids.ISSUE_OPEN: open_raise,
    ids.ISSUE_SHOW: show_clicked,
    ids.ISSUE_ADD_TO: add_kept,
    ids.ISSUE_ANYWAY: raise_kept,
    ids.ISSUE_COMMENT: _clicked(acts.open_comment),
    ids.ISSUE_POSITION: _clicked(acts.open_position),
    ids.ISSUE_RESOLVE: _clicked(acts.open_resolve),
    ids.ISSUE_MORE_TIME: _clicked(acts.open_more_time),
    ids.ISSUE_ESCALATE: _clicked(acts.escalate_now),
    ids.ISSUE_REOPEN: _clicked(acts.open_reopen),
    ids.ISSUE_OBJECT: _clicked(acts.open_object),
}
FORMS: dict[str, Handler] = {
    ids.ISSUE_FORM: raise_submitted,
    ids.ISSUE_COMMENT_FORM: _submitted(lambda r, issue: acts.post_comment(r, issue, r.typed(ids.TEXT))),
    ids.ISSUE_POSITION_FORM: _submitted(
        lambda r, issue: acts.post_position(
            r, issue, r.typed(ids.STANCE), r.typed(ids.TEXT), number(r.typed(ids.UNIT)) or None
        )
    ),
    ids.ISSUE_RESOLVE_FORM: _submitted(lambda r, issue: acts.resolve_with(r, issue, r.typed(ids.TEXT))),
    ids.ISSUE_OBJECT_FORM: _submitted(lambda r, issue: acts.object_with(r, issue, r.typed(ids.TEXT))),
    ids.ISSUE_MORE_TIME_FORM: _submitted(acts.put_off),
    ids.ISSUE_REOPEN_FORM: _submitted(lambda r, issue: acts.reopen_for(r, issue, r.typed(ids.REASON))),
    ids.ISSUE_ASSIGN_FORM: _submitted(lambda r, issue: acts.set_owner(r, issue, r.typed(ids.PERSON))),
    ids.ISSUE_DUE_FORM: _submitted(lambda r, issue: acts.set_due(r, issue, r.chosen_day(ids.DUE))),
}
