"""What takes the place of a message that Slack lets nobody change any more."""

from foundation.language import Language
from views.blocks import Message, context


def in_place_of_an_edit(say: Language, message: Message) -> Message:
    """Say in the thread of a message how it would look now."""
    note = say.m("The message above can no longer be changed. This is how it stands now:")
    return Message(message.text, [context(note), *message.blocks])
