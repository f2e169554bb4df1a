"""However much there is, every answer to a question fits into Slack, in every language, and is inert."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from foundation.durations import Duration
from foundation.language import LANGUAGES, Names, Reader, language
from foundation.working_time import WorkingTime
from models.issues import Action, Issue, IssueState, LadderState, Severity
from models.journal import JournalEntry
from models.meetings import Meeting
from models.people import Absence, Person
from models.reminders import Disclaimer, Reminder, ReminderKind
from models.structure import Area, Seat, TaskForce, Unit
from models.updates import Health, Note, Update
from practice.block_kit import check_message, check_view
from services.area_page import AreaPage, Entry, History, Said, UnitOnPage
from services.board import AreaOnBoard, Board, UnitOnBoard
from services.covers import Cover
from services.desk import Desk, Home, Waiting
from services.directory import Directory
from services.docket import Case
from services.issue_cards import IssueCard, Remark, Rung, UnitPosition
from services.issue_choices import Choice
from services.journal_reading import Chapter
from services.ladder_reasons import NextStep, Reckoning
from services.obligations import Owed
from services.search import Hit, Hits
from services.update_history import Standing
from views import (
    answers,
    area_page,
    board,
    chair,
    desk,
    docket,
    help_pages,
    history,
    home,
    ids,
    journal,
    paging,
    search,
    settings,
    who,
)
from views.blocks import Message
from views.help_pages import For

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
NASTY = "<!channel> & <@U1> *a* `b` ".ljust(40, "<")
LONG = NASTY * 75
NAME = {code: f"{NASTY} {code}" for code in LANGUAGES}
MOST_TEXT = 4000
"""Slack shortens the text of a message beyond this in what notifications and screen readers get."""

readers = pytest.mark.parametrize("reader", [Reader(language(c), "Europe/Zurich") for c in LANGUAGES], ids=LANGUAGES)


@dataclass
class Crowd:
    """A task force of a hundred areas and five units, everybody with the longest name."""

    areas: list[Area] = field(
        default_factory=lambda: [Area(id=n, key=f"area-{n}", name=NAME, restricted=n % 2 == 0) for n in range(1, 101)]
    )
    units: list[Unit] = field(default_factory=lambda: [Unit(id=n, key=f"UNIT-{n}", name=NAME) for n in range(1, 6)])
    people: list[Person] = field(
        default_factory=lambda: [
            Person(id=n, slack_id=f"U{n}", name=NASTY, member=True, unit_id=1, alternate_id=1) for n in range(1, 21)
        ]
    )

    def directory(self) -> Directory:
        seats = {a * 10 + u: Seat(id=a * 10 + u, area_id=a, unit_id=u) for a in range(1, 101) for u in range(1, 6)}
        return Directory(
            task_force=TaskForce(name="X", title=NAME, timezone="Europe/Zurich", channel="C1", first_loaded_at=NOW),
            units_by_id={u.id or 0: u for u in self.units},
            stations_by_id={},
            areas_by_id={a.id or 0: a for a in self.areas},
            seats_by_id=seats,
            people_by_id={p.id or 0: p for p in self.people},
            roles_by_person={},
            holders_by_seat={seat: tuple(range(1, 7)) for seat in seats},
            absences={},
        )


CROWD = Crowd()
WHO = CROWD.directory()
AWAY = {
    person.id or 0: Cover(
        person, Absence(person_id=person.id or 0, first_day=NOW.date(), last_day=NOW.date(), set_by_id=1),
        tuple(CROWD.people[:5]), CROWD.people[0], begun=True, chair=True,
    )
    for person in CROWD.people[:60]
}  # fmt: skip
ALL_UNITS = tuple(
    UnitOnBoard(unit.key, standing, Health.AT_RISK, NOW - timedelta(days=9))
    for unit, standing in zip(CROWD.units, Standing, strict=False)
)
LINES = tuple(AreaOnBoard(area, ALL_UNITS, 5, 5) for area in CROWD.areas)
BOARD = Board(LINES, NOW - timedelta(days=20), NOW, past=False)
ISSUES = tuple(
    Issue(id=n, title=NASTY * 4, state=IssueState.ESCALATED, raised_by_id=1, raised_at=NOW, escalated_at=NOW,
          due=date(2026, 12, 1), ladder=[], round_at=NOW)
    for n in range(1, 501)
)  # fmt: skip
SAID = Said(Health.AT_RISK, LONG, LONG, LONG, "ar", NASTY, NASTY, NOW, edited=True, late=True)
MEETING = Meeting(
    id=21, title=NASTY * 3, local_start="2026-12-03T14:30", timezone="Europe/Zurich", starts_at=NOW, deadline_at=NOW,
    created_by_id=1, created_at=NOW,
)  # fmt: skip
LAST = Update(
    id=1, area_id=1, unit_id=1, cycle=0, author_id=1, health=Health.DONE, changed=LONG, posted_at=NOW, language="ar"
)
RECKONING = Reckoning(
    Duration(999, "wd"), again=True, hours=WorkingTime("America/Sao_Paulo"), office=NASTY * 3, begins_at=NOW,
    holidays=tuple(date(2026, 12, n) for n in range(1, 31)), more_days=50, due=None,
)  # fmt: skip
CARD = IssueCard(
    id=500, ref="ISS-500", title=(NASTY * 4)[:150], description=LONG, proposal=LONG, severity=Severity.URGENT,
    state=IssueState.ESCALATED, round=1, due=date(2026, 12, 1), area=Names(NAME), raised_by=NASTY, raised_at=NOW,
    owner=NASTY, waited_for=NASTY, language="ar", permalink=None,
    card_link="https://practice.slack.com/archives/C0TASKFORCE/p1", referred=False, escalated_at=NOW,
    escalated_by=NASTY, acknowledged_by=NASTY, deciders=(NASTY,), delegate=NASTY, resolution="", settled_by=None,
    settled_at=None, merged_into=None, merged=("ISS-498", "ISS-499"),
    positions=tuple(UnitPosition(f"UNIT-{n}", "object", Names(NAME), LONG, NASTY, NOW) for n in range(1, 9)),
    remarks=(Remark(NASTY, LONG, NOW, of="ISS-499"),) * 20, ladder=(),
    asked=tuple(
        Rung(n, 1, "deputy", (NASTY,) * 20, NOW, NOW, NOW, LadderState.TAKEN, None, more_time_asked=True)
        for n in range(1, 6)
    ),
    verdict=None, now=NOW,
)  # fmt: skip
CASE = Case(CARD, frozenset(Choice))
FULLEST = Desk(
    CROWD.people[0],
    MEETING,
    tuple(Owed(n, 1, n, LAST, late=True, disclaimed=True, stands_in_for=CROWD.people[1]) for n in range(1, 101)),
    ISSUES,
    tuple(Action(id=n, text=LONG, owner_id=1, due=date(2026, 12, 1), created_at=NOW) for n in range(1, 501)),
    ISSUES,
    (CASE,) * 3,
    Waiting(
        tuple(WHO.seats), tuple((Disclaimer(person_id=1, seat_id=11, reason=LONG, at=NOW), s) for s in WHO.seats), 999
    ),
    tuple(
        Reminder(person_id=1, kind=ReminderKind.LADDER, issue_id=n, step="1.1", asked_at=NOW, due_at=NOW)
        for n in range(1, 501)
    ),
    {n: NextStep("regional_director", NOW, RECKONING) for n in range(1, 11)},
)


def fits(message: Message) -> None:
    """Check a message against Slack's own limits, and that nothing in it can ping or break out."""
    check_message(with_ids(message.blocks))
    assert 0 < len(message.text) <= MOST_TEXT
    assert [text for text in (message.text, *formatted(message.blocks)) if "<!channel>" in text] == []
    view = answers.page(language("en"), message)
    check_view(view | {"blocks": with_ids(view["blocks"])})


