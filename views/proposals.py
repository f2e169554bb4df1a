"""What whoever proposes an item for an agenda is told."""

from foundation.language import Language, Reader
from models.agenda import AgendaItem
from models.meetings import Meeting
from views.agenda import agenda_button, take_back_button
from views.blocks import Message, actions, section


def proposed(item: AgendaItem, meeting: Meeting | None, position: int | None, reader: Reader) -> Message:
    """Say where a proposal stands, with the way to the agenda and the way back."""
    say = reader.language
    back = take_back_button(item.id, item.title, say)
    if meeting is None:
        told = say.m("“{title}” is kept for the next meeting: none is scheduled yet.", title=item.title)
        return Message(told, [section(told), actions([agenda_button(say, None), back])])
    told = say.m(
        "“{title}” is item {position} on the agenda of {meeting}, {when}. The secretariat may still order the items.",
        title=item.title, position=position or 0, meeting=meeting.ref, when=reader.when(meeting.starts_at),
    )  # fmt: skip
    return Message(told, [section(told), actions([agenda_button(say, meeting.id), back])])


def taken_back(item: AgendaItem, say: Language) -> Message:
    """Say that a proposal is gone, and give back what was written."""
    told = say.m("“{title}” is taken back.", title=item.title)
    rest = [section(say.m("{text}", text=item.description))] if item.description else []
    return Message(told, [section(told), *rest])
