"""The minutes of a meeting: their draft, as they were closed with what was corrected since, and their summary."""

from datetime import datetime
from functools import partial

from foundation.language import Language, Mrkdwn, Reader, escape
from models.agenda import Addendum, ItemOutcome, Presence
from models.meetings import Meeting
from services.directory import Directory
from services.meeting_record import RecordedItem
from services.meeting_shown import Shown
from services.minutes import MinutesRead
from views import ids
from views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    fit,
    header,
    section,
    within_message,
)
from views.meeting_words import (
    TITLE,
    action_head,
    decision_head,
    for_members_only,
    item_title,
    on_a_line,
    outcome_word,
    who_is_here,
)
from views.minutes_pages import LABEL, PAGE_TEXT, Part, in_pages, laid, worded
from views.paging import turns
from views.texts import excerpt

LINE, MARK = 300, 12
"""Characters of a place, and of the hash that are shown."""


def minutes(
    read: MinutesRead, shown: Shown, who: Directory, reader: Reader, *, manages: bool, page: int = 1, said: str = ""
) -> Message:
    """Show a page of minutes, beneath what was just done.

    The facts are as they were; the words around them are in the reader's language.
    """
    say, draft = reader.language, read.frozen is None
    head = title(read.meeting.ref, shown.record.title, say, draft=draft)
    opening = _opening(read, shown, who, reader)
    body = [laid(section(line)) for line in who_attended(say, shown, who)]
    for item in shown.record.items:
        body += _item(say, item, who, correct=manages and draft)
    hidden = for_members_only(say, shown)
    body += [laid(context(hidden))] if hidden else []
    addenda = read.addenda_for(shown)
    body += [_addendum(reader, addendum, who) for addendum in addenda]
    body += [laid(context(corrected(say, len(read.addenda))))] if len(addenda) < len(read.addenda) else []
    pages = in_pages(body)
    foot = turns(say, "minutes", str(read.meeting.id), page, len(pages))
    offered = [button(say.t("For printing"), ids.MINUTES_PRINT, value=str(read.meeting.id))]
    if manages and not draft:
        offered.append(button(say.t("Add a correction"), ids.ADDENDUM_OPEN, value=str(read.meeting.id)))
    foot.append(actions(offered))
    chosen = [block for part in (pages[page - 1] if page <= len(pages) else []) for block in part.lay()]
    above = [section(said)] if said else []
    text = "\n".join([*([said] if said else []), escape(head), opening])
    return Message(text, within_message([*above, header(head), context(opening), *chosen], foot=foot))


def title(ref: str, titled: str, say: Language, *, draft: bool) -> str:
    """Name minutes (plain text)."""
    if draft:
        return say.t("Draft minutes: {meeting} · {title}", meeting=ref, title=titled)
    return say.t("Minutes: {meeting} · {title}", meeting=ref, title=titled)


def summary(meeting: Meeting, shown: Shown, reader: Reader, who: Directory, *, addenda: int = 0) -> Message:
    """Say in the channel, where the board was, what came of a meeting."""
    say = reader.language
    head = say.m("*{meeting} · {title}* was held on {when}.", meeting=meeting.ref, title=meeting.title,
                 when=reader.when(datetime.fromisoformat(shown.record.start)))  # fmt: skip
    counted = " ".join(part for part in [how_many_came(say, shown), *outcomes_counted(say, shown)] if part)
    lines = []
    for item in shown.record.items:
        lines += [on_a_line(say, decision_head(say, each, who), each.text) for each in item.decisions]
        lines += [on_a_line(say, action_head(say, each, who), each.text) for each in item.actions]
    notes = [note for note in [for_members_only(say, shown), corrected(say, addenda)] if note]
    foot = [
        *([context(*notes)] if notes else []),
        actions([button(say.tc("of a meeting", "Minutes"), ids.MINUTES_OPEN, value=str(meeting.id), style="primary")]),
    ]
    blocks = [section(f"{head}\n{counted}"), *(section(line) for line in lines)]
    more = context(say.m("The minutes have the rest."))
    return Message(f"{head} {counted}", within_message(blocks, more=more, foot=foot))


def still_open(say: Language, meeting: Meeting, sentence: str) -> Message:
    """Say which items keep a meeting from being closed, and offer to carry them over."""
    carry = button(say.t("Carry over and close"), ids.MEETING_CARRY, value=str(meeting.id))
    return Message(sentence, [section(sentence), actions([carry])])


