"""A task force of a hundred areas and five hundred issues, with long names and long texts: all of it can be reached."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from foundation.database import Database
from models.issues import Issue
from services.issues import Draft, raise_issue
from services.proposals import Proposal, propose
from services.task_force_file import load
from tests.delivery.post_office import make_tables
from tests.fixtures_task_force import LOADED_AT
from tests.focal_app import Bot, focal
from tests.handlers.test_asking_story import person
from tests.slack_player import Answer
from tests.slack_world import Player, SlackWorld, words

AREAS, UNITS = 100, 14
LONG = "Coordination of the preparation of conferences and of what follows from them in every region "
TEXT = "All that was agreed with the host & with the <Regional Offices> is confirmed in writing. " * 12


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a large task force; everybody speaks for a unit in every area, two for each."""
    people = [f"U0P{n:02}" for n in range(2 * UNITS)]
    units = [f"DEPARTMENT-{n:02}" for n in range(UNITS)]
    seats = {unit: [people[n], people[n + UNITS]] for n, unit in enumerate(units)}
    members = [{"slack": who, "name": f"{who} of the Department of Conferences and Publications"} for who in people]
    file = tmp_path_factory.mktemp("large") / "large.yaml"
    file.write_text(
        yaml.safe_dump({
            "name": "LARGE", "title": {"en": "A large task force"}, "timezone": "Europe/Zurich",
            "channel": "C0TASKFORCE",
            "units": [{"key": unit, "name": {"en": unit}} for unit in units],
            "members": [{"slack": "U0CHAIR", "name": "Chair", "roles": ["chair"]},
                        {"slack": "U0OBS", "name": "Observer", "roles": ["observer"]}, *members],
            "areas": [
                {"key": f"area-{n:03}", "name": {"en": f"Area {n:03}: {LONG}"}, "focal_points": seats}
                for n in range(AREAS)
            ],
        })
    )  # fmt: skip
    return file


@pytest.fixture
def slack(large_file: Path) -> Iterator[SlackWorld]:
    with SlackWorld(task_force_file=large_file) as world:
        yield world


@pytest.fixture(scope="module")
def large_database(large_file: Path) -> Path:
    """Give the file of a database in which it is loaded; only to be copied."""
    file = large_file.with_name("focal.db")
    make_tables(f"sqlite:///{file}")
    database = Database(f"sqlite:///{file}")
    with database.transaction() as session:
        load(session, large_file.read_text("utf-8"), actor=None, now=LOADED_AT)
    database.close()
    return file


@pytest.fixture
def bot(slack: SlackWorld, large_database: Path, tmp_path: Path) -> Iterator[Bot]:
    database = Database(f"sqlite:///{shutil.copy(large_database, tmp_path)}")
    with focal(slack, database) as running:
        yield running
    database.close()


@pytest.fixture
def asker(slack: SlackWorld, bot: Bot) -> Player:
    """Give somebody who speaks for the first unit in every area."""
    assert bot.engine
    return slack.player("U0P00")


def raise_issues(bot: Bot, many: int) -> None:
    with bot.database.transaction() as session:
        actor = person(session, "U0P00")
        for n in range(many):
            draft = Draft(title=f"Question {n:03}: {LONG}", area_id=1 + n % AREAS)
            raise_issue(session, actor=actor, draft=draft, now=bot.clock.now())


def pages(asker: Player, answer: Answer) -> Iterator[str]:
    """Turn every page to the last; give the words of each."""
    while True:
        assert answer.message, answer.error
        yield answer.plain
        if "Next page" not in answer.buttons:
            return
        answer = asker.click(answer.message, "Next page")


def found(pattern: str, shown: Iterator[str]) -> list[str]:
    return [each for page in shown for each in re.findall(pattern, page)]


def test_every_area_is_on_some_page_of_the_board_and_of_the_list(bot: Bot, asker: Player) -> None:
    raise_issues(bot, 500)
    everything = [f"Area {n:03}" for n in range(AREAS)]
    for typed in ("status", "areas"):
        assert found(r"Area \d{3}", pages(asker, asker.command(typed))) == everything


