"""The brief of a meeting: what needs a decision, what changed, who still owes, what stayed, and who is excused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from sqlmodel import Session

from models.meetings import Meeting, MeetingState
from models.silences import Silence
from models.structure import Area
from models.updates import Health
from services.area_page import Said, read_said
from services.board import AreaOnBoard, Board, read_board, seats_at
from services.brief_questions import OverdueAction, Question, overdue_actions, questions
from services.directory import area_id, directory
from services.latest_words import latest_words
from services.quiet import silences_in_force
from services.update_history import Standing

PAGE = 12
"""Entries of a section on one page: with the longest texts they still fit into a message."""


class Part(StrEnum):
    """The sections of a brief, in the order in which a meeting needs them (SPEC 5)."""

    DECISIONS = "decisions"
    CHANGED = "changed"
    OVERDUE = "overdue"
    UNCHANGED = "unchanged"
    EXCUSED = "excused"


@dataclass(frozen=True)
class UnitInBrief:
    """One unit of an area, and the words that stand for it (they may be of an earlier cycle)."""

    unit: str
    standing: Standing
    said: Said | None
    part: Part
    """The section in which it is named."""


@dataclass(frozen=True)
class AreaInBrief:
    """One area, or those of its units that a section names."""

    area: Area
    health: Health | None
    units: tuple[UnitInBrief, ...]
    silence: Silence | None
    """Planned silence that holds over it."""


Entry = Question | AreaInBrief | OverdueAction


@dataclass(frozen=True)
class Brief:
    """How things stand for a meeting: as they are, and once it has begun as they were at its start."""

    meeting: Meeting
    board: Board
    """What is counted."""
    areas: tuple[AreaInBrief, ...]
    questions: tuple[Question, ...]
    actions: tuple[OverdueAction, ...]
    open_for_updates: bool
    """Whether the deadline lies ahead: who has not reported yet is not overdue."""

    @property
    def begun(self) -> bool:
        """Whether it shows how things stood at the start."""
        return self.board.past

    @cached_property
    def entries(self) -> dict[Part, tuple[Entry, ...]]:
        """What each section lists, one entry a line."""
        by_area = {part: tuple(self._areas_of(part)) for part in Part}
        return by_area | {
            Part.DECISIONS: self.questions,
            Part.OVERDUE: (*by_area[Part.OVERDUE], *self.actions),
        }

    @cached_property
    def details(self) -> dict[Part, tuple[Entry, ...]]:
        """The same to be told in full: what changed, unit by unit."""
        changed = (replace(area, units=(unit,)) for area in self._areas_of(Part.CHANGED) for unit in area.units)
        return self.entries | {Part.CHANGED: tuple(changed)}

    def count(self, part: Part) -> int:
        """Return how many issues, units or actions a section names."""
        return sum(len(entry.units) if isinstance(entry, AreaInBrief) else 1 for entry in self.entries[part])

    def pages(self, part: Part) -> int:
        """Return on how many pages a section is told in full; none where there is nothing to tell."""
        return -(-len(self.details[part]) // PAGE)

    def page(self, part: Part, number: int) -> tuple[Entry, ...]:
        """Return what stands on one page of a section, the first one being 1."""
        return self.details[part][(number - 1) * PAGE : number * PAGE]

    def _areas_of(self, part: Part) -> list[AreaInBrief]:
        chosen = (replace(area, units=tuple(u for u in area.units if u.part is part)) for area in self.areas)
        return [area for area in chosen if area.units]


def has_begun(meeting: Meeting, now: datetime) -> bool:
    """Whether a meeting has begun: its brief then stays as it was at the start."""
    return meeting.state in (MeetingState.HELD, MeetingState.CLOSED) or meeting.starts_at <= now


def read_brief(
    session: Session, meeting: Meeting, areas: Callable[[datetime | None], Sequence[Area]], *, now: datetime
) -> Brief:
    """Return the brief of a meeting over the `areas` that its reader may see, as they were at a moment (None: now)."""
    at = meeting.actual_start if has_begun(meeting, now) else None
    shown = list(areas(at))
    board = read_board(session, shown, now=now, at=at)
    # Not "of the areas shown": what waits in an area that was archived since still waits.
    restricted = {key for key, area in directory(session).areas_by_id.items() if area.restricted}
    hidden = restricted - {area_id(area) for area in shown}
    return Brief(
        meeting,
        board,
        _areas(session, board, at=at, now=now),
        tuple(questions(session, hidden, at=at)),
        tuple(overdue_actions(session, hidden, at=board.at)),
        open_for_updates=board.at < meeting.deadline_at,
    )


def _areas(session: Session, board: Board, *, at: datetime | None, now: datetime) -> tuple[AreaInBrief, ...]:
    who, words = directory(session), latest_words(session, at=at)
    silent = {each.area_id: each for each in silences_in_force(session, now=at or now) if each.area_id}
    said = read_said(session, who, list(words.values()), at=at)

    def area(line: AreaOnBoard) -> AreaInBrief:
        key = area_id(line.area)
        seats = seats_at(who, line.area, at) if at else who.seats_by_area.get(key, [])
        units = []
        for seat, unit in zip(seats, line.units, strict=True):
            word = words.get((seat.area_id, seat.unit_id))
            part = _part(unit.standing, silent=key in silent)
            units.append(UnitInBrief(unit.unit, unit.standing, said.get(word.content_id) if word else None, part))
        return AreaInBrief(line.area, line.health, tuple(units), silent.get(key))

    return tuple(area(line) for line in board.areas)


def _part(standing: Standing, *, silent: bool) -> Part:
    """Return where a unit is named: away, done, vacant and planned silence excuse."""
    if standing is Standing.WAITING and not silent:
        return Part.OVERDUE
    return {Standing.REPORTED: Part.CHANGED, Standing.CONFIRMED: Part.UNCHANGED}.get(standing, Part.EXCUSED)
