"""The plan of reminders: the worked examples A, B and C, and the promises that hold for every station until 2035."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.durations import before, parse_duration
from foundation.errors import Refusal
from foundation.working_time import NotWorking, WorkingTime
from services.reminder_plan import (
    LATE_STEP,
    Fate,
    Moved,
    PlannedStep,
    Sent,
    Snooze,
    SnoozeChoice,
    effective_deadline,
    plan_steps,
    snooze_until,
)
from tests.stations import STATIONS, at, moments, wall

OFFSETS = [parse_duration(text) for text in ("7d", "3d", "1d", "2h")]
EXAMPLES = {"A": "2026-12-03 14:30", "B": "2026-12-14 09:30", "C": "2027-03-31 14:30"}
stations = st.sampled_from(sorted(STATIONS))


def plan(station: str, meeting: str, **changes: Any) -> dict[str, PlannedStep]:
    """Plan one person at a station for a meeting in Geneva, scheduled long ago unless said otherwise."""
    start = at("Geneva", meeting)
    given: dict[str, Any] = {
        "deadline": start - timedelta(hours=24),
        "meeting_start": start,
        "scheduled_at": start - timedelta(days=60),
        "offsets": OFFSETS,
        "zone": "Europe/Zurich",
        "hours": STATIONS[station],
        "most": 4,
    }
    return {step.step: step for step in plan_steps(**(given | changes))}


def told(steps: dict[str, PlannedStep], station: str) -> dict[str, str | None]:
    """Say of each step when it is sent, or what became of it."""
    return {
        name: wall(station, step.at) if step.at else f"{step.fate.value} {step.into or ''}".strip()
        for name, step in steps.items()
    }


@pytest.mark.parametrize(
    ("example", "station", "expected"),
    [
        ("A", "Geneva", ("Wed 25 Nov 14:30", "Mon 30 Nov 09:00", "Tue 1 Dec 14:30", "Wed 2 Dec 12:30")),
        ("A", "Cairo", ("Wed 25 Nov 15:30", "Sun 29 Nov 15:30", "Tue 1 Dec 15:30", "Wed 2 Dec 13:30")),
        ("A", "Bangkok", ("Thu 26 Nov 09:00", "Mon 30 Nov 09:00", "Wed 2 Dec 09:00", "merged 1d")),
        ("A", "Santiago", ("Wed 25 Nov 10:30", "Mon 30 Nov 09:00", "Tue 1 Dec 10:30", "Wed 2 Dec 09:00")),
        ("B", "Geneva", ("Mon 7 Dec 09:00", "Thu 10 Dec 09:30", "Fri 11 Dec 09:00", "merged 1d")),
        ("B", "Cairo", ("Sun 6 Dec 10:30", "Thu 10 Dec 10:30", "Sun 13 Dec 09:00", "merged 1d")),
        ("C", "Geneva", ("Tue 23 Mar 14:30", "Tue 30 Mar 09:00", "merged 3d", "merged 3d")),
    ],
)
def test_the_worked_examples_come_out_to_the_minute(example: str, station: str, expected: Sequence[str]) -> None:
    steps = plan(station, EXAMPLES[example])
    assert told(steps, station) == dict(zip(("7d", "3d", "1d", "2h"), expected, strict=True))


@pytest.mark.parametrize(
    ("station", "expected"),
    [
        ("Geneva", "Wed 2 Dec 14:30"),
        ("Cairo", "Wed 2 Dec 15:30"),
        ("Bangkok", "Wed 2 Dec 20:30"),
        ("Santiago", "Wed 2 Dec 10:30"),
    ],
)
def test_example_a_has_one_deadline_on_everybodys_clock(station: str, expected: str) -> None:
    deadline = before(at("Geneva", EXAMPLES["A"]), parse_duration("24h"), "Europe/Zurich")
    assert wall(station, deadline) == expected


def test_the_plan_says_why_a_step_was_moved() -> None:
    geneva, bangkok, santiago = (plan(name, EXAMPLES["A"]) for name in ("Geneva", "Bangkok", "Santiago"))
    assert geneva["7d"].moved is None
    assert geneva["3d"].moved is NotWorking.WEEKEND
    assert bangkok["7d"].moved is NotWorking.AFTER_WORK
    assert santiago["2h"].moved is NotWorking.BEFORE_WORK
    assert plan("Geneva", EXAMPLES["B"])["1d"].moved is Moved.LAST_PERIOD
    assert plan("Geneva", EXAMPLES["C"])["1d"].moved is NotWorking.HOLIDAY


def test_a_meeting_scheduled_late_sends_the_most_urgent_step_at_once_and_the_rest_as_planned() -> None:
    steps = plan("Geneva", EXAMPLES["A"], scheduled_at=at("Geneva", "2026-11-30 16:00"))
    assert told(steps, "Geneva") == {
        "7d": "past 3d",
        "3d": "Mon 30 Nov 16:00",
        "1d": "Tue 1 Dec 14:30",
        "2h": "Wed 2 Dec 12:30",
    }
    assert steps["3d"].moved is Moved.MISSED


def test_a_step_sent_late_takes_the_day_of_the_next_one() -> None:
    steps = plan("Geneva", EXAMPLES["A"], scheduled_at=at("Geneva", "2026-11-30 20:00"))
    assert told(steps, "Geneva") == {
        "7d": "past 3d",
        "3d": "Tue 1 Dec 09:00",
        "1d": "merged 3d",
        "2h": "Wed 2 Dec 12:30",
    }


def test_the_last_period_that_has_begun_means_at_once() -> None:
    steps = plan("Geneva", EXAMPLES["B"], scheduled_at=at("Geneva", "2026-12-11 15:00"))
    assert told(steps, "Geneva")["1d"] == "Fri 11 Dec 15:00"


def test_nothing_is_sent_outside_working_time_even_if_nothing_is_left() -> None:
    steps = plan("Geneva", EXAMPLES["B"], scheduled_at=at("Geneva", "2026-12-12 10:00"))
    assert {step.fate for step in steps.values()} <= {Fate.TOO_LATE, Fate.MERGED}


def test_a_deadline_already_past_becomes_the_meetings_start_with_one_reminder() -> None:
    start, scheduled = at("Geneva", EXAMPLES["A"]), at("Geneva", "2026-12-02 19:00")
    deadline = start - timedelta(hours=24)
    assert effective_deadline(deadline, meeting_start=start, scheduled_at=scheduled) == start
    steps = plan("Geneva", EXAMPLES["A"], scheduled_at=scheduled)
    assert told(steps, "Geneva") == {LATE_STEP: "Thu 3 Dec 09:00"}


def test_a_meeting_that_begins_before_anybody_works_reminds_nobody() -> None:
    steps = plan("Geneva", "2026-12-07 08:00", scheduled_at=at("Geneva", "2026-12-06 12:00"))
    assert steps[LATE_STEP].fate is Fate.TOO_LATE


def test_sent_steps_never_repeat_when_the_meeting_moves() -> None:
    sent = [Sent("7d", at("Geneva", "2026-11-25 14:30")), Sent("3d", at("Geneva", "2026-11-30 09:00"))]
    steps = plan("Geneva", "2026-12-17 14:30", sent=sent, scheduled_at=at("Geneva", "2026-11-30 10:00"))
    assert told(steps, "Geneva") == {
        "7d": "Wed 25 Nov 14:30",
        "3d": "Mon 30 Nov 09:00",
        "1d": "Tue 15 Dec 14:30",
        "2h": "Wed 16 Dec 12:30",
    }
    assert steps["7d"].fate is steps["3d"].fate is Fate.SENT


def test_a_small_move_does_not_revive_a_step_that_a_more_urgent_one_stood_for() -> None:
    sent = [Sent("3d", at("Geneva", "2026-11-30 16:00"))]
    steps = plan("Geneva", "2026-12-03 14:45", sent=sent, scheduled_at=at("Geneva", "2026-12-01 10:00"))
    assert steps["7d"].fate is Fate.PAST
    assert told(steps, "Geneva")["1d"] == "Tue 1 Dec 14:45"


def test_an_earlier_date_reminds_again_though_not_on_a_day_that_had_its_reminder() -> None:
    sent = [Sent("7d", at("Geneva", "2026-12-01 09:00"))]
    same_day = plan("Geneva", EXAMPLES["A"], sent=sent, scheduled_at=at("Geneva", "2026-12-01 10:00"))
    assert told(same_day, "Geneva") == {
        "7d": "Tue 1 Dec 09:00",
        "3d": "merged 7d",
        "1d": "merged 7d",
        "2h": "Wed 2 Dec 12:30",
    }


def test_the_cap_counts_what_was_sent_and_keeps_the_most_urgent() -> None:
    capped = plan("Geneva", EXAMPLES["A"], most=2)
    assert [name for name, step in capped.items() if step.fate is Fate.CAPPED] == ["7d", "3d"]
    gone = [Sent(LATE_STEP, at("Geneva", "2026-11-02 09:00")), Sent("snooze-1", at("Geneva", "2026-11-03 09:00"))]
    moved = plan("Geneva", EXAMPLES["A"], most=3, sent=gone, snoozes=[Snooze(gone[0].at, gone[1].at)])
    assert [name for name, step in moved.items() if step.fate is Fate.PLANNED] == ["2h"]


def test_a_snooze_replaces_the_next_step_even_on_the_same_day() -> None:
    sent = [Sent("7d", at("Geneva", "2026-11-25 14:30"))]
    snooze = Snooze(at("Geneva", "2026-11-25 14:40"), at("Geneva", "2026-11-25 15:40"))
    steps = plan("Geneva", EXAMPLES["A"], sent=sent, snoozes=[snooze])
    assert told(steps, "Geneva") == {
        "7d": "Wed 25 Nov 14:30",
        "3d": "snoozed snooze-1",
        "1d": "Tue 1 Dec 14:30",
        "2h": "Wed 2 Dec 12:30",
        "snooze-1": "Wed 25 Nov 15:40",
    }


def test_a_sent_snooze_keeps_standing_for_the_step_it_replaced() -> None:
    snooze = Snooze(at("Geneva", "2026-11-25 14:40"), at("Geneva", "2026-11-25 15:40"))
    sent = [Sent("7d", at("Geneva", "2026-11-25 14:30")), Sent("snooze-1", snooze.until)]
    steps = plan("Geneva", EXAMPLES["A"], sent=sent, snoozes=[snooze], now=at("Geneva", "2026-12-01 10:00"))
    assert steps["3d"].fate is Fate.SNOOZED
    assert told(steps, "Geneva")["1d"] == "Tue 1 Dec 14:30"


def test_two_days_of_peace_silence_every_step_within_them() -> None:
    snooze = Snooze(at("Geneva", "2026-11-30 09:05"), at("Geneva", "2026-12-02 09:05"))
    steps = plan(
        "Geneva", EXAMPLES["A"], sent=[Sent("3d", at("Geneva", "2026-11-30 09:00"))], snoozes=[snooze],
        scheduled_at=at("Geneva", "2026-11-29 09:00"),
    )  # fmt: skip
    assert told(steps, "Geneva") == {
        "7d": "past 3d",
        "3d": "Mon 30 Nov 09:00",
        "1d": "snoozed snooze-1",
        "2h": "merged snooze-1",
        "snooze-1": "Wed 2 Dec 09:05",
    }


def test_a_second_snooze_replaces_the_first() -> None:
    first = Snooze(at("Geneva", "2026-11-25 14:40"), at("Geneva", "2026-11-25 15:40"))
    second = Snooze(at("Geneva", "2026-11-25 14:50"), at("Geneva", "2026-11-26 09:00"), number=2)
    sent = [Sent("7d", at("Geneva", "2026-11-25 14:30"))]
    steps = told(plan("Geneva", EXAMPLES["A"], sent=sent, snoozes=[first, second]), "Geneva")
    assert (steps["snooze-1"], steps["snooze-2"]) == ("snoozed snooze-2", "Thu 26 Nov 09:00")
    assert steps["1d"] == "Tue 1 Dec 14:30"


def test_a_snooze_past_the_deadline_leaves_the_next_step() -> None:
    snooze = Snooze(at("Geneva", "2026-12-01 14:40"), at("Geneva", "2026-12-03 14:40"))
    sent = [Sent("1d", at("Geneva", "2026-12-01 14:30"))]
    steps = told(plan("Geneva", EXAMPLES["A"], sent=sent, snoozes=[snooze]), "Geneva")
    assert (steps["2h"], steps["snooze-1"]) == ("Wed 2 Dec 12:30", "too_late")


@pytest.mark.parametrize(
    ("choice", "until"),
    [
        (SnoozeChoice.HOUR, "Mon 30 Nov 10:00"),
        (SnoozeChoice.TOMORROW, "Tue 1 Dec 09:00"),
        (SnoozeChoice.TWO_DAYS, "Wed 2 Dec 09:00"),
    ],
)
def test_the_three_snoozes_mean_what_they_say(choice: SnoozeChoice, until: str) -> None:
    now, deadline = at("Geneva", "2026-11-30 09:00"), at("Geneva", "2026-12-02 14:30")
    assert wall("Geneva", snooze_until(choice, now=now, deadline=deadline, hours=STATIONS["Geneva"])) == until


def test_a_snooze_that_leaves_no_working_time_is_refused() -> None:
    now, deadline = at("Geneva", "2026-12-01 17:30"), at("Geneva", "2026-12-02 08:00")
    with pytest.raises(Refusal, match="shorter snooze"):
        snooze_until(SnoozeChoice.HOUR, now=now, deadline=deadline, hours=STATIONS["Geneva"])


def test_after_downtime_missed_steps_collapse_to_the_most_urgent_one() -> None:
    steps = plan("Geneva", EXAMPLES["A"], now=at("Geneva", "2026-12-01 16:00"))
    assert told(steps, "Geneva") == {
        "7d": "past 1d",
        "3d": "past 1d",
        "1d": "Tue 1 Dec 16:00",
        "2h": "Wed 2 Dec 12:30",
    }


def test_after_downtime_past_the_deadline_nothing_can_help() -> None:
    sent = [Sent("7d", at("Geneva", "2026-11-25 14:30"))]
    steps = plan("Geneva", EXAMPLES["A"], sent=sent, now=at("Geneva", "2026-12-02 14:30"))
    assert [name for name, step in steps.items() if step.fate is Fate.TOO_LATE] == ["3d", "1d", "2h"]


def test_a_merged_step_is_not_revived_the_day_after() -> None:
    offsets = [parse_duration("26h"), parse_duration("25h")]
    sent = [Sent("26h", at("Geneva", "2026-12-01 12:30"))]
    steps = plan("Geneva", EXAMPLES["A"], offsets=offsets, sent=sent, now=at("Geneva", "2026-12-02 09:00"))
    assert steps["25h"].fate is Fate.MERGED


def test_do_not_disturb_moves_a_step_and_says_so() -> None:
    dnd = replace(STATIONS["Geneva"], quiet=((at("Geneva", "2026-12-01 13:00"), at("Geneva", "2026-12-01 16:00")),))
    steps = plan("Geneva", EXAMPLES["A"], hours=dnd)
    assert (told(steps, "Geneva")["1d"], steps["1d"].moved) == ("Tue 1 Dec 16:00", NotWorking.DND)


def test_a_day_that_had_a_reminder_of_another_meeting_has_no_second_one() -> None:
    heard = [at("Geneva", "2026-11-25 09:00"), at("Geneva", "2026-12-01 09:00")]
    steps = plan("Geneva", EXAMPLES["A"], heard=heard)
    assert told(steps, "Geneva") == {
        "7d": "Thu 26 Nov 09:00",
        "3d": "Mon 30 Nov 09:00",
        "1d": "Wed 2 Dec 09:00",
        "2h": "merged 1d",
    }
    assert steps["1d"].moved is Moved.REMINDED


def test_who_never_works_is_never_reminded() -> None:
    deadline = at("Geneva", EXAMPLES["A"])
    never = WorkingTime("UTC", days_off=frozenset((deadline + timedelta(days=n)).date() for n in range(-900, 900)))
    assert {step.fate for step in plan("Geneva", EXAMPLES["A"], hours=never).values()} == {Fate.TOO_LATE}


@given(
    station=stations,
    start=moments,
    notice=st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    offsets=st.lists(st.sampled_from(["14d", "7d", "3d", "2d", "30h", "1d", "2h", "15m"]), min_size=1, unique=True),
    most=st.integers(0, 5),
)
@pytest.mark.fault(29, on="either")
def test_every_plan_keeps_its_promises(
    station: str, start: datetime, notice: timedelta, offsets: list[str], most: int
) -> None:
    hours, scheduled, deadline = STATIONS[station], start - notice, start - timedelta(hours=24)
    steps = plan_steps(
        deadline=deadline, meeting_start=start, scheduled_at=scheduled, zone="Europe/Zurich", hours=hours, most=most,
        offsets=[parse_duration(text) for text in offsets],
    )  # fmt: skip
    end = effective_deadline(deadline, meeting_start=start, scheduled_at=scheduled)
    planned = [step.at for step in steps if step.fate is Fate.PLANNED and step.at]
    assert len(planned) <= most
    assert all(hours.is_working(moment) and scheduled <= moment < end for moment in planned)
    assert max(Counter(map(hours.working_day, planned)).values(), default=0) <= 1
    assert all(step.into in {other.step for other in steps} for step in steps if step.fate in {Fate.MERGED, Fate.PAST})
    soonest = hours.next_moment(scheduled)
    if most and soonest and soonest < end and all(step.asked_at <= scheduled for step in steps):
        assert planned == [soonest]


hours_away = st.timedeltas(timedelta(0), timedelta(days=12))


@given(
    station=stations,
    start=moments,
    ticks=st.lists(hours_away, max_size=40),
    moves=st.lists(st.tuples(hours_away, st.timedeltas(-timedelta(days=10), timedelta(days=10))), max_size=3),
)
@pytest.mark.fault(29, on="either")
def test_whenever_the_bot_wakes_and_the_meeting_moves_it_keeps_its_promises(
    station: str, start: datetime, ticks: list[timedelta], moves: list[tuple[timedelta, timedelta]]
) -> None:
    hours, scheduled, sent = STATIONS[station], start - timedelta(days=12), list[Sent]()
    moved = {start - away: by for away, by in moves}
    for now in sorted({start - tick for tick in ticks} | set(moved)):
        if now in moved and now < start + moved[now]:
            scheduled, start = now, start + moved[now]
        deadline = start - timedelta(hours=24)
        steps = plan_steps(
            deadline=deadline, meeting_start=start, scheduled_at=scheduled, now=now, offsets=OFFSETS,
            zone="Europe/Zurich", hours=hours, most=3, sent=sent,
        )  # fmt: skip
        due = [step.step for step in steps if step.fate is Fate.PLANNED and step.at and step.at <= now]
        sent += [Sent(step, now) for step in due]
        if due:
            assert hours.is_working(now)
            assert now < effective_deadline(deadline, meeting_start=start, scheduled_at=scheduled)
    assert len(sent) <= 3
    assert max(Counter(step.step for step in sent).values(), default=0) <= 1
    assert max(Counter(hours.working_day(step.at) for step in sent).values(), default=0) <= 1
