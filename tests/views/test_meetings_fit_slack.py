"""However much a meeting takes up, its board, its minutes and its forms fit into Slack, in every language."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from foundation.language import Reader, escape
from models.agenda import Addendum, ItemOutcome, Minutes, Presence
from models.issues import Action, Decision
from models.meetings import Meeting, MeetingState
from practice.block_kit import check_view
from services.meeting_record import Present, Record, RecordedAction, RecordedDecision, RecordedItem, content_of, hash_of
from services.meeting_shown import Shown
from services.minutes import MinutesRead
from tests.views.test_asking_fits_slack import LONG, NAME, NASTY, NOW, Crowd, fits, readers
from views import meeting_board, meeting_forms, minutes
from views.actions_given import what_is_given
from views.blocks import Block
from views.minutes_printed import paper
from views.paper_html import html

MEETING = Meeting(
    id=43, title=NASTY * 3, local_start="2026-11-23T09:00", timezone="Europe/Zurich", starts_at=NOW, deadline_at=NOW,
    place=LONG, state=MeetingState.HELD, held_at=NOW, closed_at=NOW, created_by_id=1, created_at=NOW,
)  # fmt: skip
OUTCOMES = [*(each.value for each in ItemOutcome), None]


def item(number: int) -> RecordedItem:
    kind, names = ("area", NAME) if number % 2 else ("proposed", {})
    return RecordedItem(
        id=number, number=number, kind=kind, names=names, ref="", title="" if number % 2 else NASTY * 3, language="fr",
        presenter=2, area=number % 100 + 1, restricted=False, begun=True, outcome=OUTCOMES[number % len(OUTCOMES)],
        text=LONG, text_language="ar",
        decisions=tuple(RecordedDecision(f"DEC-{number}", LONG, "zh", 1, 2) for _ in range(2)),
        actions=tuple(RecordedAction(f"ACT-{number}", LONG, "en", 3, "2026-12-24") for _ in range(2)),
    )  # fmt: skip


RECORD = Record(
    meeting="MTG-43", title=NASTY * 3, start=NOW.isoformat(), zone="Europe/Zurich", place=LONG,
    present=tuple(Present(n, "UNIT-1", Presence.ROOM if n % 2 else Presence.REMOTE) for n in range(1, 21)) * 10,
    items=tuple(item(number) for number in range(1, 121)),
)  # fmt: skip
SHOWN = Shown(RECORD, hidden=7, current=5)


@pytest.fixture(scope="module")
def crowd() -> Crowd:
    return Crowd()


@readers
def test_the_board_of_a_long_meeting_fits(reader: Reader, crowd: Crowd) -> None:
    who = crowd.directory()
    board = meeting_board.channel_board(MEETING, SHOWN, who, reader)
    fits(board)
    assert "attendance.room" in str(board.blocks)
    for page in (1, 4, 8):
        steering = meeting_board.steering_board(MEETING, SHOWN, who, reader, page=page, said=escape(LONG[:500]))
        fits(steering)
        assert {"floor.next", "attendance.room"} <= {e.get("action_id") for b in steering.blocks
                                                    for e in b.get("elements", [])}  # fmt: skip


@readers
def test_every_word_of_long_minutes_is_on_one_of_their_pages(reader: Reader, crowd: Crowd) -> None:
    record = replace(RECORD, items=RECORD.items[:12])
    seen = every_page(record, crowd, reader)
    assert len(seen) > 12
    texts = [block.get("text", {}).get("text") for page in seen for block in page]
    assert texts.count(LONG) == 12 * 5 + 3
    assert {f"DEC-{n}" for n in range(1, 13)} <= set(re.findall(r"DEC-\d+", str(seen)))


@readers
def test_of_many_short_words_none_is_lost_between_the_pages_of_minutes(reader: Reader, crowd: Crowd) -> None:
    few = tuple(
        replace(
            each, text="", decisions=tuple(replace(d, text=f"{n}:{i}.") for i, d in enumerate(each.decisions)),
            actions=tuple(replace(a, text=f"{n}:{i + 2}.") for i, a in enumerate(each.actions)),
        )
        for n, each in enumerate(RECORD.items[:40])
    )  # fmt: skip
    seen = str(every_page(replace(RECORD, items=few), crowd, reader))
    assert {f"{n}:{i}." for n in range(40) for i in range(4)} <= set(re.findall(r"\d+:\d\.", seen))


def every_page(record: Record, crowd: Crowd, reader: Reader) -> list[list[Block]]:
    content = content_of(record)
    frozen = Minutes(meeting_id=43, content=content, sha256=hash_of(content), frozen_at=NOW, frozen_by_id=1)
    addenda = tuple(Addendum(id=n, meeting_id=43, text=LONG, author_id=2, at=NOW) for n in range(3))
    read, who = MinutesRead(MEETING, record, frozen, addenda), crowd.directory()
    pages: list[list[Block]] = []
    while not pages or "page.turn" in str(pages[-1]):
        page = len(pages) + 1
        shown = minutes.minutes(read, Shown(record, hidden=0), who, reader, manages=True, page=page)
        fits(shown)
        pages.append(shown.blocks)
    return pages


@readers
def test_minutes_are_printed_whole_whatever_people_wrote(reader: Reader, crowd: Crowd) -> None:
    addenda = (Addendum(id=1, meeting_id=43, text=LONG, author_id=2, at=NOW),)
    read = MinutesRead(MEETING, RECORD, None, addenda)
    page = html(paper(read, SHOWN, crowd.directory(), reader)).decode()
    assert page.count(escape(LONG.strip())) >= len(RECORD.items) * 5 + 1
    for number in range(1, 121):
        assert f"DEC-{number}<" in page
        assert f"ACT-{number}<" in page


@readers
def test_the_summary_and_what_somebody_is_given_to_do_fit(reader: Reader, crowd: Crowd) -> None:
    who = crowd.directory()
    summary = minutes.summary(MEETING, SHOWN, reader, who, addenda=3)
    fits(summary)
    assert "minutes.open" in str(summary.blocks)
    given = [Action(id=n, text=LONG, owner_id=1, due=(NOW + timedelta(n)).date(), created_at=NOW) for n in range(1, 80)]
    fits(what_is_given(reader, MEETING, given))
    fits(what_is_given(reader, MEETING, given, covers=NASTY))


@readers
def test_the_forms_fit(reader: Reader) -> None:
    say = reader.language
    for form in (meeting_forms.decide_form, meeting_forms.refer_form, meeting_forms.action_form):
        check_view(form(say, item(2)))
    decided = [Decision(id=n, text=LONG, decided_by_id=1, recorded_by_id=1, decided_at=NOW) for n in range(99)]
    check_view(meeting_forms.correct_form(say, item(2), decided))
    check_view(meeting_forms.addendum_form(say, MEETING))
    check_view(meeting_forms.attendance_form(say, MEETING))
