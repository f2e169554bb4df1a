"""What happened in a meeting, as facts: read from the records while it is held, and from its minutes once closed.

People are kept by their number, so that whoever is erased is erased here too; everything else is kept as it was then.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlmodel import Session, col, select

from foundation.language import N_, Names, Speakable, Words
from models.agenda import AgendaItem, ItemKind, ItemOutcome
from models.issues import Action, Decision, Issue
from models.meetings import Meeting
from services.attendance import attending
from services.directory import Directory, directory
from services.meeting_floor import current_item, items_of
from services.written_in import written_in


@dataclass(frozen=True)
class RecordedDecision:
    """A decision: its words, whose it is and who wrote it down."""

    ref: str
    text: str
    language: str
    by: int
    recorded_by: int


@dataclass(frozen=True)
class RecordedAction:
    """What somebody was given to do; `due` is an ISO day."""

    ref: str
    text: str
    language: str
    owner: int
    due: str | None


@dataclass(frozen=True)
class RecordedItem:
    """An item with what became of it. What was recorded beside all items stands in one without `kind` and number."""

    id: int
    number: int
    kind: str
    names: Mapping[str, str]
    ref: str
    title: str
    language: str
    presenter: int | None
    area: int | None
    restricted: bool
    begun: bool
    outcome: str | None
    text: str
    text_language: str
    decisions: tuple[RecordedDecision, ...]
    actions: tuple[RecordedAction, ...]

    @property
    def open(self) -> bool:
        """Whether it is an item of the agenda of which nobody has said what became of it."""
        return bool(self.kind) and self.outcome is None


@dataclass(frozen=True)
class Present:
    """Somebody who took part, for their unit (if they have one), in the room or remotely."""

    person: int
    unit: str
    presence: str


@dataclass(frozen=True)
class Record:
    """A meeting with all that is to be said of it; `start` is an ISO instant."""

    meeting: str
    title: str
    start: str
    zone: str
    place: str
    present: tuple[Present, ...]
    items: tuple[RecordedItem, ...]


def read_record(session: Session, meeting: Meeting) -> Record:
    """Return what the records say of a meeting now."""
    who, items = directory(session), items_of(session, meeting)
    issues = {i.id: i for i in session.exec(select(Issue).where(col(Issue.id).in_([i.issue_id for i in items])))}
    decisions = session.exec(select(Decision).where(Decision.meeting_id == meeting.id).order_by(col(Decision.id))).all()
    actions = session.exec(select(Action).where(Action.meeting_id == meeting.id).order_by(col(Action.id))).all()
    both: list[Decision | Action] = [*decisions, *actions]
    apart = {id(each) for each in both if _stands_apart(session, who, each, items)}
    recorded = [
        _item(
            who, item, issues.get(item.issue_id), number=number,
            decisions=[each for each in decisions if id(each) not in apart],
            actions=[each for each in actions if id(each) not in apart],
        )
        for number, item in enumerate(items, start=1)
    ]  # fmt: skip
    beside = _beside(session, who, [each for each in decisions if id(each) in apart],
                     [each for each in actions if id(each) in apart])  # fmt: skip
    return Record(
        meeting=meeting.ref, title=meeting.title, start=meeting.actual_start.isoformat(), zone=meeting.timezone,
        place=meeting.place or "", present=tuple(_present(session, who, meeting)), items=(*recorded, *beside),
    )  # fmt: skip


def live(session: Session, meeting: Meeting) -> tuple[Record, int | None]:
    """Return the record of a meeting that is being held, and the id of its current item."""
    current = current_item(items_of(session, meeting))
    return read_record(session, meeting), current.id if current else None


def content_of(record: Record) -> dict[str, Any]:
    """Return a record as it is stored."""
    return {str(key): value for key, value in json.loads(canonical(asdict(record))).items()}


def record_of(content: Mapping[str, Any]) -> Record:
    """Return the record that was stored."""
    items = [
        RecordedItem(**{
            **item,
            "decisions": tuple(RecordedDecision(**each) for each in item["decisions"]),
            "actions": tuple(RecordedAction(**each) for each in item["actions"]),
        })
        for item in content["items"]
    ]  # fmt: skip
    present = tuple(Present(**each) for each in content["present"])
    return Record(**{**content, "present": present, "items": tuple(items)})


def title_of(item: RecordedItem) -> Speakable:
    """Return how an item is called, to each reader."""
    if item.ref:
        return Words(N_("{ref} {title}"), {"ref": item.ref, "title": item.title})
    if item.title:
        return Words(N_("{text}"), {"text": item.title})
    if item.names:
        return Names(item.names)
    return Words(N_("Actions that are due") if item.kind else N_("Beside the agenda"), {})


def canonical(content: Mapping[str, Any]) -> str:
    """Return the one way to write a content down: keys sorted, no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def hash_of(content: Mapping[str, Any]) -> str:
    """Return what tells whether a content is still what it was."""
    return sha256(canonical(content).encode()).hexdigest()


