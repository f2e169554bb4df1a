"""The engine runs by itself: at once when something is owed, on after faults, and it notices when it sleeps."""

from datetime import datetime, timedelta

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import Session

from foundation.clock import Clock
from models.delivery import HomeMark
from models.people import Person
from schedules.timetable import Entry
from schedules.watchdog import Watchdog
from services.outbox import mark_homes
from tests.delivery.post_office import PostOffice
from tests.schedules.running import engine_for
from tests.slack_world import wait_for


def test_what_is_owed_while_it_runs_is_sent(office: PostOffice) -> None:
    engine = engine_for(office)
    engine.start()
    try:
        office.owe("Hello")
        wait_for(lambda: office.said() == ["Hello"])
    finally:
        engine.stop()


def test_a_duty_that_fails_keeps_no_other_from_being_done(office: PostOffice) -> None:
    done: list[datetime] = []

    def fail(_: Session, *, now: datetime) -> None:
        raise RuntimeError(now)

    def succeed(_: Session, *, now: datetime) -> None:
        done.append(now)

    engine_for(office, duties={"fail": fail, "succeed": succeed}).ticks.act()
    assert len(done) == 1


def test_a_failed_duty_leaves_nothing_half_done(office: PostOffice) -> None:
    def rename(session: Session, *, now: datetime) -> None:
        session.get_one(Person, 1).name = "Somebody else"
        session.flush()
        raise RuntimeError(now)

    engine_for(office, duties={"rename": rename}).ticks.act()
    with office.database.reading() as session:
        assert session.get_one(Person, 1).name != "Somebody else"


def test_an_app_home_is_published_once_in_thirty_seconds(office: PostOffice) -> None:
    engine = engine_for(office)
    with office.database.transaction() as session:
        session.add(HomeMark(person_id=1, marked_at=office.clock.now()))
    engine.ticks.deliver()
    for _ in range(3):
        with office.database.transaction() as session:
            mark_homes(session, [1], now=office.clock.now())
        engine.ticks.deliver()
    assert len(office.calls("views.publish")) == 1
    office.clock.push(seconds=31)
    engine.ticks.deliver()
    assert len(office.calls("views.publish")) == 2


def test_an_app_home_that_slack_did_not_take_is_published_later(office: PostOffice) -> None:
    engine = engine_for(office)
    office.slack.faults.next("views.publish", "500", times=2)
    with office.database.transaction() as session:
        session.add(HomeMark(person_id=1, marked_at=office.clock.now()))
    engine.ticks.deliver()
    office.clock.push(seconds=31)
    engine.ticks.deliver()
    assert [call.accepted for call in office.calls("views.publish")][-1]


def test_conversations_are_opened_ahead(office: PostOffice) -> None:
    engine = engine_for(office)
    engine.ticks.open_conversations()
    with office.database.reading() as session:
        assert session.get_one(Person, 1).dm_channel_id is not None


def test_a_conversation_that_an_outage_kept_closed_is_opened_after_it(office: PostOffice) -> None:
    engine = engine_for(office)
    office.slack.faults.next("conversations.open", "500", times=20)
    engine.ticks.open_conversations()
    office.slack.faults.clear()
    engine.ticks.open_conversations()
    with office.database.reading() as session:
        assert session.get_one(Person, 1).dm_channel_id is not None


@pytest.mark.fault(28, on="either")
def test_a_tick_that_sleeps_after_the_clock_was_set_back_is_woken() -> None:
    scheduler = BackgroundScheduler(timezone="UTC")
    entry = Entry("tick", timedelta(seconds=1), lambda: None)
    scheduler.add_job(entry.tick, "interval", seconds=1, id=entry.name)
    scheduler.start(paused=True)
    try:
        clock = Clock()
        tomorrow = clock.real() + timedelta(days=1)
        dog = Watchdog(scheduler, [entry], clock.real)
        assert dog.look() == []
        scheduler.modify_job("tick", next_run_time=tomorrow)
        assert dog.look() == ["tick"]
        assert scheduler.get_job("tick").next_run_time < tomorrow
    finally:
        scheduler.shutdown()
