"""What the secretariat is told names what happened and offers what settles it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from delivery.composing import Letter, Moot
from delivery.secretariat import _NEWS, compose_news
from foundation.database import Database
from models.delivery import Notice, NoticeKind, NoticeState
from models.issues import Decision, DecisionOutcome, Issue, IssueState
from models.meetings import Meeting, MeetingState
from models.people import Absence, Person
from models.reminders import Disclaimer, Reminder, ReminderKind, ReminderState
from models.structure import Seat
from services import membership, seats
from services.directory import directory, seat_id, touch
from services.secretariat import News
from services.vacant_seats import report_vacant
from tests.fixtures_task_force import LOADED_AT
from tests.slack_reading import buttons_of as buttons_in
from tests.slack_reading import words as words_of
from views.blocks import Message

Records = Callable[[Session], dict[str, Any]]


def ama(session: Session) -> Person:
    return session.exec(select(Person).where(Person.slack_id == "U0AMA")).one()


def secretary(session: Session) -> Person:
    return session.exec(select(Person).where(Person.slack_id == "U0SEC")).one()


def stored(session: Session, record: Any) -> int:
    session.add(record)
    session.flush()
    return int(record.id)


def ama_s_name(database: Database) -> str:
    with database.reading() as session:
        return ama(session).name


def buttons_of(message: Message) -> list[str]:
    return buttons_in({"blocks": message.blocks})


def words(message: Message) -> str:
    return words_of({"text": message.text, "blocks": message.blocks})


def a_vacant_seat(session: Session) -> dict[str, Any]:
    who = directory(session)
    return {"seat_ids": [next(seat_id(seat) for seat in who.seats if not who.holders(seat))]}


def a_disclaimer(session: Session) -> dict[str, Any]:
    seat = directory(session).seats[0]
    disclaimer = Disclaimer(
        person_id=ama(session).id or 0, seat_id=seat_id(seat), reason="<!channel> moved", at=LOADED_AT
    )
    return {"disclaimer_id": stored(session, disclaimer)}


def a_meeting(session: Session) -> dict[str, Any]:
    meeting = Meeting(
        title="Coordination", local_start="2026-12-03T14:30", timezone="Europe/Zurich", created_by_id=1,
        starts_at=LOADED_AT + timedelta(days=30), deadline_at=LOADED_AT + timedelta(days=29), created_at=LOADED_AT,
    )  # fmt: skip
    return {"meeting_id": stored(session, meeting)}


def dropped_reminders(session: Session) -> dict[str, Any]:
    reminder = Reminder(
        person_id=1, kind=ReminderKind.UPDATES, step="2h", asked_at=LOADED_AT, state=ReminderState.DROPPED
    )
    return {**a_meeting(session), "reminder_ids": [stored(session, reminder)]}


def an_absent_person(session: Session) -> dict[str, Any]:
    return {**a_meeting(session), "person_id": ama(session).id}


def a_dead_notice(session: Session) -> dict[str, Any]:
    notice = Notice(
        key="x", kind=NoticeKind.DESK, person_id=ama(session).id, subject="x", due_at=LOADED_AT, created_at=LOADED_AT,
        state=NoticeState.DEAD, error="user_disabled",
    )  # fmt: skip
    return {"notice_id": stored(session, notice)}


def somebody_who_left(session: Session) -> dict[str, Any]:
    membership.leave(session, actor=secretary(session), person=ama(session), now=LOADED_AT)
    return {"person_id": ama(session).id}


def an_issue(session: Session) -> dict[str, Any]:
    issue = Issue(
        title="Venue & visas", raised_by_id=ama(session).id or 0, raised_at=LOADED_AT, round_at=LOADED_AT, ladder=[],
        state=IssueState.ESCALATED, escalated_at=LOADED_AT,
    )  # fmt: skip
    return {"issue_id": stored(session, issue), "to": "deputy"}


def a_decision(session: Session) -> dict[str, Any]:
    decision = Decision(
        issue_id=an_issue(session)["issue_id"], text="Hold it in Cairo", outcome=DecisionOutcome.CLOSE, decided_by_id=1,
        recorded_by_id=1, decided_at=LOADED_AT,
    )  # fmt: skip
    return {"decision_id": stored(session, decision)}


def a_chair_away_alone(session: Session) -> dict[str, Any]:
    chair = session.exec(select(Person).where(Person.slack_id == "U0CHAIR")).one()
    day = LOADED_AT.date()
    absence = Absence(person_id=chair.id or 0, first_day=day, last_day=day, set_by_id=chair.id or 0)
    found = {"absence_id": stored(session, absence)}
    touch(session)
    return found


def an_alternate(session: Session) -> dict[str, Any]:
    return {"person_id": ama(session).id, "alternate_id": ama(session).alternate_id}


def a_held_meeting(session: Session) -> dict[str, Any]:
    meeting = Meeting(
        title="ISC-TF", local_start="2026-11-02T09:00", timezone="Europe/Zurich", starts_at=LOADED_AT,
        deadline_at=LOADED_AT, state=MeetingState.HELD, held_at=LOADED_AT, created_by_id=1, created_at=LOADED_AT,
    )  # fmt: skip
    return {"meeting_id": stored(session, meeting)}


NEWS: list[tuple[News, Records, str, list[str]]] = [
    (News.VACANT_SEAT, a_vacant_seat, "Nobody is the focal point", ["Reassign"]),
    (News.NOT_MINE, a_disclaimer, "is not theirs", ["Reassign"]),
    (News.REMINDERS_DROPPED, dropped_reminders, "MTG-1", []),
    (News.NOBODY_REACHABLE, an_absent_person, "nobody stands in", []),
    (News.NOT_SENT, a_dead_notice, "the account is deactivated", []),
    (News.COPY_REMOVED, a_dead_notice, "twice", []),
    (News.MEMBER_LEFT, somebody_who_left, "has left", ["Reassign all"]),
    (News.CHAIR_SILENT, an_issue, "Venue &amp; visas", ["Open"]),
    (News.LADDER_SKIPPED, an_issue, "ISS-1", ["Open"]),
    (News.DECISION_RECORDED, a_decision, "DEC-1", ["Open"]),
    (News.NO_CHAIR, a_chair_away_alone, "nobody acts as chair", []),
    (News.MINUTES_WAIT, a_held_meeting, "its minutes are not closed", ["Minutes"]),
    (News.ALTERNATE_GONE, an_alternate, "can stand in for nobody any more", []),
]


def told(session: Session, news: News, refs: dict[str, Any], *, sent: bool = False) -> Message | Moot:
    who = directory(session)
    notice = Notice(
        key="news", kind=NoticeKind.SECRETARIAT, subject="news", refs={"news": news.value, **refs}, due_at=LOADED_AT,
        created_at=LOADED_AT, state=NoticeState.SENT if sent else NoticeState.PENDING,
    )  # fmt: skip
    return compose_news(
        Letter(session=session, notice=notice, who=who, person=None, reader=who.channel_reader(), now=LOADED_AT)
    )


def test_every_piece_of_news_has_its_words() -> None:
    assert set(_NEWS) == set(News) == {news for news, *_ in NEWS}


@pytest.mark.parametrize(("news", "records", "words", "buttons"), NEWS)
def test_news_says_what_happened_and_offers_what_settles_it(
    loaded: Database, news: News, records: Records, words: str, buttons: list[str]
) -> None:
    with loaded.transaction() as session:
        message = told(session, news, records(session))
    assert isinstance(message, Message)
    assert words in message.text
    assert buttons_of(message) == buttons
    assert "<!channel>" not in str(message.blocks)


def test_a_seat_that_was_filled_meanwhile_is_no_news(loaded: Database) -> None:
    with loaded.transaction() as session:
        who = directory(session)
        held = next(seat_id(seat) for seat in who.seats if who.holders(seat))
        assert isinstance(told(session, News.VACANT_SEAT, {"seat_ids": [held]}), Moot)


def test_a_seat_that_is_given_later_is_ticked_off(loaded: Database) -> None:
    with loaded.transaction() as session:
        who = directory(session)
        vacant = [seat_id(seat) for seat in who.seats if not who.holders(seat)][:2]
        seats.reassign_seat(session, actor=secretary(session), seat_id=vacant[0], person=ama(session), now=LOADED_AT)
        message = told(session, News.VACANT_SEAT, {"seat_ids": vacant}, sent=True)
    assert isinstance(message, Message)
    assert "1 seat," in message.text
    assert buttons_of(message) == ["Reassign"]
    assert "✓" in words(message)
    assert f": {ama_s_name(loaded)}" in words(message)


def test_a_digest_of_vacant_seats_stays_short(loaded: Database) -> None:
    with loaded.transaction() as session:
        for seat in list(directory(session).seats):
            seats.give_seat(session, session.get_one(Seat, seat.id), [], actor=secretary(session), now=LOADED_AT)
        every = [seat_id(seat) for seat in directory(session).seats]
        message = told(session, News.VACANT_SEAT, {"seat_ids": every})
    assert isinstance(message, Message)
    assert len(buttons_of(message)) == min(len(every), 20)
    assert ("more: see" in words(message)) == (len(every) > 20)


def test_what_was_not_somebody_s_says_whose_it_is_once_settled(loaded: Database) -> None:
    with loaded.transaction() as session:
        refs = a_disclaimer(session)
        seat = session.get_one(Disclaimer, refs["disclaimer_id"]).seat_id
        seats.reassign_seat(session, actor=secretary(session), seat_id=seat, person=ama(session), now=LOADED_AT)
        message = told(session, News.NOT_MINE, refs, sent=True)
    assert isinstance(message, Message)
    assert "Settled: it is with" in words(message)
    assert buttons_of(message) == []


def test_somebody_s_leaving_is_settled_when_all_they_held_is_given_away(loaded: Database) -> None:
    with loaded.transaction() as session:
        refs = somebody_who_left(session)
        ben = session.exec(select(Person).where(Person.slack_id == "U0BEN")).one()
        membership.reassign_all(session, actor=secretary(session), person=ama(session), to=ben, now=LOADED_AT)
        message = told(session, News.MEMBER_LEFT, refs, sent=True)
        assert isinstance(message, Message)
        assert "Nothing that they held waits" in message.text
        assert buttons_of(message) == []
        membership.join(session, actor=secretary(session), slack_id="U0AMA", name="", unit=None, now=LOADED_AT)
        message = told(session, News.MEMBER_LEFT, refs, sent=True)
    assert isinstance(message, Message)
    assert "is a member again" in message.text


def test_a_seat_of_somebody_who_left_is_news_once_and_shown_anew_when_it_is_given(loaded: Database) -> None:
    with loaded.transaction() as session:
        somebody_who_left(session)
        seat = next(s for s in membership.estate(session, ama(session)).seats)
        report_vacant(session, [seat], now=LOADED_AT)
        ben = session.exec(select(Person).where(Person.slack_id == "U0BEN")).one()
        session.connection().execute(sa.update(Notice).values(refresh_at=None))
        seats.reassign_seat(session, actor=secretary(session), seat_id=seat_id(seat), person=ben, now=LOADED_AT)
        session.expire_all()
        news = session.exec(select(Notice).where(Notice.kind == NoticeKind.SECRETARIAT)).all()
    assert {notice.refs["news"] for notice in news} == {"member_left"}
    assert all(notice.refresh_at is not None for notice in news)


def test_a_chair_who_acknowledged_meanwhile_is_no_news(loaded: Database) -> None:
    with loaded.transaction() as session:
        refs = an_issue(session)
        session.get_one(Issue, refs["issue_id"]).acknowledged_at = LOADED_AT
        assert isinstance(told(session, News.CHAIR_SILENT, refs), Moot)
