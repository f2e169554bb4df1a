"""Issues in Slack: the `issue` command and the message shortcut; their buttons and forms come along."""

import re

from foundation.errors import Refusal
from foundation.language import N_, Mrkdwn
from handlers import issue_acts as acts
from handlers.issue_alike import raise_or_ask
from handlers.issue_clicks import ACTIONS, FORMS
from handlers.issue_lists import list_typed
from handlers.issue_texts import (
    answer_with_card,
    issue_named,
    told,
)  # fmt: skip
from handlers.message_links import message_link
from handlers.quiet import issue_quiet
from handlers.request import Handler, Reply, Request
from handlers.slack_text import person_named, readable
from handlers.typing_forgiven import first_word
from models.issues import Issue
from services import issues
from services.areas import split_area
from services.directory import directory
from services.issue_lookup import find_issue, read_number
from services.issue_rights import require_steering
from services.issues import Draft
from services.positions import needs_reason, split_stance
from services.rights import require_contributor
from services.typed_dates import read_when
from views import ids, issue_forms

_NO_DATE = {"none", "no", "never", "-", "–", "—"}
_INTO = re.compile(r"^(?:into|in|to|with|dans|en|->|→|,)\s+", re.IGNORECASE)

__all__ = ["ACTIONS", "COMMANDS", "FORMS", "SHORTCUTS"]


def command(request: Request) -> Reply:
    """`issue …`; without a word the list, with a number alone the issue."""
    word, rest = first_word(request.text)
    act = WORDS.get(word.casefold() or "list")
    if act is not None:
        request.text = rest
        return act(request)
    if read_number(word, "ISS") is not None:
        return show(request)
    raise Refusal(
        N_("I do not know `issue {word}`. Use `issue` with {words}."), word=word, words=Mrkdwn(", ".join(WORDS))
    )


# -- typed ---------------------------------------------------------------------------------------------------------


def raise_typed(request: Request) -> Reply:
    """`issue raise [area] [text]`; without a text the form."""
    with request.reading() as session:
        who = directory(session)
        require_contributor(who, request.actor)
        area, text = split_area(who, request.text, actor=request.actor)
        text = readable(text, who)
        draft = Draft.of_text(text, area_id=area.id if area else None)
    return raise_or_ask(request, draft, typed=text) if draft.title else acts.open_raise_form(request, draft)


def show(request: Request) -> Reply:
    """`issue show ISS-1`."""
    typed, _ = issue_named(request)
    with request.reading() as session:
        issue = find_issue(session, typed, actor=request.actor)
        return answer_with_card(request, session, issue)


def comment(request: Request) -> Reply:
    """`issue comment ISS-1 text`; without a text the form."""
    issue, text = _issue_and_text(request)
    return acts.post_comment(request, issue, text) if text else acts.open_comment(request, issue)


def position(request: Request) -> Reply:
    """`issue position ISS-1 agree|object|comment text`; the form where something is missing or not clear."""
    issue, text = _issue_and_text(request)
    with request.reading() as session:
        stance, reason = split_stance(directory(session).task_force.positions, text)
    if stance is None or (needs_reason(stance) and not reason):
        return acts.open_position(request, issue, stance=stance, text=reason)
    return acts.post_position(request, issue, stance, reason, None)


def assign(request: Request) -> Reply:
    """`issue assign ISS-1 @person`; without a person the form."""
    typed, rest = issue_named(request)
    with request.reading() as session:
        issue = find_issue(session, typed, actor=request.actor)
        require_steering(session, issue, actor=request.actor, now=request.now)
        if not rest:
            request.open_form(issue_forms.assign_form(request.say, issue))
            return None
        person = request.actor if rest.casefold() == "me" else person_named(directory(session), rest)
        shown = readable(rest, directory(session))
    if person is None:
        raise Refusal(N_("“{typed}” is not a member of the task force. Choose a member."), typed=shown)
    return acts.set_owner(request, issue, person.slack_id)


def due(request: Request) -> Reply:
    """`issue due ISS-1 DATE|none`; without a date the form."""
    typed, rest = issue_named(request)
    with request.reading() as session:
        issue = find_issue(session, typed, actor=request.actor)
        require_steering(session, issue, actor=request.actor, now=request.now)
        if not rest:
            request.open_form(issue_forms.due_form(request.say, issue, due=issue.due))
            return None
    if rest.casefold() in _NO_DATE:
        return acts.set_due(request, issue, None)
    read = read_when(rest, now=request.now, zone=request.reader.zone, languages=[request.say.code])
    return acts.set_due(request, issue, read.date)


def refer(request: Request) -> Reply:
    """`issue refer ISS-1`."""
    with request.transaction() as session:
        issue = find_issue(session, issue_named(request)[0], actor=request.actor)
        issues.refer(session, actor=request.actor, now=request.now, issue_id=issue.id or 0)
    return told(request, N_("{ref} is on the next agenda."), ref=issue.ref)


def escalate_typed(request: Request) -> Reply:
    """`issue escalate ISS-1 [reason]`."""
    issue, reason = _issue_and_text(request)
    return acts.escalate_now(request, issue, reason)


def resolve(request: Request) -> Reply:
    """`issue resolve ISS-1 text`; without a text the form."""
    issue, text = _issue_and_text(request)
    return acts.resolve_with(request, issue, text) if text else acts.open_resolve(request, issue)


def object_typed(request: Request) -> Reply:
    """`issue object ISS-1 reason`; without a reason the form."""
    issue, text = _issue_and_text(request)
    return acts.object_with(request, issue, text) if text else acts.open_object(request, issue)


def merge(request: Request) -> Reply:
    """`issue merge ISS-4 into ISS-3`."""
    typed, rest = issue_named(request)
    target = _INTO.sub("", rest)
    if not target:
        raise Refusal(N_("Say which issue goes into which: for example {example}."),
                      example="issue merge ISS-4 into ISS-3")  # fmt: skip
    with request.reading() as session:
        issue = find_issue(session, typed, actor=request.actor)
        into = find_issue(session, target, actor=request.actor)
    return acts.merge_into(request, issue, into)


def reopen(request: Request) -> Reply:
    """`issue reopen ISS-1 reason`; without a reason the form."""
    issue, reason = _issue_and_text(request)
    return acts.reopen_for(request, issue, reason) if reason else acts.open_reopen(request, issue)


def raise_from_message(request: Request) -> Reply:
    """**Raise as issue**: the form, with the message as the description and its first line as the title."""
    with request.reading() as session:
        who = directory(session)
        require_contributor(who, request.actor)
        text = readable(str((request.payload.get("message") or {}).get("text") or ""), who)
    draft = Draft.of_text(text, permalink=message_link(request))
    return acts.open_raise_form(request, Draft(draft.title, description=text.strip(), permalink=draft.permalink))


def _issue_and_text(request: Request) -> tuple[Issue, str]:
    typed, rest = issue_named(request)
    with request.reading() as session:
        issue = find_issue(session, typed, actor=request.actor)
        return issue, readable(rest, directory(session))


WORDS: dict[str, Handler] = {
    "raise": raise_typed,
    "list": list_typed,
    "show": show,
    "comment": comment,
    "position": position,
    "assign": assign,
    "due": due,
    "refer": refer,
    "escalate": escalate_typed,
    "resolve": resolve,
    "object": object_typed,
    "merge": merge,
    "reopen": reopen,
    "quiet": issue_quiet,
}
COMMANDS: dict[str, Handler] = {
    "issue": command,
    "issues": command,
}
SHORTCUTS: dict[str, Handler] = {ids.RAISE_ISSUE: raise_from_message}
