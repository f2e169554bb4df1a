"""What of a meeting's record one reader, or everybody in a channel, may see."""

from dataclasses import dataclass

from models.people import Person
from services.directory import Directory
from services.meeting_record import Record, RecordedItem
from services.rights import may_read


@dataclass(frozen=True)
class Shown:
    """A record as one reader, or a channel, may see it: how many of its items are for members only."""

    record: Record
    hidden: int
    current: int | None = None
    """The id of the item that the meeting came to last, while it is held."""

    @property
    def items(self) -> tuple[RecordedItem, ...]:
        """The items of the agenda."""
        return tuple(item for item in self.record.items if item.kind)


def for_person(who: Directory, record: Record, person: Person, *, current: int | None = None) -> Shown:
    """Leave out what a person may not see: items about an area that is restricted, or was when it was recorded."""
    inside = person.member and person.here

    def may_see(item: RecordedItem) -> bool:
        return inside or not (item.restricted or not may_read(person, who.areas_by_id.get(item.area or 0)))

    return _shown(record, [item for item in record.items if may_see(item)], current)


def for_channel(who: Directory, record: Record, channel: str | None, *, current: int | None = None) -> Shown:
    """Leave out what is not for everybody in a channel."""

    def may_see(item: RecordedItem) -> bool:
        area = who.areas_by_id.get(item.area or 0)
        own = area is not None and channel is not None and channel in (area.channel_id, area.channel)
        return own or not (item.restricted or (area is not None and area.restricted))

    return _shown(record, [item for item in record.items if may_see(item)], current)


def _shown(record: Record, items: list[RecordedItem], current: int | None) -> Shown:
    kept = Record(**{**vars(record), "items": tuple(items)})
    seen = {item.id for item in items}
    return Shown(kept, len(record.items) - len(items), current if current in seen else None)
