"""What one concerned is told about an issue, in a message of its own."""

from foundation.language import N_, Language, Reader, Words
from services.issue_cards import IssueCard
from services.issue_choices import Choice
from services.issue_circle import IssueNews
from views.blocks import Block, Message, actions, context, section, within_message
from views.issue_parts import facts, issue_buttons, outcome
from views.issue_words import to_whom
from views.texts import excerpt

SHOWN = 1200

_LINES = {
    IssueNews.REACHED: N_("*{ref}* {title} has reached you. It is urgent."),
    IssueNews.ANNOUNCED: N_("*{ref}* {title}"),
    IssueNews.ASSIGNED: N_("*{ref}* {title} is yours now."),
    IssueNews.ESCALATED: N_("*{ref}* {title} was escalated to the chair by {name}."),
    IssueNews.RESOLVED: N_("*{ref}* {title} is resolved."),
    IssueNews.MERGED: N_("*{ref}* {title} goes on in another issue."),
    IssueNews.REOPENED: N_("*{ref}* {title} is open again."),
    IssueNews.DECIDED: N_("*{ref}* {title}: a decision was taken."),
    IssueNews.ASKED: N_("*{ref}* {title}: {name} asks for more. Answer with a comment."),
    IssueNews.ANSWERED: N_("*{ref}* {title}: {name} has answered."),
    IssueNews.OBJECTED: N_("*{ref}* {title} was resolved, and {name} objects. You may reopen it."),
    IssueNews.DONE: N_("*{ref}* {title}: the action is done, and the issue is closed."),
}


def issue_news(
    reader: Reader, card: IssueCard, news: IssueNews, offered: frozenset[Choice], *, by: str = "", text: str = "",
    step: int | None = None, covers: str = "",
) -> Message:  # fmt: skip
    """Tell one concerned what happened; `by` and `text` are of the question, answer or evidence it is about.

    `covers` names who is away, where the reader stands in for them.
    """
    say = reader.language
    line = _line(reader, card, news, by=by, step=step)
    blocks: list[Block] = [section(line), context(facts(reader, card))]
    if covers:
        blocks.append(context(say.m("You are told because {person} is away and you stand in.", person=covers)))
    if text:
        blocks.append(section(say.m("{text}", text=excerpt(text, SHOWN))))
    elif card.description and card.undecided:
        blocks.append(section(say.m("{text}", text=excerpt(card.description, SHOWN))))
    blocks += outcome(reader, card)
    controls = issue_buttons(say, card, offered)
    if controls:
        blocks.append(actions(controls))
    return Message(line, within_message(blocks))


def _line(reader: Reader, card: IssueCard, news: IssueNews, *, by: str, step: int | None) -> str:
    say = reader.language
    if news is IssueNews.ANNOUNCED:
        rung = next((rung for rung in card.ladder if rung.n == step), None)
        if rung is not None and card.undecided:
            return say.m("*{ref}* {title} goes to {whom} on {moment} unless it is resolved before.", ref=card.ref,
                         title=card.title, whom=to_whom(rung), moment=reader.when(rung.at))  # fmt: skip
    return say.m(_LINES[news], ref=card.ref, title=card.title, name=by)


def told(say: Language, sentence: Words) -> Message:
    """Make a short private answer."""
    text = sentence.said(say, mrkdwn=True)
    return Message(text, [section(text)])
