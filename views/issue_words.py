"""The words of issues: their states, the units' stances, the steps of the ladder and why they came."""

from foundation.language import N_, Language, Mrkdwn, Words, escape
from models.issues import IssueState
from services.issue_cards import Rung, UnitPosition
from services.ladder_rows import BY_HAND, DUE_DATE, NOBODY_THERE, OVERTAKEN, SETTLED
from views.ladder_reasons import reckoning_words

DOT = " · "

_STATES = {
    IssueState.OPEN: N_("open"),
    IssueState.ESCALATED: N_("escalated"),
    IssueState.DECIDED: N_("decided, waiting for its action"),
    IssueState.CLOSED: N_("closed"),
    IssueState.RESOLVED: N_("resolved"),
}
_STANCES = {"agree": N_("agrees"), "object": N_("objects"), "comment": N_("comments")}
STANCE_CHOICES = {"agree": N_("Agree"), "object": N_("Object"), "comment": N_("Comment only")}
_WHOM = {
    "focal_points": N_("the focal points"),
    "owner": N_("the owner"),
    "deputy": N_("the deputies"),
    "chair": N_("the chair"),
    "secretariat": N_("the secretariat"),
    "regional_director": N_("the Regional Directors"),
    "department_chief": N_("the Chiefs of Department"),
    "observer": N_("the observers"),
    "invited": N_("those invited"),
}
_REASONS = {
    DUE_DATE: N_("the due date comes first"),
    BY_HAND: N_("escalated by hand"),
    NOBODY_THERE: N_("skipped: nobody is there"),
    OVERTAKEN: N_("overtaken"),
    SETTLED: N_("settled before"),
}


def state(say: Language, at: IssueState) -> str:
    """Name a state (mrkdwn)."""
    return say.m(_STATES[at])


def stance(say: Language, position: UnitPosition) -> Words | Mrkdwn:
    """Name what a unit says: as the task force calls it, else in the catalogue's word."""
    if position.names is not None:
        return Mrkdwn(position.names.said(say, mrkdwn=True))
    known = _STANCES.get(position.stance or "")
    return Words(known, {}) if known else Mrkdwn(escape(position.stance or ""))


def to_whom(rung: Rung) -> Words:
    """Name whom a step reaches."""
    return those(rung.to)


def those(to: str) -> Words:
    """Name the people of a ladder's step, by its word in the task-force file."""
    return Words(_WHOM[to], {})


def step_reason(say: Language, rung: Rung) -> str:
    """Say why a step came as it came, or will come when it will; nothing for one that came in its time."""
    if rung.counted is not None:
        return reckoning_words(say, rung.counted)
    return say.m(_REASONS[rung.reason]) if rung.reason else ""


def link(address: str, label: str) -> str:
    """Link to a message of Slack; an address that is none is shown as text."""
    if not address.startswith("https://") or any(mark in address for mark in "<>| "):
        return escape(address)
    return f"<{escape(address)}|{escape(label)}>"
