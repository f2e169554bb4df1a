"""Erasing a person: no trace of the name, and a journal that stays whole."""

import pytest
from sqlmodel import select

from foundation.database import Database
from foundation.errors import Refusal
from models.issues import Issue, LadderStep
from models.journal import JournalEntry
from models.people import Person
from services.directory import directory
from services.erasure import erase_person
from services.journal import record
from services.task_force_file import dump
from tests.fixtures_task_force import LOADED_AT


def one(database: Database, slack_id: str) -> Person:
    with database.reading() as session:
        return session.exec(select(Person).where(Person.slack_id == slack_id)).one()


@pytest.fixture
def left(loaded: Database) -> Database:
    """Give a task force that Ben left, after acts by him and about him."""
    with loaded.transaction() as session:
        ben = session.get_one(Person, one(loaded, "U0BEN").id)
        record(session, act="update.post", subject="climate", actor=ben, now=LOADED_AT)
        record(
            session, act="member.leave", subject="U0BEN", actor=None, now=LOADED_AT,
            before={"name": "Ben (sample)", "seats": ["U0BEN in emergency"]},
        )  # fmt: skip
        ben.left_at = LOADED_AT
        session.add(ben)
    return loaded


def test_the_name_and_the_slack_id_are_nowhere_any_more(left: Database) -> None:
    with left.transaction() as session:
        ben = session.get_one(Person, one(left, "U0BEN").id)
        pseudonym = erase_person(session, ben, actor=None, now=LOADED_AT)
    with left.reading() as session:
        entries = session.exec(select(JournalEntry)).all()
        text = " ".join(f"{entry.subject} {entry.before} {entry.after}" for entry in entries)
        assert "Ben (sample)" not in text + dump(session)
        assert "U0BEN" not in text + dump(session)
        assert directory(session).name_of(ben.id) == pseudonym


def test_the_journal_keeps_every_entry_and_adds_one(left: Database) -> None:
    with left.reading() as session:
        before = [(entry.id, entry.act, entry.actor_id) for entry in session.exec(select(JournalEntry))]
    with left.transaction() as session:
        erase_person(session, session.get_one(Person, one(left, "U0BEN").id), actor=None, now=LOADED_AT)
    with left.reading() as session:
        after = [(entry.id, entry.act, entry.actor_id) for entry in session.exec(select(JournalEntry))]
    assert after[: len(before)] == before
    assert [act for _, act, _ in after[len(before) :]] == ["person.erase"]


def test_a_member_who_is_still_here_is_not_erased(loaded: Database) -> None:
    with loaded.transaction() as session, pytest.raises(Refusal):
        erase_person(session, session.get_one(Person, one(loaded, "U0AMA").id), actor=None, now=LOADED_AT)


def test_whom_an_issue_reached_is_said_without_the_name(left: Database) -> None:
    with left.transaction() as session:
        ben = session.get_one(Person, one(left, "U0BEN").id)
        issue = Issue(title="Venue", raised_by_id=ben.id or 0, raised_at=LOADED_AT, round_at=LOADED_AT, ladder=[])
        session.add(issue)
        session.flush()
        session.add(LadderStep(issue_id=issue.id or 0, round=1, n=1, to="focal_points", at=LOADED_AT,
                               reached=["Ben (sample)", "Bo (sample)"]))  # fmt: skip
        pseudonym = erase_person(session, ben, actor=None, now=LOADED_AT)
    with left.reading() as session:
        assert session.exec(select(LadderStep)).one().reached == [pseudonym, "Bo (sample)"]
