"""Durations as the task-force file writes them (`30m`, `24h`, `7d`, `5wd`), and what they mean on a calendar."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from typing_extensions import override

Unit = Literal["m", "h", "d", "wd"]

_DURATION = re.compile(r"(?P<amount>[0-9]{1,4})\s*(?P<unit>wd|m|h|d)")


@dataclass(frozen=True, slots=True)
class Duration:
    """An amount of one unit: `m` and `h` elapse, `d` are calendar days, `wd` working days of a person's station."""

    amount: int
    unit: Unit

    @override
    def __str__(self) -> str:
        """Return it as the task-force file writes it: `7d`."""
        return f"{self.amount}{self.unit}"


def parse_duration(text: str) -> Duration:
    """Read `30m`, `24h`, `7d` or `5wd`; ValueError says what was expected."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        message = f"“{text}” is no duration: expected a number and a unit, such as 30m, 24h, 7d or 5wd"
        raise ValueError(message)
    units: dict[str, Unit] = {"m": "m", "h": "h", "d": "d", "wd": "wd"}
    return Duration(int(match["amount"]), units[match["unit"]])


def after(moment: datetime, duration: Duration, zone: str) -> datetime:
    """Return the instant (UTC) that lies `duration` after `moment`; calendar days are those of `zone`.

    Working days depend on a person's station: ValueError, ask `WorkingTime.add_working_days`.
    """
    return _moved(moment, duration, zone, direction=1)


def before(moment: datetime, duration: Duration, zone: str) -> datetime:
    """Return the instant (UTC) that lies `duration` before `moment`, as `after` does."""
    return _moved(moment, duration, zone, direction=-1)


def _moved(moment: datetime, duration: Duration, zone: str, *, direction: Literal[1, -1]) -> datetime:
    amount = direction * duration.amount
    match duration.unit:
        case "m":
            return moment.astimezone(UTC) + timedelta(minutes=amount)
        case "h":
            return moment.astimezone(UTC) + timedelta(hours=amount)
        case "d":
            local = moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            return to_utc(local + timedelta(days=amount), zone)
        case "wd":
            message = f"{duration} counts working days: it needs the working time of a station"
            raise ValueError(message)


def to_utc(local: datetime, zone: str) -> datetime:
    """Return the instant of a naive wall time in an IANA zone.

    A time that the clocks skip moves forward by what they skip; of a time that comes twice the first is meant.
    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def is_gap(local: datetime, zone: str) -> bool:
    """Say whether the clocks of a zone skip this naive wall time."""
    there = to_utc(local, zone).astimezone(ZoneInfo(zone))
    return there.replace(tzinfo=None, fold=0) != local.replace(fold=0)


def is_fold(local: datetime, zone: str) -> bool:
    """Say whether this naive wall time comes twice in a zone."""
    there = ZoneInfo(zone)
    first, second = local.replace(tzinfo=there, fold=0), local.replace(tzinfo=there, fold=1)
    return first.utcoffset() != second.utcoffset() and not is_gap(local, zone)
