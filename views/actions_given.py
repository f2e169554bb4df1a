"""What a meeting gave one person to do, told to them and to who stands in for them."""

from collections.abc import Sequence

from foundation.language import Day, Language, Reader
from models.issues import Action
from models.meetings import Meeting
from views import ids
from views.blocks import Block, Element, Message, actions, button, context, section, within_message
from views.texts import excerpt

TEXT = 600
"""Characters of one action."""


def what_is_given(reader: Reader, meeting: Meeting, given: Sequence[Action], *, covers: str = "") -> Message:
    """Tell one person what a meeting gave them to do; `covers` names whose it is, where the reader stands in."""
    say = reader.language
    more = say.m("The minutes have the rest.") if covers else say.m("More stand under `actions mine`.")
    head = _head(say, meeting, len(given), covers)
    blocks: list[Block] = [section(head)]
    for action in given:
        shown = {"ref": action.ref, "text": excerpt(action.text, TEXT)}
        said = say.m("*{ref}*: {text}", **shown)
        if action.due is not None:
            said = say.m("*{ref}* until {day}: {text}", **shown, day=Day(action.due))
        said = said if action.done_at is None else f"✓ {said}"
        blocks.append(section(said, accessory=_done(say, action) if action.done_at is None and not covers else None))
    foot = [actions([button(say.tc("of a meeting", "Minutes"), ids.MINUTES_OPEN, value=str(meeting.id))])]
    if covers:
        foot.insert(0, context(say.m("You are told because {person} is away and you stand in.", person=covers)))
    return Message(head, within_message(blocks, more=context(more), foot=foot))


def _head(say: Language, meeting: Meeting, n: int, covers: str) -> str:
    if covers:
        return say.mn("{n} action for {person} from {meeting}, whose minutes are closed:",
                      "{n} actions for {person} from {meeting}, whose minutes are closed:", n,
                      meeting=meeting.ref, person=covers)  # fmt: skip
    return say.mn("{n} action for you from {meeting}, whose minutes are closed:",
                  "{n} actions for you from {meeting}, whose minutes are closed:", n, meeting=meeting.ref)  # fmt: skip


def _done(say: Language, action: Action) -> Element:
    """Only the owner and the secretariat say that it is done."""
    return button(say.t("Done"), ids.ACTION_DONE, value=str(action.id), spoken=say.t("{ref} is done", ref=action.ref))
