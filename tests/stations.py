"""The fourteen stations of the field, and instants at them, as tests need them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from foundation.durations import to_utc
from foundation.public_holidays import PublicHolidays
from foundation.working_time import WorkingTime, parse_days


def _station(zone: str, country: str, subdivision: str | None = None, days: str = "mon-fri") -> WorkingTime:
    return WorkingTime(zone, days=parse_days(days), holidays=PublicHolidays(country, subdivision))


STATIONS = {
    "Geneva": _station("Europe/Zurich", "CH", "GE"),
    "Addis Ababa": _station("Africa/Addis_Ababa", "ET"),
    "Bangkok": _station("Asia/Bangkok", "TH"),
    "Brasilia": _station("America/Sao_Paulo", "BR", "DF"),
    "Cairo": _station("Africa/Cairo", "EG", days="sun-thu"),
    "Moscow": _station("Europe/Moscow", "RU"),
    "Dakar": _station("Africa/Dakar", "SN"),
    "Harare": _station("Africa/Harare", "ZW"),
    "Yaoundé": _station("Africa/Douala", "CM"),
    "Bridgetown": _station("America/Barbados", "BB"),
    "Santiago": _station("America/Santiago", "CL"),
    "Tegucigalpa": _station("America/Tegucigalpa", "HN"),
    "Jakarta": _station("Asia/Jakarta", "ID"),
    "New Delhi": _station("Asia/Kolkata", "IN"),
}

moments = st.datetimes(
    min_value=datetime.fromisoformat("2026-01-01"),
    max_value=datetime.fromisoformat("2035-12-01"),
    timezones=st.just(UTC),
)
"""Any instant until 2035."""


def at(station: str, wall_time: str) -> datetime:
    """Return the instant of a wall time such as `2026-12-03 14:30` at a station."""
    return to_utc(datetime.fromisoformat(wall_time), STATIONS[station].zone)


def wall(station: str, moment: datetime | None) -> str | None:
    """Return an instant as people at a station would write it: `Thu 3 Dec 14:30`."""
    if moment is None:
        return None
    local = moment.astimezone(ZoneInfo(STATIONS[station].zone))
    return f"{local:%a} {local.day} {local:%b %H:%M}"
