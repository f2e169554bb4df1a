"""An area as it stands, or as it stood: the latest of each unit, notes, issues, who is who; and its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.issues import Issue, IssueState
from models.people import Person
from models.silences import Silence
from models.structure import Area, Seat
from models.updates import Health, Note, Update, UpdateVersion
from services.board import AreaOnBoard, holders_at, seats_at, standing_of, units_of
from services.cycles import cycle_at, cycle_until
from services.directory import Directory, area_id, directory, seat_id
from services.latest_words import Word, latest_words
from services.past_issues import undecided_issues
from services.quiet import silences_in_force
from services.update_history import Standing

NOTES_SHOWN = 5
HISTORY_PAGE = 5
"""Entries on one page: with three long texts each they still fit into a message."""


@dataclass(frozen=True)
class Said:
    """What a unit said, as it read at the moment that is shown."""

    health: Health
    changed: str
    next_steps: str
    help_needed: str
    language: str
    author: str
    on_behalf_of: str | None
    at: datetime
    edited: bool
    late: bool


@dataclass(frozen=True)
class UnitOnPage:
    """One unit of an area."""

    unit_id: int
    unit: str
    standing: Standing
    said: Said | None
    confirmed_at: datetime | None
    """When "No change" last confirmed it."""
    holders: tuple[Person, ...]


@dataclass(frozen=True)
class AreaPage:
    """Everything that is shown of an area."""

    area: Area
    line: AreaOnBoard
    units: tuple[UnitOnPage, ...]
    notes: tuple[tuple[str, Note], ...]
    """The latest notes with their author's name, newest first."""
    issues: tuple[tuple[Issue, IssueState], ...]
    at: datetime
    past: bool
    silences: tuple[tuple[str, Silence], ...] = ()
    """Planned silence that held then, with who planned it."""


@dataclass(frozen=True)
class Entry:
    """One update or confirmation of an area's history."""

    unit: str
    said: Said
    confirms: bool
    posted_at: datetime
    posted_by: str
    withdrawn: bool
    versions: int


@dataclass(frozen=True)
class History:
    """One page of an area's history, the newest first."""

    area: Area
    entries: tuple[Entry, ...]
    found: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // HISTORY_PAGE))


def read_area(session: Session, area: Area, *, now: datetime, at: datetime | None = None) -> AreaPage:
    """Return an area as it stands `now`, or as it stood `at` a moment. Whether somebody may see it was asked before."""
    who, moment = directory(session), at or now
    cycle = (cycle_until(session, at) if at else cycle_at(session, now)).opened_by
    words = latest_words(session, at=at)
    holders = holders_at(session, at) if at else who.holders_by_seat
    seats = seats_at(who, area, at) if at else who.seats_by_area.get(area_id(area), [])
    said = read_said(session, who, [w for s in seats if (w := words.get((s.area_id, s.unit_id)))], at=at)
    issues = undecided_issues(session, area_id(area), at=at)
    escalated = sum(state is IssueState.ESCALATED for _, state in issues)
    on_board = units_of(who, area, words, holders, cycle=cycle, at=moment, past=at is not None)

    def unit(seat: Seat) -> UnitOnPage:
        word, here = words.get((seat.area_id, seat.unit_id)), holders.get(seat_id(seat), ())
        standing = standing_of(who, word, here, cycle=cycle, at=moment)
        confirmed_at = word.posted_at if word and word.confirms else None
        shown = said.get(word.content_id) if word else None
        return UnitOnPage(
            seat.unit_id,
            who.unit_key(seat.unit_id),
            standing,
            shown,
            confirmed_at,
            tuple(who.people_by_id[i] for i in here),
        )

    return AreaPage(
        area,
        AreaOnBoard(area, on_board, len(issues) - escalated, escalated),
        tuple(unit(seat) for seat in seats),
        tuple((who.name_of(note.author_id), note) for note in _notes(session, area, moment)),
        tuple(issues),
        moment,
        past=at is not None,
        silences=tuple(
            (who.name_of(each.set_by_id), each)
            for each in silences_in_force(session, now=moment)
            if each.area_id == area.id
        ),
    )


def read_history(session: Session, area: Area, *, page: int = 1) -> History:
    """Return a page of all that units said of an area, confirmations and what was withdrawn included."""
    who = directory(session)
    of_area = Update.area_id == area.id
    found = session.exec(select(sa.func.count()).select_from(Update).where(of_area)).one()
    newest = select(Update).where(of_area).order_by(col(Update.posted_at).desc(), col(Update.id).desc())
    updates = session.exec(newest.offset((page - 1) * HISTORY_PAGE).limit(HISTORY_PAGE)).all()
    contents = _by_id(session, [u.confirms_id for u in updates if u.confirms_id])
    entries = [_entry(who, update, contents.get(update.confirms_id or 0, update)) for update in updates]
    return History(area, tuple(entries), found, page)


def _entry(who: Directory, update: Update, content: Update) -> Entry:
    return Entry(
        who.unit_key(update.unit_id),
        _as_said(who, content, None),
        update.confirms_id is not None,
        update.posted_at,
        who.name_of(update.author_id),
        update.withdrawn_at is not None,
        content.version,
    )


def read_said(session: Session, who: Directory, words: Sequence[Word], *, at: datetime | None) -> dict[int, Said]:
    """Return the contents of these words by update, in the version that was read at the moment."""
    contents = _by_id(session, [word.content_id for word in words])
    versions: dict[int, UpdateVersion] = {}
    if at is not None:
        of_these = col(UpdateVersion.update_id).in_(list(contents)), col(UpdateVersion.at) <= at
        for version in session.exec(select(UpdateVersion).where(*of_these).order_by(col(UpdateVersion.version))):
            versions[version.update_id] = version
    return {key: _as_said(who, update, versions.get(key)) for key, update in contents.items()}


def _as_said(who: Directory, update: Update, version: UpdateVersion | None) -> Said:
    words = version or update
    return Said(
        words.health,
        words.changed,
        words.next_steps,
        words.help_needed,
        update.language,
        who.name_of(update.author_id),
        who.name_of(update.for_id) if update.for_id else None,
        update.posted_at,
        edited=words.version > 1,
        late=update.late,
    )


def _by_id(session: Session, ids: Sequence[int]) -> dict[int, Update]:
    if not ids:
        return {}
    return {update.id or 0: update for update in session.exec(select(Update).where(col(Update.id).in_(ids)))}


def _notes(session: Session, area: Area, at: datetime) -> Sequence[Note]:
    of_area = select(Note).where(Note.area_id == area.id, col(Note.at) <= at)
    return session.exec(of_area.order_by(col(Note.id).desc()).limit(NOTES_SHOWN)).all()
