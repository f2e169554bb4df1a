"""How a notice becomes words: late, from the records as they are then, in the language of who reads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from foundation.language import Language, Reader
from models.delivery import Notice, NoticeState
from models.people import Person
from services.directory import Directory
from views.blocks import Message

INSTEAD = "instead"
"""The ref of a notice that says in a thread what its message can no longer be edited to say: the id of that notice."""
FILE = "file"
"""The ref of a notice whose file was uploaded: the permalink that its message names, at first and after every edit."""


@dataclass(frozen=True)
class Letter:
    """A notice about to be rendered, for the first time or anew."""

    session: Session
    notice: Notice
    who: Directory
    person: Person | None
    """The recipient; none for a channel post."""
    reader: Reader
    now: datetime

    @property
    def say(self) -> Language:
        """The language of who reads."""
        return self.reader.language

    @property
    def sent(self) -> bool:
        """Whether it stands in Slack already: then it shows the outcome, never moot."""
        return self.notice.state is NoticeState.SENT or INSTEAD in self.notice.refs

    @property
    def file(self) -> str | None:
        """The permalink of the file that goes with it. A reply in its place names none: that would share it again."""
        return None if INSTEAD in self.notice.refs else self.notice.refs.get(FILE)

    @property
    def awaits_file(self) -> bool:
        """Whether a file may still be made to go with it."""
        return not self.sent and self.file is None

    def ref(self, name: str) -> int:
        """Return the id of a record that the notice is about."""
        return int(self.notice.refs[name])


@dataclass(frozen=True)
class Moot:
    """The message is no longer owed: it would say nothing true or useful."""

    reason: str


Composer = Callable[[Letter], Message | Moot]
"""Reads what the notice is about through services, and calls a view. It changes nothing."""