def test_every_unit_of_an_area_is_on_some_page_of_it_with_its_words(slack: SlackWorld, asker: Player) -> None:
    for n in range(UNITS):
        slack.player(f"U0P{n:02}").command(f"update area-000 at-risk {TEXT}| next: {TEXT}| help: {TEXT}")
    shown = list(pages(asker, asker.command("status area-000")))
    assert found(r"\*(DEPARTMENT-\d\d)\* · has reported", iter(shown)) == [f"DEPARTMENT-{n:02}" for n in range(UNITS)]
    assert all("History" in page for page in shown)
    seats = found(r"\*(DEPARTMENT-\d\d)\*", pages(asker, asker.command("who area-000")))
    assert seats == [f"DEPARTMENT-{n:02}" for n in range(UNITS)]


def test_nothing_that_was_said_is_left_out_of_the_history(asker: Player) -> None:
    for n in range(12):
        asker.command(f"update area-000 at-risk Step {n:02} {TEXT}| next: {TEXT}| help: {TEXT}")
    steps = found(r"Step \d\d", pages(asker, asker.command("history area-000")))
    assert steps == [f"Step {n:02}" for n in reversed(range(12))]
    assert len(found(r"Step \d\d", pages(asker, asker.command("search step")))) == 12


def test_no_entry_is_left_out_of_the_journal_or_of_its_csv(slack: SlackWorld, asker: Player) -> None:
    for n in range(24):
        asker.command(f"update area-000 at-risk Step {n:02} {TEXT}| next: {TEXT}| help: {TEXT}")
    observer = slack.player("U0OBS")
    every = [f"Step {n:02}" for n in reversed(range(24))]
    for typed in ("journal area-000", "journal area-000 csv"):
        # The step is told in the words before and after each act; once an entry is what counts.
        steps = found(r"changed: (Step \d\d)", pages(observer, observer.command(typed)))
        assert list(dict.fromkeys(steps)) == every


def test_the_fullest_desk_keeps_its_next_meeting_and_its_ways(slack: SlackWorld, bot: Bot, asker: Player) -> None:
    slack.player("U0CHAIR").command("meeting schedule 2026-12-03 14:30")
    raise_issues(bot, 40)
    desk = asker.command("")
    assert "You owe 100 updates" in desk.plain
    assert "Next meeting" in desk.plain
    assert "Next meeting" in desk.text
    assert {"How the areas stand", "Settings"} <= set(desk.buttons)
    home = words(asker.open_home())
    assert "and 70 more areas" in home
    assert "Next meeting" in home


def test_the_page_that_is_seen_is_the_page_that_is_shared(slack: SlackWorld, asker: Player) -> None:
    second = asker.click(asker.command("status").message, "Next page")
    asker.click(second.message, "Share here")
    shared = words(slack.posts("isc-tf"))
    assert re.findall(r"Area \d{3}", shared) == [f"Area {n:03}" for n in range(20, 40)]
    assert "Page 2 of 5" in shared


def test_who_names_some_for_each_role_and_says_how_many_more(asker: Player) -> None:
    named: Any = asker.command("who").plain
    assert "and 13 more" in named


def test_every_item_of_the_largest_agenda_is_on_some_page_of_it(slack: SlackWorld, bot: Bot) -> None:
    chair = slack.player("U0CHAIR")
    chair.command("meeting schedule 2026-12-03 14:30")
    with bot.database.transaction() as session:
        raiser, now = person(session, "U0P00").id or 0, bot.clock.now()
        session.add_all(
            Issue(title=f"Question {n:03}: {LONG}<&>", area_id=1 + n % AREAS, raised_by_id=raiser, raised_at=now,
                  round_at=now, ladder=[], due=now.date())
            for n in range(500)
        )  # fmt: skip
        for n in range(12):
            proposal = Proposal(f"Item {n:02} {'<&>' * 40}", TEXT * 2, "https://x.slack.com/archives/C1/p1")
            propose(session, actor=person(session, "U0P00"), meeting=None, proposal=proposal, now=now)
    for n in range(6):
        chair.click(chair.command("agenda").message, "Leave out", beside=f"Question {n:03}")
    shown = list(pages(chair, chair.command("agenda")))
    assert found(r"(?m)^\d+\. \*ISS-\d+\* Question (\d{3})", iter(shown)) == [f"{n:03}" for n in range(6, 500)]
    assert found(r"(?m)^\d+\. \*Item (\d\d)", iter(shown)) == [f"{n:02}" for n in range(12)]
    assert all("6 items are left out" in page and "Put back" in page for page in shown)
