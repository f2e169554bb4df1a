"""How a meeting's items, their outcomes, decisions and actions are said, while it is held and in its minutes."""

from datetime import date

from foundation.language import Day, Language, Mrkdwn
from models.agenda import ItemOutcome, Presence
from services.directory import Directory
from services.meeting_record import RecordedAction, RecordedDecision, RecordedItem, title_of
from services.meeting_shown import Shown
from views.texts import excerpt

TITLE, LINE = 200, 300
"""Characters of an item's title, and of other words on a line."""


def item_title(say: Language, item: RecordedItem) -> str:
    """Return an item's number and title in mrkdwn."""
    title = excerpt(say.say(title_of(item), mrkdwn=True), TITLE)
    return say.m("{number}. {title}", number=item.number, title=Mrkdwn(title)) if item.number else title


def outcome_word(say: Language, outcome: str) -> str:
    """Say in a word what became of an item."""
    return {
        ItemOutcome.DISCUSSED: say.tc("an item", "discussed"),
        ItemOutcome.DECIDED: say.tc("an item", "decided"),
        ItemOutcome.REFERRED: say.tc("an item", "referred"),
        ItemOutcome.DEFERRED: say.tc("an item", "put off to the next meeting"),
    }[ItemOutcome(outcome)]


def decision_head(say: Language, decision: RecordedDecision, who: Directory) -> str:
    """Say which decision it is, whose, and who wrote it down."""
    by, recorder = who.name_of(decision.by), who.name_of(decision.recorded_by)
    if decision.by == decision.recorded_by:
        return say.m("*Decision {ref}* by {name}", ref=decision.ref, name=by)
    return say.m("*Decision {ref}* by {name}, recorded by {recorder}", ref=decision.ref, name=by, recorder=recorder)


def action_head(say: Language, action: RecordedAction, who: Directory) -> str:
    """Say which action it is, whose, and by when."""
    owner = who.name_of(action.owner)
    if action.due is None:
        return say.m("*{ref}* for {owner}", ref=action.ref, owner=owner)
    return say.m("*{ref}* for {owner}, due {day}", ref=action.ref, owner=owner, day=Day(date.fromisoformat(action.due)))


def on_a_line(say: Language, head: str, text: str) -> str:
    """Join what a decision or an action is called with the beginning of its words."""
    return say.m("{head}: {text}", head=Mrkdwn(head), text=excerpt(text, LINE))


def language_name(say: Language, code: str) -> str:
    """Name the language of a text where it is not the reader's; empty otherwise."""
    return "" if code == say.code else say.m("in {language}", language=say.locale.languages.get(code, code))


def for_members_only(say: Language, shown: Shown) -> str:
    """Say how many items are kept from who reads; empty for none."""
    if not shown.hidden:
        return ""
    return say.mn("{n} item is for members only.", "{n} items are for members only.", shown.hidden)


def who_is_here(say: Language, shown: Shown, who: Directory) -> list[str]:
    """Say who takes part, or took part, in the room and remotely."""
    lines = []
    room = _names(shown, who, Presence.ROOM)
    remote = _names(shown, who, Presence.REMOTE)
    if room:
        lines.append(say.m("*In the room ({n}):* {people}", n=len(room), people=", ".join(room)))
    if remote:
        lines.append(say.m("*Remotely ({n}):* {people}", n=len(remote), people=", ".join(remote)))
    return lines


def _names(shown: Shown, who: Directory, how: Presence) -> list[str]:
    found = [p for p in shown.record.present if p.presence == how]
    named = [f"{who.name_of(p.person)} ({p.unit})" if p.unit else who.name_of(p.person) for p in found]
    return sorted(named, key=str.casefold)
