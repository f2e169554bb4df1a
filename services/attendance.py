"""Who is here in a meeting that is being held: in the room, or remotely. Each member says so; the last word stands."""

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
from services.rights import require_reader, secretariat


def say_present(
    session: Session, *, actor: Person, now: datetime, meeting_id: int, presence: Presence | None
) -> Meeting:
    """Note how a member takes part; None: not at all."""
    who = directory(session)
    require_reader(who, actor)
    if not (actor.member and actor.here):
        raise Denied(N_("Only members of the task force are noted as taking part. Ask {people}."),
                     people=secretariat(who))  # fmt: skip
    meeting = require_held(session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True))
    known = session.get(Attendance, (meeting_id, person_id(actor)))
    before = known.presence if known else None
    if before is presence:
        return meeting
    if presence is None:
        session.delete(known)
    else:
        row = known or Attendance(meeting_id=meeting_id, person_id=person_id(actor), presence=presence, at=now)
        row.presence, row.at = presence, now
        session.add(row)
    session.flush()
    record(session, act="attendance.say", subject=meeting.ref, actor=actor, now=now,
           before={"presence": before.value if before else None},
           after={"presence": presence.value if presence else None})  # fmt: skip
    refresh(session, board_subject(meeting_id), now=now)
    return meeting


def attending(session: Session, meeting: Meeting) -> list[Attendance]:
    """Return who takes part in a meeting, or took part."""
    return list(
        session.exec(select(Attendance).where(Attendance.meeting_id == meeting.id).order_by(col(Attendance.person_id)))
    )
