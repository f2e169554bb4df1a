"""What stands on a meeting's agenda: read from the records, and from the rows of what people did with it (ADR 14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from models.agenda import AgendaItem, ItemKind
from models.issues import Action, Issue, IssueState
from models.meetings import Meeting, MeetingState
from models.people import Person
from models.structure import Area
from services.agenda_order import Section, arrange
from services.cycles import cycle_at, cycle_until
from services.directory import Directory, area_id, directory
from services.latest_words import latest_words
from services.past_issues import UNDECIDED, states_at
from services.rights import may_read

LATE = timedelta(days=1)
"""For so long a meeting whose hour has come is waited for; then its items are those of the next one."""
WRITTEN = (MeetingState.HELD, MeetingState.CLOSED)
_SECTIONS = {
    ItemKind.STANDING: Section.OPENING, ItemKind.ISSUE: Section.ISSUES, ItemKind.AREA: Section.AREAS,
    ItemKind.ACTIONS: Section.ACTIONS, ItemKind.PROPOSED: Section.PROPOSED,
}  # fmt: skip


@dataclass(frozen=True)
class DueAction:
    """An open action whose day comes before the meeting is over."""

    area: Area | None
    due: date


@dataclass(frozen=True)
class Entry:
    """One item of an agenda. `row` is what people did with it, if they did anything."""

    key: str
    kind: ItemKind
    section: Section
    row: AgendaItem | None = None
    place: int | None = None
    left_out: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    issue: Issue | None = None
    escalated: bool = False
    area: Area | None = None
    units: tuple[str, ...] = ()
    """Those that said something new on the area in this cycle."""
    actions: tuple[DueAction, ...] = ()
    carried_from: int | None = None
    """The id of the meeting from which it goes on."""
    shadowed: tuple[AgendaItem, ...] = ()
    """Rows that wait for the next meeting and are about the same: it is taken up once."""

    @property
    def minutes(self) -> int | None:
        """How long it may take, if somebody said so."""
        return self.row.minutes if self.row else None

    def seen_by(self, reader: Person) -> "Entry | None":
        """Return what a reader may see of it: nothing of restricted areas for those outside the task force."""
        if not may_read(reader, self.area):
            return None
        if self.kind is not ItemKind.ACTIONS or not self.actions:
            return self
        seen = tuple(action for action in self.actions if may_read(reader, action.area))
        return replace(self, actions=seen) if seen else None


def current_meeting(session: Session, moment: datetime) -> Meeting | None:
    """Return the meeting whose agenda writes itself: the next one, or the one whose hour has come and is not held."""
    not_yet = sa.or_(col(Meeting.held_at).is_(None), col(Meeting.held_at) > moment)
    ahead = select(Meeting).where(
        col(Meeting.state) != MeetingState.CANCELLED, not_yet, col(Meeting.starts_at) > moment - LATE
    )
    return session.exec(ahead.order_by(col(Meeting.starts_at), col(Meeting.id)).limit(1)).first()


def entries_of(
    session: Session, meeting: Meeting, *, moment: datetime, past: bool = False, take_up: bool = False
) -> list[Entry]:
    """Return all items of a meeting in order, those left out too, whoever may see them.

    A handful of statements. `past`: as things stood at the moment. `take_up`: the meeting is held now, so that all
    that waits for the next one is its.
    """
    if meeting.state in WRITTEN and meeting.actual_start <= moment:
        return _written(session, meeting, moment)
    current = current_meeting(session, moment)
    is_next = take_up or meeting.id == (current.id if current else None)
    found = {entry.key: entry for entry in _standing(directory(session))}
    if is_next or meeting.starts_at > moment:
        found |= {entry.key: entry for entry in _issues(session, moment, past=past)}
    if is_next:
        found |= {entry.key: entry for entry in _areas(session, meeting, moment, past=past)}
        found |= {entry.key: entry for entry in _actions(session, meeting, moment)}
    for key, rows in _rows(session, meeting, moment, waiting=is_next).items():
        entry = _with_rows(directory(session), found.get(key), rows, meeting, moment)
        if entry is not None:
            found[key] = entry
    return arrange(found.values())


# -- from the records ------------------------------------------------------------------------------------------------


def _standing(who: Directory) -> list[Entry]:
    items = who.task_force.standing_items
    last = len(items) - 1 if len(items) > 1 else None
    return [
        Entry(f"standing:{n}", ItemKind.STANDING, Section.CLOSING if n == last else Section.OPENING, names=names)
        for n, names in enumerate(items)
    ]


def _issues(session: Session, moment: datetime, *, past: bool) -> list[Entry]:
    """The undecided issues: escalated ones first, then those referred, each the oldest first."""
    who = directory(session)
    states: dict[int, IssueState] = {}
    query = select(Issue).where(col(Issue.state).in_(UNDECIDED), col(Issue.merged_into_id).is_(None))
    if past:
        states = {number: state for number, _, state in states_at(session, moment) if state in UNDECIDED}
        query = select(Issue).where(col(Issue.raised_at) <= moment)
    issues = [issue for issue in session.exec(query) if not past or issue.id in states]

    def escalated(issue: Issue) -> bool:
        return states.get(issue.id or 0, issue.state) is IssueState.ESCALATED

    def pressing(issue: Issue) -> tuple[bool, bool, datetime, int]:
        return not escalated(issue), not is_referred(issue, moment), issue.raised_at, issue.id or 0

    return [
        Entry(f"issue:{issue.id}", ItemKind.ISSUE, Section.ISSUES, issue=issue, escalated=escalated(issue),
              area=who.areas_by_id.get(issue.area_id or 0))
        for issue in sorted(issues, key=pressing)
    ]  # fmt: skip


def is_referred(issue: Issue, moment: datetime) -> bool:
    """Whether somebody had put it on the next agenda by then."""
    return issue.referred_at is not None and issue.referred_at <= moment


def _areas(session: Session, meeting: Meeting, moment: datetime, *, past: bool) -> list[Entry]:
    """The areas of which a unit said something new in the cycle that the meeting ends: "No change" is nothing new."""
    who = directory(session)
    begun = meeting.actual_start <= moment
    cycle = cycle_until(session, meeting.actual_start) if begun else cycle_at(session, moment)
    # What came between the hour of a meeting and its opening is given to the cycle before it when it is opened.
    of_cycle = {cycle.opened_by, meeting.id or cycle.opened_by}
    units: dict[int, list[str]] = {}
    for (area, unit), word in latest_words(session, at=moment if past else None).items():
        if word.cycle in of_cycle and not word.confirms:
            units.setdefault(area, []).append(who.unit_key(unit))
    return [
        Entry(f"area:{area.id}", ItemKind.AREA, Section.AREAS, area=area, units=tuple(sorted(units[area_id(area)])))
        for area in who.areas if area_id(area) in units
    ]  # fmt: skip


def _actions(session: Session, meeting: Meeting, moment: datetime) -> list[Entry]:
    """One item for all actions that are open and due by the day of the meeting."""
    day = meeting.starts_at.astimezone(ZoneInfo(meeting.timezone)).date()
    still = sa.and_(
        *(sa.or_(ended.is_(None), ended > moment) for ended in (col(Action.done_at), col(Action.dropped_at)))
    )
    rows = session.exec(
        select(col(Action.due), sa.func.coalesce(col(Issue.area_id), col(Action.area_id)))
        .outerjoin(Issue, col(Issue.id) == col(Action.issue_id))
        .where(still, col(Action.created_at) <= moment, col(Action.due) <= day)
    )
    areas = directory(session).areas_by_id
    due = tuple(DueAction(areas.get(area or 0), on) for on, area in rows if on is not None)
    return [Entry("actions", ItemKind.ACTIONS, Section.ACTIONS, actions=due)] if due else []


# -- from the rows ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Row:
    item: AgendaItem
    carried_from: int | None


def _rows(session: Session, meeting: Meeting, moment: datetime, *, waiting: bool) -> dict[str, list[_Row]]:
    """Return the rows of a meeting by what they are about, its own first; with what waits for the next one."""
    lapsed = sa.select(col(Meeting.id)).where(
        col(Meeting.state) == MeetingState.SCHEDULED, col(Meeting.starts_at) <= moment - LATE
    )
    # Nobody held it, so it has taken up nothing.
    nobody_took = sa.and_(
        col(AgendaItem.meeting_id).in_(lapsed), col(AgendaItem.left_out_at).is_(None),
        sa.or_(col(AgendaItem.kind) == ItemKind.PROPOSED, col(AgendaItem.carried_from_id).is_not(None)),
    )  # fmt: skip
    own = col(AgendaItem.meeting_id) == meeting.id
    wanted = sa.or_(own, col(AgendaItem.meeting_id).is_(None), nobody_took) if waiting else own
    known = sa.or_(col(AgendaItem.proposed_at).is_(None), col(AgendaItem.proposed_at) <= moment)
    origin = aliased(AgendaItem)
    query = (
        select(AgendaItem, col(origin.meeting_id))
        .outerjoin(origin, col(origin.id) == col(AgendaItem.carried_from_id))
        .where(wanted, known)
        .order_by(col(AgendaItem.id))
    )
    found: dict[str, list[_Row]] = {}
    for item, carried_from in session.exec(query):
        found.setdefault(item.key, []).append(_Row(item, carried_from))
    return {key: sorted(rows, key=lambda row: row.item.meeting_id != meeting.id) for key, rows in found.items()}


def _with_rows(
    who: Directory, derived: Entry | None, rows: Sequence[_Row], meeting: Meeting, moment: datetime
) -> Entry | None:
    """Join an item with what people did with it; None for what stands here no longer, or only at the next one."""
    first, item = rows[0], rows[0].item
    base = derived or _of_row(who, item)
    here = item.meeting_id in (None, meeting.id)
    if derived is None and item.kind is not ItemKind.PROPOSED and item.carried_from_id is None:
        return None
    # An issue that is settled need not be taken up again.
    if derived is None and item.kind is ItemKind.ISSUE:
        return None
    return replace(
        base, row=item, place=item.place if here else None, carried_from=first.carried_from,
        left_out=item.left_out_at is not None and item.left_out_at <= moment,
        # What goes on from this very item is for the meeting after this one.
        shadowed=tuple(row.item for row in rows[1:] if row.item.carried_from_id != item.id),
    )  # fmt: skip


def _written(session: Session, meeting: Meeting, moment: datetime) -> list[Entry]:
    """The agenda of a meeting that was opened is what was written then."""
    who = directory(session)
    rows = [row for rows in _rows(session, meeting, moment, waiting=False).values() for row in rows]
    numbers = [row.item.issue_id for row in rows if row.item.issue_id is not None]
    issues = {issue.id: issue for issue in session.exec(select(Issue).where(col(Issue.id).in_(numbers)))}
    entries = []
    for row in rows:
        item, issue = row.item, issues.get(row.item.issue_id)
        entries.append(
            replace(
                _of_row(who, item), row=item, place=item.place, left_out=item.left_out_at is not None, issue=issue,
                escalated=issue is not None and issue.state is IssueState.ESCALATED, carried_from=row.carried_from,
                area=who.areas_by_id.get((issue.area_id if issue else item.area_id) or 0),
            )
        )  # fmt: skip
    return arrange(entries)


def _of_row(who: Directory, item: AgendaItem) -> Entry:
    return Entry(
        item.key, item.kind, _SECTIONS[item.kind], names=item.names, area=who.areas_by_id.get(item.area_id or 0)
    )
