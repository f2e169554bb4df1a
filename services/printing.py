"""What somebody asked for to print: owed to them, one message a file, which is made when it is sent."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from models.delivery import NoticeKind
from models.meetings import Meeting
from models.people import Person
from services.outbox import owe

PRINT_ASKED_FOR = "print"
"""What `news` says where somebody asked for something to print."""


class Printed(StrEnum):
    """What of a meeting can be printed."""

    BRIEF = "brief"
    MINUTES = "minutes"
    """Closed ones with their corrections; of a meeting that is being held the draft."""


class FileFormat(StrEnum):
    """As what it can be printed; each is a file of its own."""

    DOCX = "docx"
    HTML = "html"


def send_printed(session: Session, printed: Printed, meeting: Meeting, *, to: Person, now: datetime) -> None:
    """Owe somebody the files: at any hour, since they asked for them."""
    for file_format in FileFormat:
        owe(
            session,
            NoticeKind.MEETING_NEWS,
            key=f"print:{printed}:{file_format}:{meeting.id}:{to.id}:{now.isoformat()}",
            subject=f"print:{to.id}",
            now=now,
            to=to,
            refs={"news": PRINT_ASKED_FOR, "meeting_id": meeting.id, "printed": printed, "format": file_format},
            urgent=True,
        )
