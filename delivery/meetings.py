"""Notices about meetings: the channel's announcement, the news to each member when it is near, files asked for."""

from dataclasses import replace

from delivery.composing import Composer, Letter, Moot
from delivery.printing import printed
from models.delivery import NoticeKind
from models.meetings import Meeting, MeetingState
from services import calendar_entries
from services.calendar_entries import CalendarEntry
from services.meeting_news import FILE_ASKED_FOR
from services.printing import PRINT_ASKED_FOR
from views import meeting_files
from views import meetings as views
from views.blocks import File, Message


def announcement(letter: Letter) -> Message | Moot:
    """The meeting as it stands, in the channel with its calendar file. What has been overtaken is not sent."""
    meeting = letter.session.get(Meeting, letter.ref("meeting_id"))
    if meeting is None:
        return Moot("the meeting is gone")
    if not letter.sent and letter.ref("revision") != meeting.revision:
        return Moot("moved again")
    refs = letter.notice.refs
    said = views.announced(
        meeting, refs["news"], reader=letter.reader, reason=refs.get("reason", ""),
        file=letter.file if _is_current(letter, meeting) else None,
    )  # fmt: skip
    if letter.awaits_file and letter.person is None:
        return replace(said, file=_file(letter, [calendar_entries.entry_of(letter.session, meeting)]))
    return said


def news(letter: Letter) -> Message | Moot:
    """What one person hears of a meeting: the same as the channel, whose file it is, or a file they asked for."""
    return NEWS.get(letter.notice.refs["news"], announcement)(letter)


def file_asked_for(letter: Letter) -> Message:
    """The calendar file of one meeting, or of all ahead; where it could not be uploaded, that."""
    meeting = letter.session.get(Meeting, letter.notice.refs.get("meeting_id") or 0)
    said = meeting_files.here_it_is(meeting, file=letter.file, reader=letter.reader)
    if not letter.awaits_file:
        return said
    entries = (
        [calendar_entries.entry_of(letter.session, meeting)]
        if meeting
        else calendar_entries.entries_ahead(letter.session, now=letter.now)
    )
    return replace(said, file=_file(letter, entries))


def _file(letter: Letter, entries: list[CalendarEntry]) -> File:
    from views.calendar import calendar_file  # noqa: PLC0415 - the library costs every start what few moments need

    return calendar_file(entries, reader=letter.reader)


def _is_current(letter: Letter, meeting: Meeting) -> bool:
    """Whether the file says how the meeting stands: that of an announcement which was overtaken is not offered."""
    says_cancelled = letter.notice.refs["news"] == MeetingState.CANCELLED.value
    is_cancelled = meeting.state is MeetingState.CANCELLED
    return letter.ref("revision") == meeting.revision and says_cancelled == is_cancelled


NEWS: dict[str, Composer] = {FILE_ASKED_FOR: file_asked_for, PRINT_ASKED_FOR: printed}
COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.MEETING_POST: announcement,
    NoticeKind.MEETING_NEWS: news,
}
