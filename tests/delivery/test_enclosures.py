"""A file that goes with a message is there once, with it; and the message goes out also where the file cannot."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from delivery.budget import FILE
from delivery.composers import COMPOSERS
from delivery.enclosures import TRIES
from delivery.sender import Sender
from models.delivery import NoticeKind, NoticeState
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.structure import TaskForce
from services.meeting_news import announce
from services.outbox import refresh
from services.printing import Printed, send_printed
from tests.delivery.post_office import CHANNEL, PostOffice
from tests.slack_reading import Json
from tests.views.calendar_reading import read_event

START, FINISH, POST = "files.getUploadURLExternal", "files.completeUploadExternal", "chat.postMessage"
LOST = ["500", "500_after", "reset_after"]


@pytest.fixture
def meetings(office: PostOffice) -> PostOffice:
    """A post office that says real announcements, with a meeting of which nobody has heard yet."""
    office.sender.close()
    office.sender = Sender(replace(office.room, composers=COMPOSERS))
    now = office.clock.now()
    with office.database.transaction() as session:
        session.get_one(TaskForce, 1).channel_id = CHANNEL
        session.add(
            Meeting(
                id=21,
                title="ISC-TF 43",
                local_start="",
                timezone="UTC",
                starts_at=now + timedelta(days=9),
                deadline_at=now + timedelta(days=8),
                created_by_id=1,
                created_at=now,
            )
        )
    return office


def tell(office: PostOffice, news: str, change: Callable[[Meeting], object] = lambda _: None) -> None:
    """Let something happen to the meeting, and announce it."""
    with office.database.transaction() as session:
        meeting = session.get_one(Meeting, 21)
        change(meeting)
        session.flush()
        announce(session, meeting, news=news, now=office.clock.now())


def move(meeting: Meeting) -> None:
    meeting.starts_at += timedelta(days=1)
    meeting.revision += 1


def cancel(meeting: Meeting) -> None:
    meeting.state = MeetingState.CANCELLED


def persist(office: PostOffice) -> None:
    """Let time pass until whatever was put off has had its turn."""
    for _ in range(TRIES + 1):
        office.settle()


def said(office: PostOffice) -> list[Json]:
    return office.slack.posts(CHANNEL)


def files_of(message: Json) -> list[str]:
    return [file["name"] for file in message.get("files", [])]


def link_of(message: Json) -> str:
    return f"<{message['files'][0]['permalink']}|Add to your calendar (.ics)>"


def content_of(office: PostOffice, message: Json) -> bytes:
    """What somebody gets who clicks on the file."""
    identity = message["files"][0]["id"]
    stored: str = office.slack.read(lambda world: world.files[identity]["content"])
    return base64.b64decode(stored)


def test_scheduled_moved_and_cancelled_each_announcement_carries_its_own_file(meetings: PostOffice) -> None:
    for news, change in (("scheduled", lambda _: None), ("moved", move), ("cancelled", cancel)):
        tell(meetings, news, change)
        meetings.deliver()
    assert [files_of(message) for message in said(meetings)] == [["MTG-21.ics"]] * 3
    events = [read_event(content_of(meetings, message)) for message in said(meetings)]
    assert len({event.uid for event in events}) == 1
    assert [event.sequence for event in events] == [0, 1, 2]
    assert [event.status for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize("method", [FINISH, POST])
def test_each_of_them_carries_it_once_also_when_the_answer_is_lost_each_time(meetings: PostOffice, method: str) -> None:
    for news, change in (("scheduled", lambda _: None), ("moved", move), ("cancelled", cancel)):
        meetings.slack.faults.next(method, "500_after")
        tell(meetings, news, change)
        meetings.deliver()
        persist(meetings)
    assert [files_of(message) for message in said(meetings)] == [["MTG-21.ics"]] * 3


def test_the_link_stands_in_the_text_and_in_what_is_seen(meetings: PostOffice) -> None:
    tell(meetings, "scheduled")
    meetings.deliver()
    [message] = said(meetings)
    assert link_of(message) in message["text"]
    assert link_of(message) in str(message["blocks"])


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("method", [START, FINISH, POST])
def test_whatever_answer_is_lost_there_is_one_message_with_one_file(
    meetings: PostOffice, method: str, kind: str
) -> None:
    meetings.slack.faults.next(method, kind)
    tell(meetings, "scheduled")
    meetings.deliver()
    persist(meetings)
    [message] = said(meetings)
    assert files_of(message) == ["MTG-21.ics"]


@pytest.mark.parametrize("kind", LOST)
@pytest.mark.parametrize("method", [START, FINISH, POST])
def test_whatever_answer_is_lost_both_files_for_printing_come_once(
    meetings: PostOffice, method: str, kind: str
) -> None:
    with meetings.database.transaction() as session:
        reader = session.exec(select(Person).where(Person.slack_id == "U0AMA")).one()
        for _ in ("clicked", "delivered by Slack once more"):
            meeting = session.get_one(Meeting, 21)
            send_printed(session, Printed.BRIEF, meeting, to=reader, now=meeting.created_at)
    meetings.slack.faults.next(method, kind)
    meetings.deliver()
    persist(meetings)
    came = [files_of(message) for message in meetings.slack.player("U0AMA").dms()]
    assert sorted(came) == [["MTG-21-brief.docx"], ["MTG-21-brief.html"]]


def test_a_sender_that_dies_after_the_upload_uploads_again_and_shares_one(meetings: PostOffice) -> None:
    meetings.slack.faults.next(POST, "hang", seconds=5)
    tell(meetings, "scheduled")
    with meetings.impatient():
        meetings.deliver()
    persist(meetings)
    assert [files_of(message) for message in said(meetings)] == [["MTG-21.ics"]]
    assert len(meetings.calls(FINISH)) == 1, "the address was kept, so nothing was uploaded for the second post"


def test_an_edit_keeps_the_link_and_needs_no_upload(meetings: PostOffice) -> None:
    tell(meetings, "scheduled")
    meetings.deliver()
    with meetings.database.transaction() as session:
        session.get_one(Meeting, 21).title = "Another title"
        refresh(session, "meeting:21", now=meetings.clock.now())
    meetings.edit()
    [message] = said(meetings)
    assert "Another title" in message["text"]
    assert link_of(message) in message["text"]
    assert len(meetings.calls(FINISH)) == 1


def test_what_looks_the_same_is_not_edited_because_of_its_file(meetings: PostOffice) -> None:
    tell(meetings, "scheduled")
    meetings.deliver()
    with meetings.database.transaction() as session:
        refresh(session, "meeting:21", now=meetings.clock.now())
    meetings.edit()
    assert meetings.calls("chat.update") == []


def test_an_announcement_that_was_overtaken_no_longer_offers_its_file(meetings: PostOffice) -> None:
    tell(meetings, "scheduled")
    meetings.deliver()
    tell(meetings, "moved", move)
    meetings.deliver()
    meetings.edit()
    earlier, later = said(meetings)
    assert "Add to your calendar" not in earlier["text"]
    assert link_of(later) in later["text"]


@pytest.mark.parametrize("kind", ["500", "429", "html"])
def test_where_no_file_can_be_uploaded_the_announcement_goes_without_after_a_few_tries(
    meetings: PostOffice, kind: str
) -> None:
    meetings.slack.faults.next(START, kind, times=100)
    tell(meetings, "scheduled")
    meetings.deliver()
    assert said(meetings) == []
    persist(meetings)
    [message] = said(meetings)
    assert "begins on" in message["text"]
    assert "files" not in message
    assert "Add to your calendar" not in message["text"]
    assert len(meetings.calls(START)) <= TRIES


@pytest.mark.parametrize("refusal", ["missing_scope", "file_uploads_disabled"])
def test_where_files_are_not_allowed_the_announcement_goes_at_once(meetings: PostOffice, refusal: str) -> None:
    meetings.slack.faults.next(START, refusal)
    tell(meetings, "scheduled")
    meetings.deliver()
    assert len(said(meetings)) == 1
    assert meetings.pauses() == {}


def test_a_token_that_is_refused_keeps_the_announcement_and_its_file(meetings: PostOffice) -> None:
    meetings.slack.faults.next(START, "token_revoked")
    tell(meetings, "scheduled")
    meetings.deliver()
    assert said(meetings) == []
    persist(meetings)
    assert [files_of(message) for message in said(meetings)] == [["MTG-21.ics"]]


def test_while_uploads_must_rest_none_is_tried(meetings: PostOffice) -> None:
    meetings.clock.stop()
    meetings.slack.faults.next(START, "429", retry_after=30)
    tell(meetings, "scheduled")
    meetings.deliver()
    assert FILE in meetings.pauses()
    meetings.clock.push(seconds=5)
    meetings.deliver()
    assert len(meetings.calls(START)) == 1
    meetings.clock.push(seconds=30)
    meetings.deliver()
    assert [files_of(message) for message in said(meetings)] == [["MTG-21.ics"]]


def test_an_outage_of_slack_loses_no_announcement(meetings: PostOffice) -> None:
    meetings.slack.server.pause()
    tell(meetings, "scheduled")
    for _ in range(2 * (TRIES + 1)):
        meetings.deliver()
        meetings.clock.push(minutes=6)
    meetings.slack.server.resume()
    for _ in range(TRIES + 1):
        meetings.deliver()
        meetings.clock.push(minutes=6)
    assert len(said(meetings)) == 1
    [notice] = meetings.notices(NoticeKind.MEETING_POST)
    assert notice.state is NoticeState.SENT
