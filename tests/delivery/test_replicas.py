"""What a replica had claimed when it ended is taken over at once; what a living one has claimed is its own."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from delivery.claims import claim_due
from delivery.looking import looker_for_doubts
from delivery.reconcile import _claim_unknown, settle_doubts
from delivery.sender import Sender
from foundation.database import Database
from models.delivery import NoticeState
from tests.delivery.post_office import PostOffice, make_tables, post_office
from tests.postgresql import PostgresServer
from tests.slack_player import wait_for
from tests.slack_world import SlackWorld


@pytest.fixture
def office(postgres_server: PostgresServer, slack: SlackWorld) -> Iterator[PostOffice]:
    """Give a post office on PostgreSQL, with a clock that stands still."""
    with post_office(postgres_server.fresh_url(make_tables), slack) as opened:
        opened.clock.stop()
        yield opened


@pytest.fixture
def other(office: PostOffice) -> Iterator[Sender]:
    """Give another replica, with connections of its own."""
    database = Database(office.room.database.url.render_as_string(hide_password=False))
    sender = office.hire(database=database)
    yield sender
    sender.close()
    database.close()


def end(replica: Sender, office: PostOffice) -> None:
    """Close its connections, as the kernel does for a process that was killed, until PostgreSQL has noticed."""
    replica.room.database.close()
    gone = sa.select(office.database.is_gone(sa.literal(replica.room.database.name)))

    def noticed() -> bool:
        with office.database.reading() as session:
            return bool(session.connection().scalar(gone))

    wait_for(noticed, seconds=60)


def test_what_a_killed_replica_was_sending_need_not_wait_for_its_lease(office: PostOffice, other: Sender) -> None:
    office.owe("Hello")
    assert len(claim_due(other.room)) == 1
    end(other, office)
    assert looker_for_doubts(office.room)()
    settle_doubts(office.room)
    assert office.state("Hello") is NoticeState.UNKNOWN


def test_a_replica_that_only_stalls_keeps_what_it_claimed_until_its_lease_ends(
    office: PostOffice, other: Sender
) -> None:
    office.owe("Hello")
    [claim] = claim_due(other.room)
    office.clock.push(seconds=9)
    assert not looker_for_doubts(office.room)()
    settle_doubts(office.room)
    assert office.state("Hello") is NoticeState.SENDING
    other.send(claim)
    assert (office.state("Hello"), office.said()) == (NoticeState.SENT, ["Hello"])


def test_what_a_killed_replica_was_sending_is_given_time_to_appear(office: PostOffice, other: Sender) -> None:
    office.owe("Hello")
    claim_due(other.room)
    office.clock.push(seconds=28.5)
    end(other, office)
    settle_doubts(office.room)
    office.clock.push(seconds=29.5)
    settle_doubts(office.room)
    assert office.state("Hello") is NoticeState.UNKNOWN
    office.clock.push(seconds=1)
    settle_doubts(office.room)
    office.deliver()
    assert office.said() == ["Hello"]


def test_a_replica_cut_off_from_the_records_has_time_to_say_what_it_had_begun(
    office: PostOffice, other: Sender
) -> None:
    office.owe("Hello")
    [claim] = claim_due(other.room)
    end(other, office)
    settle_doubts(office.room)
    assert office.state("Hello") is NoticeState.UNKNOWN
    office.clock.push(seconds=27)
    assert claim.time_left(other.room), "it dares to begin even now"
    office.clock.push(seconds=30)
    settle_doubts(office.room)
    assert office.state("Hello") is NoticeState.UNKNOWN
    office.clock.push(seconds=2)
    settle_doubts(office.room)
    office.deliver()
    assert office.said() == ["Hello"]


def test_a_replica_that_connects_anew_is_known_again(office: PostOffice, other: Sender) -> None:
    end(other, office)
    office.owe("Hello")
    assert len(claim_due(other.room)) == 1
    settle_doubts(office.room)
    assert office.state("Hello") is NoticeState.SENDING


def test_a_look_that_a_killed_replica_had_begun_is_taken_up_at_once(office: PostOffice, other: Sender) -> None:
    office.owe("Hello")
    office.slack.faults.next("chat.postMessage", "500_after")
    office.deliver()
    office.clock.push(seconds=31)
    assert len(_claim_unknown(other.room)) == 1
    end(other, office)
    settle_doubts(office.room)
    assert (office.state("Hello"), office.copies("Hello")) == (NoticeState.SENT, 1)
