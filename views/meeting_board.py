"""The board of a meeting that is being held: for the channel, and with the controls of whoever steers it."""

from foundation.language import Language, Mrkdwn, Reader, escape
from models.meetings import Meeting
from services.directory import Directory
from services.meeting_record import RecordedItem
from services.meeting_shown import Shown
from views import ids
from views.blocks import (
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    divider,
    fit,
    header,
    option,
    overflow,
    section,
    within_message,
)
from views.meeting_words import (
    LINE,
    action_head,
    decision_head,
    for_members_only,
    item_title,
    on_a_line,
    outcome_word,
    who_is_here,
)
from views.paging import turns
from views.texts import excerpt

LINES, LISTED, PEOPLE = 2900, 15, 2000
"""Characters of one paragraph of items, items on a page of the steering board, characters of names."""


def channel_board(meeting: Meeting, shown: Shown, who: Directory, reader: Reader) -> Message:
    """Show everybody how a meeting that is being held goes on."""
    say = reader.language
    head = say.m("*{meeting} · {title}* is being held.", meeting=meeting.ref, title=meeting.title)
    now_at = _where_it_stands(say, shown)
    blocks: list[Block] = [
        header(say.t("{meeting} · {title}", meeting=meeting.ref, title=meeting.title)),
        section(f"{head}\n{now_at}"),
        *(section(lines) for lines in _paragraphs([_line(say, item, shown, who) for item in shown.record.items])),
    ]
    hidden = for_members_only(say, shown)
    foot = [*([context(hidden)] if hidden else []), *_presence(say, meeting, shown, who)]
    more = context(say.m("The whole list is in `meeting minutes {meeting}`.", meeting=meeting.ref))
    return Message(f"{head} {now_at}", within_message(blocks, more=more, foot=foot))


def steering_board(
    meeting: Meeting, shown: Shown, who: Directory, reader: Reader, *, page: int = 1, said: str = ""
) -> Message:
    """Show whoever steers a meeting the item in hand with what can be done about it, and all the others."""
    say = reader.language
    now_at = _where_it_stands(say, shown)
    title = say.t("{meeting} · {title}", meeting=meeting.ref, title=meeting.title)
    blocks: list[Block] = [*([section(said)] if said else []), header(title), section(now_at)]
    current = next((item for item in shown.items if item.id == shown.current), None)
    if current is not None:
        blocks.append(section(_line(say, current, shown, who)))
    blocks += [actions(_steering(say, meeting, current)), divider()]
    others = [item for item in shown.items if item is not current]
    for item in others[(page - 1) * LISTED : page * LISTED]:
        blocks.append(section(_line(say, item, shown, who), accessory=_more(say, item)))
    foot = turns(say, "floor", str(meeting.id), page, -(-len(others) // LISTED))
    foot += _presence(say, meeting, shown, who, steers=True)
    return Message(said or f"{title}\n{now_at}", within_message(blocks, foot=foot))


def _where_it_stands(say: Language, shown: Shown) -> str:
    items = shown.items
    if not items:
        return say.m("Nothing is on its agenda.")
    done = say.m("Items done: {done} of {n}.", done=sum(item.outcome is not None for item in items), n=len(items))
    current = next((item for item in items if item.id == shown.current and item.open), None)
    if current is None:
        return done
    in_hand = say.m("*Now:* {item}", item=Mrkdwn(item_title(say, current)))
    return f"{in_hand}\n{done}"


def _line(say: Language, item: RecordedItem, shown: Shown, who: Directory) -> str:
    title = item_title(say, item)
    if not item.kind:
        line = f"*{title}*"
    elif item.outcome:
        line = say.m("✓ {item}: *{outcome}*", item=Mrkdwn(title), outcome=outcome_word(say, item.outcome))
    elif item.id == shown.current:
        line = say.m("▶ {item}: *in hand*", item=Mrkdwn(title))
    elif item.begun:
        line = say.m("◐ {item}: begun, left open", item=Mrkdwn(title))
    else:
        line = say.m("○ {item}: to come", item=Mrkdwn(title))
    more = [
        *([escape(excerpt(item.text, LINE))] if item.text else []),
        *(on_a_line(say, decision_head(say, each, who), each.text) for each in item.decisions),
        *(on_a_line(say, action_head(say, each, who), each.text) for each in item.actions),
    ]
    return "\n".join([line, *(f"      {each}" for each in more)])


def _paragraphs(lines: list[str]) -> list[str]:
    """Join lines into as few paragraphs as Slack takes."""
    paragraphs: list[str] = []
    for line in lines:
        if paragraphs and len(paragraphs[-1]) + len(line) < LINES:
            paragraphs[-1] += f"\n{line}"
        else:
            paragraphs.append(fit(line, LINES))
    return paragraphs


def _presence(say: Language, meeting: Meeting, shown: Shown, who: Directory, *, steers: bool = False) -> list[Block]:
    value = str(meeting.id)
    buttons = [
        button(say.t("In the room"), ids.PRESENT_ROOM, value=value),
        button(say.t("Remotely"), ids.PRESENT_REMOTE, value=value),
        button(say.t("Not here"), ids.PRESENT_NOT, value=value),
        *([button(say.t("Add somebody"), ids.PRESENT_ADD, value=value)] if steers else []),
    ]
    here = who_is_here(say, shown, who) or [say.m("Nobody has said yet that they are here.")]
    return [*(context(fit(line, PEOPLE)) for line in here), actions(buttons)]


def _steering(say: Language, meeting: Meeting, current: RecordedItem | None) -> list[Element]:
    following = button(
        say.t("Next item"), ids.FLOOR_NEXT, value=f"{meeting.id}:{current.id if current else 0}",
        style="primary" if current is None or current.outcome else None,
    )  # fmt: skip
    if current is None:
        return [following]
    value = str(current.id)
    decide = button(say.t("Decide"), ids.FLOOR_DECIDE, value=value, style=None if current.outcome else "primary")
    outcomes = [] if current.decisions else [
        button(say.t("Refer"), ids.FLOOR_REFER, value=value),
        button(say.t("Defer"), ids.FLOOR_DEFER, value=value),
        button(say.t("Discussed"), ids.FLOOR_DISCUSSED, value=value),
    ]  # fmt: skip
    return [decide, *outcomes, following, button(say.t("Add action"), ids.FLOOR_ACTION, value=value)]


def _more(say: Language, item: RecordedItem) -> Element:
    """Return what can be done about an item that is not in hand; the first word takes it up."""
    choices = [("take", say.t("Take it up")), ("decide", say.t("Decide"))]
    if not item.decisions:
        choices += [("refer", say.t("Refer")), ("defer", say.t("Defer")), ("discussed", say.t("Discussed"))]
    return overflow(ids.FLOOR_ITEM, [option(label, f"{word}:{item.id}") for word, label in choices])
