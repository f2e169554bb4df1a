"""Posts keep the pace that Slack allows the app, however many of us send."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from delivery.budget import POST, Budget, Purse, channel_bucket, give_back
from models.delivery import Allowance
from tests.delivery.post_office import PostOffice

START = datetime(2026, 12, 1, 9, tzinfo=UTC)
CLIMATE, YOUTH = channel_bucket("C0CLIMATE"), channel_bucket("C0YOUTH")


def spend(office: PostOffice, at: datetime, *buckets: str, times: int = 1, pace: float = 1.0) -> int:
    """Take what is to be had in one transaction, as a replica would; return how often."""
    with office.database.transaction() as session, Budget(pace=pace).spending(session, real=at) as purse:
        return sum(purse.takes(*buckets) for _ in range(times))


def rows(office: PostOffice) -> int:
    with office.database.reading() as session:
        return int(session.connection().scalar(sa.select(sa.func.count()).select_from(Allowance)) or 0)


def test_replicas_share_what_a_channel_takes(office: PostOffice) -> None:
    assert spend(office, START, POST, CLIMATE, times=3) == 3
    assert spend(office, START, POST, CLIMATE, times=9) == 2
    assert spend(office, START, POST, YOUTH, times=9) == 5
    assert spend(office, START + timedelta(seconds=2), POST, CLIMATE, times=9) == 2


def test_what_a_workspace_takes_is_shared_by_all_channels(office: PostOffice) -> None:
    channels = [channel_bucket(f"C{number}") for number in range(2 * int(Budget.LIMITS[POST][0]))]
    taken = sum(spend(office, START, POST, channel) for channel in channels)
    assert taken == Budget.LIMITS[POST][0]


def test_nothing_is_taken_from_one_bucket_when_the_other_is_empty(office: PostOffice) -> None:
    spend(office, START, POST, CLIMATE, times=5)
    assert spend(office, START, POST, CLIMATE, times=50) == 0
    assert spend(office, START, POST, times=1000) == Budget.LIMITS[POST][0] - 5


def test_what_slack_did_not_take_is_given_back(office: PostOffice) -> None:
    assert spend(office, START, POST, times=1000) == Budget.LIMITS[POST][0]
    for _ in range(3):
        with office.database.transaction() as session:
            give_back(session, POST)
    assert spend(office, START, POST, times=1000) == 3


def test_nothing_given_back_makes_a_bucket_larger(office: PostOffice) -> None:
    spend(office, START, POST)
    for _ in range(9):
        with office.database.transaction() as session:
            give_back(session, POST)
    assert spend(office, START, POST, times=1000) == Budget.LIMITS[POST][0]


def test_a_bucket_that_filled_up_leaves_no_row(office: PostOffice) -> None:
    spend(office, START, POST, CLIMATE)
    spend(office, START + timedelta(minutes=5), POST, YOUTH)
    assert rows(office) == 2


def test_who_comes_late_to_its_turn_fills_nothing_a_second_time(office: PostOffice) -> None:
    assert spend(office, START, POST, CLIMATE, times=9) == 5
    assert spend(office, START + timedelta(seconds=2), POST, CLIMATE, times=9) == 2
    assert spend(office, START, POST, CLIMATE, times=9) == 0
    assert spend(office, START + timedelta(seconds=3), POST, CLIMATE, times=9) == 1


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(hours=-2)])
def test_a_clock_that_was_set_back_neither_fills_a_bucket_nor_closes_it(office: PostOffice, jump: timedelta) -> None:
    assert spend(office, START, POST, CLIMATE, times=9) == 5
    assert spend(office, START + jump, POST, CLIMATE, times=9) == 0
    assert spend(office, START + jump + timedelta(seconds=3), POST, CLIMATE, times=9) == 3


@given(waits=st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 4)), max_size=60))
def test_no_channel_is_ever_asked_for_more_than_it_allows(waits: list[tuple[int, int]]) -> None:
    budget = Budget()
    level: dict[str, tuple[float, datetime]] = {}
    at, taken = START, 0
    for milliseconds, times in waits:
        at += timedelta(milliseconds=milliseconds)
        purse = Purse(budget, level, at)
        taken += sum(purse.takes(CLIMATE) for _ in range(times))
        level = {bucket: (left, at) for bucket, left in purse.levels.items()}
    size, rate = Budget.CHANNEL
    assert taken <= size + rate * (at - START).total_seconds() + 0.001
