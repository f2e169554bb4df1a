"""Issue, agenda item, decision, action, evidence, update: each names its neighbours, one click away."""

from foundation.language import Day, Language, Mrkdwn, Reader
from models.agenda import AgendaItem
from models.issues import Action, Decision, Issue
from models.meetings import Meeting
from models.updates import Update
from services.directory import Directory
from views import ids
from views.area_page import issue_state
from views.blocks import Block, Element, button, section
from views.texts import excerpt

EXCERPT = 200
"""Characters of a neighbour that are shown."""


def issue_link(say: Language, issue: Issue, *, climbed: bool = False) -> Block:
    """Show the issue of something, or as which an action climbs."""
    told = {"ref": issue.ref, "title": excerpt(issue.title, EXCERPT), "state": issue_state(issue.state.value, say)}
    line = say.m("*Issue* {ref} {title} · {state}", **told)
    if climbed:
        line = say.m("*Raised as* {ref}, because its date passed · {state}", **told)
    return section(line, accessory=_open(say, ids.ISSUE_SHOW, issue.id, issue.ref))


def meeting_link(reader: Reader, meeting: Meeting, item: AgendaItem | None, who: Directory) -> Block:
    """Show the meeting in which something was said, and the item of its agenda."""
    say, title = reader.language, _item_title(reader.language, item, who)
    told = {"ref": meeting.ref, "day": Day(reader.local_day(meeting.actual_start)), "item": title}
    line = say.m("*Meeting* {ref}, {day} · {item}", **told) if title else say.m("*Meeting* {ref}, {day}", **told)
    return section(line, accessory=_open(say, ids.MEETING_SHOW, meeting.id, meeting.ref))


def decision_link(reader: Reader, decision: Decision, *, place: str = "") -> Block:
    """Show a decision: the one because of which, the one it replaces, or the one by which it is replaced."""
    say = reader.language
    told = {"ref": decision.ref, "day": Day(reader.local_day(decision.decided_at)),
            "text": excerpt(decision.text, EXCERPT)}  # fmt: skip
    line = {
        "replaces": say.m("*Replaces* {ref} of {day}: {text}", **told),
        "replaced_by": say.m("*Replaced* by {ref} on {day}: {text}", **told),
    }.get(place) or say.m("*Decision* {ref}, {day}: {text}", **told)
    return section(line, accessory=_open(say, ids.DECISION_SHOW, decision.id, decision.ref))


def action_link(reader: Reader, action: Action, who: Directory) -> Block:
    """Show an action because of a decision, and how it stands."""
    say = reader.language
    told = {"ref": action.ref, "owner": who.name_of(action.owner_id), "text": excerpt(action.text, EXCERPT),
            "how": Mrkdwn(standing(reader, action))}  # fmt: skip
    return section(say.m("*Action* {ref} for {owner} · {how}\n{text}", **told),
                   accessory=_open(say, ids.ACTION_SHOW, action.id, action.ref))  # fmt: skip


def update_link(reader: Reader, update: Update, who: Directory) -> Block:
    """Show the status update that is the evidence of an action."""
    say = reader.language
    line = say.m("*Update* of {unit} on {area}, {day}: {text}", unit=who.unit_key(update.unit_id),
                 area=who.area_name(update.area_id), day=Day(reader.local_day(update.posted_at)),
                 text=excerpt(update.changed, EXCERPT))  # fmt: skip
    return section(line, accessory=_open(say, ids.AREA_OPEN, update.area_id, ""))


def standing(reader: Reader, action: Action) -> str:
    """Say how an action stands: done, dropped, due (mrkdwn)."""
    say = reader.language
    if action.done_at is not None:
        return say.m("✓ done on {day}", day=Day(reader.local_day(action.done_at)))
    if action.dropped_at is not None:
        return say.m("no longer asked for")
    return say.m("due {day}", day=Day(action.due)) if action.due else say.m("open")


def _item_title(say: Language, item: AgendaItem | None, who: Directory) -> str:
    if item is None:
        return ""
    if item.names:
        return say.of(item.names)
    if item.issue_id is not None:
        return f"ISS-{item.issue_id}"
    if item.title or item.area_id is None:
        return excerpt(item.title, EXCERPT)
    return say.of(who.areas_by_id[item.area_id].name)


def _open(say: Language, action_id: str, number: int | None, ref: str) -> Element:
    spoken = say.t("Open {area}", area=ref) if ref else None
    return button(say.t("Open"), action_id, value=str(number), spoken=spoken)
