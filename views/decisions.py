"""What was decided, and what is to be done because of it."""

from datetime import date, datetime

from foundation.language import N_, Day, Language, Mrkdwn, Reader
from models.issues import Action, DecisionOutcome, IssueState
from services.due_nags import GIVEN
from services.issue_cards import Verdict
from views import ids
from views.blocks import (
    Block,
    actions,
    button,
    section,
)
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
        lines.append(action_line(say, verdict.action, verdict.action_owner or "", verdict.action_due))
    if verdict.replaced_by is not None:
        lines.append(say.m("Replaced by {ref}.", ref=verdict.replaced_by))
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


def action_due_section(reader: Reader, action: Action, *, step: str, now: datetime, covers: str = "") -> list[Block]:
    """Tell the owner of an action that it is theirs, or remind them of its date, or say what became of it.

    `covers` is for whom the reader stands in.
    """
    say = reader.language
    text = say.m("{text}", text=excerpt(action.text, SHOWN))
    if action.done_at is not None:
        return [section(say.m("✓ *{ref}* is done. {text}", ref=action.ref, text=Mrkdwn(text)))]
    given = step.startswith(GIVEN)
    if action.dropped_at is not None or (action.due is None and not given):
        return [section(say.m("*{ref}* is no longer asked for.", ref=action.ref))]
    controls = [
        button(say.t("Done"), ids.ACTION_DONE, value=str(action.id)),
        button(say.t("Details"), ids.ACTION_SHOW, value=str(action.id)),
    ]
    line = _said_of(reader, action, given=given and not covers, now=now)
    if given and covers:
        theirs = say.m("*{ref}* was given to {person}, for whom you stand in.", ref=action.ref, person=covers)
        line = f"{theirs} {line}" if action.due is not None else theirs
    return [section(f"{line}\n{text}"), actions(controls)]


def handed_on_section(say: Language, action: Action, *, to: str) -> list[Block]:
    """Say to whom an action went that was the reader's."""
    return [section(say.m("*{ref}* is {name}'s now.", ref=action.ref, name=to))]


def _said_of(reader: Reader, action: Action, *, given: bool, now: datetime) -> str:
    """Say what there is to say of an open action: that it is theirs, that its date nears, what follows if it passed."""
    say, ref = reader.language, action.ref
    if action.due is None:
        return say.m("*{ref}* is yours now.", ref=ref)
    due = Day(action.due)
    if reader.local_day(now) <= action.due:
        if given:
            return say.m("*{ref}* is yours now, due on {day}.", ref=ref, day=due)
        return say.m("*{ref}* is due on {day}.", ref=ref, day=due)
    over = say.m("*{ref}* was due on {day}.", ref=ref, day=due)
    if action.climbed_as_id is not None:
        climbs = say.m("It is raised as {issue}, and climbs.", issue=f"ISS-{action.climbed_as_id}")
        return f"{over} {climbs}"
    if action.climbs_at is not None:
        climbs = say.m("If it is not done before, it is raised as an issue on {moment}.",
                       moment=reader.when(action.climbs_at))  # fmt: skip
        return f"{over} {climbs}"
    return over


def action_line(say: Language, ref: str, owner: str, due: date | None) -> str:
    if due is None:
        return say.m("*{ref}* for {owner}", ref=ref, owner=owner)
    return say.m("*{ref}* for {owner}, due {day}", ref=ref, owner=owner, day=Day(due))
