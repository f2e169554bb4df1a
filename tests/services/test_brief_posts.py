"""When a brief goes out and to whom, what is edited when, and what a section names."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState
from models.issues import Action
from models.meetings import Meeting
from models.people import Person
from services.brief import AreaInBrief, Brief, Part, read_brief
from services.brief_posts import keep_current
from services.brief_questions import OverdueAction
from services.directory import area_id, directory
from services.meetings import Appointment, cancel_meeting, move_meeting, schedule_meeting
from services.silences import quiet_area
from tests.services.update_desk import UpdateDesk

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
DEADLINE = datetime(2026, 12, 2, 13, 30, tzinfo=UTC)
START = datetime(2026, 12, 3, 13, 30, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class BriefDesk(UpdateDesk):
    """The same, with a meeting on 3 December at 14:30 in Geneva, and the duty that keeps its brief."""

    def scheduled(self, wall: str = "2026-12-03T14:30") -> None:
        at = Appointment(datetime.fromisoformat(wall), "Europe/Zurich")
        self.act(schedule_meeting, "U0SEC", MONDAY, appointment=at, title="ISC-TF 43")

    def moved(self, wall: str, now: datetime) -> None:
        at = Appointment(datetime.fromisoformat(wall), "Europe/Zurich")
        with self.database.transaction() as session:
            meeting = session.get_one(Meeting, 1)
            move_meeting(session, actor=_secretary(session), meeting=meeting, appointment=at, now=now)

    def kept(self, now: datetime) -> list[Notice]:
        with self.database.transaction() as session:
            keep_current(session, now)
        return self.briefs()

    def briefs(self) -> list[Notice]:
        with self.database.reading() as session:
            return list(session.exec(select(Notice).where(Notice.kind == NoticeKind.BRIEF).order_by(col(Notice.id))))

    def sent(self) -> None:
        """Let Slack have them all, as things stand."""
        with self.database.transaction() as session:
            for notice in session.exec(select(Notice).where(Notice.kind == NoticeKind.BRIEF)):
                notice.state, notice.refresh_at = NoticeState.SENT, None
                session.add(notice)

    def brief(self, now: datetime) -> Brief:
        with self.database.reading() as session:
            return self.read(session, now)

    def read(self, session: Session, now: datetime) -> Brief:
        who = directory(session)
        return read_brief(session, session.get_one(Meeting, 1), lambda _: who.areas, now=now)


@pytest.fixture
def desk(loaded: Database) -> BriefDesk:
    """Give the sample task force with its next meeting."""
    desk = BriefDesk(loaded)
    desk.scheduled()
    return desk


def _secretary(session: Session) -> Person:
    person = directory(session).by_slack_id("U0SEC")
    assert person
    return person


def heads(notices: list[Notice]) -> list[Notice]:
    return [notice for notice in notices if notice.refs["part"] == "head"]


@pytest.mark.parametrize("loaded", ["sqlite", "postgresql"], indirect=True)
def test_nothing_is_owed_before_the_deadline_and_one_head_a_place_from_then_on(desk: BriefDesk) -> None:
    assert desk.kept(DEADLINE - MINUTE) == []
    first = desk.kept(DEADLINE)
    assert [head.person_id is None for head in heads(first)] == [True, False]
    assert all(notice.parent_key == heads(first)[0].key for notice in first if notice.channel and notice.parent_key)
    assert [notice.key for notice in desk.kept(DEADLINE + MINUTE)] == [notice.key for notice in first]


def test_the_chairs_copy_waits_for_working_time_that_comes_before_the_meeting(loaded: Database) -> None:
    desk = BriefDesk(loaded)
    desk.scheduled("2026-12-07T10:00")
    sunday = datetime(2026, 12, 6, 9, tzinfo=UTC)
    channel, chair = heads(desk.kept(sunday))
    assert channel.due_at == sunday
    assert chair.due_at == datetime(2026, 12, 7, 8, tzinfo=UTC)


@pytest.mark.parametrize("loaded", ["sqlite", "postgresql"], indirect=True)
def test_what_was_sent_is_looked_at_anew_only_when_something_changed_or_an_hour_has_passed(desk: BriefDesk) -> None:
    desk.kept(DEADLINE)
    desk.sent()
    assert not any(notice.refresh_at for notice in desk.kept(DEADLINE + MINUTE))
    desk.filed("U0CY", DEADLINE + MINUTE)
    assert all(notice.refresh_at for notice in desk.kept(DEADLINE + MINUTE))
    desk.sent()
    assert any(notice.refresh_at for notice in desk.kept(DEADLINE + timedelta(hours=1)))


def test_nothing_is_looked_at_again_once_the_meeting_has_begun(desk: BriefDesk) -> None:
    desk.kept(DEADLINE)
    desk.kept(START)
    desk.sent()
    desk.filed("U0CY", START + MINUTE)
    assert not any(notice.refresh_at for notice in desk.kept(START + 5 * MINUTE))
    assert desk.brief(START + 2 * DAY).count(Part.CHANGED) == 0


def test_a_brief_that_downtime_kept_back_still_goes_out_during_the_meeting_and_not_after(desk: BriefDesk) -> None:
    assert desk.kept(START + 3 * 60 * MINUTE) == []
    assert len(heads(desk.kept(START + MINUTE))) == 2


def test_a_brief_waits_for_the_meeting_before_it(loaded: Database) -> None:
    desk = BriefDesk(loaded)
    desk.scheduled()
    desk.scheduled("2026-12-04T10:00")
    before = desk.kept(datetime(2026, 12, 3, 12, tzinfo=UTC))
    assert {notice.refs["meeting_id"] for notice in before} == {1}
    after = desk.kept(START + MINUTE)
    assert {notice.refs["meeting_id"] for notice in after} == {1, 2}


def test_what_was_not_sent_waits_for_the_new_deadline_of_a_meeting_that_is_moved(desk: BriefDesk) -> None:
    desk.kept(DEADLINE)
    desk.moved("2026-12-10T14:30", DEADLINE + MINUTE)
    waiting = desk.kept(DEADLINE + MINUTE)
    assert {notice.due_at for notice in waiting} == {datetime(2026, 12, 9, 13, 30, tzinfo=UTC)}


def test_it_goes_out_at_once_when_the_meeting_is_moved_back_so_that_its_deadline_is_past(desk: BriefDesk) -> None:
    desk.kept(DEADLINE)
    for wall, now in (("2026-12-10T14:30", DEADLINE + MINUTE), ("2026-12-03T09:00", DEADLINE + 2 * MINUTE)):
        desk.moved(wall, now)
        waiting = desk.kept(now)
    assert {notice.due_at for notice in waiting} == {DEADLINE + 2 * MINUTE}


def test_a_cancelled_meeting_has_its_brief_edited_once_and_forgotten(desk: BriefDesk) -> None:
    desk.kept(DEADLINE)
    desk.sent()
    with desk.database.transaction() as session:
        cancel_meeting(session, actor=_secretary(session), meeting=session.get_one(Meeting, 1), now=DEADLINE + MINUTE)
    assert all(notice.refresh_at for notice in desk.kept(DEADLINE + MINUTE))
    desk.sent()
    assert not any(notice.refresh_at for notice in desk.kept(DEADLINE + 2 * MINUTE))


def test_planned_silence_excuses_and_what_was_said_is_still_new(desk: BriefDesk) -> None:
    desk.filed("U0CY", MONDAY)
    desk.act(quiet_area, "U0SEC", MONDAY, area="climate", until=date(2027, 1, 1), reason="The host is closed")
    brief = desk.brief(DEADLINE)
    [changed] = brief.entries[Part.CHANGED]
    assert isinstance(changed, AreaInBrief)
    assert (changed.area.key, [unit.unit for unit in changed.units]) == ("climate", ["BDT"])
    assert "climate" not in [e.area.key for e in brief.entries[Part.OVERDUE] if isinstance(e, AreaInBrief)]
    assert "climate" in [e.area.key for e in brief.entries[Part.EXCUSED] if isinstance(e, AreaInBrief)]


def test_actions_are_overdue_the_day_after_and_hidden_with_their_area(desk: BriefDesk) -> None:
    with desk.database.transaction() as session:
        who, owner = directory(session), _secretary(session).id or 0
        hidden = next(area for area in who.areas if area.restricted)
        for due, area in ((date(2026, 12, 1), None), (date(2026, 12, 2), None), (date(2026, 12, 1), area_id(hidden))):
            session.add(Action(text="Ask the host", owner_id=owner, due=due, created_at=MONDAY, area_id=area))
    with desk.database.reading() as session:
        who = directory(session)
        seen = [area for area in who.areas if not area.restricted]
        brief = read_brief(session, session.get_one(Meeting, 1), lambda _: seen, now=DEADLINE)
    assert late(brief) == ["ACT-1"]
    assert late(desk.brief(DEADLINE)) == ["ACT-1", "ACT-3"]


def late(brief: Brief) -> list[str]:
    return [each.ref for each in brief.entries[Part.OVERDUE] if isinstance(each, OverdueAction)]
