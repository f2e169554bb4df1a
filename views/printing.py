"""What people see of files for printing: the answer to whoever asked, and the message with each file."""

from foundation.language import N_, Language, Mrkdwn, Words
from models.meetings import Meeting, MeetingState
from services.printing import FileFormat, Printed
from views import brief, minutes
from views.blocks import Message, section

FORMATS = {FileFormat.DOCX: N_("Word document (.docx)"), FileFormat.HTML: N_("Page for the browser (.html)")}


def on_its_way(say: Language) -> Message:
    """Answer whoever asked for something to print."""
    text = say.m("Both files for printing come in your direct messages with me.")
    return Message(text, [section(text)])


def here_it_is(
    meeting: Meeting, printed: Printed, file_format: FileFormat, *, file: str | None, say: Language
) -> Message:
    """Give somebody one of the files that they asked for; `file` is its permalink."""
    draft = meeting.state is MeetingState.HELD
    named = {
        Printed.BRIEF: brief.title(meeting, say),
        Printed.MINUTES: minutes.title(meeting.ref, meeting.title, say, draft=draft),
    }[printed]
    shown = Words(FORMATS[file_format], {})
    if file is None:
        text = say.m("*{name}* could not be uploaded to Slack: {format}. Please ask for it again in a moment.",
                     name=named, format=shown)  # fmt: skip
        return Message(text, [section(text)])
    link = Mrkdwn(f"<{file}|{say.say(shown, mrkdwn=True)}>")
    text = say.m("🖨️ *{name}*: {file}", name=named, file=link)
    return Message(text, [section(text)])
