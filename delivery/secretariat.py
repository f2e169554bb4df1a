"""Renders what the secretariat is told; the records are looked up here, the words are in `views.secretariat`."""

from collections.abc import Callable

from sqlmodel import col, select

from delivery.composing import Composer, Letter, Moot
from models.delivery import Notice, NoticeKind
from models.issues import Decision, Issue, IssueState
from models.meetings import Meeting, MeetingState
from models.people import Absence, Person, RoleName
from models.reminders import Disclaimer, Reminder
from models.structure import Seat
from services.chair_alerts import deciders
from services.cover_gaps import without_chair_since
from services.membership import estate
from services.secretariat import News
from views import secretariat as views
from views.blocks import Message
from views.issue_words import those
from views.secretariat import SeatRow


def compose_news(letter: Letter) -> Message | Moot:
    """Render one piece of news."""
    return _NEWS[News(letter.notice.refs["news"])](letter)


def _vacant_seat(letter: Letter) -> Message | Moot:
    rows = [_seat(letter, seat_id) for seat_id in letter.notice.refs["seat_ids"]]
    if not letter.sent and not any(row.vacant for row in rows):
        return Moot("settled")
    return views.vacant_seats(letter.say, rows)


def _not_mine(letter: Letter) -> Message | Moot:
    disclaimer = letter.session.get_one(Disclaimer, letter.ref("disclaimer_id"))
    if not letter.sent and disclaimer.settled_at is not None:
        return Moot("settled")
    return views.not_mine(
        letter.say, _seat(letter, disclaimer.seat_id), person=letter.who.name_of(disclaimer.person_id),
        reason=disclaimer.reason, settled=disclaimer.settled_at is not None,
    )  # fmt: skip


def _reminders_dropped(letter: Letter) -> Message:
    people = letter.session.exec(
        select(Reminder.person_id).where(col(Reminder.id).in_(letter.notice.refs["reminder_ids"])).distinct()
    )
    names = sorted(letter.who.name_of(person_id) for person_id in people)
    return views.reminders_dropped(letter.say, meeting=_meeting(letter), people=names)


def _nobody_reachable(letter: Letter) -> Message:
    person = letter.who.name_of(letter.ref("person_id"))
    return views.nobody_reachable(letter.say, person=person, meeting=_meeting(letter))


def _not_sent(letter: Letter) -> Message:
    notice = letter.session.get_one(Notice, letter.ref("notice_id"))
    return views.not_sent(letter.say, kind=notice.kind, to=_recipient(letter, notice), reason=notice.error or "")


def _copy_removed(letter: Letter) -> Message:
    notice = letter.session.get_one(Notice, letter.ref("notice_id"))
    return views.copy_removed(letter.say, kind=notice.kind, to=_recipient(letter, notice))


def _member_left(letter: Letter) -> Message:
    person = letter.session.get_one(Person, letter.ref("person_id"))
    if person.here:
        return views.member_back(letter.say, person=person.name)
    return views.member_left(letter.say, estate(letter.session, person), letter.who)


def _chair_silent(letter: Letter) -> Message | Moot:
    issue = letter.session.get_one(Issue, letter.ref("issue_id"))
    if not letter.sent and (issue.state is not IssueState.ESCALATED or issue.acknowledged_at is not None):
        return Moot("settled")
    waited_for = [person.name for person in deciders(letter.who, issue, now=letter.now)]
    return views.chair_silent(letter.reader, issue=issue, waited_for=waited_for)


def _ladder_skipped(letter: Letter) -> Message:
    issue = letter.session.get_one(Issue, letter.ref("issue_id"))
    return views.ladder_skipped(letter.say, issue=issue, whom=those(str(letter.notice.refs["to"])))


def _decision_recorded(letter: Letter) -> Message:
    decision = letter.session.get_one(Decision, letter.ref("decision_id"))
    return views.decision_recorded(
        letter.say, decision=decision.ref, by=letter.who.name_of(decision.recorded_by_id), text=decision.text
    )  # fmt: skip


def _minutes_wait(letter: Letter) -> Message | Moot:
    meeting = letter.session.get_one(Meeting, letter.ref("meeting_id"))
    if not letter.sent and meeting.state is not MeetingState.HELD:
        return Moot("closed")
    return views.minutes_wait(letter.reader, meeting)


def _no_chair(letter: Letter) -> Message | Moot:
    absence_id = letter.notice.refs["absence_id"]
    if absence_id is None:
        gone = not letter.who.with_role(RoleName.CHAIR)
        return views.no_chair(letter.say) if gone or letter.sent else Moot("settled")
    absence = letter.session.get_one(Absence, absence_id)
    chair = letter.who.people_by_id[absence.person_id]
    since = without_chair_since(letter.who, chair, absence, now=letter.now) if absence.cancelled_at is None else None
    if since is None:
        return views.chair_covered(letter.say, absence, person=chair.name) if letter.sent else Moot("settled")
    return views.chair_uncovered(letter.say, absence, person=chair.name, since=letter.reader.local_day(since))


def _alternate_gone(letter: Letter) -> Message:
    return views.alternate_gone(
        letter.say, person=letter.who.name_of(letter.ref("person_id")),
        alternate=letter.who.name_of(letter.ref("alternate_id")),
    )  # fmt: skip


def _seat(letter: Letter, seat_id: int) -> SeatRow:
    """Say how a seat stands now; one that is not in force any more waits for nobody."""
    seat = letter.session.get_one(Seat, seat_id)
    holders = [person.name for person in letter.who.holders(seat)]
    in_force = any(each.id == seat_id for each in letter.who.seats)
    area, unit = letter.who.area_name(seat.area_id), letter.who.unit_key(seat.unit_id)
    return SeatRow(seat_id, area, unit, tuple(holders), vacant=in_force and not holders)


def _meeting(letter: Letter) -> Meeting | None:
    meeting_id = letter.notice.refs.get("meeting_id")
    return letter.session.get(Meeting, meeting_id) if meeting_id else None


def _recipient(letter: Letter, notice: Notice) -> str:
    """Name the person or the channel that a message was for."""
    if notice.person_id is not None:
        return letter.session.get_one(Person, notice.person_id).name
    task_force = letter.who.task_force
    return f"#{task_force.channel}" if notice.channel == task_force.channel_id else str(notice.channel)


_NEWS: dict[News, Callable[[Letter], Message | Moot]] = {
    News.VACANT_SEAT: _vacant_seat,
    News.NOT_MINE: _not_mine,
    News.REMINDERS_DROPPED: _reminders_dropped,
    News.NOBODY_REACHABLE: _nobody_reachable,
    News.NOT_SENT: _not_sent,
    News.COPY_REMOVED: _copy_removed,
    News.MEMBER_LEFT: _member_left,
    News.CHAIR_SILENT: _chair_silent,
    News.LADDER_SKIPPED: _ladder_skipped,
    News.DECISION_RECORDED: _decision_recorded,
    News.MINUTES_WAIT: _minutes_wait,
    News.NO_CHAIR: _no_chair,
    News.ALTERNATE_GONE: _alternate_gone,
}

COMPOSERS: dict[NoticeKind, Composer] = {NoticeKind.SECRETARIAT: compose_news}
