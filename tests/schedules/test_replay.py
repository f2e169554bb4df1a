"""A practice clock that is moved ahead visits every due moment in order; downtime does not."""

from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from models.delivery import NoticeKind
from schedules.replay import ClockFollower
from services.outbox import owe
from tests.delivery.post_office import CHANNEL, PostOffice
from tests.schedules.running import engine_for
from tests.slack_world import wait_for


def stamp(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds")


def test_each_due_moment_is_visited_in_order_at_its_own_time(office: PostOffice) -> None:
    start = office.clock.now()
    moments = [start + timedelta(hours=hours) for hours in (1, 2, 30)]
    seen: list[datetime] = []

    def note(_: Session, *, now: datetime) -> None:
        seen.append(now)

    def next_due(_: Session, after: datetime) -> datetime | None:
        return min((moment for moment in moments if moment > after), default=None)

    engine = engine_for(office, duties={"note": note}, next_due=next_due)
    ClockFollower(engine.ticks, office.slack.url).visit(timedelta(days=1))
    begun, *visited, arrived = seen
    assert start <= begun < moments[0]
    assert visited == moments[:2]
    assert arrived >= start + timedelta(days=1)


def test_what_a_moment_causes_is_sent_at_that_moment_and_may_cause_more(office: PostOffice) -> None:
    start = office.clock.now()

    def chain(session: Session, *, now: datetime) -> None:
        passed = int((now - start) / timedelta(hours=1))
        for hour in range(1, passed + 1):
            due = start + timedelta(hours=hour + 1)
            owe(
                session, NoticeKind.BRIEF, key=f"hour {hour}", subject="hours", now=now, channel=CHANNEL, due_at=due,
                refs={"words": f"hour {hour}"},
            )  # fmt: skip

    office.owe("begin", due_at=start + timedelta(hours=1))
    engine = engine_for(office, duties={"chain": chain})
    ClockFollower(engine.ticks, office.slack.url).visit(timedelta(hours=5, minutes=30))
    assert office.said() == ["begin", "hour 1", "hour 2", "hour 3", "hour 4"]
    sent = [office.notice(key) for key in office.said()]
    assert [stamp(notice.sent_at or start) for notice in sent] == [stamp(notice.due_at) for notice in sent]


def test_a_clock_moved_back_visits_nothing(office: PostOffice) -> None:
    engine = engine_for(office)
    follower = ClockFollower(engine.ticks, office.slack.url)
    follower.visit(timedelta(days=1))
    office.owe("Tomorrow", due_at=office.clock.now() + timedelta(hours=1))
    follower.visit(timedelta())
    assert office.said() == []


def test_a_running_engine_follows_the_workspace_and_tells_it_what_comes(office: PostOffice) -> None:
    office.slack.advance(3600)
    office.owe("In a day", due_at=office.clock.now() + timedelta(days=1))
    engine = engine_for(office, TICK_SECONDS="60")
    engine.start()
    try:
        wait_for(lambda: office.clock.offset == timedelta(hours=1))
        office.slack.advance(2 * 86400)
        wait_for(lambda: office.said() == ["In a day"])
        wait_for(lambda: office.clock.offset == timedelta(days=2, hours=1))
    finally:
        engine.stop()
