"""What a meeting gave one person to do."""

from collections.abc import Sequence

from foundation.language import Day, Reader
from models.issues import Action
from models.meetings import Meeting
from views import ids
from views.blocks import Block, Message, actions, button, context, section, within_message
from views.texts import excerpt

TEXT = 600
"""Characters of one action."""


def what_is_given(reader: Reader, meeting: Meeting, given: Sequence[Action]) -> Message:
    """Tell one person what a meeting gave them to do."""
    say = reader.language
    head = say.mn("{n} action for you from {meeting}, whose minutes are closed:",
                  "{n} actions for you from {meeting}, whose minutes are closed:", len(given),
                  meeting=meeting.ref)  # fmt: skip
    blocks: list[Block] = [section(head)]
    for action in given:
        shown = {"ref": action.ref, "text": excerpt(action.text, TEXT)}
        said = say.m("*{ref}*: {text}", **shown)
        if action.due is not None:
            said = say.m("*{ref}* until {day}: {text}", **shown, day=Day(action.due))
        if action.done_at is not None:
            blocks.append(section(f"✓ {said}"))
            continue
        done = button(
            say.t("Done"), ids.ACTION_DONE, value=str(action.id), spoken=say.t("{ref} is done", ref=action.ref)
        )
        blocks.append(section(said, accessory=done))
    buttons = [actions([button(say.tc("of a meeting", "Minutes"), ids.MINUTES_OPEN, value=str(meeting.id))])]
    more = context(say.m("More stand under `actions mine`."))
    return Message(head, within_message(blocks, more=more, foot=buttons))
