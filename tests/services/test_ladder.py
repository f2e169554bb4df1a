"""The ladder's arithmetic: worked example D, and what holds for every station until 2035."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.durations import parse_duration, to_utc
from foundation.errors import Refusal
from services.ladder import LadderStep, PlannedLadderStep, due_passed, plan_ladder, shift
from tests.stations import STATIONS, at, moments, wall

LADDER = [
    LadderStep(parse_duration(wait), to) for wait, to in (("0d", "focal_points"), ("5wd", "deputy"), ("10wd", "chair"))
]
RAISED = at("Geneva", "2026-12-04 16:00")
GENEVA = STATIONS["Geneva"]
stations = st.sampled_from(sorted(STATIONS))


def planned(station: str, raised_at: datetime = RAISED, *waits: str) -> list[PlannedLadderStep]:
    ladder = [LadderStep(parse_duration(wait), "chair") for wait in waits] or LADDER
    return plan_ladder(ladder, raised_at=raised_at, hours=STATIONS[station], zone="Europe/Zurich")


def told(steps: list[PlannedLadderStep], station: str) -> list[tuple[str | None, str | None]]:
    return [(wall(station, step.announce_at), wall(station, step.at)) for step in steps]


@pytest.mark.parametrize(
    ("station", "expected"),
    [
        ("Geneva", [("Thu 10 Dec 16:00", "Fri 11 Dec 16:00"), ("Thu 17 Dec 16:00", "Fri 18 Dec 16:00")]),
        ("Cairo", [("Thu 10 Dec 09:00", "Sun 13 Dec 09:00"), ("Thu 17 Dec 09:00", "Sun 20 Dec 09:00")]),
    ],
)
def test_worked_example_d_comes_out_to_the_minute(station: str, expected: list[tuple[str, str]]) -> None:
    steps = planned(station)
    assert (steps[0].at, steps[0].announce_at) == (RAISED, None)
    assert told(steps[1:], station) == expected
    assert [(step.n, step.to) for step in steps] == [(1, "focal_points"), (2, "deputy"), (3, "chair")]


def test_more_time_shifts_the_step_and_all_after_it() -> None:
    shifted = shift(planned("Geneva"), from_n=2, working_days=3, hours=GENEVA)
    assert told(shifted[1:], "Geneva") == [
        ("Tue 15 Dec 16:00", "Wed 16 Dec 16:00"),
        ("Tue 22 Dec 16:00", "Wed 23 Dec 16:00"),
    ]
    assert shifted[0].at == RAISED


@pytest.mark.parametrize("days", [-1, 0, 6])
def test_more_time_is_at_least_one_and_at_most_five_working_days(days: int) -> None:
    with pytest.raises(Refusal, match="working days"):
        shift(planned("Geneva"), from_n=2, working_days=days, hours=GENEVA)


def test_a_due_date_that_passes_takes_the_next_step_only() -> None:
    steps = due_passed(planned("Geneva"), due=date(2026, 12, 8), taken=1, hours=GENEVA)
    assert told(steps[1:], "Geneva") == [
        ("Tue 8 Dec 09:00", "Wed 9 Dec 09:00"),
        ("Thu 17 Dec 16:00", "Fri 18 Dec 16:00"),
    ]


def test_a_due_date_before_a_weekend_passes_when_work_begins_again() -> None:
    steps = due_passed(planned("Geneva"), due=date(2026, 12, 12), taken=2, hours=GENEVA)
    assert told(steps[2:], "Geneva") == [("Fri 11 Dec 09:00", "Mon 14 Dec 09:00")]


def test_a_due_date_changes_nothing_once_the_step_comes_earlier_or_all_are_taken() -> None:
    steps = planned("Geneva")
    assert due_passed(steps, due=date(2027, 2, 1), taken=1, hours=GENEVA) == steps
    assert due_passed(steps, due=date(2026, 12, 8), taken=3, hours=GENEVA) == steps


def test_a_step_within_a_day_is_announced_when_the_issue_is_raised() -> None:
    steps = planned("Geneva", RAISED, "4h", "1wd", "7d")
    assert told(steps, "Geneva") == [
        ("Fri 4 Dec 16:00", "Fri 4 Dec 20:00"),
        ("Fri 4 Dec 16:00", "Mon 7 Dec 16:00"),
        ("Thu 10 Dec 16:00", "Fri 11 Dec 16:00"),
    ]


@given(station=stations, raised_at=moments, days=st.integers(1, 5))
def test_steps_come_in_order_on_working_days_each_announced_before(
    station: str, raised_at: datetime, days: int
) -> None:
    hours, steps = STATIONS[station], planned(station, raised_at)
    later = shift(steps, from_n=2, working_days=days, hours=hours)
    for ladder in (steps, later):
        assert [step.at for step in ladder] == sorted(step.at for step in ladder)
        for step in ladder[1:]:
            assert hours.is_working_day(hours.working_day(step.at))
            assert step.announce_at is not None
            assert raised_at <= step.announce_at < step.at
    assert all(after.at > before.at for before, after in zip(steps[1:], later[1:], strict=True))


@given(station=stations, raised_at=moments, days=st.integers(0, 40))
def test_a_due_date_never_delays_a_step_and_never_comes_before_its_day_is_over(
    station: str, raised_at: datetime, days: int
) -> None:
    hours, steps = STATIONS[station], planned(station, raised_at)
    due = hours.working_day(raised_at) + timedelta(days=days)
    changed = due_passed(steps, due=due, taken=1, hours=hours)
    assert (changed[0], changed[2]) == (steps[0], steps[2])
    assert changed[1].at <= steps[1].at
    if changed[1] != steps[1]:
        assert hours.is_working(changed[1].at)
        assert changed[1].at >= to_utc(datetime.combine(due + timedelta(days=1), time.min), hours.zone)
