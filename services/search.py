"""Search: what anybody wrote, found by parts of words in any script; accents and case do not matter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from foundation.errors import Refusal
from foundation.language import N_, clean
from models.agenda import AgendaItem
from models.issues import Action, Comment, Decision, Issue
from models.people import Person
from models.search import FULL_TEXT, Passage
from models.updates import Note, Update
from services.directory import Directory, directory
from services.folding import fold
from services.proposals_found import SOURCE, proposal_found, text_of
from services.rights import may_read, require_reader

PAGE = 10
SHORTEST_TRIGRAM = 3
"""Shorter words are no use to the index: they are looked for one passage after the other."""
MOST_WORDS, LONGEST = 8, 200
QUOTES = '"“”„«»'
"""People put names in quotes; the words are what they look for."""


@dataclass(frozen=True)
class Hit:
    """Something that was found."""

    source: str
    """`update`, `note`, `issue`, `comment`, `decision`, `action`, `proposal`."""
    source_id: int
    area_id: int | None
    issue_id: int | None
    """The issue to open, where it belongs to one."""
    unit_id: int | None
    author: str
    at: datetime
    text: str
    """The line in which it was found, as it was written."""
    meeting_id: int | None = None
    """The meeting on whose agenda a proposal stands; none while it waits for the next one."""


@dataclass(frozen=True)
class Hits:
    """One page of what was found, the newest first."""

    words: str
    found: int
    page: int
    hits: tuple[Hit, ...]

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.found // PAGE))


def search(session: Session, typed: str, *, actor: Person, page: int = 1) -> Hits:
    """Find every text that has all the words typed, or parts of them. Restricted areas are for members only."""
    who = directory(session)
    require_reader(who, actor)
    typed = clean(typed)[:LONGEST]
    words = _words(typed)
    if not words:
        raise Refusal(N_("Write what to search for, for example `search venue`."))
    wanted = [_has(session, words), _seen_by(who, actor)]
    found = session.exec(select(sa.func.count()).select_from(Passage).where(*wanted)).one()
    newest = select(Passage).where(*wanted).order_by(col(Passage.at).desc(), col(Passage.id).desc())
    passages = session.exec(newest.offset((page - 1) * PAGE).limit(PAGE)).all()
    return Hits(typed, found, page, tuple(_hit(session, passage, words) for passage in passages))


def _words(typed: str) -> list[str]:
    folded = fold(typed).split()
    bare = [word for each in folded if (word := each.strip(QUOTES))]
    return list(dict.fromkeys(bare or folded))[:MOST_WORDS]


def _seen_by(who: Directory, actor: Person) -> sa.ColumnElement[bool]:
    hidden = [area.id for area in who.areas_by_id.values() if not may_read(actor, area)]
    if not hidden:
        return sa.true()
    return sa.or_(col(Passage.area_id).is_(None), col(Passage.area_id).not_in(hidden))


def _has(session: Session, words: Sequence[str]) -> sa.ColumnElement[bool]:
    """Whether a passage has every word: long ones by the full-text index where there is one, the others by LIKE."""
    long = [word for word in words if len(word) >= SHORTEST_TRIGRAM] if _has_full_text(session) else []
    conditions = [col(Passage.folded).contains(word, autoescape=True) for word in words if word not in long]
    if long:
        phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in long)
        table = sa.table(FULL_TEXT, sa.column("rowid", sa.Integer))
        matches = sa.literal_column(FULL_TEXT).op("MATCH")(phrases)
        conditions.append(col(Passage.id).in_(sa.select(table.c.rowid).where(matches)))
    return sa.and_(*conditions)


def _has_full_text(session: Session) -> bool:
    memory = session.info["memory"]
    if FULL_TEXT not in memory:
        connection = session.connection()
        memory[FULL_TEXT] = connection.dialect.name == "sqlite" and sa.inspect(connection).has_table(FULL_TEXT)
    return bool(memory[FULL_TEXT])


def _hit(session: Session, passage: Passage, words: Sequence[str]) -> Hit:
    kind = passage.source
    record = (
        proposal_found(session, passage.source_id)
        if kind == SOURCE
        else session.get_one(_RECORDS[kind], passage.source_id)
    )
    issue_id, unit_id, author_id = _about(record)
    author = directory(session).name_of(author_id)
    return Hit(
        kind,
        passage.source_id,
        passage.area_id,
        issue_id,
        unit_id,
        author,
        passage.at,
        _line(_TEXTS[kind](record), words),
        record.meeting_id if kind == SOURCE else None,
    )


def _about(record: Any) -> tuple[int | None, int | None, int | None]:
    """Return the issue, the unit and the author of a record."""
    match record:
        case Update():
            return None, record.unit_id, record.author_id
        case Issue():
            return record.id, None, record.raised_by_id
        case Decision():
            return record.issue_id, None, record.decided_by_id
        case Action():
            return record.issue_id, None, record.created_by_id
        case AgendaItem():
            return None, None, record.proposed_by_id
        case _:
            return record.issue_id if isinstance(record, Comment) else None, None, record.author_id


def _line(text: str, words: Sequence[str]) -> str:
    """Return the line of a text that has the most of the words."""
    lines = [line for line in text.split("\n") if line.strip()]
    return max(lines, key=lambda line: sum(word in fold(line) for word in words), default="")


_RECORDS: dict[str, type[Any]] = {
    "update": Update,
    "note": Note,
    "issue": Issue,
    "comment": Comment,
    "decision": Decision,
    "action": Action,
}
_TEXTS: dict[str, Callable[[Any], str]] = {
    "update": lambda update: f"{update.changed}\n{update.next_steps}\n{update.help_needed}",
    "note": lambda note: str(note.text),
    "issue": lambda issue: f"{issue.title}\n{issue.description}\n{issue.proposal}",
    "comment": lambda comment: str(comment.text),
    "decision": lambda decision: str(decision.text),
    "action": lambda action: f"{action.text}\n{action.evidence}",
    SOURCE: text_of,
}