def _item(
    who: Directory, item: AgendaItem, issue: Issue | None, *, number: int, decisions: Iterable[Decision],
    actions: Iterable[Action],
) -> RecordedItem:  # fmt: skip
    area_id = item.area_id or (issue.area_id if issue else None)
    area = who.areas_by_id.get(area_id or 0)
    own = tuple(_decision(each) for each in decisions if each.item_id == item.id)
    # A decision says what became of an item, whoever recorded it and wherever.
    outcome = item.outcome or (ItemOutcome.DECIDED if own else None)
    writer = who.people_by_id.get(item.outcome_by_id or 0)
    names = item.names or (area.name if area is not None and item.kind is ItemKind.AREA else {})
    return RecordedItem(
        id=item.id or 0, number=number, kind=item.kind.value, names=dict(names), ref=issue.ref if issue else "",
        title=item.title or (issue.title if issue else ""), language=item.language, presenter=item.presenter_id,
        area=area_id, restricted=area is not None and area.restricted, begun=item.begun_at is not None,
        outcome=outcome.value if outcome else None, text=item.outcome_text,
        text_language=written_in(item.outcome_text, by_default=who.reader(writer).language.code if writer else "en"),
        decisions=own, actions=tuple(_action(each) for each in actions if each.item_id == item.id),
    )  # fmt: skip


def _stands_apart(
    session: Session, who: Directory, each: Decision | Action, items: Iterable[AgendaItem]
) -> bool:  # fmt: skip
    """Say whether it belongs to no item, or is about a restricted area of which its item is not."""
    item = next((item for item in items if item.id == each.item_id), None)
    if item is None:
        return True
    area = who.areas_by_id.get(_area_of(session, each) or 0)
    of_its_area = area is not None and area.id == _area_of(session, item)
    return area is not None and area.restricted and not of_its_area


def _beside(
    session: Session, who: Directory, decisions: list[Decision], actions: list[Action]
) -> Iterable[RecordedItem]:
    """Gather what was recorded in the meeting and belongs to none of its items, by area."""
    areas = {id(decision): _area_of(session, decision) for decision in decisions}
    areas |= {id(action): _area_of(session, action) for action in actions}
    for area_id in sorted(set(areas.values()), key=lambda area_id: area_id or 0):
        area = who.areas_by_id.get(area_id or 0)
        yield RecordedItem(
            id=0, number=0, kind="", names=dict(area.name) if area is not None else {}, ref="", title="",
            language="en", presenter=None, area=area_id, restricted=area is not None and area.restricted, begun=True,
            outcome=None, text="", text_language="en",
            decisions=tuple(_decision(each) for each in decisions if areas[id(each)] == area_id),
            actions=tuple(_action(each) for each in actions if areas[id(each)] == area_id),
        )  # fmt: skip


def _area_of(session: Session, each: AgendaItem | Decision | Action) -> int | None:
    issue = session.get(Issue, each.issue_id) if each.issue_id else None
    return each.area_id or (issue.area_id if issue else None)


def _decision(decision: Decision) -> RecordedDecision:
    return RecordedDecision(
        decision.ref, decision.text, decision.language, decision.decided_by_id, decision.recorded_by_id
    )


def _action(action: Action) -> RecordedAction:
    due = action.due.isoformat() if action.due else None
    return RecordedAction(action.ref, action.text, action.language, action.owner_id, due)


def _present(session: Session, who: Directory, meeting: Meeting) -> Iterable[Present]:
    for row in attending(session, meeting):
        unit = who.units_by_id.get(who.people_by_id[row.person_id].unit_id or 0)
        yield Present(row.person_id, unit.key if unit else "", row.presence.value)
