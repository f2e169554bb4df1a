"""Notes: any member's word beneath an area's updates. It owes and discharges nothing."""

from datetime import datetime

from sqlmodel import Session

from models.people import Person
from models.structure import Area
from models.updates import Note
from services import search_index
from services.area_cards import keep_card
from services.directory import area_id, directory, person_id
from services.journal import record
from services.outbox import mark_homes
from services.rights import require_contributor, require_reader
from services.texts import checked


def add_note(session: Session, *, actor: Person, area: Area, text: str, now: datetime) -> Note:
    """Add a note to an area. Any member but observers."""
    who = directory(session)
    require_contributor(who, actor)
    require_reader(who, actor, area)
    note = Note(area_id=area_id(area), author_id=person_id(actor), text=checked(text, "text"), at=now)
    session.add(note)
    session.flush()
    after = {"note": note.id, "text": note.text}
    record(session, act="note.add", subject=area.key, actor=actor, now=now, area_id=area_id(area), after=after)
    search_index.remember(session, source="note", source_id=note.id or 0, area_id=area_id(area), text=note.text, at=now)
    keep_card(session, area, now=now)
    mark_homes(session, {person_id(p) for p in (*who.focal_points(area_id(area)), actor)}, now=now)
    return note
