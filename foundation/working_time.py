"""Working time: when a person may be written to, and how working days are counted at a station."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from foundation.durations import to_utc
from foundation.public_holidays import NO_HOLIDAYS, PublicHolidays

HORIZON = 731
"""How many days ahead or back a working moment is looked for; beyond two years there is none."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(r"([0-9]{1,2}:[0-9]{2})\s*[-–—]\s*([0-9]{1,2}:[0-9]{2})")


class NotWorking(StrEnum):
    """Why a moment is no working moment."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    DAY_OFF = "day_off"
    BEFORE_WORK = "before_work"
    AFTER_WORK = "after_work"
    DND = "dnd"


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The working hours and days of a station or a person, in an IANA zone.

    Days are numbered from Monday = 0. Work begins at `opens` and is over at `closes` (that minute is outside).
    `days_off` are a person's own free days; `quiet` are spans (start, end) of UTC in which Slack must not disturb.
    """

    zone: str
    days: frozenset[int] = frozenset(range(5))
    opens: time = time(9)
    closes: time = time(18)
    holidays: PublicHolidays = NO_HOLIDAYS
    days_off: frozenset[date] = frozenset()
    quiet: tuple[tuple[datetime, datetime], ...] = ()

    def __post_init__(self) -> None:
        """Refuse a week without working days and hours that end before they begin."""
        if not self.days or not self.days <= set(range(7)):
            message = "there must be at least one working day"
            raise ValueError(message)
        if self.opens >= self.closes:
            message = (
                f"working hours must end after they begin on the same day, not {self.opens:%H:%M}-{self.closes:%H:%M}"
            )
            raise ValueError(message)

    def working_day(self, moment: datetime) -> date:
        """Return the local calendar day of an instant."""
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def is_working_day(self, day: date) -> bool:
        """Say whether people work on a local calendar day."""
        return day.weekday() in self.days and day not in self.days_off and day not in self.holidays

    def is_working(self, moment: datetime) -> bool:
        """Say whether a message may be sent at this instant."""
        return self.next_moment(moment) == moment

    def next_moment(self, moment: datetime) -> datetime | None:
        """Return the first working instant (UTC) at or after `moment`; None if two years have none."""
        for day in self._working_days(self.working_day(moment), step=1):
            found = self._first_of(day, not_before=moment)
            if found is not None:
                return found
        return None

    def next_moment_before(self, moment: datetime, end: datetime) -> datetime | None:
        """Return the first working instant (UTC) at or after `moment` and before `end`; None if there is none.

        Quiet times are a hint: where they would leave no such instant, they are not heeded.
        """
        for hours in (self, replace(self, quiet=())):
            found = hours.next_moment(moment)
            if found is not None and found < end:
                return found
        return None

    def period_start_before(self, moment: datetime) -> datetime | None:
        """Return the beginning (UTC) of the last working period that begins before `moment`."""
        for day in self._working_days(self.working_day(moment), step=-1):
            found = self._first_of(day)
            if found is not None and found < moment:
                return found
        return None

    def reason_moved(self, moment: datetime) -> NotWorking | None:
        """Return why an instant is no working moment; None if it is one."""
        local = moment.astimezone(ZoneInfo(self.zone))
        day = local.date()
        if day.weekday() not in self.days:
            return NotWorking.WEEKEND
        if day in self.holidays:
            return NotWorking.HOLIDAY
        if day in self.days_off:
            return NotWorking.DAY_OFF
        if moment < to_utc(datetime.combine(day, self.opens), self.zone):
            return NotWorking.BEFORE_WORK
        if moment >= to_utc(datetime.combine(day, self.closes), self.zone):
            return NotWorking.AFTER_WORK
        return None if self.is_working(moment) else NotWorking.DND

    def add_working_days(self, moment: datetime, count: int) -> datetime:
        """Return the instant (UTC) `count` working days after `moment`, at the same wall time.

        From a moment on a day without work, counting begins when work next begins (worked example D).
        """
        local = self._counted_from(moment)
        return self._same_time(local, self._nth_working_day(local.date(), count, step=1))

    def working_day_before(self, moment: datetime) -> datetime:
        """Return the instant (UTC) one working day before `moment`, at the same wall time."""
        local = moment.astimezone(ZoneInfo(self.zone))
        return self._same_time(local, self._nth_working_day(local.date(), 1, step=-1))

    def _counted_from(self, moment: datetime) -> datetime:
        local = moment.astimezone(ZoneInfo(self.zone))
        if self.is_working_day(local.date()):
            return local
        return datetime.combine(self._nth_working_day(local.date(), 1, step=1), self.opens)

    def _same_time(self, local: datetime, day: date) -> datetime:
        return to_utc(datetime.combine(day, local.time()), self.zone)

    def _nth_working_day(self, day: date, count: int, *, step: int) -> date:
        if count < 0:
            message = "working days are counted forward"
            raise ValueError(message)
        for _ in range(count):
            following = next(self._working_days(day + timedelta(days=step), step=step), None)
            if following is None:
                message = f"nobody works within two years of {day}"
                raise ValueError(message)
            day = following
        return day

    def _working_days(self, day: date, *, step: int) -> Iterator[date]:
        for _ in range(HORIZON):
            if self.is_working_day(day):
                yield day
            day += timedelta(days=step)

    def _first_of(self, day: date, *, not_before: datetime | None = None) -> datetime | None:
        """Return the first instant of a working day at which a message may be sent."""
        found = to_utc(datetime.combine(day, self.opens), self.zone)
        if not_before is not None:
            found = max(found, not_before.astimezone(UTC))
        for start, end in sorted(self.quiet):
            if start <= found < end:
                found = end.astimezone(UTC)
        return found if found < to_utc(datetime.combine(day, self.closes), self.zone) else None


def _time_of_day(written: str, text: str) -> time:
    hour, minute = (int(number) for number in written.split(":"))
    if hour > 23 or minute > 59:  # noqa: PLR2004 - the clock's own limits
        message = f"“{text}” are no working hours: there is no {written}"
        raise ValueError(message)
    return time(hour, minute)


def parse_days(text: str) -> frozenset[int]:
    """Read `mon-fri`, `sun-thu` or `mon,wed-fri` as weekdays from Monday = 0; ValueError says what was expected."""
    days: set[int] = set()
    for part in text.lower().replace(" ", "").replace("–", "-").split(","):
        first, dash, last = part.partition("-")
        if first not in _DAYS or (dash and last not in _DAYS):
            message = f"“{text}” are no working days: expected such as mon-fri, sun-thu or mon,wed-fri"
            raise ValueError(message)
        start = _DAYS.index(first)
        length = (_DAYS.index(last) - start) % 7 if dash else 0
        days.update((start + offset) % 7 for offset in range(length + 1))
    return frozenset(days)


def parse_hours(text: str) -> tuple[time, time]:
    """Read `09:00-18:00`; ValueError for what is no span of hours within one day."""
    match = _HOURS.fullmatch(text.strip())
    if match is None:
        message = f"“{text}” are no working hours: expected such as 09:00-18:00"
        raise ValueError(message)
    opens, closes = _time_of_day(match[1], text), _time_of_day(match[2], text)
    if opens >= closes:
        message = f"“{text}” are no working hours: they must end after they begin, on the same day"
        raise ValueError(message)
    return opens, closes
