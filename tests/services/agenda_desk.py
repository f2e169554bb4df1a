"""What tests of agendas do with a loaded task force: meetings, and what stands on their agendas."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.agenda import AgendaItem
from models.meetings import Meeting
from models.people import Person
from models.structure import Area
from models.updates import Health
from services.agenda import Agenda, read_agenda
from services.directory import directory
from services.meetings import Appointment, cancel_meeting, hold_meeting, schedule_meeting
from services.proposals import Proposal, propose
from services.updates import confirm_update, file_update
from tests.fixtures_task_force import LOADED_AT
from tests.services.issue_desk import IssueDesk

BEGUN = LOADED_AT + timedelta(hours=1)
DAY = timedelta(days=1)


class AgendaDesk(IssueDesk):
    """One database, in which people act by their Slack ids, and meetings are known by their numbers."""

    def meeting(self, starts_at: datetime) -> int:
        """Schedule a meeting."""
        appointment = Appointment(starts_at.replace(tzinfo=None), "UTC")
        return self.act(schedule_meeting, "U0SEC", BEGUN, appointment=appointment, title="ISC-TF").id or 0

    def hold(self, meeting_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            hold_meeting(session, actor=self.person(session, "U0SEC"), meeting=_meeting(session, meeting_id), now=now)

    def cancel(self, meeting_id: int, now: datetime) -> None:
        with self.database.transaction() as session:
            cancel_meeting(session, actor=self.person(session, "U0SEC"), meeting=_meeting(session, meeting_id), now=now)

    def says(self, slack_id: str, area: str, now: datetime) -> None:
        """Post an update."""
        self.act(file_update, slack_id, now, area=self.area(area), health=Health.AT_RISK, changed=f"Of {area}")

    def confirms(self, slack_id: str, area: str, now: datetime) -> None:
        """Say that nothing changed."""
        self.act(confirm_update, slack_id, now, area=self.area(area))

    def proposes(self, title: str, now: datetime, *, meeting_id: int | None = None, who: str = "U0BO") -> int:
        """Propose an item; its id."""
        with self.database.transaction() as session:
            meeting = _meeting(session, meeting_id) if meeting_id else None
            actor = self.person(session, who)
            item = propose(session, actor=actor, meeting=meeting, proposal=Proposal(title), now=now)
            return item.id or 0

    def agenda(self, meeting_id: int, now: datetime, *, who: str = "U0SEC", at: datetime | None = None) -> Agenda:
        with self.database.reading() as session:
            actor = directory(session).by_slack_id(who) or Person(slack_id=who, name=who)
            return read_agenda(session, _meeting(session, meeting_id), actor=actor, now=now, at=at)

    def items(self, meeting_id: int, now: datetime, *, who: str = "U0SEC", at: datetime | None = None) -> list[str]:
        """What stands on an agenda, in order."""
        return [entry.key for entry in self.agenda(meeting_id, now, who=who, at=at).items]

    def rows(self, meeting_id: int | None) -> list[AgendaItem]:
        """The rows of a meeting, or those that wait for the next one, in their places."""
        with self.database.reading() as session:
            wanted = select(AgendaItem).where(col(AgendaItem.meeting_id) == meeting_id)
            return sorted(session.exec(wanted), key=lambda row: (row.place or 0, row.id or 0))

    def area(self, key: str) -> Area:
        with self.database.reading() as session:
            found = directory(session).area_by_key(key)
            assert found
            return found


def _meeting(session: Session, meeting_id: int) -> Meeting:
    return session.get_one(Meeting, meeting_id)
