"""Snooze: a wish to be reminded later. It replaces the next step, counts towards the cap, and moves no deadline."""

from datetime import datetime

from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_
from models.meetings import Meeting
from models.people import Person
from models.reminders import Reminder, ReminderKind, ReminderState
from services.cycles import owed_meeting
from services.directory import directory, person_id
from services.journal import record
from services.obligations import owed_by
from services.outbox import refresh
from services.reminder_plan import Snooze, SnoozeChoice, snooze_until
from services.reminder_rows import plan_meeting


def snooze(
    session: Session, *, actor: Person, meeting_id: int, choice: SnoozeChoice, now: datetime
) -> tuple[Meeting, datetime]:
    """Remind a person later of what they owe for a meeting. Returns the meeting and when they hear again."""
    meeting = owed_meeting(session, now)
    if meeting is None or meeting.id != meeting_id or not any(not o.disclaimed for o in owed_by(session, actor, now)):
        raise Refusal(N_("Nothing is asked of you for this meeting any more, so there is nothing to snooze."))
    hours = directory(session).hours_of(actor)
    until = snooze_until(choice, now=now, deadline=meeting.deadline_at, hours=hours)
    wishes = select(Reminder).where(
        Reminder.person_id == actor.id, Reminder.meeting_id == meeting.id, col(Reminder.step).like("snooze-%")
    )
    row = Reminder(
        person_id=person_id(actor),
        kind=ReminderKind.UPDATES,
        meeting_id=meeting.id,
        step=Snooze(now, until, len(session.exec(wishes).all()) + 1).step,
        asked_at=until,
        due_at=until,
        reason={"wished_at": now.isoformat()},
    )
    session.add(row)
    session.flush()
    plan_meeting(session, meeting, now=now, only={person_id(actor)})
    if row.state is ReminderState.WITHDRAWN:
        raise Refusal(
            N_("You are noted as away then, and who stands in is reminded. If you are back, say so: `away cancel`.")
        )
    if row.state is not ReminderState.PLANNED or row.due_at is None:
        raise Refusal(
            N_("You will not be reminded again: {most} reminders for one meeting are the most. Please post in time."),
            most=directory(session).task_force.most_per_meeting,
        )
    record(session, act="reminder.snooze", subject=meeting.ref, actor=actor, now=now,
           after={"choice": choice.value, "until": row.due_at.isoformat()})  # fmt: skip
    refresh(session, f"desk:{actor.id}:{meeting.id}", now=now)
    return meeting, row.due_at