def how_many_came(say: Language, shown: Shown) -> str:
    """Count who took part; empty for nobody."""
    present = shown.record.present
    room = sum(p.presence == Presence.ROOM for p in present)
    if not present:
        return ""
    return say.mn("{n} person took part ({room} in the room, {remote} remotely).",
                  "{n} people took part ({room} in the room, {remote} remotely).", len(present),
                  room=room, remote=len(present) - room)  # fmt: skip


def outcomes_counted(say: Language, shown: Shown) -> list[str]:
    """Count what became of the items, what was decided and what is to be done."""
    counts = [(outcome, sum(item.outcome == outcome for item in shown.items)) for outcome in ItemOutcome]
    said = [say.m("{outcome}: {n}", n=n, outcome=outcome_word(say, outcome)) for outcome, n in counts if n]
    items = say.mn("{n} item", "{n} items", len(shown.items))
    decided = sum(len(item.decisions) for item in shown.record.items)
    given = sum(len(item.actions) for item in shown.record.items)
    first = (
        say.m("{items} ({outcomes}).", items=Mrkdwn(items), outcomes=Mrkdwn(", ".join(said))) if said else f"{items}."
    )
    return [first, say.mn("{n} decision.", "{n} decisions.", decided), say.mn("{n} action.", "{n} actions.", given)]


def who_attended(say: Language, shown: Shown, who: Directory) -> list[str]:
    """Name who took part, each paragraph within Slack's limits."""
    named = who_is_here(say, shown, who) or [say.m("Nobody was noted as taking part.")]
    return [fit(line, PAGE_TEXT // 3) for line in named]


def _opening(read: MinutesRead, shown: Shown, who: Directory, reader: Reader) -> str:
    say = reader.language
    parts = [say.m("Held from {when}.", when=reader.when(datetime.fromisoformat(shown.record.start)))]
    if shown.record.place:
        parts.append(say.m("Place: {place}.", place=excerpt(shown.record.place, LINE)))
    if read.frozen is None:
        parts.append(say.m("Nothing is closed yet: this is how the minutes would be now."))
    elif not read.intact:
        parts.append(say.m("*These are not the minutes that were closed: the records were changed.* Tell whoever runs "
                           "Focal."))  # fmt: skip
    else:
        parts.append(
            say.m("Closed by {name} on {when}; nothing in them was changed since. Fingerprint: {mark}",
                  name=who.name_of(read.frozen.frozen_by_id), when=reader.when(read.frozen.frozen_at),
                  mark=Mrkdwn(f"`{read.frozen.sha256[:MARK]}`"))
        )  # fmt: skip
    return " ".join(parts)


def _item(say: Language, item: RecordedItem, who: Directory, *, correct: bool) -> list[Part]:
    name = who.name_of(item.presenter) if item.presenter else ""
    parts = [Part(LABEL + TITLE + len(name), 2 if name else 1, partial(_item_head, say, item, name, correct=correct))]
    if item.outcome:
        outcome = outcome_word(say, item.outcome).capitalize()
        parts.append(worded(say, item.text, item.text_language, lambda: outcome))
    elif item.kind:
        parts.append(laid(section(say.m("No outcome yet."))))
        parts += [worded(say, item.text, item.text_language, str)] if item.text else []
    for decision in item.decisions:
        head, names = partial(decision_head, say, decision, who), (decision.by, decision.recorded_by)
        parts.append(worded(say, decision.text, decision.language, head, *map(who.name_of, names)))
    for action in item.actions:
        head = partial(action_head, say, action, who)
        parts.append(worded(say, action.text, action.language, head, who.name_of(action.owner)))
    return parts


def _item_head(say: Language, item: RecordedItem, presenter: str, *, correct: bool) -> list[Block]:
    spoken = say.t("Correct item {number}", number=item.number)
    control = button(say.t("Correct"), ids.MINUTES_CORRECT, value=str(item.id), spoken=spoken)
    head = section(f"*{item_title(say, item)}*", accessory=control if correct and item.kind else None)
    return [head, *([context(say.m("Presented by {name}", name=presenter))] if presenter else [])]


def _addendum(reader: Reader, addendum: Addendum, who: Directory) -> Part:
    say, name = reader.language, who.name_of(addendum.author_id)

    def label() -> str:
        return say.m("*Correction* by {name}, {when}", name=name, when=reader.when(addendum.at))

    return worded(say, addendum.text, addendum.language, label, name)


def corrected(say: Language, addenda: int) -> str:
    """Count the corrections; empty for none."""
    return say.mn("{n} correction was added.", "{n} corrections were added.", addenda) if addenda else ""
