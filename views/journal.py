"""The journal as people read it, and as rows for a spreadsheet."""

from collections.abc import Mapping
from typing import Any

from foundation.language import Language, Mrkdwn, Reader, escape
from foundation.spreadsheets import row as csv_row
from models.journal import JournalEntry
from services.directory import Directory
from services.journal_reading import Chapter
from views.blocks import Message, context, fit, header, section, within_message
from views.board import SPOKEN_TEXT
from views.journal_words import VALUE, name_of_fact, value_of_fact
from views.paging import turns
from views.texts import excerpt

DETAILS = 600
ENTRY, ROW, ROWS = 1000, 1000, 2700
"""Characters of one entry, one row of CSV, and one paragraph of rows: a page of ten stays within a message."""
COLUMNS = ("at", "actor", "on behalf of", "act", "subject", "before", "after")


def journal(name: str, about: str, chapter: Chapter, who: Directory, reader: Reader) -> Message:
    """Show a page of the journal of something, the newest entry first."""
    say = reader.language
    title = say.t("Journal: {name}", name=name)
    count = say.m("Nothing is noted of it.")
    if chapter.found:
        count = say.mn("{n} entry, the newest first.", "{n} entries, the newest first.", chapter.found)
    lines = [fit(_line(entry, who, reader), ENTRY) for entry in chapter.entries]
    blocks = [header(title), context(count), *(section(line) for line in lines)]
    foot = turns(say, "journal", about, chapter.page, chapter.pages)
    text = "\n".join([say.m("Journal: {name}", name=name), count, *lines])
    return Message(fit(text, SPOKEN_TEXT), within_message(blocks, foot=foot))


def as_csv(name: str, about: str, chapter: Chapter, who: Directory, reader: Reader) -> Message:
    """Show a page of the journal as comma-separated rows to copy into a spreadsheet."""
    say = reader.language
    text = say.m("Journal of {name} as CSV. Copy it into a file.", name=name)
    blocks = [section(text), *(section(f"```{part}```") for part in _parts(csv_rows(chapter, who)))]
    foot = turns(say, "csv", about, chapter.page, chapter.pages)
    return Message(text, within_message(blocks, foot=foot))


def csv_rows(chapter: Chapter, who: Directory) -> list[str]:
    """Return the entries as lines of CSV with a heading; no cell can act as a formula."""
    rows = [COLUMNS, *(_cells(entry, who) for entry in chapter.entries)]
    return [escape(csv_row(map(_within_block, cells), bare=True)) for cells in rows]


def _cells(entry: JournalEntry, who: Directory) -> tuple[str, ...]:
    return (
        f"{entry.at:%Y-%m-%dT%H:%M:%SZ}",
        who.name_of(entry.actor_id) if entry.actor_id else "Focal",
        who.name_of(entry.for_id) if entry.for_id else "",
        entry.act,
        entry.subject,
        _facts(entry.before),
        _facts(entry.after),
    )


def _within_block(cell: str) -> str:
    """Keep a cell from ending the block in which it is shown."""
    return excerpt(cell, DETAILS).replace("`", "'")


def _parts(rows: list[str]) -> list[str]:
    """Return the rows in as few pieces as fit one paragraph each."""
    parts = [""]
    for row in rows:
        whole = fit(row, ROW)
        if len(parts[-1]) + len(whole) > ROWS:
            parts.append("")
        parts[-1] += f"{whole}\n"
    return parts


def _line(entry: JournalEntry, who: Directory, reader: Reader) -> str:
    say = reader.language
    head = say.m(
        "{when} · *{actor}* · `{act}` {subject}",
        when=reader.when(entry.at),
        actor=_actor(entry, who, say),
        act=entry.act,
        subject=entry.subject,
    )
    changes = _changes(entry.before, entry.after, reader)
    return f"{head}\n{fit(changes, DETAILS)}" if changes else head


def _actor(entry: JournalEntry, who: Directory, say: Language) -> str:
    if entry.actor_id is None:
        return "Focal"
    name = who.name_of(entry.actor_id)
    if entry.for_id is None:
        return name
    return say.t("{author} on behalf of {person}", author=name, person=who.name_of(entry.for_id))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any], reader: Reader) -> str:
    say, told = reader.language, []
    for key in dict.fromkeys([*before, *after]):
        name = name_of_fact(key, say)
        old, new = value_of_fact(key, before.get(key), reader), value_of_fact(key, after.get(key), reader)
        if old and key in after and old != new:
            told.append(say.m("{key}: {old} → {new}", key=name, old=old, new=new or Mrkdwn("—")))
        elif new and old != new:
            told.append(say.m("{key}: {new}", key=name, new=new))
    return " · ".join(told)


def _facts(facts: Mapping[str, Any]) -> str:
    return "; ".join(f"{key}: {_value(value)}" for key, value in facts.items() if _value(value))


def _value(value: Any) -> str:
    if value is None or value == "":
        return ""
    return excerpt(", ".join(map(str, value)) if isinstance(value, list) else str(value), VALUE)
