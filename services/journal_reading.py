"""Reading the journal: what was done to an issue, in an area, or by and to a person. Observers, secretariat, chair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Denied
from foundation.language import N_
from models.journal import JournalEntry
from models.people import Person
from models.structure import Area
from services.directory import Directory, directory
from services.rights import may_read_journal, require_reader, secretariat

PAGE = 10


@dataclass(frozen=True)
class Chapter:
    """One page of the journal of something, the newest entry first."""

    entries: Sequence[JournalEntry]
    found: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // self.size))


def read_journal(
    session: Session,
    about: str | Area | Person,
    *,
    actor: Person,
    now: datetime,
    page: int = 1,
    size: int = PAGE,
) -> Chapter:
    """Return a page of the journal of an area, a person, or a subject such as `ISS-4`."""
    who = directory(session)
    require_journal_reader(who, actor, now=now)
    wanted = _concerns(about)
    found = session.exec(select(sa.func.count()).select_from(JournalEntry).where(wanted)).one()
    newest = select(JournalEntry).where(wanted).order_by(col(JournalEntry.id).desc())
    entries = session.exec(newest.offset((page - 1) * size).limit(size)).all()
    return Chapter(entries, found, page, size)


def require_journal_reader(who: Directory, actor: Person, *, now: datetime) -> None:
    """Refuse whoever may not read the journal."""
    require_reader(who, actor)
    if not may_read_journal(who, actor, now=now):
        raise Denied(
            N_("Only observers, the secretariat and the chair read the journal. Ask {people}."), people=secretariat(who)
        )


def _concerns(about: str | Area | Person) -> sa.ColumnElement[bool]:
    if isinstance(about, Area):
        return col(JournalEntry.area_id) == about.id
    if isinstance(about, Person):
        own = sa.or_(col(JournalEntry.actor_id) == about.id, col(JournalEntry.for_id) == about.id)
        return sa.or_(own, col(JournalEntry.subject) == about.slack_id)
    return col(JournalEntry.subject) == about
