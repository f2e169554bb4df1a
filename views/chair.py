"""The chair's alert and forms: everything needed to decide, in the chair's language."""

import json
from enum import StrEnum

from foundation.language import Language, Listing, Reader
from models.issues import DecisionOutcome, Issue, IssueState
from services.issue_cards import IssueCard
from services.issue_choices import Choice
from views import ids
from views.blocks import (
    Block,
    Message,
    actions,
    context,
    date_picker,
    field_block,
    modal,
    option,
    people_select,
    section,
    select,
    text_input,
    within_message,
)  # fmt: skip
from views.issue_forms import AskedText, text_form
from views.issue_parts import (
    card_link,
    facts,
    issue_buttons,
    more_left,
    objections,
    outcome,
    question,
    tried,
    where_units_stand,
    who_was_asked,
)

CHAIR_ORDER = frozenset({Choice.ACKNOWLEDGE, Choice.DECIDE, Choice.ACCEPT, Choice.ASK, Choice.REFER, Choice.DELEGATE})


class Occasion(StrEnum):
    """Why an alert is sent."""

    ALERT = "alert"
    REMINDER = "reminder"
    DELEGATED = "delegated"


def chair_alert(
    reader: Reader, card: IssueCard, offered: frozenset[Choice], occasion: Occasion, *, current: bool
) -> Message:
    """Put an issue to whoever decides. When it is decided, or a newer alert stands, it has no buttons any more."""
    say = reader.language
    line = _line(say, card, occasion)
    blocks: list[Block] = [section(line), context(facts(reader, card))]
    blocks += [] if card.state is not IssueState.ESCALATED else _so_far(reader, card)
    blocks += outcome(reader, card)
    blocks += [*question(reader, card), *objections(reader, card), *where_units_stand(reader, card)]
    blocks += [*who_was_asked(reader, card), *tried(reader, card)]
    ending = []
    if card.state is IssueState.ESCALATED and current:
        ending = [actions(issue_buttons(say, card, offered & CHAIR_ORDER))]
    elif card.state is IssueState.ESCALATED:
        ending = [context(_where_it_is_decided(say, card, offered))]
    return Message(line, [*within_message(blocks, more=more_left(say))[:49], *ending])


def decide_form(say: Language, issue: Issue, *, meeting_id: int | None = None) -> Block:
    """Ask for the decision; the board of the meeting from which it was opened is shown afterwards."""
    outcomes = [
        option(say.tc("an issue", "Close"), DecisionOutcome.CLOSE.value),
        option(say.t("With an action"), DecisionOutcome.ACTION.value),
        option(say.t("Return with instructions"), DecisionOutcome.RETURN.value),
    ]
    chosen = DecisionOutcome.CLOSE.value
    blocks = [
        section(say.m("*{ref}* {title}", ref=issue.ref, title=issue.title)),
        field_block(ids.OUTCOME, say.t("Outcome"), select(ids.OUTCOME, outcomes, chosen=chosen)),
        field_block(ids.TEXT, say.t("Decision"), text_input(ids.TEXT, multiline=True)),
        field_block(ids.OWNER, say.t("Owner"), people_select(ids.OWNER), optional=True,
                    hint=say.t("Who does what was decided. Needed with an action.")),
        field_block(ids.DUE, say.t("Due"), date_picker(ids.DUE), optional=True),
    ]  # fmt: skip
    return modal(ids.ISSUE_DECIDE_FORM, title=say.t("Decide"), blocks=blocks, say=say, submit=say.t("Decide"),
                 metadata=json.dumps({"issue": issue.id, "round": issue.round, "meeting": meeting_id}))  # fmt: skip


def ask_form(say: Language, issue: Issue) -> Block:
    """Ask what the chair wants to know of the owner and the focal points."""
    asked = AskedText(ids.ISSUE_ASK_FORM, say.t("Ask for more"), say.t("Question"), say.t("Ask"))
    hint = say.t("It goes to the owner and the focal points; they answer with comments.")
    return text_form(say, issue, asked, hint=hint)


def delegate_form(say: Language, issue: Issue) -> Block:
    """Ask who decides this one issue."""
    blocks = [
        section(say.m("*{ref}* {title}", ref=issue.ref, title=issue.title)),
        field_block(ids.PERSON, say.t("Delegate to"), people_select(ids.PERSON),
                    hint=say.t("They may decide this issue, and no other. You may still decide it yourself.")),
    ]  # fmt: skip
    return modal(ids.ISSUE_DELEGATE_FORM, title=say.t("Delegate"), blocks=blocks, say=say, submit=say.t("Delegate"),
                 metadata=json.dumps({"issue": issue.id}))  # fmt: skip


def _line(say: Language, card: IssueCard, occasion: Occasion) -> str:
    if card.state is not IssueState.ESCALATED:
        return say.m("*{ref}* {title}: it waits for no decision any more.", ref=card.ref, title=card.title)
    if occasion is Occasion.REMINDER:
        return say.m("*{ref}* {title} still waits for your decision.", ref=card.ref, title=card.title)
    if occasion is Occasion.DELEGATED:
        return say.m("*{ref}* {title}: the chair asks you to decide this issue.", ref=card.ref, title=card.title)
    return say.m("*{ref}* {title} needs your decision.", ref=card.ref, title=card.title)


def _where_it_is_decided(say: Language, card: IssueCard, offered: frozenset[Choice]) -> str:
    if Choice.DECIDE in offered or not card.deciders:
        return say.m("A newer message about this issue has the buttons.")
    return say.m("Now it waits for a decision by {people}.", people=Listing(card.deciders))


def _so_far(reader: Reader, card: IssueCard) -> list[Block]:
    say = reader.language
    notes = [say.m("Raised {age}.", age=say.age(card.raised_at, card.now))]
    if card.escalated_by is not None:
        notes.append(say.m("Escalated by {name}.", name=card.escalated_by))
    if card.acknowledged_by is not None:
        notes.append(say.m("Acknowledged by {name}.", name=card.acknowledged_by))
    if card.delegate is not None:
        notes.append(say.m("Passed on to {people} to decide.", people=Listing((card.delegate,))))
    notes += card_link(reader, card)
    return [context(*notes)]
