"""The words of a brief's messages: in the channel, to the chair, and in the threads of both."""

from collections.abc import Callable, Sequence
from datetime import datetime

from delivery.composing import Composer, Letter, Moot
from models.delivery import NoticeKind
from models.meetings import Meeting, MeetingState
from models.structure import Area
from services.board import areas_for, areas_for_channel
from services.brief import Brief, Part, has_begun, read_brief
from services.brief_posts import HEAD, goes_out_at, state_of
from views import brief as views
from views.blocks import Message

READ = "brief"
"""What the database's memory calls the brief that was read last, with what it was read for."""


def compose_brief(letter: Letter) -> Message | Moot:
    """Show how things stand for a meeting; once it has begun, how they stood at its start, whenever that is asked."""
    meeting = letter.session.get(Meeting, letter.ref("meeting_id"))
    if meeting is None:
        return Moot("the meeting is gone")
    if meeting.state is MeetingState.CANCELLED:
        return views.cancelled(meeting, letter.say) if letter.sent else Moot("the meeting is cancelled")
    if not has_begun(meeting, letter.now) and goes_out_at(letter.session, meeting) > letter.now:
        return views.waiting(meeting, letter.reader)
    brief, part = _brief(letter, meeting), letter.notice.refs["part"]
    if part == HEAD:
        return views.head(brief, letter.who, letter.reader)
    return views.page(brief, Part(part), letter.ref("page"), letter.who, letter.reader)


def _brief(letter: Letter, meeting: Meeting) -> Brief:
    """Read a brief once for all its messages, which are rendered one after the other, while nothing changes."""
    memory = letter.session.info["memory"]
    place = letter.person.id if letter.person else letter.notice.channel
    state = state_of(letter.session, meeting, now=letter.now)
    asked = (meeting.id, place, state, letter.who.task_force.version)
    known: tuple[object, Brief] | None = memory.get(READ)
    if known is None or known[0] != asked:
        known = memory[READ] = (asked, read_brief(letter.session, meeting, _areas(letter), now=letter.now))
    return known[1]


def _areas(letter: Letter) -> Callable[[datetime | None], Sequence[Area]]:
    person = letter.person
    if person is not None:
        return lambda at: areas_for(letter.who, person, at=at)
    return lambda at: areas_for_channel(letter.who, letter.notice.channel, at=at)


COMPOSERS: dict[NoticeKind, Composer] = {NoticeKind.BRIEF: compose_brief}
