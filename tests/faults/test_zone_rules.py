"""Meetings across changes of the clocks, and of the zones' own rules: one occurrence, at the wall time agreed."""

import shutil
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from foundation.database import Database
from foundation.durations import before, is_gap, parse_duration, to_utc
from models.meetings import Meeting
from services.directory import directory
from services.meetings import Appointment, follow_zone_rules, schedule_meeting
from tests.fixtures_task_force import LOADED_AT
from tests.stations import STATIONS

walls = st.datetimes(
    min_value=datetime.fromisoformat("2026-01-01"), max_value=datetime.fromisoformat("2035-12-01")
).map(lambda wall: wall.replace(second=0, microsecond=0))
DEADLINES = st.sampled_from(["24h", "1d", "7d", "2h"])


def changes(zone: str) -> list[datetime]:
    """Return the wall times of ten years around which a zone's clocks are changed."""
    hours = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=n) for n in range(24 * 365 * 10))
    local, found, offset = ZoneInfo(zone), [], None
    for hour in hours:
        now = hour.astimezone(local)
        if offset is not None and now.utcoffset() != offset:
            found += [now.replace(tzinfo=None) + timedelta(minutes=30 * n) for n in range(-5, 4)]
        offset = now.utcoffset()
    return found


WALLS = {name: st.one_of(walls, *([st.sampled_from(found)] if (found := changes(hours.zone)) else []))
         for name, hours in STATIONS.items()}  # fmt: skip


@pytest.mark.fault(29, on="either")
@given(st.data(), st.sampled_from(sorted(STATIONS)), DEADLINES)
def test_a_wall_time_is_one_instant_and_its_deadline_keeps_the_wall_time(
    data: st.DataObject, station: str, deadline: str
) -> None:
    zone, wall = STATIONS[station].zone, data.draw(WALLS[station])
    instant = to_utc(wall, zone)
    local = instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert is_gap(wall, zone) or local == wall
    assert local.date() == wall.date()
    until = before(instant, parse_duration(deadline), zone)
    assert until < instant
    kept = until.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    days = {"1d": 1, "7d": 7}.get(deadline)
    if days and not is_gap(local - timedelta(days=days), zone):
        assert kept == local - timedelta(days=days)
    if not days:
        assert instant - until == timedelta(hours=int(deadline.removesuffix("h")))


@pytest.fixture
def other_rules(tmp_path: Path) -> Iterator[Path]:
    """Give a folder of zones that begins as the one in use, and is read in its place."""
    shutil.copytree(Path(str(files("tzdata").joinpath("zoneinfo"))), tmp_path / "zones")
    before_it = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(tmp_path / "zones")])
    ZoneInfo.clear_cache()
    yield tmp_path / "zones"
    zoneinfo.reset_tzpath(before_it)
    ZoneInfo.clear_cache()


@pytest.mark.fault(29)
def test_when_a_zone_s_rules_change_a_meeting_keeps_its_wall_time_and_stays_one(
    loaded: Database, other_rules: Path
) -> None:
    wall = datetime.fromisoformat("2026-12-03T14:30")
    with loaded.transaction() as session:
        sec = directory(session).by_slack_id("U0SEC")
        assert sec is not None
        meeting = schedule_meeting(
            session, actor=sec, appointment=Appointment(wall, "Europe/Zurich"), title="", now=LOADED_AT
        )
        agreed = meeting.starts_at
    # From now on Zurich keeps the time of Helsinki.
    shutil.copy(other_rules / "Europe" / "Helsinki", other_rules / "Europe" / "Zurich")
    ZoneInfo.clear_cache()
    for _ in range(2):
        with loaded.transaction() as session:
            follow_zone_rules(session, now=LOADED_AT)
    with loaded.reading() as session:
        [found] = session.exec(select(Meeting)).all()
    assert agreed - found.starts_at == timedelta(hours=1)
    assert found.starts_at.astimezone(ZoneInfo("Europe/Zurich")).replace(tzinfo=None) == wall
