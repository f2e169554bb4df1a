"""A meeting's agenda as people read it: what it comes to, then item by item, with what the reader may do."""

from collections import Counter
from dataclasses import dataclass

from foundation.language import Language, Listing, Mrkdwn, Reader
from models.agenda import ItemKind
from models.meetings import MeetingState
from models.people import Person
from services.agenda import Agenda
from services.agenda_entries import Entry
from services.directory import Directory
from views import ids
from views.agenda_items import DOT, entry_details, entry_title
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
    people_select,
    section,
    within_message,
)
from views.board import SPOKEN_TEXT
from views.paging import turn, turns
from views.texts import excerpt, labelled_text

LOOK, ITEM_LOOK = "agenda", "item"
LISTED = 10
"""Items on a page: with the longest words ten fit into a message."""
DESCRIPTION, ROW = 240, 800
"""Characters of a description, and of all that is said of an item: a page with what is left out fits into a message."""
BACK_SHOWN, BACK_ROW = 5, 240


@dataclass(frozen=True)
class Asked:
    """How an agenda is shown: to whom, which page, and what they may do with it."""

    reader: Reader
    about: str
    """What the buttons that turn pages carry."""
    page: int = 1
    person: Person | None = None
    """Who may take back what they proposed."""
    manages: bool = False
    proposes: bool = False


