"""The decisions that wait for whoever reads: each with question, positions, age, who was asked, what was tried."""

from collections.abc import Sequence

from foundation.language import N_, Day, Listing, Reader, Words
from services.docket import Case
from services.issue_cards import IssueCard
from views import ids
from views.blocks import Block, Message, actions, button, context, header, section, within_message
from views.chair import CHAIR_ORDER
from views.issue_parts import card_link, issue_buttons, more_left
from views.issue_words import DOT, stance, to_whom
from views.paging import turn, turns
from views.texts import excerpt

KIND = "decisions"
LISTED = 3
"""Decisions on a page: with the longest texts three fit into a message."""
EXCERPT = 160


def docket_page(reader: Reader, cases: Sequence[Case], *, page: int, found: int) -> Message:
    """Show a page of the decisions that wait, the oldest first."""
    say = reader.language
    heading = say.t("Decisions")
    if not found:
        text = say.m("No decision waits for you.")
        return Message(text, [header(heading), section(text)])
    counted = say.mn("{n} decision waits for you", "{n} decisions wait for you", found)
    blocks = [header(heading), context(counted), *(block for case in cases for block in case_blocks(reader, case))]
    turning = turns(say, KIND, "", page, -(-found // LISTED))
    return Message(f"{heading}: {counted}", within_message(blocks, more=more_left(say), foot=turning))


def docket_on_desk(reader: Reader, cases: Sequence[Case], *, found: int) -> list[Block]:
    """Show the first decisions on the desk, with a way to all of them."""
    if not found:
        return []
    say = reader.language
    count = say.mn("*{n} decision waits for you*", "*{n} decisions wait for you*", found)
    rest = None
    if found > len(cases):
        rest = button(say.t("See all"), ids.PAGE_TURN, value=turn(KIND, ""), spoken=say.t("See all decisions"))
    return [section(f"❗ {count}", accessory=rest), *(block for case in cases for block in case_blocks(reader, case))]


def case_blocks(reader: Reader, case: Case) -> list[Block]:
    """Show one decision in short, with the buttons of the alert."""
    say, card = reader.language, case.card
    lines = [say.m("*{ref}* {title}", ref=card.ref, title=card.title)]
    if card.description:
        lines.append(say.m("{text}", text=excerpt(card.description, EXCERPT)))
    if card.proposal:
        lines.append(say.m("*Proposed solution*: {text}", text=excerpt(card.proposal, EXCERPT)))
    details = button(say.t("Details"), ids.ISSUE_SHOW, value=str(card.id),
                     spoken=say.t("Details of {ref}", ref=card.ref))  # fmt: skip
    return [
        section("\n".join(lines)),
        context(
            *_age(reader, card),
            *_objections(reader, card),
            *_positions(reader, card),
            *_asked(reader, card),
            *_tried(reader, card),
        ),
        actions([*issue_buttons(say, card, case.offered & CHAIR_ORDER), details]),
    ]


def _age(reader: Reader, card: IssueCard) -> list[str]:
    say = reader.language
    parts = [say.m("*urgent*")] if card.severity == "urgent" else []
    parts += [say.m("{area}", area=card.area)] if card.area is not None else []
    parts.append(say.m("Raised {age} by {name}.", age=say.age(card.raised_at, card.now), name=card.raised_by))
    if card.escalated_at is not None:
        parts.append(say.m("Before the chair since {day}.", day=Day(reader.local_day(card.escalated_at))))
    if card.due is not None:
        parts.append(say.m("due {day}", day=Day(card.due)))
    if card.acknowledged_by is not None:
        parts.append(say.m("Acknowledged by {name}.", name=card.acknowledged_by))
    return [DOT.join([*parts, *card_link(reader, card)])]


def _objections(reader: Reader, card: IssueCard) -> list[str]:
    say = reader.language
    names = tuple(dict.fromkeys(remark.author for remark in card.remarks if remark.objects))
    return [say.m("*Objections* by {people}", people=Listing(names))] if names else []


def _positions(reader: Reader, card: IssueCard) -> list[str]:
    say = reader.language
    stated = [
        Words(N_("{unit} {stance}"), {"unit": one.unit, "stance": stance(say, one)})
        for one in card.positions
        if one.stance
    ]
    silent = tuple(one.unit for one in card.positions if one.stance is None)
    told = [say.m("*Positions*: {positions}", positions=Listing(tuple(stated)))] if stated else []
    return [*told, *([say.m("No position yet: {units}", units=Listing(silent))] if silent else [])]


def _asked(reader: Reader, card: IssueCard) -> list[str]:
    say = reader.language
    asked = [
        Words(N_("{whom} on {moment}"), {"whom": to_whom(rung), "moment": reader.when(rung.taken_at)})
        for rung in card.asked
        if rung.taken_at is not None
    ]
    return [say.m("*Asked*: {steps}", steps=Listing(tuple(asked)))] if asked else []


def _tried(reader: Reader, card: IssueCard) -> list[str]:
    """Show what was said last; the details have the rest."""
    say = reader.language
    remarks = [remark for remark in card.remarks if not remark.objects]
    if not remarks:
        return []
    last = remarks[-1]
    said = say.m("{author}, {day}: {text}", author=last.author, text=excerpt(last.text, EXCERPT),
                 day=reader.language.short_day(reader.local_day(last.at)))  # fmt: skip
    more = len(remarks) - 1
    earlier = [say.mn("{n} earlier comment is not shown.", "{n} earlier comments are not shown.", more)] if more else []
    return [" ".join([said, *earlier])]
