"""What is owed is owed once, also by two at the same moment."""

import threading
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlmodel import Session

from foundation.database import Database
from models.delivery import Notice, NoticeKind
from models.schema import upgrade
from services.outbox import owe
from tests.postgresql import PostgresServer
from tests.slack_player import wait_for

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
# Not pg_stat_activity: what a transaction once saw there it sees until its end.
BLOCKED = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def owe_card(session: Session) -> Notice:
    return owe(
        session, NoticeKind.AREA_CARD, key="area_card:card:1:0", subject="card:1:0", now=NOW, channel="C0TASKFORCE"
    )


def test_two_replicas_that_owe_the_same_at_once_owe_it_once(postgres_server: PostgresServer) -> None:
    database = Database(postgres_server.fresh_url())
    upgrade(database)
    owed: list[int | None] = []

    def second() -> None:
        with database.transaction() as session:
            owed.append(owe_card(session).id)

    other = threading.Thread(target=second)
    with database.transaction() as session:
        owed.append(owe_card(session).id)
        other.start()
        with database.reading() as looking:
            wait_for(lambda: looking.connection().scalar(BLOCKED))
    other.join()
    database.close()
    assert len(owed) == 2
    assert len(set(owed)) == 1
