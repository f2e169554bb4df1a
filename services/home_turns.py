"""What time alone changes on every App Home: a meeting begins, a deadline passes, a day begins (absences, ages)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models.delivery import HomeMark, Pulse
from services.cycles import owed_meeting
from services.directory import directory
from services.outbox import mark_homes

SHOWN = "homes shown"


def show_passing(session: Session, now: datetime) -> None:
    """Have every App Home that was ever opened drawn anew when what it says of time is not so any more."""
    state, shown = _state(session, now), session.get(Pulse, SHOWN)
    if shown is not None and shown.detail == state:
        return
    session.merge(Pulse(name=SHOWN, at=now, detail=state))
    mark_homes(session, session.exec(select(col(HomeMark.person_id))).all(), now=now)


def _state(session: Session, now: datetime) -> str:
    meeting, today = owed_meeting(session, now), now.astimezone(ZoneInfo(directory(session).task_force.timezone)).date()
    owed = f"{meeting.id}:{now >= meeting.deadline_at}" if meeting is not None else "0"
    return f"{owed}:{today.isoformat()}"
