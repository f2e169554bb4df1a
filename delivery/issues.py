"""Renders what is owed about issues: the chair's alert, news to those concerned, and the post in the channel."""

from sqlmodel import col, select

from delivery.composing import Composer, Letter, Moot
from models.delivery import Notice, NoticeKind, NoticeState
from models.issues import Action, Comment, Issue, IssueState
from models.people import Person
from models.reminders import Reminder
from services.chair_alerts import deciders
from services.issue_cards import IssueCard, card
from services.issue_choices import Choice, choices
from services.issue_circle import IssueNews
from services.rights import may_decide
from views.blocks import Block, Message
from views.chair import Occasion, chair_alert
from views.decisions import action_due_section, handed_on_section
from views.issue_news import issue_news
from views.issues import due_section, issue_post

GONE = {NoticeState.SUPERSEDED, NoticeState.EXPIRED, NoticeState.DEAD}
STALE = {
    IssueNews.REACHED: {IssueState.OPEN, IssueState.ESCALATED},
    IssueNews.ANNOUNCED: {IssueState.OPEN},
    IssueNews.ASSIGNED: {IssueState.OPEN, IssueState.ESCALATED},
    IssueNews.ESCALATED: {IssueState.ESCALATED},
    IssueNews.ASKED: {IssueState.OPEN, IssueState.ESCALATED},
    IssueNews.RESOLVED: {IssueState.RESOLVED},
    IssueNews.MERGED: {IssueState.RESOLVED},
    IssueNews.OBJECTED: {IssueState.RESOLVED},
    IssueNews.REOPENED: {IssueState.OPEN, IssueState.ESCALATED},
}
"""In which states an issue still has to stand for some news to be worth telling."""


def compose_alert(letter: Letter) -> Message | Moot:
    """Render the chair's alert. Before it is sent it is moot for whoever need not decide any more."""
    issue = _issue(letter)
    person = _recipient(letter)
    if not letter.sent:
        if issue.state is not IssueState.ESCALATED or issue.round != letter.ref("round"):
            return Moot("decided")
        if person.id not in {one.id for one in deciders(letter.who, issue, now=letter.now)}:
            return Moot("somebody else decides")
    offered = choices(letter.session, person, issue.id or 0, letter.now)
    current = _is_last(letter) and issue.round == letter.ref("round") and may_decide(
        letter.who, person, issue, now=letter.now
    )  # fmt: skip
    return chair_alert(letter.reader, _card(letter), offered, Occasion(letter.notice.refs["occasion"]), current=current)


def compose_news(letter: Letter) -> Message | Moot:
    """Render what one concerned is told. What is no longer so is not told."""
    news, issue = IssueNews(letter.notice.refs["news"]), _issue(letter)
    if not letter.sent and issue.state not in STALE.get(news, set(IssueState)):
        return Moot("overtaken")
    by, text = _about(letter, news, issue)
    offered = choices(letter.session, _recipient(letter), issue.id or 0, letter.now)
    covers_id = letter.notice.refs.get("covers_id")
    covers = letter.who.name_of(covers_id) if covers_id else ""
    return issue_news(letter.reader, _card(letter), news, offered & _OFFERED[news], by=by, text=text,
                      step=letter.notice.refs.get("step"), covers=covers)  # fmt: skip


def about_due_date(letter: Letter, person: Person, row: Reminder) -> tuple[list[Block], str] | None:
    """Say in the one DM that a date nears, of an issue or an action; None for what is settled before it was said."""
    if row.action_id is not None:
        action = letter.session.get_one(Action, row.action_id)
        theirs = action.owner_id in (person.id, row.covers_id)
        if not letter.sent and not (action.open and theirs):
            return None
        covers = letter.who.name_of(row.covers_id) if row.covers_id else ""
        if theirs or not action.open:
            blocks = action_due_section(letter.reader, action, step=row.step, now=letter.now, covers=covers)
        else:
            blocks = handed_on_section(letter.say, action, to=letter.who.name_of(action.owner_id))
    else:
        shown = card(letter.session, row.issue_id or 0, letter.who, letter.now)
        if not letter.sent and shown.state is not IssueState.OPEN:
            return None
        blocks = due_section(letter.reader, shown, choices(letter.session, person, shown.id, letter.now) & _ASKED)
    return blocks, str(blocks[0]["text"]["text"])


def compose_post(letter: Letter) -> Message | Moot:
    """Render the issue in the channel of its area, as it stands now."""
    return issue_post(letter.reader, _card(letter))


_ANSWERS = frozenset({Choice.COMMENT, Choice.POSITION, Choice.OBJECT})
_ASKED = _ANSWERS | {Choice.RESOLVE, Choice.MORE_TIME, Choice.ESCALATE}
_OFFERED = {
    IssueNews.REACHED: _ASKED,
    IssueNews.ANNOUNCED: _ASKED,
    IssueNews.ASSIGNED: _ASKED,
    IssueNews.REOPENED: _ASKED,
    IssueNews.ESCALATED: _ANSWERS,
    IssueNews.ASKED: _ANSWERS,
    IssueNews.ANSWERED: frozenset({Choice.DECIDE, Choice.ACCEPT, Choice.ASK}),
    IssueNews.DECIDED: _ASKED,
    IssueNews.RESOLVED: frozenset({Choice.OBJECT}),
    IssueNews.MERGED: frozenset({Choice.OBJECT}),
    IssueNews.OBJECTED: frozenset({Choice.REOPEN}),
    IssueNews.DONE: frozenset[Choice](),
}


def _issue(letter: Letter) -> Issue:
    return letter.session.get_one(Issue, letter.ref("issue_id"))


def _card(letter: Letter) -> IssueCard:
    return card(letter.session, letter.ref("issue_id"), letter.who, letter.now)


def _recipient(letter: Letter) -> Person:
    assert letter.person is not None, "a DM has a recipient"  # noqa: S101 - a programming error, not input
    return letter.person


def _is_last(letter: Letter) -> bool:
    """Say whether no newer alert about the issue went, or is about to go, to the same person."""
    newer = select(Notice.id).where(
        Notice.subject == letter.notice.subject, Notice.kind == NoticeKind.CHAIR_ALERT,
        Notice.person_id == letter.notice.person_id, col(Notice.id) > letter.notice.id, col(Notice.state).not_in(GONE),
    )  # fmt: skip
    return letter.session.exec(newer).first() is None


def _about(letter: Letter, news: IssueNews, issue: Issue) -> tuple[str, str]:
    refs = letter.notice.refs
    if news is IssueNews.ESCALATED:
        return letter.who.name_of(refs.get("by_id", issue.escalated_by_id)), ""
    if "comment_id" in refs:
        comment = letter.session.get_one(Comment, letter.ref("comment_id"))
        return letter.who.name_of(comment.author_id), comment.text
    if "action_id" in refs:
        action = letter.session.get_one(Action, letter.ref("action_id"))
        return letter.who.name_of(action.done_by_id), action.evidence
    return "", ""


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.CHAIR_ALERT: compose_alert,
    NoticeKind.ISSUE_NEWS: compose_news,
    NoticeKind.ISSUE_POST: compose_post,
}
