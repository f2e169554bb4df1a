"""Many reminders at once: begun early enough that the last of them still comes before the deadline."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.meetings import Meeting
from models.reminders import Reminder
from services.directory import directory
from services.reminder_plan import Moved
from services.reminder_rows import PLANNED

PER_SECOND = 4.0
"""Messages that Slack takes from us in a second, with room for those of people who act meanwhile."""
LOOK_AHEAD = timedelta(hours=1)


def bring_forward(session: Session, meeting: Meeting, *, now: datetime, per_second: float = PER_SECOND) -> None:
    """Make those due now whose turn would otherwise come after the deadline; each only in their working time, today.

    Nobody hears more for it, or on another day: the step is the same, said some minutes earlier.
    """
    soon = select(Reminder).where(
        col(Reminder.state) == PLANNED, col(Reminder.due_at) > now, col(Reminder.due_at) <= now + LOOK_AHEAD,
        Reminder.meeting_id == meeting.id,
    )  # fmt: skip
    rows = session.exec(soon).all()
    lasts = timedelta(seconds=len({row.person_id for row in rows}) / per_second)
    for row in rows:
        due_at = row.due_at or now
        if due_at - now > due_at + lasts - meeting.deadline_at:
            continue
        hours = directory(session).hours_of(directory(session).people_by_id[row.person_id])
        if hours.is_working(now) and hours.working_day(now) == hours.working_day(due_at):
            row.due_at, row.reason = now, {**row.reason, "code": Moved.CROWDED.value}
            session.add(row)