def agenda_page(agenda: Agenda, who: Directory, asked: Asked) -> Message:
    """Show a page of an agenda."""
    reader, say = asked.reader, asked.reader.language
    title = agenda_title(agenda, say)
    pages = max(1, -(-len(agenda.items) // LISTED))
    first = (min(asked.page, pages) - 1) * LISTED
    here = list(enumerate(agenda.items, start=1))[first : first + LISTED]
    facts = agenda_facts(agenda, reader)
    rows = [_row(at, entry, agenda, who, asked) for at, entry in here]
    foot = [*turns(say, LOOK, asked.about, min(asked.page, pages), pages), *_ways(agenda, asked)]
    blocks = [header(title), context(*facts), *rows, *_left_out(agenda, who, asked)]
    lines = [title, *facts, *(_spoken(at, entry, agenda, who, reader) for at, entry in here)]
    return Message(fit("\n".join(lines), SPOKEN_TEXT), within_message(blocks, foot=foot))


def agenda_title(agenda: Agenda, say: Language) -> str:
    """Name an agenda (plain text)."""
    if agenda.meeting.id is None:
        return say.t("What waits for the next meeting")
    return say.t("Agenda of {meeting} · {title}", meeting=agenda.meeting.ref, title=agenda.meeting.title)


def agenda_facts(agenda: Agenda, reader: Reader) -> list[str]:
    """Say when the meeting is, how many items there are of each kind, and how long they take."""
    say = reader.language
    if agenda.past:
        when = say.m("As it stood on {when}.", when=reader.when(agenda.moment))
    else:
        when = say.m("{when}", when=reader.when(agenda.meeting.starts_at))
    if agenda.meeting.id is None:
        nothing = say.m("No meeting is scheduled. The secretariat schedules one with `meeting schedule`.")
        return [when if agenda.past else nothing, _counted(agenda, say)]
    return [DOT.join([when, _counted(agenda, say)]), _planned(agenda, say)]


def _counted(agenda: Agenda, say: Language) -> str:
    if not agenda.items:
        return say.m("Nothing is on it yet.")
    kinds = Counter(entry.kind for entry in agenda.items)
    counted = {
        ItemKind.STANDING: say.tn("{n} standing item", "{n} standing items", kinds[ItemKind.STANDING]),
        ItemKind.ISSUE: say.tn("{n} issue", "{n} issues", kinds[ItemKind.ISSUE]),
        ItemKind.AREA: say.tn("{n} area", "{n} areas", kinds[ItemKind.AREA]),
        ItemKind.ACTIONS: say.t("actions due"),
        ItemKind.PROPOSED: say.tn("{n} proposal", "{n} proposals", kinds[ItemKind.PROPOSED]),
    }
    there = Listing(tuple(words for kind, words in counted.items() if kinds[kind]))
    return say.mn("*{n} item*: {kinds}", "*{n} items*: {kinds}", len(agenda.items), kinds=there)


def _planned(agenda: Agenda, say: Language) -> str:
    there = agenda.meeting.minutes
    over = agenda.minutes - there
    if over > 0:
        told = say.mn(
            "⚠️ The items take {minutes} of {there} minutes: {n} minute too much.",
            "⚠️ The items take {minutes} of {there} minutes: {n} minutes too much.",
            over, minutes=agenda.minutes, there=there,
        )  # fmt: skip
    else:
        told = say.mn("{n} of {there} minutes is planned.", "{n} of {there} minutes are planned.", agenda.minutes,
                      there=there)  # fmt: skip
    if not agenda.untimed or not agenda.minutes:
        return told
    untimed = say.mn("{n} item has no time yet.", "{n} items have no time yet.", agenda.untimed)
    return f"{told} {untimed}"


def _row(at: int, entry: Entry, agenda: Agenda, who: Directory, asked: Asked) -> Block:
    say, row = asked.reader.language, entry.row
    lines = [
        say.m("{position}. {title}", position=at, title=Mrkdwn(entry_title(entry, say))),
        entry_details(entry, agenda, who, asked.reader),
    ]
    if row is not None and row.permalink:
        link = say.m("the message")
        lines.append(f"<{row.permalink}|{link}>")
    if row is not None and row.description:
        lines.append(say.m("{text}", text=excerpt(row.description, DESCRIPTION)))
    told = "\n".join(line for line in lines if line)
    return section(fit(told, ROW), accessory=_control(at, entry, agenda, asked))


def _control(at: int, entry: Entry, agenda: Agenda, asked: Asked) -> Element | None:
    say = asked.reader.language
    if not _changes(agenda):
        return None
    if _orders(agenda, asked):
        about = f"{agenda.meeting.id}:{entry.key}"
        acts = [
            *([option(say.t("Move up"), f"up:{about}")] if at > 1 else []),
            *([option(say.t("Move down"), f"down:{about}")] if at < len(agenda.items) else []),
            option(say.tc("an agenda item", "Change"), f"change:{about}"),
            option(say.t("Next meeting"), f"next:{about}"),
            option(say.t("Leave out"), f"out:{about}"),
        ]
        return overflow(ids.AGENDA_ITEM, acts)
    if entry.kind is ItemKind.PROPOSED and entry.row is not None and _is_theirs(entry, asked.person):
        return take_back_button(entry.row.id, entry.row.title, say)
    if asked.person is not None and entry.row is not None and len(entry.row.description) > DESCRIPTION:
        return button(say.t("Read all"), ids.PAGE_TURN, value=turn(ITEM_LOOK, f"{agenda.meeting.id or 0}:{entry.key}"),
                      spoken=say.t("Read all: {title}", title=excerpt(entry.row.title, 50)))  # fmt: skip
    if entry.issue is not None and asked.person is not None:
        return button(say.t("Open"), ids.ISSUE_SHOW, value=str(entry.issue.id),
                      spoken=say.t("Open {area}", area=entry.issue.ref))  # fmt: skip
    return None


def take_back_button(item_id: int | None, title: str, say: Language) -> Element:
    """Offer to take back a proposal."""
    return button(say.t("Take back"), ids.PROPOSE_UNDO, value=str(item_id),
                  spoken=say.t("Take back: {title}", title=excerpt(title, 50)))  # fmt: skip


def _is_theirs(entry: Entry, person: Person | None) -> bool:
    return entry.row is not None and person is not None and entry.row.proposed_by_id == person.id


def _orders(agenda: Agenda, asked: Asked) -> bool:
    """Whether the reader orders it: what only waits for a meeting is ordered once that is scheduled."""
    return asked.manages and agenda.meeting.id is not None and _changes(agenda)


def _changes(agenda: Agenda) -> bool:
    return not agenda.past and agenda.meeting.state is MeetingState.SCHEDULED


def _left_out(agenda: Agenda, who: Directory, asked: Asked) -> list[Block]:
    """List for the secretariat what it took off, with a way back."""
    say = asked.reader.language
    if not (agenda.left_out and _orders(agenda, asked)):
        return []
    count = say.mn("*{n} item is left out*", "*{n} items are left out*", len(agenda.left_out))
    rows = [_back_row(entry, agenda, who, asked.reader) for entry in agenda.left_out[:BACK_SHOWN]]
    more = len(agenda.left_out) - BACK_SHOWN
    rest = [context(say.mn("and {n} more", "and {n} more", more))] if more > 0 else []
    return [divider(), section(count), *rows, *rest]


def _back_row(entry: Entry, agenda: Agenda, who: Directory, reader: Reader) -> Block:
    say = reader.language
    line = DOT.join([entry_title(entry, say), entry_details(entry, agenda, who, reader)])
    back = button(say.t("Put back"), ids.AGENDA_BACK, value=f"{agenda.meeting.id}:{entry.key}")
    return section(fit(line, BACK_ROW), accessory=back)


def _ways(agenda: Agenda, asked: Asked) -> list[Block]:
    """Offer to propose an item, and the secretariat to see the agenda as somebody else does."""
    say = asked.reader.language
    if not _changes(agenda):
        return []
    offered: list[Element] = []
    if asked.proposes:
        offered.append(button(say.t("Propose an item"), ids.PROPOSE_OPEN, value=str(agenda.meeting.id or "")))
    if _orders(agenda, asked):
        offered.append(people_select(ids.AGENDA_PREVIEW, placeholder=say.t("See it as …")))
    return [actions(offered, block_id=f"{ids.AGENDA_PREVIEW}:{agenda.meeting.id or 0}")] if offered else []


def _spoken(at: int, entry: Entry, agenda: Agenda, who: Directory, reader: Reader) -> str:
    say = reader.language
    line = say.m("{position}. {title}", position=at, title=Mrkdwn(entry_title(entry, say)))
    details = entry_details(entry, agenda, who, reader)
    return f"{line} ({details})" if details else line


def item_page(entry: Entry, agenda: Agenda, who: Directory, reader: Reader) -> Message:
    """Show an item with all that its proposer wrote."""
    say, row = reader.language, entry.row
    title = entry_title(entry, say)
    blocks = [section(title), context(entry_details(entry, agenda, who, reader))]
    if row is not None and row.description:
        blocks += labelled_text(say, say.t("Description"), row.description)
    return Message(title, [*blocks, actions([agenda_button(say, agenda.meeting.id)])])


def previewed(message: Message, name: str, say: Language) -> Message:
    """Say above a preview whose view it is, in the language of who asked."""
    told = say.m("This is what {name} sees, without the buttons:", name=name)
    return Message(f"{told}\n{message.text}", [context(told), *message.blocks])


def agenda_button(say: Language, meeting_id: int | None) -> Element:
    """The way to the agenda of a meeting, of the next one where none is named."""
    return button(say.t("Agenda"), ids.AGENDA_SHOW, value=str(meeting_id or ""))


def below(message: Message, sentence: str) -> Message:
    """Put what was done above the agenda as it stands now."""
    return Message(f"{sentence}\n{message.text}", [section(sentence), *message.blocks])
