"""Notices about meetings: the channel's announcement, and the news to each member when the meeting is near."""

from delivery.composing import Composer, Letter, Moot
from models.delivery import NoticeKind
from models.meetings import Meeting
from views import meetings as views
from views.blocks import Message


def announcement(letter: Letter) -> Message | Moot:
    """The meeting as it stands. An announcement that another one has overtaken before it was sent is not sent."""
    meeting = letter.session.get(Meeting, letter.ref("meeting_id"))
    if meeting is None:
        return Moot("the meeting is gone")
    if not letter.sent and letter.ref("revision") != meeting.revision:
        return Moot("moved again")
    refs = letter.notice.refs
    return views.announced(meeting, refs["news"], reader=letter.reader, reason=refs.get("reason", ""))


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.MEETING_POST: announcement,
    NoticeKind.MEETING_NEWS: announcement,
}
