"""What was decided, and what is to be done because of it."""

from collections.abc import Sequence
from datetime import date, datetime

from foundation.language import N_, Day, Language, Mrkdwn, Reader
from models.issues import Action, DecisionOutcome, IssueState
from services.directory import Directory
from services.issue_cards import Verdict
from views import ids
from views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    field_block,
    header,
    modal,
    section,
    text_input,
    within_message,
)
from views.paging import turns
from views.texts import excerpt

LISTED, LISTED_TEXT, SHOWN = 10, 600, 1200
"""Actions on a page of a list, and characters of each; characters where there is only one."""

_OUTCOMES = {
    DecisionOutcome.CLOSE: N_("The issue is closed."),
    DecisionOutcome.ACTION: N_("The issue waits for its action."),
    DecisionOutcome.RETURN: N_("The issue is returned with these instructions, and open again."),
}


def outcome_lines(reader: Reader, verdict: Verdict, state: IssueState) -> list[str]:
    """Say what was decided, by whom, and what followed for the issue as it stands now."""
    say = reader.language
    if verdict.recorded_by is None:
        first = say.m("*Decision {ref}* by {name}, {moment}", ref=verdict.ref, name=verdict.by,
                      moment=reader.when(verdict.at))  # fmt: skip
    else:
        first = say.m("*Decision {ref}* by {name}, recorded by {recorder}, {moment}", ref=verdict.ref, name=verdict.by,
                      recorder=verdict.recorded_by, moment=reader.when(verdict.at))  # fmt: skip
    lines = [first, say.m("{text}", text=excerpt(verdict.text, SHOWN)), say.m(_what_followed(verdict, state))]
    if verdict.action is not None:
        lines.append(_action_line(say, verdict.action, verdict.action_owner or "", verdict.action_due))
    if verdict.evidence:
        lines.append(say.m("Done: {evidence}", evidence=excerpt(verdict.evidence, SHOWN)))
    return lines


def _what_followed(verdict: Verdict, state: IssueState) -> str:
    if state is IssueState.ESCALATED and verdict.outcome is DecisionOutcome.RETURN:
        return N_("The issue was returned with these instructions.")
    if state in {IssueState.OPEN, IssueState.ESCALATED} and verdict.outcome is not DecisionOutcome.RETURN:
        return N_("The issue was reopened since.")
    if state is IssueState.CLOSED and verdict.outcome is DecisionOutcome.ACTION:
        return N_("The issue waited for its action, and is closed.")
    return _OUTCOMES[verdict.outcome]


def action_list(reader: Reader, found: Sequence[Action], who: Directory, *, about: str, page: int) -> Message:
    """List a page of the actions that are still to be done."""
    say = reader.language
    heading = say.t("Actions")
    if not found:
        text = say.m("There are no open actions.")
        return Message(text, [header(heading), section(text)])
    counted = say.mn("{n} open action", "{n} open actions", len(found))
    blocks: list[Block] = [header(heading), context(counted)]
    for action in found[(page - 1) * LISTED : page * LISTED]:
        line = _action_line(say, action.ref, who.name_of(action.owner_id), action.due)
        spoken = say.t("{ref} is done", ref=action.ref)
        done = button(say.t("Done"), ids.ACTION_DONE, value=str(action.id), spoken=spoken)
        blocks.append(section(f"{line}\n{say.m('{text}', text=excerpt(action.text, LISTED_TEXT))}", accessory=done))
    turning = turns(say, "actions", about, page, -(-len(found) // LISTED))
    return Message(f"{heading}: {counted}", [*within_message(blocks), *turning])


def action_done_form(say: Language, action: Action) -> Block:
    """Ask for a word of evidence."""
    evidence = field_block(ids.EVIDENCE, say.t("What shows that it is done"), text_input(ids.EVIDENCE, multiline=True))
    about = section(say.m("*{ref}* {text}", ref=action.ref, text=excerpt(action.text, SHOWN)))
    return modal(ids.ACTION_DONE_FORM, title=say.t("Action done"), blocks=[about, evidence], say=say,
                 submit=say.t("Done"), metadata=f'{{"action":{action.id}}}')  # fmt: skip


def action_done(say: Language, action: Action) -> Message:
    """Confirm that an action is done."""
    text = say.m("{ref} is done: {evidence}", ref=action.ref, evidence=excerpt(action.evidence, SHOWN))
    return Message(text, [section(text)])


def action_due_section(reader: Reader, action: Action, *, now: datetime) -> list[Block]:
    """Remind the owner of an action of its date, or say that it is done."""
    say = reader.language
    text = say.m("{text}", text=excerpt(action.text, SHOWN))
    if action.done_at is not None:
        return [section(say.m("✓ *{ref}* is done. {text}", ref=action.ref, text=Mrkdwn(text)))]
    if action.due is None or action.dropped_at is not None:
        return [section(say.m("*{ref}* is no longer asked for.", ref=action.ref))]
    line = say.m("*{ref}* is due on {day}.", ref=action.ref, day=Day(action.due))
    if reader.local_day(now) > action.due:
        line = say.m("*{ref}* was due on {day}.", ref=action.ref, day=Day(action.due))
    return [section(f"{line}\n{text}"), actions([button(say.t("Done"), ids.ACTION_DONE, value=str(action.id))])]


def _action_line(say: Language, ref: str, owner: str, due: date | None) -> str:
    if due is None:
        return say.m("*{ref}* for {owner}", ref=ref, owner=owner)
    return say.m("*{ref}* for {owner}, due {day}", ref=ref, owner=owner, day=Day(due))
