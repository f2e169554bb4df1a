"""The board of a meeting in the channel, which ends as the summary of its minutes; and what it gave people to do."""

from delivery.composing import Composer, Letter, Moot
from models.delivery import NoticeKind
from models.meetings import Meeting, MeetingState
from services.action_news import actions_given
from services.meeting_record import live
from services.meeting_shown import for_channel
from services.minutes import read_minutes
from views import meeting_board, minutes
from views.actions_given import what_is_given
from views.blocks import Message


def compose_board(letter: Letter) -> Message | Moot:
    """Show a meeting item by item while it is held, and what came of it afterwards."""
    meeting = letter.session.get_one(Meeting, letter.ref("meeting_id"))
    channel = letter.notice.channel
    if meeting.state is MeetingState.CLOSED:
        read = read_minutes(letter.session, meeting)
        shown = for_channel(letter.who, read.record, channel)
        return minutes.summary(meeting, shown, letter.reader, letter.who, addenda=len(read.addenda))
    record, current = live(letter.session, meeting)
    shown = for_channel(letter.who, record, channel, current=current)
    return meeting_board.channel_board(meeting, shown, letter.who, letter.reader)


def compose_actions(letter: Letter) -> Message | Moot:
    """Tell one person what a meeting gave them to do, or somebody for whom they stand in."""
    meeting = letter.session.get_one(Meeting, letter.ref("meeting_id"))
    person = letter.person
    if person is None or not person.here:
        return Moot("the person has left")
    covers_id = letter.notice.refs.get("covers_id")
    given = actions_given(letter.session, meeting.id or 0, covers_id or person.id or 0)
    if not letter.sent:
        given = [action for action in given if action.done_at is None]
    if not given:
        return Moot("nothing is to be done any more")
    covers = letter.who.name_of(covers_id) if covers_id else ""
    return what_is_given(letter.reader, meeting, given, covers=covers)


COMPOSERS: dict[NoticeKind, Composer] = {
    NoticeKind.MEETING_BOARD: compose_board,
    NoticeKind.ACTIONS_GIVEN: compose_actions,
}
