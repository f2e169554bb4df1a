"""The board: how every area stands, which units have reported in this cycle, and which issues wait."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import sqlalchemy as sa
from sqlmodel import Session, col

from models.issues import IssueState
from models.people import Person
from models.structure import Area, FocalPoint, Seat
from models.updates import Health
from services.cycles import cycle_at, cycle_until
from services.directory import Directory, area_id, directory, seat_id
from services.latest_words import Word, latest_words
from services.past_issues import IssueCounts, count_issues
from services.rights import may_read
from services.update_history import Standing

WORST_FIRST = (Health.OFF_TRACK, Health.AT_RISK, Health.ON_TRACK, Health.DONE)
SPOKEN = frozenset({Standing.REPORTED, Standing.CONFIRMED})

Holders = Mapping[int, Sequence[int]]
"""Person ids of those who hold each seat, by its id; a seat without anybody is vacant."""


class UnitOnBoard(NamedTuple):
    """Where one unit of an area stands."""

    unit: str
    standing: Standing
    health: Health | None
    content_at: datetime | None
    """When it last said something of its own."""


@dataclass(frozen=True)
class AreaOnBoard:
    """One line of the board."""

    area: Area
    units: tuple[UnitOnBoard, ...]
    open_issues: int
    escalated_issues: int

    @property
    def health(self) -> Health | None:
        """The worst of its units' latest words, whichever cycle they are of; `done` only when every word is `done`.

        One unit off track is what the task force has to see, and an old worry stands until the unit says otherwise:
        the age is shown beside it. None: no unit has said anything yet.
        """
        said = {unit.health for unit in self.units}
        return next((health for health in WORST_FIRST if health in said), None)

    @property
    def latest(self) -> datetime | None:
        """When a unit last said something new."""
        return max((unit.content_at for unit in self.units if unit.content_at is not None), default=None)

    def units_that(self, standing: Standing) -> list[str]:
        """Return the units that stand so, in the task force's order."""
        return [unit.unit for unit in self.units if unit.standing is standing]


@dataclass(frozen=True)
class Board:
    """The areas that a reader may see, in the task force's order."""

    areas: tuple[AreaOnBoard, ...]
    cycle_since: datetime
    at: datetime
    """The moment that is shown."""
    past: bool
    """Whether it is shown as it stood, not as it stands."""

    @cached_property
    def by_health(self) -> Counter[Health | None]:
        """How many areas stand how."""
        return Counter(area.health for area in self.areas)

    @cached_property
    def units(self) -> Counter[Standing]:
        """How many units stand how."""
        return Counter(unit.standing for area in self.areas for unit in area.units)

    @property
    def reported(self) -> int:
        """How many units have reported in the cycle, "No change" included."""
        return sum(self.units[standing] for standing in SPOKEN)

    @property
    def open_issues(self) -> int:
        """Open issues of all areas shown."""
        return sum(area.open_issues for area in self.areas)

    @property
    def escalated_issues(self) -> int:
        """Escalated issues of all areas shown."""
        return sum(area.escalated_issues for area in self.areas)


def read_board(session: Session, areas: Sequence[Area], *, now: datetime, at: datetime | None = None) -> Board:
    """Return the board of these areas, as it stands `now` or as it stood `at` a moment.

    A handful of statements, whatever the number of areas and the length of their history.
    """
    who = directory(session)
    moment = at or now
    cycle = cycle_until(session, at) if at else cycle_at(session, now)
    words, issues = latest_words(session, at=at), count_issues(session, at=at)
    holders = holders_at(session, at) if at else who.holders_by_seat
    lines = [
        AreaOnBoard(
            area,
            units_of(who, area, words, holders, cycle=cycle.opened_by, at=moment, past=at is not None),
            *_issues_of(issues, area),
        )
        for area in areas
    ]
    return Board(tuple(lines), cycle.starts_at, moment, past=at is not None)


def areas_for(who: Directory, actor: Person, *, at: datetime | None = None) -> list[Area]:
    """Return the areas that a person may ask about: those in force, or those that were at a moment."""
    return [area for area in _areas_at(who, at) if may_read(actor, area)]


def areas_for_channel(who: Directory, channel: str | None, *, at: datetime | None = None) -> list[Area]:
    """Return the areas that may be shown in a channel: a restricted one only in its own."""
    return [area for area in _areas_at(who, at) if may_show(area, channel)]


def may_show(area: Area, channel: str | None) -> bool:
    """Whether what an area says may be shown to everybody in a channel (Slack's id)."""
    return not area.restricted or (channel is not None and channel in (area.channel_id, area.channel))


def units_of(
    who: Directory,
    area: Area,
    words: Mapping[tuple[int, int], Word],
    holders: Holders,
    *,
    cycle: int,
    at: datetime,
    past: bool = False,
) -> tuple[UnitOnBoard, ...]:
    """Return where each unit of an area stands."""
    seats = seats_at(who, area, at) if past else who.seats_by_area.get(area_id(area), [])
    found = []
    for seat in seats:
        word = words.get((seat.area_id, seat.unit_id))
        standing = standing_of(who, word, holders.get(seat_id(seat), ()), cycle=cycle, at=at)
        found.append(
            UnitOnBoard(
                who.unit_key(seat.unit_id), standing, word.health if word else None, word.content_at if word else None
            )
        )
    return tuple(found)


def standing_of(who: Directory, word: Word | None, holders: Sequence[int], *, cycle: int, at: datetime) -> Standing:
    """Return where a unit stands in a cycle."""
    if word is not None and word.cycle == cycle:
        return Standing.CONFIRMED if word.confirms else Standing.REPORTED
    if word is not None and word.health is Health.DONE:
        return Standing.DONE
    if not holders:
        return Standing.VACANT
    if all(i in who.absences and who.absence(who.people_by_id[i], now=at) is not None for i in holders):
        return Standing.AWAY
    return Standing.WAITING


def seats_at(who: Directory, area: Area, at: datetime) -> list[Seat]:
    """Return the seats that an area had at a moment, in the units' order."""
    there = (s for s in who.seats_by_id.values() if s.area_id == area.id)
    had = (s for s in there if s.archived_at is None or s.archived_at > at)
    return sorted(had, key=lambda seat: who.units_by_id[seat.unit_id].rank)


def holders_at(session: Session, at: datetime) -> Holders:
    """Return who held each seat at a moment."""
    who = directory(session)
    held: dict[int, list[int]] = {}
    rows = session.connection().execute(
        sa.select(col(FocalPoint.seat_id), col(FocalPoint.person_id))
        .where(col(FocalPoint.since) <= at, sa.or_(col(FocalPoint.until).is_(None), col(FocalPoint.until) > at))
        .order_by(col(FocalPoint.id))
    )
    for seat, person_id in rows:
        person = who.people_by_id.get(person_id)
        if person is not None and (person.left_at is None or person.left_at > at):
            held.setdefault(seat, []).append(person_id)
    return held


def _areas_at(who: Directory, at: datetime | None) -> list[Area]:
    if at is None:
        return who.areas
    had = (area for area in who.areas_by_id.values() if area.archived_at is None or area.archived_at > at)
    return sorted(had, key=lambda area: area.rank)


def _issues_of(counts: IssueCounts, area: Area) -> tuple[int, int]:
    return counts[(area.id, IssueState.OPEN)], counts[(area.id, IssueState.ESCALATED)]
