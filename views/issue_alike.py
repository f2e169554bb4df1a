"""Asks somebody who raises an issue about those that look alike: add to one of them, or raise it anyway."""

from collections.abc import Sequence

from foundation.language import Day, Language, Listing, Reader
from models.issues import Severity
from services.issue_cards import IssueCard
from services.issues import Draft
from services.texts import LONG
from views import ids
from views.blocks import Block, Message, actions, button, context, field_block, option, radio, section, within_message
from views.issue_parts import SHOWN_TEXT, facts


def alike_answer(reader: Reader, cards: Sequence[IssueCard], *, draft_id: int, area_id: int | None) -> Message:
    """Ask by buttons; what was typed is kept as a draft meanwhile."""
    say = reader.language
    line = _question(say, cards)
    blocks: list[Block] = [section(line)]
    for card in cards:
        add = button(say.t("Add to {ref}", ref=card.ref), ids.ISSUE_ADD_TO, value=f"{draft_id}:{card.id}")
        blocks.append(section(_line(reader, card), accessory=add))
    blocks.append(actions([button(say.t("Raise anyway"), ids.ISSUE_ANYWAY, value=f"{draft_id}:{area_id or ''}")]))
    blocks.append(context(say.m("What you typed is kept until you choose.")))
    return Message(line, within_message(blocks))


def alike_in_form(reader: Reader, cards: Sequence[IssueCard]) -> list[Block]:
    """Ask at the top of the form, which keeps all that was typed."""
    say = reader.language
    details = [
        section(
            _line(reader, card),
            accessory=button(say.t("Details"), ids.ISSUE_SHOW, value=str(card.id),
                             spoken=say.t("Details of {ref}", ref=card.ref)),
        )
        for card in cards
    ]  # fmt: skip
    ways = [
        *(option(say.t("Add to {ref}", ref=card.ref), str(card.id)) for card in cards),
        option(say.t("Raise anyway"), ids.ANYWAY),
    ]
    asked = field_block(ids.ALIKE, say.t("Add to it, or raise anyway?"), radio(ids.ALIKE, ways))
    return [section(_question(say, cards)), *details, asked]


def as_comments(say: Language, draft: Draft) -> list[str]:
    """Put all that somebody wrote to raise an issue into comments, as few as show it."""
    written = [draft.title] if not draft.description.startswith(draft.title) else []
    written += [draft.description]
    written += [f"{say.t('Proposed solution')}:\n{draft.proposal}"] if draft.proposal else []
    written += [say.t("To be settled by {day}.", day=Day(draft.due))] if draft.due else []
    written += [say.t("It is urgent.")] if draft.severity is Severity.URGENT else []
    written += [draft.permalink or ""]
    texts: list[str] = []
    for part in filter(None, written):
        if texts and len(texts[-1]) + 1 + len(part) <= SHOWN_TEXT:
            texts[-1] += f"\n{part}"
        else:
            texts += [part[start : start + LONG] for start in range(0, len(part), LONG)]
    return texts


def _question(say: Language, cards: Sequence[IssueCard]) -> str:
    return say.mn(
        "{refs} looks alike. Add to it, or raise anyway?", "{refs} look alike. Add to one of them, or raise anyway?",
        len(cards), refs=Listing(tuple(card.ref for card in cards)),
    )  # fmt: skip


def _line(reader: Reader, card: IssueCard) -> str:
    return f"{reader.language.m('*{ref}* {title}', ref=card.ref, title=card.title)}\n{facts(reader, card)}"
