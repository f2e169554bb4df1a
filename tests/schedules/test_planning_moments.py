"""One person gets one message at a planning moment, whatever it is about, and however long the bot was down before."""

from collections import Counter
from datetime import date, datetime

import pytest
from sqlmodel import col, select

from foundation.database import Database
from models.delivery import Notice, NoticeKind
from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder, ReminderKind
from schedules.duties import DUTIES
from services import absences, actions, issues
from tests.fixtures_task_force import LOADED_AT
from tests.reminding import Reminding, geneva
from tests.services.issue_desk import IssueDesk

WAKES = geneva("2026-11-26 09:30")


def all_duties(database: Database, now: datetime) -> None:
    """Do what is due, in the timetable's order, each in a transaction of its own."""
    for duty in DUTIES.values():
        with database.transaction() as session:
            duty(session, now=now)


@pytest.fixture
def reminding(loaded: Database) -> Reminding:
    """Give a bot that has been down for days in which everything there is fell due for Ama."""
    made, desk = Reminding(loaded, LOADED_AT), IssueDesk(loaded)
    made.schedule("2026-12-03 14:30")
    passing = desk.raised("U0BO", geneva("2026-11-19 10:00"))
    all_duties(loaded, geneva("2026-11-24 09:00"))
    for _ in range(3):
        desk.raised("U0BO", geneva("2026-11-24 10:00"))
    near = desk.raised("U0BO", geneva("2026-11-24 10:00"), due=date(2026, 11, 27))
    desk.act(issues.assign, "U0BO", geneva("2026-11-24 10:05"), issue_id=near, owner_slack_id="U0AMA")
    with made.acting() as session:
        actions.record_action(
            session, actor=made.person("U0SEC"), now=geneva("2026-11-24 10:00"), text="Ask UNFCCC",
            owner=made.person("U0AMA"), due=date(2026, 11, 27),
        )  # fmt: skip
        absences.set_absence(
            session, actor=made.person("U0SEC"), person=made.person("U0BO"), first_day=date(2026, 11, 25),
            last_day=date(2026, 11, 27), alternate=made.person("U0AMA"), now=geneva("2026-11-24 11:00"),
        )  # fmt: skip
    assert desk.issue(passing).undecided
    return made


def messages(database: Database) -> Counter[str]:
    """Count the messages about what people owe, as they are owed to each."""
    with database.reading() as session:
        desks = select(Person.slack_id).join(Notice, col(Notice.person_id) == col(Person.id))
        return Counter(session.exec(desks.where(Notice.kind == NoticeKind.DESK)))


def test_whatever_is_due_comes_as_one_message_after_downtime_too(reminding: Reminding) -> None:
    before = messages(reminding.database)
    all_duties(reminding.database, WAKES)
    new = messages(reminding.database) - before
    assert new["U0AMA"] == 1
    assert set(new.values()) == {1}
    with reminding.database.reading() as session:
        newest = select(Notice).where(Notice.kind == NoticeKind.DESK, Notice.person_id == reminding.person("U0AMA").id)
        [*_, notice] = session.exec(newest.order_by(col(Notice.id))).all()
        said = session.exec(select(Reminder).where(col(Reminder.id).in_(notice.refs["reminder_ids"]))).all()
    assert {row.kind for row in said} == set(ReminderKind)
    assert {row.covers_id for row in said} > {None}


def test_the_moment_done_again_or_a_meeting_moved_at_it_says_nothing_more(reminding: Reminding) -> None:
    all_duties(reminding.database, WAKES)
    before = messages(reminding.database)
    all_duties(reminding.database, WAKES)
    reminding.now = WAKES
    with reminding.database.reading() as session:
        meeting = session.exec(select(Meeting)).one()
    reminding.move(meeting, "2026-12-02 14:30")
    all_duties(reminding.database, WAKES)
    all_duties(reminding.database, geneva("2026-11-26 17:59"))
    assert messages(reminding.database)["U0AMA"] == before["U0AMA"]
