"""What somebody asked for to print, in their direct messages: made from the records when it is sent."""

from collections.abc import Callable
from dataclasses import replace

from delivery.composing import Letter, Moot
from models.meetings import Meeting, MeetingState
from models.people import Person
from services.board import areas_for
from services.brief import read_brief
from services.meeting_shown import for_person
from services.minutes import read_minutes
from services.printing import FileFormat, Printed
from services.rights import may_read
from views import printing as views
from views.blocks import File, Message
from views.paper import Paper


def printed(letter: Letter) -> Message | Moot:
    """One file; where it could not be uploaded, that."""
    meeting, person = letter.session.get(Meeting, letter.ref("meeting_id")), letter.person
    if meeting is None or person is None or not may_read(person):
        return Moot("there is nothing for them to read")
    if meeting.state is MeetingState.CANCELLED:
        return Moot("the meeting is cancelled")
    what, file_format = Printed(letter.notice.refs["printed"]), FileFormat(letter.notice.refs["format"])
    said = views.here_it_is(meeting, what, file_format, file=letter.file, say=letter.say)
    if not letter.awaits_file:
        return said
    draft = "-draft" if what is Printed.MINUTES and meeting.state is MeetingState.HELD else ""
    return replace(said, file=_file(f"{meeting.ref}-{what}{draft}", file_format, PAPERS[what](letter, meeting, person)))


def _brief(letter: Letter, meeting: Meeting, person: Person) -> Paper:
    from views.brief_printed import paper  # noqa: PLC0415 - only for those who print

    brief = read_brief(letter.session, meeting, lambda at: areas_for(letter.who, person, at=at), now=letter.now)
    return paper(brief, letter.who, letter.reader)


def _minutes(letter: Letter, meeting: Meeting, person: Person) -> Paper:
    from views.minutes_printed import paper  # noqa: PLC0415 - only for those who print

    read = read_minutes(letter.session, meeting)
    return paper(read, for_person(letter.who, read.record, person), letter.who, letter.reader)


def _file(name: str, file_format: FileFormat, paper: Paper) -> File:
    from views.paper_docx import docx  # noqa: PLC0415 - only for those who print
    from views.paper_html import html  # noqa: PLC0415

    made = docx(paper) if file_format is FileFormat.DOCX else html(paper)
    return File(f"{name}.{file_format}", made)


PAPERS: dict[Printed, Callable[[Letter, Meeting, Person], Paper]] = {Printed.BRIEF: _brief, Printed.MINUTES: _minutes}
