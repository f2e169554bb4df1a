"""The doctor and the list of people, asked of a workspace over its wire."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from foundation.clock import Clock
from foundation.database import Database
from foundation.settings import Settings, read_settings
from models.delivery import Notice, NoticeKind, NoticeState, Pulse
from models.schema import upgrade
from operations.doctor import Patient, consult, examine, healthy
from operations.findings import Finding
from operations.people import find_people, listing
from tests.fixtures_task_force import ISC_TF, load_isc_tf
from tests.slack_world import SlackWorld

REAL = Clock().real()


@pytest.fixture
def slack() -> Iterator[SlackWorld]:
    with SlackWorld(task_force_file=ISC_TF) as slack:
        yield slack


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'focal.db'}")
    upgrade(database)
    load_isc_tf(database, now=REAL)
    yield database
    database.close()


def settings(slack: SlackWorld, **more: str) -> Settings:
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_APP_TOKEN": slack.app_token, "SLACK_API_URL": slack.api_url}
    return read_settings(tokens | more, Path("no such file"))


def findings(slack: SlackWorld, database: Database, **more: str) -> list[Finding]:
    return list(examine(Patient(settings(slack, **more), database, Clock().real())))


def said(found: list[Finding], sign: str) -> str:
    return "\n".join(str(finding) for finding in found if finding.sign == sign)


def test_an_installation_in_order_is_healthy(slack: SlackWorld, database: Database) -> None:
    found = findings(slack, database)
    assert said(found, "✗") == ""
    assert healthy(found)
    assert "✓ scopes: all of the manifest's" in said(found, "✓")
    assert "✓ members: Slack knows all 25" in said(found, "✓")


def test_a_database_that_cannot_be_used_is_a_finding_and_the_rest_is_still_looked_at(slack: SlackWorld) -> None:
    nowhere = settings(slack, DATABASE_URL="postgresql+psycopg://focal@127.0.0.1:9/focal")
    found = list(consult(nowhere, now=Clock().real()))
    assert said(found, "✗").startswith("✗ database: The database cannot be used")
    assert "✓ scopes: all of the manifest's" in said(found, "✓")


def test_a_new_installation_is_looked_at_and_left_as_it_is(slack: SlackWorld, tmp_path: Path) -> None:
    new = settings(slack, DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}")
    found = list(consult(new, now=Clock().real()))
    assert said(found, "✗") == "✗ task force: none is loaded → `run` loads taskforce.yaml, or use `load FILE`"
    assert "✓ scopes: all of the manifest's" in said(found, "✓")
    assert (tmp_path / "new.db").stat().st_size in {0, 4096}


def test_a_database_of_another_revision_is_told_and_not_touched(slack: SlackWorld, database: Database) -> None:
    for revision, line in (("0000", "! database: revision 0000, not yet"), ("9999", "✗ database: revision 9999, wh")):
        with database.transaction() as session:
            session.connection().execute(sa.text("UPDATE alembic_version SET version_num = :new"), {"new": revision})
        assert line in "\n".join(map(str, findings(slack, database)))


def test_a_missing_scope_is_named(slack: SlackWorld, database: Database) -> None:
    slack.workspace.manifest.scopes.discard("dnd:read")
    assert "✗ scopes: dnd:read not granted → install the app anew" in said(findings(slack, database), "✗")


def test_a_refused_token_is_told_without_showing_it(slack: SlackWorld, database: Database) -> None:
    found = findings(slack, database, SLACK_BOT_TOKEN="xoxb-wrong")
    assert "does not let us in: invalid_auth" in said(found, "✗")
    assert "xoxb-wrong" not in "\n".join(map(str, found))


def test_a_refused_app_level_token_is_told_without_showing_it(slack: SlackWorld, database: Database) -> None:
    found = findings(slack, database, SLACK_APP_TOKEN="xapp-wrong")
    assert "✗ connection: Slack refuses SLACK_APP_TOKEN: invalid_auth" in said(found, "✗")
    assert "xapp-wrong" not in "\n".join(map(str, found))


def test_members_whom_slack_does_not_know_are_named(slack: SlackWorld, database: Database) -> None:
    del slack.world.people["U0BO"]
    assert "✗ members: Slack does not know Bo (sample) (U0BO)" in said(findings(slack, database), "✗")


def test_a_channel_without_focal_in_it_is_named(slack: SlackWorld, database: Database) -> None:
    slack.world.channels["C0TASKFORCE"].members.remove("U0FOCAL")
    assert "→ type /invite @Focal there" in said(findings(slack, database), "✗")


def test_a_clock_that_is_wrong_is_told(slack: SlackWorld, database: Database) -> None:
    found = list(examine(Patient(settings(slack), database, Clock().real() + timedelta(minutes=7))))
    assert "s ahead of Slack's → let NTP set this machine's clock" in said(found, "✗")


def test_an_engine_that_stands_still_is_told(slack: SlackWorld, database: Database) -> None:
    with database.transaction() as session:
        session.add(Pulse(name="tick", at=REAL - timedelta(hours=1)))
    assert "✗ engine: last did what was due on" in said(findings(slack, database), "✗")


def test_a_notice_that_waits_too_long_and_one_that_could_not_be_sent_are_told(
    slack: SlackWorld, database: Database
) -> None:
    early = REAL - timedelta(hours=1)
    with database.transaction() as session:
        for key, state, error in (("late", NoticeState.PENDING, None), ("dead", NoticeState.DEAD, "is_archived")):
            session.add(
                Notice(
                    key=key, kind=NoticeKind.BRIEF, subject="meeting:1", channel="C0TASKFORCE",
                    state=state, error=error, due_at=early, created_at=early,
                )
            )  # fmt: skip
    found = findings(slack, database)
    assert "✗ notices: 1 × notices waiting" in said(found, "✗")
    assert "! notices: not sent: dead (is_archived)" in said(found, "!")


def test_people_are_listed_by_name_with_what_matters(slack: SlackWorld) -> None:
    lines = listing(find_people(settings(slack)))
    assert any(line.startswith("U0AMA") and "Europe/Zurich" in line for line in lines)
    assert any("(guest)" in line for line in lines)
    assert not any("U0FOCAL" in line for line in lines)
