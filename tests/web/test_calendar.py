"""The feed: every meeting for whoever knows its address, asked for again and again at little cost."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from http.client import HTTPConnection, HTTPMessage
from typing import TYPE_CHECKING, Any

import pytest

from foundation.clock import Clock
from foundation.database import Database
from models.meetings import Meeting
from models.people import Person
from services.calendar_address import known_token, new_token, token_for_subscribers
from services.directory import directory
from services.meetings import Appointment, cancel_meeting, move_meeting, schedule_meeting
from tests.fixtures_task_force import LOADED_AT
from tests.views.calendar_reading import read_calendar, read_event
from web.calendar import with_calendar
from web.server import HttpServer

if TYPE_CHECKING:
    from sqlmodel import Session

WHEN = datetime(2026, 12, 3, 14, 30)  # noqa: DTZ001 - a wall time
GENEVA = "Europe/Zurich"


class Feed:
    """The feed on this machine, as those see it who subscribed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        clock = Clock()
        clock.follow(LOADED_AT - clock.real())
        app = with_calendar(other_pages, database=database, clock=clock)
        self.server = HttpServer(app, host="127.0.0.1", port=0, threads=2, largest_body=1024)

    @property
    def path(self) -> str:
        """Where it is now."""
        with self.database.reading() as session:
            return f"/calendar/{known_token(session)}.ics"

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[int, HTTPMessage, bytes]:
        """Ask as a calendar does."""
        connection = HTTPConnection(self.server.host, self.server.port, timeout=60)
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read()
        connection.close()
        return found


@pytest.fixture
def feed(loaded: Database) -> Iterator[Feed]:
    with loaded.transaction() as session:
        token_for_subscribers(session, real=LOADED_AT)
    served = Feed(loaded)
    served.server.start()
    yield served
    served.server.stop()


def other_pages(_environ: Any, start_response: Any) -> list[bytes]:
    """Serve what stands beside the feed."""
    start_response("200 OK", [("Content-Length", "5")])
    return [b"other"]


def secretary(session: "Session") -> Person:
    found = directory(session).by_slack_id("U0SEC")
    assert found
    return found


def schedule(feed: Feed, local_start: datetime = WHEN) -> int:
    with feed.database.transaction() as session:
        meeting = schedule_meeting(
            session, actor=secretary(session), appointment=Appointment(local_start, GENEVA), title="", now=LOADED_AT
        )
        return meeting.id or 0


def test_whoever_knows_the_address_gets_every_meeting(feed: Feed) -> None:
    schedule(feed)
    schedule(feed, WHEN + timedelta(days=30))
    status, headers, body = feed.ask(feed.path)
    assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert [event.summary for event in read_calendar(body).events] == ["MTG-1 · ISC-TF", "MTG-2 · ISC-TF"]
    assert b"X-WR-CALNAME:ISC-TF\r\n" in body


def test_a_meeting_that_moved_or_was_cancelled_is_the_same_entry_in_a_newer_version(feed: Feed) -> None:
    schedule(feed)
    events = [read_event(feed.ask(feed.path)[2])]
    with feed.database.transaction() as session:
        meeting, moved = session.get_one(Meeting, 1), Appointment(WHEN + timedelta(days=7), GENEVA)
        move_meeting(session, actor=secretary(session), meeting=meeting, appointment=moved, now=LOADED_AT)
    events.append(read_event(feed.ask(feed.path)[2]))
    with feed.database.transaction() as session:
        cancel_meeting(session, actor=secretary(session), meeting=session.get_one(Meeting, 1), now=LOADED_AT)
    events.append(read_event(feed.ask(feed.path)[2]))
    assert len({event.uid for event in events}) == 1
    assert [(event.sequence, event.status) for event in events] == [
        (0, "CONFIRMED"), (1, "CONFIRMED"), (2, "CANCELLED"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "path",
    [
        "/calendar/.ics",
        "/calendar/",
        "/calendar/None.ics",
        "/calendar/wrong.ics",
        "/calendar/%C3%A9.ics",
        "/calendar/x",
    ],
)
def test_any_other_address_is_no_page(feed: Feed, path: str) -> None:
    assert feed.ask(path)[::2] == (404, b"")


def test_before_it_has_an_address_there_is_no_feed(feed: Feed) -> None:
    with feed.database.transaction() as session:
        session.connection().exec_driver_sql("DELETE FROM pulse")
    assert [feed.ask(path)[0] for path in ("/calendar/None.ics", "/calendar/.ics")] == [404, 404]


def test_a_new_address_ends_the_earlier_one(feed: Feed) -> None:
    earlier = feed.path
    with feed.database.transaction() as session:
        new_token(session, actor=secretary(session), now=LOADED_AT, real=LOADED_AT)
    assert [feed.ask(path)[0] for path in (earlier, feed.path)] == [404, 200]


def test_who_asks_next_is_told_the_same_address(feed: Feed) -> None:
    earlier = feed.path
    with feed.database.transaction() as session:
        token_for_subscribers(session, real=LOADED_AT)
    assert feed.path == earlier


@pytest.mark.parametrize("known", ["ETag", "Last-Modified"])
def test_who_has_it_already_is_only_told_so_until_it_changes(feed: Feed, known: str) -> None:
    schedule(feed)
    held = feed.ask(feed.path)[1][known]
    asking = {"ETag": "If_None_Match", "Last-Modified": "If_Modified_Since"}[known]
    status, headers, body = feed.ask(feed.path, **{asking: held})
    assert (status, body, headers[known]) == (304, b"", held)
    with feed.database.transaction() as session:
        meeting, moved = session.get_one(Meeting, 1), Appointment(WHEN + timedelta(days=7), GENEVA)
        move_meeting(
            session, actor=secretary(session), meeting=meeting, appointment=moved, now=LOADED_AT + timedelta(hours=1)
        )
    assert feed.ask(feed.path, **{asking: held})[0] == 200


def test_odd_conditions_are_no_conditions(feed: Feed) -> None:
    schedule(feed)
    assert feed.ask(feed.path, If_Modified_Since="yesterday")[0] == 200
    assert feed.ask(feed.path, If_None_Match='"another", W/"one"')[0] == 200
    assert feed.ask(feed.path, If_None_Match="*")[0] == 304


def test_asking_for_the_head_alone_tells_the_same_without_the_calendar(feed: Feed) -> None:
    schedule(feed)
    whole, head = feed.ask(feed.path), feed.ask(feed.path, "HEAD")
    assert (head[0], head[2]) == (200, b"")
    assert [head[1][name] for name in ("ETag", "Content-Length")] == [whole[1]["ETag"], str(len(whole[2]))]


def test_nothing_can_be_written_there_and_the_other_pages_stay(feed: Feed) -> None:
    assert feed.ask(feed.path, "POST")[0] == 405
    assert feed.ask("/healthz")[2] == b"other"


def test_without_the_records_it_says_that_it_is_away(feed: Feed) -> None:
    path = feed.path
    with feed.database.transaction() as session:
        session.connection().exec_driver_sql("ALTER TABLE pulse RENAME TO gone")
    assert feed.ask(path)[0] == 503
