"""A task force whose clock is walked from one due moment to the next, and what its people hear meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from delivery.composing import Letter
from delivery.reminders import COMPOSERS
from foundation.database import Database
from foundation.durations import to_utc
from models.delivery import Notice, NoticeKind, NoticeState
from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from models.updates import Health, Update
from services import meetings, reminders, updates
from services.directory import Directory, directory
from services.late_messages import give_up
from services.meetings import Appointment
from views.blocks import Message

GENEVA = "Europe/Zurich"


@dataclass(frozen=True)
class Heard:
    """One message that somebody got."""

    slack_id: str
    at: datetime
    message: Message
    notice_id: int
    meeting: Meeting
    """As it stood then."""
    away: bool
    """Whether they had said that they are away on that day."""


@dataclass
class Reminding:
    """The records, a clock, and what was heard so far."""

    database: Database
    now: datetime
    heard: list[Heard] = field(default_factory=list)
    slack_answers: bool = True

    # -- acts ------------------------------------------------------------------------------------------------------

    @contextmanager
    def acting(self) -> Iterator[Session]:
        with self.database.transaction() as session:
            yield session

    def schedule(self, wall_time: str) -> Meeting:
        with self.acting() as session:
            return meetings.schedule_meeting(
                session, actor=_person(session, "U0SEC"), appointment=Appointment(_wall(wall_time), GENEVA), title="",
                now=self.now,
            )  # fmt: skip

    def move(self, meeting: Meeting, wall_time: str) -> Meeting:
        with self.acting() as session:
            return meetings.move_meeting(
                session, actor=_person(session, "U0SEC"), meeting=session.get_one(Meeting, meeting.id),
                appointment=Appointment(_wall(wall_time), GENEVA), now=self.now,
            )  # fmt: skip

    def cancel(self, meeting: Meeting) -> None:
        with self.acting() as session:
            stored = session.get_one(Meeting, meeting.id)
            meetings.cancel_meeting(session, actor=_person(session, "U0SEC"), meeting=stored, now=self.now)

    def post(self, slack_id: str, area: str, health: Health = Health.ON_TRACK) -> Update:
        with self.acting() as session:
            found = self.who.area_by_key(area)
            assert found is not None
            return updates.file_update(
                session,
                actor=_person(session, slack_id),
                area=found,
                health=health,
                changed="All is well",
                now=self.now,
            )

    def post_everything(self, *but: str) -> None:
        """Let every unit report on every area but the areas named, so that only those remain owed."""
        with self.acting() as session:
            who = directory(session)
            for seat in who.seats:
                area = who.areas_by_id[seat.area_id]
                if area.key not in but and who.holders(seat):
                    updates.file_update(
                        session, actor=who.holders(seat)[0], area=area, health=Health.ON_TRACK, changed="As planned",
                        now=self.now, unit=who.units_by_id[seat.unit_id],
                    )  # fmt: skip

    # -- the clock -------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """Do what is due now, as the timetable does, and hand over what is owed."""
        with self.acting() as session:
            reminders.plan_due(session, self.now)
        with self.acting() as session:
            reminders.send_due(session, self.now)
        self.hand_over()

    def hand_over(self) -> None:
        """Render and send every reminder that is pending and due, if Slack answers."""
        if not self.slack_answers:
            return
        with self.acting() as session:
            pending = (Notice.kind == NoticeKind.DESK, Notice.state == NoticeState.PENDING)
            give_up(session, session.exec(select(Notice).where(*pending, col(Notice.expires_at) <= self.now)).all(),
                    now=self.now)  # fmt: skip
            due = select(Notice).where(*pending, col(Notice.due_at) <= self.now)
            for notice in session.exec(due).all():
                self._send(session, notice)

    def go_to(self, instant: datetime) -> None:
        """Let time pass: every due moment on the way is visited in order."""
        self.tick()
        while True:
            with self.database.reading() as session:
                coming = [reminders.next_due(session, self.now), meetings.moments_after(session, self.now)]
            following = min((at for at in coming if at is not None), default=instant)
            self.now = min(following, instant)
            self.tick()
            if self.now >= instant:
                return

    def wake_at(self, instant: datetime) -> None:
        """Let time pass while the bot is down."""
        self.now = instant
        self.tick()

    # -- looks -----------------------------------------------------------------------------------------------------

    @property
    def who(self) -> Directory:
        with self.database.reading() as session:
            return directory(session)

    def person(self, slack_id: str) -> Person:
        found = self.who.by_slack_id(slack_id)
        assert found is not None
        return found

    def rows(self, slack_id: str, *, state: ReminderState | None = None) -> list[Reminder]:
        with self.database.reading() as session:
            wanted = select(Reminder).where(
                Reminder.person_id == self.person(slack_id).id, Reminder.kind == ReminderKind.UPDATES
            )
            rows = session.exec(wanted.order_by(col(Reminder.asked_at), col(Reminder.id)))
            return [row for row in rows if state in (None, row.state)]

    def plan(self, slack_id: str) -> dict[str, str]:
        """What is planned for a person by step, in their own time; what is not said, by what became of it."""
        zone = self.who.zone_of(self.person(slack_id))
        return {
            row.step: _shown(row.due_at, zone)
            if row.due_at
            else f"{row.reason.get('code', row.state.value)} {row.reason.get('into', '')}".strip()
            for row in self.rows(slack_id)
        }

    def times(self, slack_id: str) -> list[str]:
        """When somebody heard something, in their own time."""
        zone = self.who.zone_of(self.person(slack_id))
        return [_shown(each.at, zone) for each in self.heard if each.slack_id == slack_id]

    def shown(self, heard: Heard) -> Message:
        """How a message that was sent looks now."""
        with self.database.reading() as session:
            notice = session.get_one(Notice, heard.notice_id)
            message = COMPOSERS[notice.kind](self._letter(session, notice))
        assert isinstance(message, Message)
        return message

    def news(self) -> list[str]:
        """What the secretariat was told, by kind."""
        with self.database.reading() as session:
            told = session.exec(select(Notice).where(Notice.kind == NoticeKind.SECRETARIAT).order_by(col(Notice.id)))
            return [str(notice.refs["news"]) for notice in told]

    def _send(self, session: Session, notice: Notice) -> None:
        message = COMPOSERS[notice.kind](self._letter(session, notice))
        notice.state = NoticeState.SENT if isinstance(message, Message) else NoticeState.SUPERSEDED
        if isinstance(message, Message):
            who = directory(session)
            person = who.people_by_id[notice.person_id or 0]
            meeting = session.get_one(Meeting, notice.refs["meeting_id"])
            away = who.absence(person, now=self.now) is not None
            self.heard.append(Heard(person.slack_id, self.now, message, notice.id or 0, meeting, away))

    def _letter(self, session: Session, notice: Notice) -> Letter:
        who = directory(session)
        person = who.people_by_id[notice.person_id or 0]
        return Letter(session=session, notice=notice, who=who, person=person, reader=who.reader(person), now=self.now)


def geneva(wall_time: str) -> datetime:
    """Return the instant of a wall time in Geneva."""
    return to_utc(_wall(wall_time), GENEVA)


def _shown(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %H:%M}"


def _wall(wall_time: str) -> datetime:
    return datetime.fromisoformat(wall_time)


def _person(session: Session, slack_id: str) -> Person:
    found = directory(session).by_slack_id(slack_id)
    assert found is not None
    return found
