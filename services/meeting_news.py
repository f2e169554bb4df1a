"""What is said of a meeting when it is scheduled, moved or cancelled: in the channel, and near it to every member."""

from datetime import datetime, timedelta

from sqlmodel import Session

from models.delivery import NoticeKind
from models.meetings import Meeting, MeetingState
from models.people import Person
from services.directory import directory
from services.outbox import owe, was_said, withdraw

FILE_ASKED_FOR = "file"
"""What `news` says where somebody asked for a calendar file."""
NEAR = timedelta(hours=48)
"""Within this of the meeting, news of it also goes to each member (SPEC 5)."""


def announce(
    session: Session,
    meeting: Meeting,
    *,
    news: str,
    now: datetime,
    instead_of: datetime | None = None,
    reason: str = "",
) -> None:
    """Say it in the channel at once; near the meeting also to every member, in working time if that helps.

    `instead_of` is when a meeting that was moved was to begin. What is still to be said of earlier news is said no
    more, and a meeting of which nobody has heard needs no taking back.
    """
    who, subject = directory(session), f"meeting:{meeting.id}"
    withdraw(session, subject, reason="later news say it", now=now)
    if meeting.state is MeetingState.CANCELLED and not was_said(session, subject):
        return
    refs = {"meeting_id": meeting.id, "news": news, "revision": meeting.revision, "reason": reason}
    stem = f"{subject}:{news}:{meeting.revision}"
    owe(
        session,
        NoticeKind.MEETING_POST,
        key=f"post:{stem}",
        subject=subject,
        now=now,
        refs=refs,
        channel=who.task_force.channel_id or who.task_force.channel,
    )
    helps_until = min(meeting.starts_at, instead_of or meeting.starts_at)
    if helps_until - now <= NEAR:
        for person in who.members:
            owe(
                session,
                NoticeKind.MEETING_NEWS,
                key=f"news:{stem}:{person.id}",
                subject=subject,
                now=now,
                to=person,
                refs=refs,
                due_at=who.hours_of(person).next_moment_before(now, helps_until) or now,
                expires_at=meeting.starts_at,
            )


def send_file(session: Session, meeting: Meeting | None, *, to: Person, now: datetime) -> None:
    """Owe somebody the calendar file of a meeting, or of all that are ahead: at any hour, since they asked for it."""
    about = meeting.id if meeting else "all"
    owe(
        session,
        NoticeKind.MEETING_NEWS,
        key=f"file:{about}:{to.id}:{now.isoformat()}",
        subject=f"calendar:{to.id}",
        now=now,
        to=to,
        refs={"news": FILE_ASKED_FOR, "meeting_id": meeting.id if meeting else None},
        urgent=True,
    )
