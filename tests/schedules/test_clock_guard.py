"""A machine's clock is acted by only while Slack does not contradict it."""

from datetime import datetime, timedelta

import pytest
from typing_extensions import override

from delivery.client import Line
from foundation.clock import Clock
from schedules.clock_guard import ClockGuard
from tests.slack_world import SlackWorld


class WrongClock(Clock):
    """A clock that jumps, as the steady one never does."""

    def __init__(self, **wrong_by: float) -> None:
        super().__init__()
        self.wrong_by = timedelta(**wrong_by)

    @override
    def real(self) -> datetime:
        return super().real() + self.wrong_by


def guard_of(clock: Clock, slack: SlackWorld) -> ClockGuard:
    return ClockGuard(clock, Line(token=slack.bot_token, base_url=slack.api_url).posting())


@pytest.mark.fault(28, on="either")
@pytest.mark.parametrize("days", [1, -1])
def test_a_clock_that_jumps_is_not_trusted_until_it_is_right_again(slack: SlackWorld, days: int) -> None:
    clock = WrongClock()
    guard = guard_of(clock, slack)
    assert guard.look()
    clock.wrong_by = timedelta(days=days)
    assert not guard.trusted
    assert not guard.look()
    clock.wrong_by = timedelta()
    assert guard.look()
    assert guard.trusted


@pytest.mark.fault(28, on="either")
def test_a_clock_that_is_wrong_from_the_start_is_not_trusted(slack: SlackWorld) -> None:
    assert not guard_of(WrongClock(hours=2), slack).look()


def test_slack_is_asked_once_while_the_clock_runs_on(slack: SlackWorld) -> None:
    guard = guard_of(Clock(), slack)
    assert all(guard.look() for _ in range(5))
    assert len(slack.called("auth.test")) == 1


def test_while_slack_is_away_a_start_is_not_held_up_and_a_jump_is(slack: SlackWorld) -> None:
    clock = WrongClock()
    guard = guard_of(clock, slack)
    slack.server.pause()
    assert guard.look()
    slack.server.resume()
    assert guard.look()
    slack.server.pause()
    clock.wrong_by = timedelta(days=1)
    assert not guard.look()
    slack.server.resume()
