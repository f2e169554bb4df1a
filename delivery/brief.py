"""The words of a brief's messages: in the channel, to the chair, and in the threads of both."""

from collections.abc import Sequence
from datetime import datetime

from delivery.composing import Composer, Letter, Moot
from models.delivery import NoticeKind
from models.meetings import Meeting, MeetingState
from models.structure import Area
from services.board import areas_for, areas_for_channel
from services.brief import Part, has_begun, read_brief
from services.brief_posts import HEAD, goes_out_at
from views import brief as views
from views.blocks import Message


def compose_brief(letter: Letter) -> Message | Moot:
    """Show how things stand for a meeting; once it has begun, how they stood at its start, whenever that is asked."""
    meeting = letter.session.get(Meeting, letter.ref("meeting_id"))
    if meeting is None:
        return Moot("the meeting is gone")
    if meeting.state is MeetingState.CANCELLED:
        return views.cancelled(meeting, letter.say) if letter.sent else Moot("the meeting is cancelled")
    if not has_begun(meeting, letter.now) and goes_out_at(letter.session, meeting) > letter.now:
        return views.waiting(meeting, letter.reader)

    def areas(at: datetime | None) -> Sequence[Area]:
        if letter.person is not None:
            return areas_for(letter.who, letter.person, at=at)
        return areas_for_channel(letter.who, letter.notice.channel, at=at)

    brief = read_brief(letter.session, meeting, areas, now=letter.now)
    part = letter.notice.refs["part"]
    if part == HEAD:
        return views.head(brief, letter.who, letter.reader)
    return views.page(brief, Part(part), letter.ref("page"), letter.who, letter.reader)


COMPOSERS: dict[NoticeKind, Composer] = {NoticeKind.BRIEF: compose_brief}
