"""Who is here in a meeting that is being held: in the room, or remotely. The last word stands.

Each member says so; for who has no device at hand the secretariat or the chair does.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import Denied
from foundation.language import N_
from models.agenda import Attendance, Presence
from models.meetings import Meeting
from models.people import Person
from services.directory import directory, person_id
from services.journal import record
from services.meeting_floor import board_subject, require_held
from services.outbox import refresh
from services.rights import require_manager, require_reader, secretariat


def say_present(
    session: Session, *, actor: Person, now: datetime, meeting_id: int, presence: Presence | None,
    person: Person | None = None,
) -> Meeting:  # fmt: skip
    """Note how a member takes part, whoever acts or somebody else; None: not at all."""
    who, person = directory(session), person or actor
    require_reader(who, actor)
    if person.id != actor.id:
        require_manager(who, actor, now=now)
    if not (person.member and person.here):
        raise Denied(N_("Only members of the task force are noted as taking part. Ask {people}."),
                     people=secretariat(who))  # fmt: skip
    meeting = require_held(session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True))
    known = session.get(Attendance, (meeting_id, person_id(person)))
    before = known.presence if known else None
    if before is presence:
        return meeting
    if presence is None:
        session.delete(known)
    else:
        row = known or Attendance(meeting_id=meeting_id, person_id=person_id(person), presence=presence, at=now)
        row.presence, row.at = presence, now
        session.add(row)
    session.flush()
    record(session, act="attendance.say", subject=meeting.ref, actor=actor, now=now,
           acting_for=person if person.id != actor.id else None,
           before={"presence": before.value if before else None},
           after={"presence": presence.value if presence else None})  # fmt: skip
    refresh(session, board_subject(meeting_id), now=now)
    return meeting


def attending(session: Session, meeting: Meeting) -> list[Attendance]:
    """Return who takes part in a meeting, or took part."""
    return list(
        session.exec(select(Attendance).where(Attendance.meeting_id == meeting.id).order_by(col(Attendance.person_id)))
    )
