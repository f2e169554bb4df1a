"""What people see of calendar files: the link in an announcement, the file they asked for, the address of the feed."""

from foundation.language import Language, Mrkdwn, Reader
from models.meetings import Meeting
from views import ids
from views.blocks import Block, Element, Message, actions, button, context, section


def file_link(permalink: str, say: Language) -> str:
    """Name a file in mrkdwn, for whoever wants to have the meeting in their calendar."""
    label = say.m("Add to your calendar (.ics)")
    return f"<{permalink}|{label}>"


def file_button(meeting: Meeting | None, say: Language) -> Element:
    """Offer the file of one meeting, or of all ahead."""
    return button(say.t("Calendar file"), ids.MEETING_FILE, value=str(meeting.id) if meeting else "")


def here_it_is(meeting: Meeting | None, *, file: str | None, reader: Reader) -> Message:
    """Give somebody the file that they asked for, in their direct messages."""
    say = reader.language
    if meeting is None:
        text = say.m("🗓️ All meetings that are ahead, as a calendar file.")
    else:
        text = say.m("🗓️ *{meeting} · {title}* as a calendar file.", meeting=meeting.ref, title=meeting.title)
    if file is None:
        text = say.m("The calendar file could not be uploaded to Slack. Please ask for it again in a moment.")
        return Message(text, [section(text)])
    link = file_link(file, say)
    return Message(f"{text} {link}", [section(f"{text}\n{link}")])


def on_its_way(say: Language) -> Message:
    """Answer whoever asked for a file."""
    text = say.m("The calendar file comes in your direct messages with me.")
    return Message(text, [section(text)])


def address(found: str | None, *, say: Language, anew: bool = False) -> Message:
    """Tell the address to subscribe to, or that there is none; either way the file is a click away."""
    if found is None:
        text = say.m("No address of the calendar is published here, but you can have all meetings ahead as a file.")
        blocks: list[Block] = [section(text)]
    else:
        shown = Mrkdwn(f"`{found}`")
        text = (
            say.m("The calendar has a new address, and the earlier one no longer works: {address}", address=shown)
            if anew
            else say.m(
                "Subscribe to this address in your calendar, and it follows every meeting: {address}", address=shown
            )
        )
        hint = say.m("Whoever knows the address can read when the task force meets. Share it with members only.")
        blocks = [section(text), context(hint)]
    return Message(text, [*blocks, actions([file_button(None, say)])])