def formatted(part: Any) -> Iterator[str]:
    """Give every text in which Slack looks for mentions and links."""
    if isinstance(part, dict):
        if part.get("type") == "mrkdwn":
            yield part["text"]
        for inner in part.values():
            yield from formatted(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from formatted(inner)


def with_ids(blocks: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{"block_id": f"b{n}"} | block for n, block in enumerate(blocks)]


@readers
def test_a_board_of_a_hundred_areas_fits_page_by_page_and_leaves_no_area_out(reader: Reader) -> None:
    shown = []
    for page in range(1, 6):
        message = board.board(BOARD, reader, page=page)
        fits(message)
        fits(board.shared(message, NASTY, reader.language))
        shown += [b["accessory"]["value"] for b in message.blocks if "accessory" in b]
    assert shown == [str(n) for n in range(1, 101)]


@readers
def test_an_area_with_the_longest_texts_and_five_hundred_issues_fits(reader: Reader) -> None:
    units = tuple(UnitOnPage(n, f"UNIT-{n}", Standing.CONFIRMED, SAID, NOW, tuple(CROWD.people)) for n in range(1, 13))
    notes = tuple((NASTY, Note(id=n, area_id=1, author_id=1, text=LONG, at=NOW)) for n in range(5))
    issues = tuple((issue, issue.state) for issue in ISSUES)
    page = AreaPage(CROWD.areas[0], LINES[0], units, notes, issues, NOW, past=True)
    fits(area_page.area_page(page, reader, about="1@2026-05-12T22:00:00+00:00"))
    short = AreaPage(CROWD.areas[0], LINES[0], units[:4], (), (), NOW, past=False)
    fits(area_page.area_page(short, reader, about="1", pings=False))


@readers
def test_the_fullest_desk_and_app_home_fit(reader: Reader) -> None:
    fits(desk.desk(FULLEST, WHO, reader))
    view = home.home(Home(FULLEST, BOARD, NOW), WHO, reader)
    check_view(view | {"blocks": with_ids(view["blocks"])})
    assert any(block["type"] == "header" and "board" not in str(block) for block in view["blocks"])


@readers
def test_the_fullest_page_of_decisions_fits_and_shows_every_one_with_its_buttons(reader: Reader) -> None:
    message = docket.docket_page(reader, (CASE,) * docket.LISTED, page=2, found=500)
    fits(message)
    controls = [each["action_id"] for block in message.blocks for each in block.get("elements", ()) if "value" in each]
    assert controls.count(ids.ISSUE_DECIDE) == docket.LISTED
    assert ids.PAGE_TURN in controls
    fits(chair.chair_alert(reader, CARD, CASE.offered, chair.Occasion.REMINDER, current=True))


@readers
def test_history_search_journal_and_lists_fit(reader: Reader) -> None:
    entry = Entry("UNIT-1", SAID, confirms=False, posted_at=NOW, posted_by=NASTY, withdrawn=True, versions=2)
    fits(history.history(History(CROWD.areas[0], (entry,) * 8, 999, 3), reader))
    hit = Hit("update", 1, 1, None, 1, NASTY, NOW, LONG)
    fits(search.found(Hits(NASTY * 5, 999, (2), (hit,) * 10), WHO, reader))
    acts = [
        JournalEntry(at=NOW, actor_id=1, for_id=2, act="update.edit", subject="climate", before={"changed": LONG},
                     after={"changed": LONG[1:], "people": [NASTY] * 50})
    ] * 25  # fmt: skip
    fits(journal.journal(NASTY, "climate", Chapter(acts[:10], 999, 2, 10), WHO, reader))
    fits(journal.as_csv(NASTY, "climate", Chapter(acts, 999, 2, 25), WHO, reader))
    fits(who.areas(LINES, WHO, reader, AWAY, page=2))
    fits(who.who_is_who(CROWD.areas[0], WHO, reader, AWAY))
    groups = [("Role", CROWD.people)] * 8
    fits(who.task_force(NASTY, groups, WHO, reader, [*AWAY.values()]))
    fits(paging.which_area(reader.language, LONG[:60], CROWD.areas[:4], "area", after="@2026-05-12T22:00:00+00:00"))


@readers
def test_help_and_settings_fit(reader: Reader) -> None:
    fits(help_pages.page("/isctf", set(For), reader.language))
    for topic in help_pages.TOPICS:
        fits(help_pages.topic_page([topic], "/isctf", reader.language))
    fits(help_pages.unknown(NASTY, "status", CROWD.areas[0], "/isctf", reader.language))
    zones = ["Europe/Zurich", "Asia/Bangkok"] * 80
    form = settings.form(CROWD.people[0], WorkingTime("Asia/Bangkok"), reader, zones=zones, now=NOW)
    check_view(form | {"blocks": with_ids(form["blocks"])})


def test_a_csv_cell_never_begins_like_a_formula_and_never_ends_the_code_block() -> None:
    act = JournalEntry(at=NOW, act="note.add", subject="=cmd()", before={}, after={"text": "```\n<!channel>"})
    [_, row] = journal.csv_rows(Chapter([act], 1, 1, 25), WHO)
    assert "'=cmd()" in row
    assert "`" not in row
    assert "&lt;!channel&gt;" in row
