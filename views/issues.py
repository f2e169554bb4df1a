"""An issue as people see it: in an answer, in the channel, in the one DM, and in lists."""

from collections.abc import Iterable, Sequence

from foundation.language import N_, Day, Listing, Reader, Words, escape
from models.issues import LadderState
from services.issue_cards import IssueCard, Rung
from services.issue_choices import Choice
from views import ids
from views.blocks import Block, Message, actions, button, context, header, section, within_message
from views.issue_parts import (
    SHOWN_TEXT,
    act_button,
    chain_buttons,
    facts,
    issue_buttons,
    more_left,
    objections,
    outcome,
    question,
    tried,
    way_up,
    where_units_stand,
)  # fmt: skip
from views.issue_words import DOT, state, to_whom
from views.paging import turns
from views.texts import excerpt

LISTED = 10
"""Issues on a page of a list."""


# -- whole ---------------------------------------------------------------------------------------------------------


def issue_answer(reader: Reader, card: IssueCard, offered: frozenset[Choice], *, said: str = "") -> Message:
    """Answer with all there is to an issue, and what the reader may do with it."""
    say = reader.language
    line = say.m("*{ref}* {title}", ref=card.ref, title=card.title)
    blocks = [section(said)] if said else []
    blocks += [header(f"{card.ref} {card.title}"), context(facts(reader, card)), *question(reader, card)]
    blocks += [*objections(reader, card), *where_units_stand(reader, card), *tried(reader, card)]
    blocks += [*way_up(reader, card), *outcome(reader, card)]
    controls = issue_buttons(say, card, offered)
    ending = [actions(row) for row in (chain_buttons(say, card), controls) if row]
    return Message(DOT.join(part for part in (said or line, state(say, card.state)) if part),
                   [*within_message(blocks, more=more_left(say))[: 50 - len(ending)], *ending])  # fmt: skip


def issue_post(reader: Reader, card: IssueCard) -> Message:
    """Show an issue in the channel of its area, kept current."""
    say = reader.language
    line = say.m("*{ref}* {title}", ref=card.ref, title=card.title)
    blocks = [section(line), context(facts(reader, card)), *question(reader, card)]
    blocks += [*where_units_stand(reader, card), *outcome(reader, card)]
    controls = [button(say.t("Details"), ids.ISSUE_SHOW, value=str(card.id))]
    if card.undecided:
        controls += [
            act_button(say.t("Comment"), ids.ISSUE_COMMENT, card),
            act_button(say.t("Position"), ids.ISSUE_POSITION, card),
        ]
    return Message(DOT.join((line, state(say, card.state))), [*within_message(blocks)[:48], actions(controls)])


# -- in the one DM -------------------------------------------------------------------------------------------------


def ladder_section(reader: Reader, card: IssueCard, offered: frozenset[Choice], *, covers: str = "") -> list[Block]:
    """Say that an issue reached the reader, or what became of it; `covers` is for whom they stand in."""
    say = reader.language
    if covers:
        line = say.m("*{ref}* {title} has reached {person}, for whom you stand in.", ref=card.ref, title=card.title,
                     person=covers)  # fmt: skip
    else:
        line = say.m("*{ref}* {title} has reached you.", ref=card.ref, title=card.title)
    return [section(line), context(facts(reader, card)), *_short(reader, card), *_below(reader, card, offered)]


def announced_section(reader: Reader, card: IssueCard, offered: frozenset[Choice], *, step: str) -> list[Block]:
    """Say that an issue is about to pass the reader (`step` is `round.n`), or what became of it."""
    say = reader.language
    rung = next((rung for rung in card.ladder if f"{rung.round}.{rung.n}" == step), None)
    if rung is None or rung.state is not LadderState.WAITING:
        line = say.m("*{ref}* {title}", ref=card.ref, title=card.title)
    else:
        line = say.m("*{ref}* {title} goes to {whom} on {moment} unless it is resolved before.", ref=card.ref,
                     title=card.title, whom=to_whom(rung), moment=reader.when(rung.at))  # fmt: skip
    return [section(line), context(facts(reader, card)), *_short(reader, card), *_below(reader, card, offered)]


def due_section(reader: Reader, card: IssueCard, offered: frozenset[Choice]) -> list[Block]:
    """Remind the owner of the date by which an issue is to be settled, or say what became of it."""
    say = reader.language
    line = say.m("*{ref}* {title}", ref=card.ref, title=card.title)
    if card.undecided and card.due is not None:
        line = say.m("*{ref}* {title} is to be settled by {day}. After that it goes up a step.", ref=card.ref,
                     title=card.title, day=Day(card.due))  # fmt: skip
    return [section(line), context(facts(reader, card)), *_short(reader, card), *_below(reader, card, offered)]


def _short(reader: Reader, card: IssueCard) -> list[Block]:
    say, lines = reader.language, []
    if card.description:
        lines.append(say.m("{text}", text=excerpt(card.description, SHOWN_TEXT)))
    if card.proposal:
        lines.append(say.m("*Proposed solution*: {text}", text=excerpt(card.proposal, SHOWN_TEXT)))
    return [section("\n".join(lines))] if lines and card.undecided else []


def _below(reader: Reader, card: IssueCard, offered: frozenset[Choice]) -> list[Block]:
    if not card.undecided:
        return outcome(reader, card)
    controls = issue_buttons(reader.language, card, offered)
    return [actions(controls)] if controls else []


# -- lists ---------------------------------------------------------------------------------------------------------


def issue_list(
    reader: Reader, cards: Sequence[IssueCard], *, heading: str, about: str, page: int, found: int
) -> Message:
    """List a page of the issues that were found, one line each, with a way to the whole of it."""
    say = reader.language
    if not found:
        text = say.m("There are no such issues.")
        return Message(text, [header(heading), section(text)])
    counted = say.mn("{n} issue", "{n} issues", found)
    blocks: list[Block] = [header(heading), context(counted)]
    for card in cards:
        line = say.m("*{ref}* {title}", ref=card.ref, title=card.title)
        details = button(say.t("Details"), ids.ISSUE_SHOW, value=str(card.id),
                         spoken=say.t("Details of {ref}", ref=card.ref))  # fmt: skip
        blocks.append(section(f"{line}\n{facts(reader, card)}", accessory=details))
    turning = turns(say, "issues", about, page, -(-found // LISTED))
    return Message(f"{escape(heading)}: {counted}", [*within_message(blocks, more=more_left(say)), *turning])


def step_line(reader: Reader, rungs: Iterable[Rung]) -> str:
    """Say in one sentence whom an issue reaches next, and when."""
    say = reader.language
    ahead = [
        Words(N_("{whom} on {moment}"), {"whom": to_whom(rung), "moment": reader.when(rung.at)})
        for rung in rungs
        if rung.state is LadderState.WAITING
    ]
    return say.m("If nobody settles it, it goes to {steps}.", steps=Listing(tuple(ahead))) if ahead else ""
