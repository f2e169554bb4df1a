"""Reading which issue a request is about, and the short answers."""

import re

from sqlmodel import Session

from foundation.errors import Refusal
from foundation.language import N_, Listing, Mrkdwn, Speakable, Words
from handlers.request import Answer, Request
from models.issues import Issue
from services.directory import directory
from services.issue_choices import choices
from services.issue_lookup import find_issue
from services.issues import card
from views.issue_news import told as told_message
from views.issues import issue_answer

_NAMED = re.compile(r"(?:iss)?[\s#‐-―-]*[0-9]{1,9}(?=\s|$)", re.IGNORECASE)


def issue_named(request: Request) -> tuple[str, str]:
    """Split off the issue that was typed (`ISS-1`, `iss1`, `#1`, `1`). Returns (issue, the rest); refuses none."""
    found = _NAMED.match(request.text.strip())
    if found:
        return found.group().strip(), request.text.strip()[found.end() :].strip()
    word, _, rest = request.text.strip().partition(" ")
    if not word:
        raise Refusal(N_("Say which issue: for example {example}."), example="issue show ISS-1")
    return word, rest.strip()


def issue_of_click(request: Request, session: Session) -> Issue:
    """Return the issue that the clicked button is about."""
    return find_issue(session, request.value, actor=request.actor)


def issue_of_form(request: Request, session: Session) -> Issue:
    """Return the issue that the submitted form is about."""
    return find_issue(session, str(request.metadata.get("issue")), actor=request.actor)


def answer_with_card(
    request: Request, session: Session, issue: Issue, *, said: str = "", replace: bool = False
) -> Answer:
    """Answer with an issue as it stands, and what the person may do with it."""
    seen = card(session, issue.id or 0, directory(session), request.now)
    offered = choices(session, request.actor, seen.id, request.now)
    return Answer(issue_answer(request.reader, seen, offered, said=said), replace=replace)


def told(request: Request, msgid: str, **params: object) -> Answer:
    """Answer with one sentence."""
    return Answer(told_message(request.say, Words(msgid, params)))


def said(request: Request, msgid: str, **params: object) -> str:
    """Say one sentence in mrkdwn."""
    return request.say.m(msgid, **params)


def names(people: tuple[str, ...]) -> Speakable:
    """Name people in a sentence."""
    return Listing(people) if people else Mrkdwn("—")
